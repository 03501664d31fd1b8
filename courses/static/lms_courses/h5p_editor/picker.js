/* Choosing what kind of activity it is to be, from what is installed. */

import { button, fill, h, icon, newId } from "./dom.js";

function matches(type, words) {
  const text = `${type.title} ${type.original} ${type.description} ${type.library}`.normalize("NFKC").toLowerCase();
  return words.every((word) => text.includes(word));
}

function card(type, strings, choose, isCurrent) {
  const about = newId("h5p-type");
  return h(
    "li",
    { class: "h5p-type" },
    h(
      "button",
      { type: "button", class: "h5p-type__button", "aria-describedby": about, "aria-current": isCurrent ? "true" : null, onclick: () => choose(type) },
      type.icon ? h("img", { class: "h5p-type__icon", src: type.icon, alt: "", loading: "lazy" }) : h("span", { class: "h5p-type__icon h5p-type__icon--none" }, icon("form")),
      h("span", { class: "h5p-type__title" }, type.title),
    ),
    h(
      "p",
      { id: about, class: "h5p-type__about" },
      type.description ? h("span", {}, type.description) : null,
      type.hint ? h("span", { class: `h5p-type__hint h5p-type__hint--${type.hint.tone}` }, icon(type.hint.tone === "good" ? "success" : "warning"), type.hint.text) : null,
      h("span", { class: "h5p-type__version" }, type.library),
    ),
  );
}

/** `choose` gets the type; `cancel` null = there is nothing to go back to. */
export function picker({ types, strings, current, choose, cancel, announce }) {
  const headingId = newId("h5p-picker");
  const searchId = newId("h5p-search");
  const list = h("ul", { class: "h5p-types", role: "list" });
  const none = h("p", { class: "h5p-empty", hidden: true }, strings.noMatch);
  const search = h("input", { id: searchId, type: "text", role: "searchbox", class: "h5p-input", autocomplete: "off" });

  const show = () => {
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const found = types.filter((type) => matches(type, words));
    list.replaceChildren(...found.map((type) => card(type, strings, choose, type.library === current)));
    none.hidden = found.length > 0;
    return found.length;
  };
  search.addEventListener("input", () => announce(fill(strings.found, { number: show() })));
  search.addEventListener("keydown", (event) => {
    // Enter would save the whole page.
    if (event.key === "Enter") event.preventDefault();
  });

  const empty = h(
    "div",
    { class: "h5p-empty" },
    h("p", {}, h("strong", {}, strings.noTypes)),
    h("p", {}, strings.noTypesHelp),
  );
  const element = h(
    "section",
    { class: "h5p-picker", "aria-labelledby": headingId },
    h("div", { class: "h5p-picker__head" },
      h("h3", { id: headingId, class: "h5p-picker__title", tabindex: "-1" }, strings.chooseType),
      cancel ? button(strings.cancel, { name: "cross", onclick: cancel }) : null,
    ),
    types.length === 0
      ? empty
      : [
          h("div", { class: "h5p-field h5p-picker__search" }, h("label", { for: searchId, class: "h5p-field__label" }, strings.searchTypes), search),
          list,
          none,
        ],
  );
  show();
  return { element, focus: () => (types.length === 0 ? element.querySelector("h3") : search).focus() };
}
