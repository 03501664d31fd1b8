/* Fields that hold fields: groups, and other content types. Lists are in list.js. */

import { applyConditions } from "./conditions.js";
import { button, confirmed, fill, h, icon, newId } from "./dom.js";
import { framed, leaf } from "./leaves.js";
import { boxOf, isObject, newUuid } from "./values.js";

/** The first words found below, for the one line a closed group shows. */
export function summaryOf(nodes) {
  for (const node of nodes) {
    if (node.element.hidden) continue;
    const words = node.summary();
    if (words) return words;
  }
  return "";
}

function isMissing(node) {
  const parts = node.children();
  if (parts.length > 0) return parts.some(isMissing);
  const { optional, kind, hidden } = node.field;
  if (optional || hidden || ["boolean", "list", "group"].includes(kind)) return false;
  return node.value() === undefined || node.value() === "";
}

/** A heading that opens and closes what is below it. */
export function disclosure(title, body, { open, summary = () => "", classes = "" }) {
  const id = newId("h5p-part");
  body.id = id;
  const words = h("span", { class: "h5p-part__summary" });
  const toggle = h(
    "button",
    { type: "button", class: "h5p-part__toggle", "aria-controls": id },
    icon("arrow-down"),
    h("span", { class: "h5p-part__title" }, title),
    words,
  );
  const set = (isOpen) => {
    body.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
    words.textContent = isOpen ? "" : summary();
  };
  toggle.addEventListener("click", () => set(body.hidden));
  set(open);
  const refresh = () => set(!body.hidden);
  return { toggle, refresh, open: () => set(true), close: () => set(false), element: h("div", { class: `h5p-part ${classes}` }, toggle, body) };
}

/** The nodes of fields that stand together, over the object that holds their values. */
export function buildFields(fields, holder, parent, context) {
  return fields.map((field) => context.build(field, boxOf(holder, field.name), parent));
}

/** The object in a box; made when the first value needs a place. */
export function objectIn(box) {
  return () => {
    if (!isObject(box.get())) box.set({});
    return box.get();
  };
}

export function group(field, box, parent, context, { bare = false } = {}) {
  if (box.get() === undefined && field.default !== undefined) box.set(field.default);
  const parts = [];
  const node = {
    field,
    parent,
    children: () => parts,
    value: () => box.get(),
    summary: () => summaryOf(parts),
    focus: () => (body.hidden ? section?.toggle.focus() : parts.find((part) => !part.element.hidden)?.focus()),
    reveal: () => section?.open(),
    setFault(message) {
      fault.hidden = message === null;
      fault.textContent = message ?? "";
    },
  };
  if (field.is_single) parts.push(context.build(field.fields[0], box, node));
  else {
    const holder = objectIn(box);
    if (field.is_sub_content && !holder().subContentId) holder().subContentId = newUuid();
    parts.push(...buildFields(field.fields, holder, node, context));
  }
  const fault = h("p", { class: "h5p-field__fault", hidden: true });
  const help = field.description ? h("p", { class: "h5p-field__help" }, field.description) : null;
  const body = h("div", { class: "h5p-group__body" }, help, fault, ...parts.map((part) => part.element));
  let section = null;
  if (bare) {
    node.element = h("div", { class: "h5p-group h5p-group--bare" }, body);
  } else {
    section = disclosure(field.label || context.strings.details, body, {
      open: parts.some(isMissing),
      summary: node.summary,
    });
    node.element = h("div", { class: "h5p-group", role: "group", "aria-label": field.label || context.strings.details }, section.element);
  }
  return node;
}

/** The form of a library inside another, fetched when it is first needed. */
export function library(field, box, parent, context) {
  const { strings } = context;
  const frame = framed(field, context);
  const inside = h("div", { class: "h5p-library" });
  let parts = [];
  let request = 0;

  const label = () => (isObject(box.get()) ? box.get().library : undefined);
  const options = [...field.options];
  // A type that this field no longer offers stays, and is seen.
  if (label() && !options.some((option) => option.library === label())) {
    options.push({ library: label(), title: label(), installed: true });
  }
  const control = h(
    "select",
    { id: frame.id, class: "h5p-input", required: frame.needed, "aria-describedby": frame.describedBy },
    h("option", { value: "" }, strings.choose),
    options.map((option) =>
      h(
        "option",
        { value: option.library, disabled: !option.installed, selected: option.library === label() },
        option.installed ? option.title : fill(strings.notInstalled, { type: option.title }),
      ),
    ),
  );
  const titleOf = (name) => options.find((option) => option.library === name)?.title ?? name;

  const node = leaf(field, box, parent, context, frame, {
    controls: [control],
    summary: () => (label() ? [titleOf(label()), summaryOf(parts)].filter(Boolean).join(" – ") : ""),
  });
  node.children = () => parts;
  node.isLibrary = true;

  const draw = async () => {
    const wanted = label();
    request += 1;
    const mine = request;
    parts = [];
    if (!wanted) {
      inside.replaceChildren();
      return;
    }
    inside.replaceChildren(h("p", { class: "h5p-waiting", role: "status" }, strings.loading));
    let description;
    try {
      description = await context.describe(wanted);
    } catch (error) {
      if (mine !== request) return;
      inside.replaceChildren(
        h("p", { class: "h5p-field__fault" }, error.message),
        button(strings.tryAgain, { name: "rotate", onclick: () => { node.ready = draw(); } }),
      );
      return;
    }
    if (mine !== request || label() !== wanted) return;
    const value = box.get();
    if (!isObject(value.params)) value.params = {};
    parts = buildFields(description.fields, () => box.get().params, node, context);
    inside.replaceChildren(...arranged(parts, context));
    applyConditions(node);
    context.changed();
  };

  const choose = (name) => {
    if (name === "") node.set(undefined);
    else {
      const title = titleOf(name);
      node.set({
        library: name,
        params: {},
        subContentId: newUuid(),
        metadata: { contentType: title, license: "U", title },
      });
    }
    node.ready = draw();
  };

  control.addEventListener("change", async () => {
    const before = label() ?? "";
    const wanted = control.value;
    if (before && parts.some((part) => part.summary())) {
      const sure = await confirmed(strings, { title: strings.changeType, text: strings.losesInput, yes: strings.change });
      if (!sure) {
        control.value = before;
        control.focus();
        return;
      }
    }
    choose(wanted);
    control.focus();
  });

  frame.body.append(control, inside);
  node.ready = Promise.resolve();
  if (label()) node.ready = draw();
  else {
    // One choice is none; but a type that must hold itself would never end.
    const [only, ...others] = options.filter((option) => option.installed);
    if (only && others.length === 0 && !field.optional && !stands(only.library, parent)) {
      control.value = only.library;
      box.set({ library: only.library, params: {}, subContentId: newUuid(), metadata: { contentType: only.title, license: "U", title: only.title } });
      node.ready = draw();
    }
  }
  return node;
}

function stands(name, node) {
  for (let place = node; place; place = place.parent) {
    if (place.isLibrary && place.value()?.library === name) return true;
    if (place.libraryName === name) return true;
  }
  return false;
}

/** The elements of a type's fields in order, with its button texts apart and closed. */
export function arranged(nodes, context) {
  const words = nodes.filter((node) => node.field.common);
  const rest = nodes.filter((node) => !node.field.common);
  if (words.length === 0) return rest.map((node) => node.element);
  const body = h("div", { class: "h5p-group__body" }, h("p", { class: "h5p-field__help" }, context.strings.wordsHelp), ...words.map((node) => node.element));
  const section = disclosure(context.strings.words, body, { open: false, classes: "h5p-part--words" });
  for (const node of words) {
    const { reveal } = node;
    // Once the section is open its groups are, too: one click shows every text.
    reveal();
    node.reveal = () => {
      section.open();
      reveal();
    };
  }
  return [...rest.map((node) => node.element), section.element];
}

