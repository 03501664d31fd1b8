/**
 * What must outlive the tab, the network and the session: one entry of the browser's own store for
 * each thing, so that two tabs of one person never overwrite each other. Writing is synchronous: it is
 * done before the page can be closed.
 */

export type Entry<T> = { key: string; value: T };

/** Things that wait, of each person in the order of adding. */
export class KeptQueue<T> {
  readonly #shelf: Shelf<T>;
  #count = 0;

  constructor(name: string, store: Storage | null) {
    this.#shelf = new Shelf(name, store);
  }

  /** The key it is kept under; null where the browser keeps nothing. */
  add(owner: string, value: T, now: Date): string | null {
    this.#count += 1;
    const order = `${String(now.getTime()).padStart(15, "0")}-${String(this.#count).padStart(6, "0")}`;
    const key = this.#shelf.key(owner, `${order}-${Math.random().toString(36).slice(2)}`);
    return this.#shelf.write(key, value) ? key : null;
  }

  /** What one person left, oldest first. */
  of(owner: string): Entry<T>[] {
    return this.#shelf.keysFrom(this.#shelf.key(owner, "")).flatMap((key) => {
      const value = this.#shelf.read(key);
      return value === null ? [] : [{ key, value }];
    });
  }

  drop(key: string | null): void {
    if (key !== null) this.#shelf.remove(key);
  }
}

/** The newest of each thing, by its name. */
export class KeptValues<T> {
  readonly #shelf: Shelf<T>;

  constructor(name: string, store: Storage | null) {
    this.#shelf = new Shelf(name, store);
  }

  get(owner: string, name: string): T | null {
    return this.#shelf.read(this.#shelf.key(owner, name));
  }

  set(owner: string, name: string, value: T): void {
    this.#shelf.write(this.#shelf.key(owner, name), value);
  }

  forget(owner: string, name: string): void {
    this.#shelf.remove(this.#shelf.key(owner, name));
  }
}

/** A part of the browser's store, as values instead of text. */
class Shelf<T> {
  readonly #prefix: string;
  readonly #store: Storage | null;

  constructor(name: string, store: Storage | null) {
    this.#prefix = `lms:${name}:`;
    this.#store = store;
  }

  key(owner: string, name: string): string {
    return `${this.#prefix}${encodeURIComponent(owner)}:${name}`;
  }

  keysFrom(start: string): string[] {
    const keys = Array.from({ length: this.#store?.length ?? 0 }, (_, index) => this.#store?.key(index));
    return keys.filter((key): key is string => key?.startsWith(start) ?? false).sort();
  }

  /** false: it could not be kept (the store is full or forbidden). */
  write(key: string, value: T): boolean {
    try {
      this.#store?.setItem(key, JSON.stringify(value));
      return this.#store !== null;
    } catch {
      return false;
    }
  }

  read(key: string): T | null {
    const text = this.#store?.getItem(key) ?? null;
    if (text === null) return null;
    try {
      return JSON.parse(text) as T;
    } catch {
      // Half-written or another program's: of no use to anybody.
      this.remove(key);
      return null;
    }
  }

  remove(key: string): void {
    this.#store?.removeItem(key);
  }
}

/** null where there is none: reading the property alone throws where cookies are forbidden. */
export function browserStore(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
