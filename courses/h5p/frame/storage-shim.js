// A sandboxed page has no storage: touching localStorage throws, and H5P stops half way.
// What is kept here is gone with the page; the learner's state travels by message instead.
(() => {
  const inMemory = () => {
    const items = new Map();
    const storage = {
      get length() {
        return items.size;
      },
      key: (index) => [...items.keys()][index] ?? null,
      getItem: (key) => items.get(String(key)) ?? null,
      setItem: (key, value) => void items.set(String(key), String(value)),
      removeItem: (key) => void items.delete(String(key)),
      clear: () => items.clear(),
    };
    // Old libraries write localStorage.name = value.
    return new Proxy(storage, {
      get: (target, key) => (key in target ? target[key] : items.get(String(key))),
      set: (target, key, value) => (target.setItem(key, value), true),
      deleteProperty: (target, key) => (target.removeItem(key), true),
    });
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { value: inMemory(), configurable: true });
  }
})();
