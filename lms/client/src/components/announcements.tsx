import { useSyncExternalStore } from "react";

/** Words left standing would be met again by whoever reads through the page. */
const STANDS = 10_000;

let spoken = "";
let clearing: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Have a screen reader say this when it next falls silent. */
export function announce(text: string): void {
  // The same words twice are two announcements: a no-break space makes them differ.
  show(text === spoken ? `${text}\u00a0` : text);
  clearTimeout(clearing);
  clearing = setTimeout(() => show(""), STANDS);
}

function show(text: string): void {
  spoken = text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Once on the page, always there, so that changes to it are noticed. */
export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => spoken);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
