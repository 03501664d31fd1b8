/* A content type's form: one renderer for each kind of field, and the way from a path to a field. */

import { applyConditions } from "./conditions.js";
import { boolean, color, html, number, select, text, textarea, unknown } from "./leaves.js";
import { list } from "./list.js";
import { media } from "./media.js";
import { arranged, buildFields, group, library } from "./structure.js";

const RENDERERS = {
  text,
  textarea,
  html,
  number,
  boolean,
  select,
  color,
  list,
  group,
  library,
  image: media,
  audio: media,
  video: media,
  file: media,
  unknown,
};

/** Steps of the server's paths: `a.b[0].params.c`. */
function steps(path) {
  return path.match(/[^.[\]]+/g) ?? [];
}

export class Form {
  /**
   * @param {object} description the type's fields, as the server describes them
   * @param {object} params the content's parameters; changed in place
   * @param {object} services what the page does for the form: strings, describe, upload, …
   */
  constructor(description, params, services) {
    const context = {
      ...services,
      // What uploaded files were called, by their path.
      names: new Map(),
      build: (field, box, parent) => (RENDERERS[field.kind] ?? unknown)(field, box, parent, context),
      changed: () => {
        if (!this.isReady) return;
        applyConditions(this.root);
        services.changed();
      },
    };
    this.isReady = false;
    this.root = {
      field: { kind: "root" },
      parent: null,
      libraryName: description.library,
      children: () => this.nodes,
      value: () => params,
    };
    this.nodes = [];
    this.nodes = buildFields(description.fields, () => params, this.root, context);
    this.elements = arranged(this.nodes, context);
    this.isReady = true;
    applyConditions(this.root);
  }

  /** Every type inside the content has been fetched and drawn. */
  async ready(from = this.root) {
    await from.ready;
    await Promise.all(from.children().map((node) => this.ready(node)));
  }

  /** The nodes on the way to a path, the last one nearest to it. */
  trail(path) {
    const trail = [];
    let place = this.root;
    for (const step of steps(path)) {
      while (place.field.kind === "group" && place.field.is_single) {
        [place] = place.children();
        trail.push(place);
      }
      if (place.isLibrary && (step === "params" || step === "library")) continue;
      const next = /^\d+$/.test(step) && place.field.kind === "list"
        ? place.children()[Number(step)]
        : place.children().find((node) => node.field.name === step);
      if (!next) break;
      trail.push(next);
      place = next;
    }
    while (place.field.kind === "group" && place.field.is_single) {
      [place] = place.children();
      trail.push(place);
    }
    return trail;
  }

  /** Says a fault beside its field and opens the way to it. Null = the path leads nowhere. */
  showFault(path, message) {
    const trail = this.trail(path);
    const node = trail.at(-1);
    if (!node) return null;
    for (const part of trail) part.reveal();
    node.setFault(message);
    // "Question 2 › Text": an item's number says more than its list's name.
    const said = trail.filter((part, index) => !trail[index + 1]?.title);
    const labels = said.map((part) => (part.title ? part.title() : part.field.label)).filter(Boolean);
    return { node, labels };
  }
}
