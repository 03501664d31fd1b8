/* Pictures, sound, films and files: uploaded at once, kept with the content when it is saved. */

import { button, excerpt, fill, h, icon, newId } from "./dom.js";
import { framed, leaf } from "./leaves.js";
import { isObject } from "./values.js";

const SEVERAL = { audio: true, video: true };
const PICTURE = { image: "image", audio: "media", video: "media", file: "doc-full" };

function fileName(path) {
  return decodeURIComponent(String(path).split("#")[0].split("/").pop() ?? "");
}

/** Stored files are named by their digest, which tells people nothing: then the kind of file does. */
function spokenName(path, context) {
  const name = fileName(path);
  const isDigest = /^[0-9a-f]{32}\./.test(name);
  return context.names.get(path) ?? (isDigest ? name.split(".").pop().toUpperCase() : name);
}

function isOutside(path) {
  return /^[a-z]+:\/\//i.test(path);
}

function look(kind, value, context) {
  const address = isOutside(value.path) ? null : context.mediaUrl(value.path);
  if (address === null) return h("span", { class: "h5p-media__picture" }, icon(PICTURE[kind]));
  if (kind === "image") return h("img", { class: "h5p-media__picture", src: address, alt: "", loading: "lazy" });
  if (kind === "audio") return h("audio", { class: "h5p-media__player", src: address, controls: true, preload: "metadata", "aria-label": spokenName(value.path, context) });
  if (kind === "video") return h("video", { class: "h5p-media__player", src: address, controls: true, preload: "metadata", "aria-label": spokenName(value.path, context) });
  return h("span", { class: "h5p-media__picture" }, icon(PICTURE[kind]));
}

/** Whose the file is and what may be done with it; H5P keeps this beside the file. */
function rights(value, context, changed) {
  const { strings } = context;
  const kept = () => {
    if (!isObject(value.copyright)) value.copyright = { license: "U" };
    return value.copyright;
  };
  const line = (key, label) => {
    const id = newId();
    const control = h("input", { id, type: "text", class: "h5p-input", autocomplete: "off" });
    control.value = value.copyright?.[key] ?? "";
    control.addEventListener("input", () => {
      if (control.value === "") delete kept()[key];
      else kept()[key] = control.value;
      changed();
    });
    return h("div", { class: "h5p-field" }, h("label", { for: id, class: "h5p-field__label" }, label), control);
  };
  const id = newId();
  const license = h(
    "select",
    { id, class: "h5p-input" },
    context.licenses.map(([code, label]) =>
      h("option", { value: code, selected: code === (value.copyright?.license ?? "U") }, label),
    ),
  );
  license.addEventListener("change", () => {
    kept().license = license.value;
    changed();
  });
  return h(
    "details",
    { class: "h5p-rights" },
    h("summary", {}, strings.rights),
    h(
      "div",
      { class: "h5p-rights__body" },
      line("title", strings.rightsTitle),
      line("author", strings.rightsAuthor),
      line("year", strings.rightsYear),
      line("source", strings.rightsSource),
      h("div", { class: "h5p-field" }, h("label", { for: id, class: "h5p-field__label" }, strings.rightsLicense), license),
    ),
  );
}

export function media(field, box, parent, context) {
  const { strings } = context;
  const several = SEVERAL[field.kind] ?? false;
  const frame = framed(field, context, { group: true });
  const values = () => {
    const now = box.get();
    if (several) return Array.isArray(now) ? now : [];
    return isObject(now) && now.path ? [now] : [];
  };
  const accept = field.extensions.map((extension) => `.${extension}`).join(",");
  const chooser = h("input", { type: "file", accept, hidden: true, tabindex: "-1", "aria-hidden": "true" });
  const shown = h("div", { class: "h5p-media" });
  const progress = h("progress", { max: "1", value: "0", hidden: true, "aria-label": strings.uploading });
  const add = button(strings.chooseFile, { name: "upload", "aria-describedby": `${frame.labelId} ${frame.describedBy}` });
  let replaced = null;

  const node = leaf(field, box, parent, context, frame, {
    controls: [add],
    summary: () => excerpt(values().map((value) => spokenName(value.path, context)).join(", ")),
    focus: () => (add.hidden ? shown.querySelector("button") : add)?.focus(),
  });

  const keep = (list) => {
    if (several) node.set(list.length > 0 ? list : undefined);
    else node.set(list[0]);
    show();
  };

  const item = (value, index) => {
    const name = spokenName(value.path, context);
    return h(
      "div",
      { class: "h5p-media__item" },
      look(field.kind, value, context),
      h(
        "div",
        { class: "h5p-media__facts" },
        h("span", { class: "h5p-media__name" }, isOutside(value.path) ? value.path : name),
        h("span", { class: "h5p-media__size" }, value.width ? `${value.width} × ${value.height}` : value.mime ?? ""),
        isOutside(value.path) ? h("span", { class: "h5p-media__size" }, strings.outsideMedia) : null,
        h(
          "div",
          { class: "h5p-media__tools" },
          button(strings.replaceFile, {
            name: "rotate",
            "aria-label": `${strings.replaceFile}: ${name}`,
            onclick: () => {
              replaced = index;
              chooser.click();
            },
          }),
          button(strings.removeFile, {
            name: "bin",
            "aria-label": `${strings.removeFile}: ${name}`,
            onclick: () => {
              keep(values().filter((_value, other) => other !== index));
              context.announce(fill(strings.removed, { what: name }));
              add.focus();
            },
          }),
        ),
        rights(value, context, () => context.changed()),
      ),
    );
  };

  const show = () => {
    shown.replaceChildren(...values().map(item));
    add.hidden = !several && values().length > 0;
    add.querySelector("span").textContent = several && values().length > 0 ? strings.addFormat : strings.chooseFile;
  };

  const take = async (file) => {
    progress.hidden = false;
    progress.value = 0;
    add.disabled = true;
    node.setFault(null);
    context.announce(fill(strings.uploadingFile, { name: file.name }));
    try {
      const stored = await context.upload(file, field, (share) => {
        progress.value = share;
      });
      context.names.set(stored.path, file.name);
      const list = values().slice();
      if (replaced === null) list.push(stored);
      else list[replaced] = { ...(list[replaced].copyright ? { copyright: list[replaced].copyright } : {}), ...stored };
      keep(several ? list : list.slice(-1));
      context.announce(fill(strings.uploaded, { name: file.name }));
    } catch (error) {
      node.setFault(error.message);
      context.announce(error.message);
    } finally {
      replaced = null;
      progress.hidden = true;
      add.disabled = false;
      node.focus();
    }
  };

  add.addEventListener("click", () => {
    replaced = null;
    chooser.click();
  });
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (file) take(file);
  });
  frame.body.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    frame.body.classList.add("h5p-drop");
  });
  for (const type of ["dragleave", "drop"]) {
    frame.body.addEventListener(type, () => frame.body.classList.remove("h5p-drop"));
  }
  frame.body.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) take(file);
  });
  frame.body.append(shown, progress, h("div", { class: "h5p-media__add" }, add, chooser, h("span", { class: "h5p-field__help" }, fill(strings.fileKinds, { kinds: field.extensions.join(", ") }))));
  show();
  return node;
}
