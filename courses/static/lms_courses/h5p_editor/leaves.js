/* Fields of one value: text, number, choice, colour, JSON. */

import { button, excerpt, h, newId } from "./dom.js";
import { mountRichText } from "./rich_text.js";

/** The frame every field has: label, help, fault, and what the reader is told about them. */
export function framed(field, context, { id = newId(), group = false } = {}) {
  const helpId = `${id}-help`;
  const faultId = `${id}-fault`;
  const labelId = `${id}-label`;
  const needed = !field.optional && field.kind !== "boolean" && field.kind !== "list" && field.kind !== "group";
  const mark = needed ? h("span", { class: "w-required-mark h5p-needed", "aria-hidden": "true" }, "*") : null;
  const label = h(group ? "span" : "label", group ? { id: labelId } : { id: labelId, for: id }, field.label || context.strings.value, mark);
  label.classList.add("h5p-field__label");
  const help = field.description ? h("p", { id: helpId, class: "h5p-field__help" }, field.description) : null;
  const fault = h("p", { id: faultId, class: "h5p-field__fault", hidden: true });
  const body = h("div", { class: "h5p-field__body" });
  const element = h("div", { class: "h5p-field", "data-kind": field.kind }, label, help, fault, body);
  const describedBy = [help && helpId, faultId].filter(Boolean).join(" ");
  return { id, labelId, element, body, fault, describedBy, needed };
}

function showFault(frame, controls, message) {
  frame.fault.hidden = message === null;
  frame.fault.textContent = message ?? "";
  frame.element.classList.toggle("h5p-field--faulty", message !== null);
  for (const control of controls) {
    if (message === null) control.removeAttribute("aria-invalid");
    else control.setAttribute("aria-invalid", "true");
  }
}

/** A node without nodes below. `parts.focus` puts the cursor into it. */
export function leaf(field, box, parent, context, frame, parts) {
  const controls = parts.controls ?? [];
  const node = {
    field,
    parent,
    element: frame.element,
    children: () => [],
    value: () => box.get(),
    summary: parts.summary ?? (() => excerpt(box.get())),
    setFault: (message) => showFault(frame, controls, message),
    reveal() {},
    focus: parts.focus ?? (() => controls[0]?.focus()),
    set(value) {
      box.set(value);
      if (!frame.fault.hidden) showFault(frame, controls, null);
      context.changed();
    },
  };
  return node;
}

function withDefault(field, box) {
  if (box.get() === undefined && field.default !== undefined) box.set(field.default);
}

/** What an emptied field holds: nothing where it may be left out. */
function emptied(field, text) {
  return text === "" && field.optional ? undefined : text;
}

/** The type's own pattern, which only helps whoever types: a pattern that is none says nothing. */
function fits(field, text) {
  if (!field.regexp || text === "") return true;
  try {
    return new RegExp(field.regexp.pattern, field.regexp.modifiers ?? "").test(text);
  } catch {
    return true;
  }
}

function typed(tag, attributes = {}) {
  return (field, box, parent, context) => {
    withDefault(field, box);
    const frame = framed(field, context);
    const control = h(tag, {
      id: frame.id,
      class: "h5p-input",
      maxlength: field.max_length ?? null,
      placeholder: field.placeholder ?? null,
      required: frame.needed,
      "aria-describedby": frame.describedBy,
      autocomplete: "off",
      ...attributes,
    });
    control.value = box.get() ?? "";
    const node = leaf(field, box, parent, context, frame, { controls: [control] });
    control.addEventListener("input", () => node.set(emptied(field, control.value)));
    control.addEventListener("change", () => {
      if (!fits(field, control.value)) node.setFault(context.strings.wrongPattern);
    });
    frame.body.append(control);
    return node;
  };
}

export const text = typed("input", { type: "text" });
export const textarea = typed("textarea", { rows: 3 });

export function number(field, box, parent, context) {
  withDefault(field, box);
  const frame = framed(field, context);
  const step = field.step ?? (field.decimals ? "any" : 1);
  const control = h("input", {
    id: frame.id,
    type: "number",
    class: "h5p-input h5p-input--number",
    min: field.min ?? null,
    max: field.max ?? null,
    step,
    required: frame.needed,
    "aria-describedby": frame.describedBy,
  });
  control.value = box.get() ?? "";
  const node = leaf(field, box, parent, context, frame, { controls: [control] });
  control.addEventListener("input", () => {
    const value = control.valueAsNumber;
    // What is no number stays as it was typed, so that the server can say so.
    node.set(Number.isNaN(value) ? emptied({ optional: true }, control.value) : value);
  });
  frame.body.append(control);
  return node;
}

export function boolean(field, box, parent, context) {
  withDefault(field, box);
  const frame = framed(field, context);
  const control = h("input", { id: frame.id, type: "checkbox", "aria-describedby": frame.describedBy });
  control.checked = box.get() === true;
  const node = leaf(field, box, parent, context, frame, { controls: [control], summary: () => "" });
  control.addEventListener("change", () => node.set(control.checked));
  frame.element.prepend(control);
  frame.body.remove();
  return node;
}

export function select(field, box, parent, context) {
  withDefault(field, box);
  return field.multiple || field.options.length <= 4
    ? choices(field, box, parent, context)
    : dropDown(field, box, parent, context);
}

function labelOf(field, value) {
  return field.options.find((option) => String(option.value) === String(value))?.label ?? "";
}

function dropDown(field, box, parent, context) {
  const frame = framed(field, context);
  const now = box.get();
  const control = h(
    "select",
    { id: frame.id, class: "h5p-input", required: frame.needed, "aria-describedby": frame.describedBy },
    h("option", { value: "" }, context.strings.choose),
    field.options.map((option, index) =>
      h("option", { value: String(index), selected: now !== undefined && String(option.value) === String(now) }, option.label),
    ),
  );
  // A value the semantics do not know stays, and is seen.
  if (now !== undefined && now !== "" && labelOf(field, now) === "") {
    control.append(h("option", { value: "kept", selected: true }, String(now)));
  }
  const node = leaf(field, box, parent, context, frame, {
    controls: [control],
    summary: () => labelOf(field, box.get()),
  });
  control.addEventListener("change", () => {
    if (control.value === "kept") node.set(now);
    else node.set(control.value === "" ? undefined : field.options[Number(control.value)].value);
  });
  frame.body.append(control);
  return node;
}

function choices(field, box, parent, context) {
  const frame = framed(field, context, { group: true });
  const name = newId("h5p-choice");
  const chosen = () => (field.multiple ? box.get() ?? [] : [box.get()]).map(String);
  const controls = field.options.map((option) =>
    h("input", {
      type: field.multiple ? "checkbox" : "radio",
      // Radios of one name are one group to the keyboard; the form attribute keeps them out of it.
      name,
      form: "h5p-no-form",
      checked: chosen().includes(String(option.value)),
      "aria-describedby": frame.describedBy,
    }),
  );
  const node = leaf(field, box, parent, context, frame, {
    controls,
    focus: () => (controls.find((control) => control.checked) ?? controls[0])?.focus(),
    summary: () => (field.multiple ? "" : labelOf(field, box.get())),
  });
  const take = () => {
    const values = field.options.filter((_option, index) => controls[index].checked).map((option) => option.value);
    node.set(field.multiple ? values : values[0]);
  };
  const role = field.multiple ? "group" : "radiogroup";
  const clear = field.optional && !field.multiple
    ? button(context.strings.clear, {
        classes: "h5p-button--plain",
        onclick: () => {
          for (const control of controls) control.checked = false;
          node.set(undefined);
        },
      })
    : null;
  frame.body.append(
    h(
      "div",
      { role, class: "h5p-choices", "aria-labelledby": frame.labelId, "aria-describedby": frame.describedBy },
      field.options.map((option, index) => {
        controls[index].addEventListener("change", take);
        return h("label", { class: "h5p-choice" }, controls[index], h("span", {}, option.label));
      }),
      clear,
    ),
  );
  return node;
}

const HEX = /^#[0-9a-f]{6}$/i;

export function color(field, box, parent, context) {
  withDefault(field, box);
  const frame = framed(field, context);
  const words = h("input", {
    id: frame.id,
    type: "text",
    class: "h5p-input h5p-input--color",
    autocomplete: "off",
    "aria-describedby": frame.describedBy,
  });
  const swatch = h("input", { type: "color", class: "h5p-swatch", "aria-label": context.strings.pickColor });
  const show = () => {
    words.value = box.get() ?? "";
    swatch.value = HEX.test(words.value) ? words.value : "#000000";
  };
  const node = leaf(field, box, parent, context, frame, { controls: [words], summary: () => "" });
  swatch.addEventListener("input", () => {
    node.set(swatch.value);
    show();
  });
  words.addEventListener("input", () => {
    node.set(emptied(field, words.value));
    if (HEX.test(words.value)) swatch.value = words.value;
  });
  show();
  frame.body.classList.add("h5p-field__body--row");
  frame.body.append(swatch, words);
  return node;
}

export function html(field, box, parent, context) {
  withDefault(field, box);
  const frame = framed(field, context, { group: true });
  const node = leaf(field, box, parent, context, frame, { focus: () => editor.focus() });
  const editor = mountRichText(field, frame, context, {
    value: () => box.get() ?? "",
    take: (given) => node.set(emptied(field, given)),
  });
  const { setFault } = node;
  node.setFault = (message) => {
    setFault(message);
    editor.setInvalid(message !== null);
  };
  return node;
}

/** A field of a kind nobody knows: its JSON, as it is. */
export function unknown(field, box, parent, context) {
  const frame = framed({ ...field, optional: true }, context);
  const control = h("textarea", {
    id: frame.id,
    rows: 4,
    class: "h5p-input h5p-input--code",
    spellcheck: "false",
    "aria-describedby": `${frame.describedBy} ${frame.id}-json`,
  });
  const now = box.get() ?? field.default;
  control.value = now === undefined ? "" : JSON.stringify(now, null, 2);
  const node = leaf(field, box, parent, context, frame, { controls: [control], summary: () => "" });
  control.addEventListener("input", () => {
    let value;
    try {
      value = control.value.trim() === "" ? undefined : JSON.parse(control.value);
    } catch {
      node.setFault(context.strings.notJson);
      return;
    }
    node.set(value);
  });
  frame.body.append(control, h("p", { id: `${frame.id}-json`, class: "h5p-field__help" }, context.strings.editedAsJson));
  return node;
}
