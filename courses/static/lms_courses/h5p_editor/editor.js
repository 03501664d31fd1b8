/*
 * The H5P part of the activity form. Its value is one hidden input with JSON:
 * {library, params, based_on, language}; everything below draws and changes that.
 */

import { confirmed, button, fill, h, icon, newId } from "./dom.js";
import { Form } from "./form.js";
import { picker } from "./picker.js";
import { describer, send } from "./server.js";
import { clone, isObject } from "./values.js";

class Editor {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("[data-h5p-value]");
    this.config = JSON.parse(document.getElementById(root.dataset.config).textContent);
    this.strings = this.config.strings;
    this.value = JSON.parse(this.input.value || "{}") ?? {};
    this.live = h("p", { class: "w-sr-only", role: "status", "aria-live": "polite" });
    this.stage = h("div", { class: "h5p-stage" });
    this.title = document.getElementById(root.dataset.titleInput);
    root.append(this.live, this.stage);
    // Fields of a type are described in the language the content is written in.
    this.describe = describer(this.config.urls.describe, this.value.language ?? this.config.language, this.strings);
    this.started = clone(this.value.params);
  }

  announce(text) {
    // The same words twice are said twice.
    this.live.textContent = "";
    setTimeout(() => {
      this.live.textContent = text;
    }, 50);
  }

  write() {
    this.input.value = JSON.stringify(this.value);
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async start() {
    if (this.value.library) await this.draw();
    else this.choose();
    await this.showFaults(this.config.faults);
  }

  type(library) {
    return this.config.types.find((type) => type.library === library);
  }

  // --- choosing -------------------------------------------------------------------------------

  choose() {
    const hasType = Boolean(this.value.library);
    const shown = picker({
      types: this.config.types,
      strings: this.strings,
      current: this.value.library,
      announce: (text) => this.announce(text),
      choose: (type) => this.take(type),
      cancel: hasType ? () => this.draw().then(() => this.stage.querySelector("[data-change]")?.focus()) : null,
    });
    this.stage.replaceChildren(shown.element, h("div", { class: "h5p-bar h5p-bar--foot" }, ...this.uploadTools()));
    if (hasType) shown.focus();
  }

  get hasInput() {
    return isObject(this.value.params) && JSON.stringify(this.value.params) !== JSON.stringify(this.blank);
  }

  async take(type) {
    if (type.library === this.value.library) {
      await this.draw();
      return;
    }
    if (this.value.library && this.hasInput) {
      const sure = await confirmed(this.strings, {
        title: this.strings.changeType,
        text: this.strings.losesInput,
        yes: this.strings.change,
      });
      if (!sure) return;
    }
    this.value = { ...this.value, library: type.library, params: {}, based_on: null };
    await this.draw();
    // Later differences from this are the author's own work.
    this.blank = clone(this.value.params);
    this.form?.nodes.find((node) => !node.element.hidden)?.focus();
    this.announce(fill(this.strings.typeChosen, { type: type.title }));
  }

  // --- the form -------------------------------------------------------------------------------

  async draw() {
    const { library } = this.value;
    this.stage.replaceChildren(h("p", { class: "h5p-waiting", role: "status" }, icon("spinner"), this.strings.loading));
    let description;
    try {
      description = await this.describe(library);
    } catch (error) {
      this.stage.replaceChildren(
        h("div", { class: "h5p-refusal", role: "alert" }, icon("warning"), h("p", {}, error.message)),
        h("div", { class: "h5p-bar" }, button(this.strings.tryAgain, { name: "rotate", onclick: () => this.draw() }), ...this.tools()),
      );
      return;
    }
    if (!isObject(this.value.params)) this.value.params = {};
    const { urls, licenses, rich_text: richText } = this.config;
    this.form = new Form(description, this.value.params, {
      strings: this.strings,
      licenses,
      richText,
      describe: this.describe,
      upload: (file, field, progress) => send(urls.media, file, { kind: field.kind }, progress, this.strings),
      mediaUrl: (path) => `${urls.file}?${new URLSearchParams({ path, based_on: this.value.based_on ?? "" })}`,
      changed: () => this.write(),
      announce: (text) => this.announce(text),
    });
    this.stage.replaceChildren(this.head(description), h("div", { class: "h5p-form" }, ...this.form.elements));
    await this.form.ready();
    this.write();
  }

  head(description) {
    const type = this.type(description.library);
    return h(
      "div",
      { class: "h5p-bar" },
      h(
        "div",
        { class: "h5p-bar__type" },
        type?.icon ? h("img", { class: "h5p-type__icon", src: type.icon, alt: "" }) : h("span", { class: "h5p-type__icon h5p-type__icon--none" }, icon("form")),
        h("span", { class: "h5p-bar__name" }, h("strong", {}, type?.title ?? description.title), h("span", { class: "h5p-type__version" }, description.library)),
      ),
      h("div", { class: "h5p-bar__tools" }, ...this.tools()),
    );
  }

  tools() {
    const { download } = this.config.urls;
    return [
      button(this.strings.changeType, { name: "rotate", "data-change": true, onclick: () => this.choose() }),
      ...this.uploadTools(),
      download
        ? h("a", { class: "button button-small button-secondary h5p-button", href: download, title: this.strings.downloadHelp }, icon("download"), h("span", {}, this.strings.download))
        : null,
    ].filter(Boolean);
  }

  // --- a package made elsewhere ----------------------------------------------------------------

  uploadTools() {
    const chooser = h("input", { type: "file", accept: ".h5p", hidden: true, tabindex: "-1", "aria-hidden": "true" });
    const progress = h("progress", { max: "1", value: "0", hidden: true, "aria-label": this.strings.uploading });
    const open = button(this.strings.uploadPackage, { name: "upload", onclick: () => chooser.click() });
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      chooser.value = "";
      if (!file) return;
      if (this.value.library && this.hasInput) {
        const sure = await confirmed(this.strings, { title: this.strings.uploadPackage, text: this.strings.losesInput, yes: this.strings.uploadPackage });
        if (!sure) return;
      }
      open.disabled = true;
      progress.hidden = false;
      this.announce(fill(this.strings.uploadingFile, { name: file.name }));
      try {
        const made = await send(this.config.urls.package, file, {}, (share) => { progress.value = share; }, this.strings);
        await this.adopt(made, file);
      } catch (error) {
        this.refuse(error.message);
      } finally {
        open.disabled = false;
        progress.hidden = true;
      }
    });
    return [open, chooser, progress];
  }

  async adopt(made, file) {
    this.value = { library: made.library, params: made.params, based_on: made.based_on, language: made.language };
    this.describe = describer(this.config.urls.describe, made.language, this.strings);
    this.blank = clone(made.params);
    if (this.title && this.title.value.trim() === "") {
      this.title.value = made.title;
      this.title.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await this.draw();
    this.blank = clone(this.value.params);
    const told = h("div", { class: "h5p-told", role: "status", tabindex: "-1" }, icon("success"), h("p", {}, fill(this.strings.packageRead, { name: file.name })));
    this.stage.prepend(told);
    told.focus();
  }

  refuse(message) {
    this.stage.querySelector(".h5p-refusal")?.remove();
    const refusal = h(
      "div",
      { class: "h5p-refusal", role: "alert", tabindex: "-1" },
      icon("warning"),
      h("div", {}, h("p", {}, h("strong", {}, this.strings.packageRefused)), h("p", {}, message)),
      button(this.strings.close, { name: "cross", quiet: true, onclick: () => refusal.remove() }),
    );
    this.stage.prepend(refusal);
    refusal.focus();
  }

  // --- faults ---------------------------------------------------------------------------------

  async showFaults(faults) {
    const others = [...document.querySelectorAll('#w-editor-form [aria-invalid="true"]')].filter((element) => !this.root.contains(element));
    const lines = others.map((element) => ({
      place: element.labels?.[0] ? element.labels[0].textContent.replace("*", "").trim() : "",
      message: document.querySelector(`#panel-child-${element.name}-errors, #${CSS.escape(`${element.closest("[data-panel]")?.id}`)}-errors`)?.textContent.trim() ?? "",
      focus: () => element.focus(),
    }));
    for (const fault of faults) {
      const found = this.form?.showFault(fault.path, fault.message);
      lines.push({
        place: found?.labels.join(" › ") ?? fault.label ?? "",
        message: fault.message,
        focus: () => (found ? found.node.focus() : this.stage.querySelector("button, input")?.focus()),
        element: found?.node.element ?? this.stage,
      });
    }
    if (lines.length === 0) return;
    const id = newId("h5p-faults");
    const summary = h(
      "section",
      { class: "h5p-faults", "aria-labelledby": id },
      h("h3", { id, class: "h5p-faults__title" }, icon("warning"), fill(this.strings.faults, { number: lines.length })),
      this.config.is_saved ? h("p", {}, this.strings.unfinished) : null,
      h("ul", {}, lines.map((line) => {
        const target = newId("h5p-fault-target");
        if (line.element) line.element.id ||= target;
        return h("li", {}, h("a", {
          href: `#${line.element?.id ?? ""}`,
          onclick: (event) => {
            event.preventDefault();
            line.focus();
          },
        }, [line.place, line.message].filter(Boolean).join(": ")));
      })),
    );
    this.root.prepend(summary);
    // What is only unfinished interrupts nobody who goes on writing.
    if (this.config.is_saved) return;
    // After Wagtail has put its own message on the page.
    setTimeout(() => lines[0].focus(), 100);
  }
}

for (const root of document.querySelectorAll("[data-h5p-editor]")) {
  const editor = new Editor(root);
  root.h5pEditor = editor;
  editor.start().then(() => root.setAttribute("data-ready", "true"));
}
