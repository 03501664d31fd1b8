/* Text with formatting: Wagtail's own editor, or the HTML itself where that would lose something. */

import { h } from "./dom.js";
import { fromHtml, toHtml } from "./html_state.js";

// What a tag of the semantics switches on in the editor.
const STYLES = { strong: "BOLD", b: "BOLD", em: "ITALIC", i: "ITALIC", u: "UNDERLINE", del: "STRIKETHROUGH", s: "STRIKETHROUGH", strike: "STRIKETHROUGH", sub: "SUBSCRIPT", sup: "SUPERSCRIPT", code: "CODE" };
const BLOCKS = { h1: "header-one", h2: "header-two", h3: "header-three", h4: "header-four", h5: "header-five", h6: "header-six", ul: "unordered-list-item", ol: "ordered-list-item", blockquote: "blockquote", pre: "code-block" };
const EMPTY = { blocks: [{ key: "b0", text: "", type: "unstyled", depth: 0, inlineStyleRanges: [], entityRanges: [], data: {} }], entityMap: {} };

/** The part of the editor's options that the field's tags allow. */
function optionsFor(tags, all) {
  const styles = new Set(tags.map((tag) => STYLES[tag]));
  const blocks = new Set(tags.map((tag) => BLOCKS[tag]));
  return {
    inlineStyles: all.inlineStyles.filter(({ type }) => styles.has(type)),
    blockTypes: all.blockTypes.filter(({ type }) => blocks.has(type)),
    entityTypes: all.entityTypes.filter(({ type }) => type === "LINK" && tags.includes("a")),
    enableHorizontalRule: tags.includes("hr") ? all.enableHorizontalRule : false,
  };
}

function mountSource(field, frame, context, { value, take }) {
  const noteId = `${frame.id}-note`;
  const control = h("textarea", {
    id: frame.id,
    rows: 5,
    class: "h5p-input h5p-input--code",
    spellcheck: "false",
    "aria-labelledby": frame.labelId,
    "aria-describedby": `${frame.describedBy} ${noteId}`,
    maxlength: field.max_length ?? null,
  });
  control.value = value();
  control.addEventListener("input", () => take(control.value));
  frame.body.append(control, h("p", { id: noteId, class: "h5p-field__help" }, context.strings.editedAsHtml));
  return {
    focus: () => control.focus(),
    setInvalid: (invalid) => control.setAttribute("aria-invalid", String(invalid)),
  };
}

/** Draws the editor into the field's frame; at once if that is shown, else when it first is. */
export function mountRichText(field, frame, context, { value, take }) {
  const state = value() === "" ? EMPTY : fromHtml(value());
  if (state === null || !window.draftail) return mountSource(field, frame, context, { value, take });

  const input = h("input", { type: "hidden", id: frame.id, "data-h5p-rich-text": true });
  frame.body.classList.add("h5p-rich-text");
  frame.body.append(input);
  let isMounted = false;
  let wantsFocus = false;
  const started = JSON.stringify(state);

  const mount = () => {
    if (isMounted) return;
    isMounted = true;
    input.value = started;
    let isFirst = true;
    window.draftail.initEditor(
      `#${frame.id}`,
      {
        ...optionsFor(field.tags, context.richText),
        ariaLabelledBy: frame.labelId,
        ariaDescribedBy: frame.describedBy,
        placeholder: field.placeholder ?? null,
        stateSaveInterval: 20,
        onSave(raw) {
          // The editor tells of its start too; what was not touched stays as it was, letter for letter.
          const content = raw ?? EMPTY;
          const written = toHtml(content, { tags: field.tags, enter: field.enter_mode });
          const before = toHtml(JSON.parse(started), { tags: field.tags, enter: field.enter_mode });
          if (isFirst && written === before) return;
          isFirst = false;
          take(written);
        },
      },
      null,
    );
    const box = frame.body.querySelector('[role="textbox"]');
    box?.setAttribute("aria-labelledby", frame.labelId);
    if (wantsFocus) focus();
  };
  const focus = () => {
    if (isMounted && input.draftailEditor) setTimeout(() => input.draftailEditor.focus(), 50);
    else wantsFocus = true;
  };
  // A long list of closed items would start hundreds of editors nobody looks at; what is shown
  // has its editor at once, wherever on the page, since not everybody gets there by scrolling.
  const watcher = new ResizeObserver(() => {
    if (frame.body.offsetParent === null) return;
    watcher.disconnect();
    mount();
  });
  watcher.observe(frame.body);
  return {
    focus,
    setInvalid(invalid) {
      frame.body.classList.toggle("h5p-rich-text--faulty", invalid);
      frame.body.querySelector('[role="textbox"]')?.setAttribute("aria-invalid", String(invalid));
    },
  };
}
