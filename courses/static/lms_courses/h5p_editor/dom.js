/* Small ways of making elements. Text is always text: nothing here reads HTML. */

let count = 0;

export function newId(prefix = "h5p-field") {
  count += 1;
  return `${prefix}-${count}`;
}

/** An element: properties by name, `on…` listeners, `data` and everything else as attributes. */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "hidden") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture of Wagtail's own sprite; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", `icon icon-${name} h5p-icon`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function button(label, { name = null, quiet = false, classes = "", ...rest } = {}) {
  const look = quiet ? "h5p-tool" : "button button-small button-secondary h5p-button";
  const picture = name === null ? null : icon(name);
  return quiet
    ? h("button", { type: "button", class: `${look} ${classes}`, "aria-label": label, title: label, ...rest }, picture)
    : h("button", { type: "button", class: `${look} ${classes}`, ...rest }, picture, h("span", {}, label));
}

/** `{name}` in a translated text replaced by what is meant. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The words of a piece of HTML, shortened for one line. */
export function excerpt(value, longest = 60) {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const text = String(value).includes("<")
    ? new DOMParser().parseFromString(String(value), "text/html").body.textContent
    : String(value);
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Asks in a dialog of the page; resolves to whether the answer was yes. */
export function confirmed(strings, { title, text, yes }) {
  return new Promise((resolve) => {
    const titleId = newId("h5p-dialog");
    const dialog = h(
      "dialog",
      { class: "h5p-dialog", "aria-labelledby": titleId },
      h("h2", { id: titleId, class: "h5p-dialog__title" }, title),
      h("p", {}, text),
      h(
        "div",
        { class: "h5p-dialog__answers" },
        h("button", { type: "button", class: "button button-secondary", onclick: () => dialog.close("no") }, strings.cancel),
        h("button", { type: "button", class: "button no", onclick: () => dialog.close("yes") }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
