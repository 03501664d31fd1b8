/* Lists: add, remove with a way back, move, duplicate; by keyboard, and said aloud. */

import { applyConditions } from "./conditions.js";
import { button, fill, h } from "./dom.js";
import { framed } from "./leaves.js";
import { disclosure, group } from "./structure.js";
import { duplicated } from "./values.js";

const IN_ONE_LINE = new Set(["text", "number", "boolean", "select", "color"]);

function isInOneLine(field) {
  if (field.kind === "group" && field.is_single) return isInOneLine(field.fields[0]);
  return IN_ONE_LINE.has(field.kind);
}

export function list(field, box, parent, context) {
  const { strings } = context;
  const entity = field.entity || field.item.label || strings.item;
  const frame = framed(field, context, { group: true });
  const rows = h("ol", { class: "h5p-list", role: "list", "aria-labelledby": frame.labelId });
  const count = h("span", { class: "h5p-list__count" });
  const undo = h("div", { class: "h5p-undo", hidden: true });
  const add = button(fill(strings.add, { what: entity }), { name: "plus" });
  const items = [];

  const node = {
    field,
    parent,
    element: frame.element,
    children: () => items.map((item) => item.node),
    value: () => box.get(),
    summary: () => (items.length > 0 ? fill(strings.countOf, { what: entity, number: items.length }) : ""),
    focus: () => (items[0] ? items[0].toggle ?? add : add).focus(),
    reveal() {},
    setFault(message) {
      frame.fault.hidden = message === null;
      frame.fault.textContent = message ?? "";
      frame.element.classList.toggle("h5p-field--faulty", message !== null);
    },
  };

  // A list that is left empty and may be, is left out.
  const write = () => box.set(items.length === 0 && field.optional ? undefined : items.map((item) => item.value));
  const name = (item) => `${entity} ${items.indexOf(item) + 1}`;

  const refresh = () => {
    items.forEach((item, index) => {
      item.title.textContent = name(item);
      item.up.disabled = index === 0;
      item.down.disabled = index === items.length - 1;
      item.remove.disabled = field.min !== null && items.length <= field.min;
      item.copy.disabled = field.max !== null && items.length >= field.max;
      const said = { up: strings.moveUp, down: strings.moveDown, copy: strings.duplicate, remove: strings.remove };
      for (const [tool, words] of Object.entries(said)) {
        const label = fill(words, { what: name(item) });
        item[tool].setAttribute("aria-label", label);
        item[tool].title = label;
      }
    });
    add.disabled = field.max !== null && items.length >= field.max;
    count.textContent = fill(strings.itemCount, { number: items.length });
  };

  const settle = (message) => {
    write();
    refresh();
    node.setFault(null);
    applyConditions(node);
    context.changed();
    if (message) context.announce(message);
  };

  const makeItem = (value, open) => {
    const item = { value, field: field.item };
    const cell = {
      get: () => item.value,
      set(given) {
        item.value = given;
        if (items.includes(item)) write();
      },
    };
    item.node = field.item.kind === "group"
      ? group(field.item, cell, node, context, { bare: true })
      : context.build(field.item, cell, node);
    item.node.title = () => name(item);
    const tool = (picture, act) => button(" ", { name: picture, quiet: true, onclick: act });
    item.up = tool("arrow-up", () => move(item, -1));
    item.down = tool("arrow-down", () => move(item, 1));
    item.copy = tool("copy", () => copy(item));
    item.remove = tool("bin", () => remove(item));
    const tools = h("div", { class: "h5p-item__tools" }, item.up, item.down, item.copy, item.remove);
    if (isInOneLine(field.item)) {
      item.title = h("span", { class: "h5p-item__number" });
      item.node.element.classList.add("h5p-field--inline");
      item.row = h("li", { class: "h5p-item h5p-item--line" }, item.title, item.node.element, tools);
    } else {
      const body = h("div", { class: "h5p-item__body" }, item.node.element);
      const section = disclosure("", body, { open, summary: () => item.node.summary(), classes: "h5p-item__part" });
      item.title = section.toggle.querySelector(".h5p-part__title");
      item.toggle = section.toggle;
      item.section = section;
      section.element.insertBefore(tools, body);
      const { reveal } = item.node;
      item.node.reveal = () => {
        section.open();
        reveal();
      };
      item.row = h("li", { class: "h5p-item" }, section.element);
    }
    return item;
  };

  const insert = (item, index) => {
    items.splice(index, 0, item);
    rows.insertBefore(item.row, rows.children[index] ?? null);
  };

  const forget = () => {
    undo.hidden = true;
    undo.replaceChildren();
  };

  const move = (item, step) => {
    const from = items.indexOf(item);
    const to = from + step;
    if (to < 0 || to >= items.length) return;
    forget();
    items.splice(from, 1);
    items.splice(to, 0, item);
    rows.insertBefore(item.row, rows.children[step > 0 ? to + 1 : to] ?? null);
    settle(fill(strings.moved, { what: entity, number: to + 1 }));
    const used = step < 0 ? item.up : item.down;
    const other = step < 0 ? item.down : item.up;
    (used.disabled ? other : used).focus();
  };

  const copy = (item) => {
    forget();
    const twin = makeItem(duplicated(item.value), true);
    insert(twin, items.indexOf(item) + 1);
    settle(fill(strings.duplicated, { what: name(item) }));
    (twin.toggle ?? twin.copy).focus();
  };

  const remove = (item) => {
    const index = items.indexOf(item);
    const was = name(item);
    items.splice(index, 1);
    item.row.remove();
    const back = button(strings.undo, {
      name: "resubmit",
      onclick: () => {
        forget();
        insert(item, Math.min(index, items.length));
        settle(fill(strings.restored, { what: was }));
        (item.toggle ?? item.remove).focus();
      },
    });
    undo.replaceChildren(h("span", {}, fill(strings.removed, { what: was })), back);
    undo.hidden = false;
    settle(fill(strings.removed, { what: was }));
    back.focus();
  };

  add.addEventListener("click", () => {
    forget();
    const item = makeItem(undefined, true);
    insert(item, items.length);
    settle(fill(strings.added, { what: name(item) }));
    item.node.focus();
  });

  const now = box.get() ?? field.default;
  const isNew = !Array.isArray(now);
  const start = isNew
    ? Array(field.optional && !field.default_number ? 0 : Math.max(field.default_number || 0, field.min ?? 0)).fill(undefined)
    : now;
  start.forEach((value, index) => insert(makeItem(value, start.length <= 2 && (isNew || index === 0)), index));
  if (items.length > 0 || !field.optional) write();
  refresh();
  frame.element.firstChild.append(count);
  frame.body.append(rows, undo, add);
  return node;
}
