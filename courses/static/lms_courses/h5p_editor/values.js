/* Parameters of content, as the server gives and takes them. Pure. */

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function clone(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** A version-4 UUID; crypto.randomUUID is missing on sites that are served without TLS. */
export function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** The same value once more; what is inside gets identities of its own. */
export function duplicated(value) {
  if (Array.isArray(value)) return value.map(duplicated);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === "subContentId" && typeof part === "string" ? newUuid() : duplicated(part),
    ]),
  );
}

/** The library a value names, without its version: what conditions compare. */
export function machineName(value) {
  const label = isObject(value) ? value.library : value;
  return typeof label === "string" ? label.split(" ")[0] : undefined;
}

/** A place for a value: a key of an object that another box holds. */
export function boxOf(container, key) {
  return {
    get: () => (isObject(container()) ? container()[key] : undefined),
    set(value) {
      if (value === undefined) delete container()[key];
      else container()[key] = value;
    },
  };
}
