// Shows one piece of content in its sandboxed frame; nothing of what is done there is kept.
// courses/h5p/frame/README.md has the messages.

const SOURCE = "lms-h5p";
const LARGEST_HEIGHT = 20_000;

/** Puts the player of `address` into `place`. `cannotPlay` is shown when the player gives up. */
export function playIn(place, { address, title, cannotPlay }) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.title = title;
  const onMessage = (event) => {
    if (!frame.isConnected) {
      window.removeEventListener("message", onMessage);
      return;
    }
    if (event.source !== frame.contentWindow || event.data?.source !== SOURCE) return;
    const { type, height, message } = event.data;
    if (type === "ready") {
      const language = document.documentElement.lang.split("-")[0] === "en" ? "en" : "ja";
      const start = { source: SOURCE, type: "start", state: null, language, title, iri: "urn:preview" };
      frame.contentWindow.postMessage(start, "*");
    } else if (type === "resize" && Number.isFinite(height)) {
      frame.style.height = `${Math.min(Math.max(height, 0), LARGEST_HEIGHT)}px`;
    } else if (type === "error") {
      place.textContent = `${cannotPlay} ${String(message)}`;
    }
  };
  window.addEventListener("message", onMessage);
  place.append(frame);
  frame.src = address;
}
