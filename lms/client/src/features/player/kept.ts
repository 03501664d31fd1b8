/**
 * What must outlive the tab, the network and the session: one entry of the browser's own store for
 * each thing, so that two tabs of one person never overwrite each other. Writing is synchronous: it is
 * done before the page can be closed.
 */

export type Entry<T> = { key: string; value: T };

export class Kept<T> {
  readonly #prefix: string;
  readonly #store: Storage | null;
  #count = 0;

  constructor(name: string, store: Storage | null) {
    this.#prefix = `lms:${name}:`;
    this.#store = store;
  }

  /** The key it is kept under, in the order of adding; null where the browser keeps nothing. */
  add(owner: string, value: T, now: Date): string | null {
    this.#count += 1;
    const order = `${String(now.getTime()).padStart(15, "0")}-${String(this.#count).padStart(6, "0")}`;
    return this.set(owner, `${order}-${Math.random().toString(36).slice(2)}`, value);
  }

  /** null: it could not be kept (the store is full or forbidden). */
  set(owner: string, name: string, value: T): string | null {
    const key = this.#key(owner, name);
    try {
      this.#store?.setItem(key, JSON.stringify(value));
      return this.#store === null ? null : key;
    } catch {
      return null;
    }
  }

  get(owner: string, name: string): T | null {
    return this.#read(this.#key(owner, name));
  }

  /** What one person left, oldest first. */
  of(owner: string): Entry<T>[] {
    const start = this.#key(owner, "");
    const keys = Array.from({ length: this.#store?.length ?? 0 }, (_, index) => this.#store?.key(index));
    return keys
      .filter((key): key is string => key?.startsWith(start) ?? false)
      .sort()
      .flatMap((key) => {
        const value = this.#read(key);
        return value === null ? [] : [{ key, value }];
      });
  }

  drop(key: string | null): void {
    if (key !== null) this.#store?.removeItem(key);
  }

  forget(owner: string, name: string): void {
    this.drop(this.#key(owner, name));
  }

  #key(owner: string, name: string): string {
    return `${this.#prefix}${encodeURIComponent(owner)}:${name}`;
  }

  #read(key: string): T | null {
    const text = this.#store?.getItem(key) ?? null;
    if (text === null) return null;
    try {
      return JSON.parse(text) as T;
    } catch {
      // Half-written or another program's: of no use to anybody.
      this.drop(key);
      return null;
    }
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
