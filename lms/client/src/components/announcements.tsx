import { useSyncExternalStore } from "react";

let spoken = "";
const listeners = new Set<() => void>();

/** Have a screen reader say this when it next falls silent. */
export function announce(text: string): void {
  // The same words twice are two announcements: a no-break space makes them differ.
  spoken = text === spoken ? `${text}\u00a0` : text;
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
