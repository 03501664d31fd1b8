/* Which fields are shown: `show_when` of the semantics, looked up from where the field stands. */

import { machineName } from "./values.js";

/**
 * The node a path of a condition leads to: "a/b" below the group the field stands in, "../c"
 * one level up. As in the H5P editor a list counts as a level; where it has no such field the
 * search goes on above it.
 */
export function findNode(path, scope) {
  const steps = path.split("/");
  let place = scope;
  while (steps[0] === ".." && place) {
    steps.shift();
    place = place.parent;
  }
  const [first, ...rest] = steps;
  while (place) {
    let found = child(place, first);
    for (const step of rest) found = found && child(found, step);
    if (found) return found;
    place = place.parent;
  }
  return null;
}

function child(node, name) {
  for (const candidate of node.children()) {
    if (candidate.field.name === name) return candidate;
  }
  return null;
}

function holds(rule, scope) {
  const node = findNode(rule.field, scope);
  if (node === null) return false;
  const value = node.value();
  return rule.equals.some((wanted) =>
    node.field.kind === "library"
      ? machineName(value) === machineName(wanted)
      : value === wanted || (value === undefined && wanted === false),
  );
}

/** Whether the node's own condition holds now. */
export function isWanted(node) {
  const condition = node.field.show_when;
  if (!condition) return true;
  const answers = condition.rules.map((rule) => holds(rule, node.parent));
  // A condition without rules never holds: the server says so too.
  if (answers.length === 0) return false;
  return condition.type === "and" ? answers.every(Boolean) : answers.some(Boolean);
}

/** Shows and hides every node below. */
export function applyConditions(node) {
  for (const part of node.children()) {
    part.element.hidden = part.field.hidden || !isWanted(part);
    applyConditions(part);
  }
}
