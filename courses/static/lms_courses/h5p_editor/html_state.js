/*
 * HTML of an H5P text field ↔ the state of Wagtail's editor (Draft.js raw content). Pure but for
 * the browser's own HTML parser. What the editor could not keep is never guessed at: `fromHtml`
 * answers null then, and the field is edited as HTML source.
 */

const BLOCKS = {
  p: "unstyled",
  div: "unstyled",
  h1: "header-one",
  h2: "header-two",
  h3: "header-three",
  h4: "header-four",
  h5: "header-five",
  h6: "header-six",
  blockquote: "blockquote",
  pre: "code-block",
};
const ITEMS = { ul: "unordered-list-item", ol: "ordered-list-item" };
const STYLES = {
  strong: "BOLD",
  b: "BOLD",
  em: "ITALIC",
  i: "ITALIC",
  u: "UNDERLINE",
  del: "STRIKETHROUGH",
  s: "STRIKETHROUGH",
  strike: "STRIKETHROUGH",
  sub: "SUBSCRIPT",
  sup: "SUPERSCRIPT",
  code: "CODE",
};
const SPELLINGS = {
  BOLD: ["strong", "b"],
  ITALIC: ["em", "i"],
  UNDERLINE: ["u"],
  STRIKETHROUGH: ["del", "s", "strike"],
  SUBSCRIPT: ["sub"],
  SUPERSCRIPT: ["sup"],
  CODE: ["code"],
};
const ELEMENT = { "header-one": "h1", "header-two": "h2", "header-three": "h3", "header-four": "h4", "header-five": "h5", "header-six": "h6", blockquote: "blockquote", "code-block": "pre" };
const LIST = { "unordered-list-item": "ul", "ordered-list-item": "ol" };
const LINK_ATTRIBUTES = new Set(["href", "target", "rel"]);

class CannotKeep extends Error {}

function only(element, allowed) {
  for (const { name } of element.attributes) {
    if (!allowed.has(name)) throw new CannotKeep(name);
  }
}

const NOTHING = new Set();

class Reader {
  blocks = [];

  entities = {};

  block = null;

  open(type, depth = 0) {
    this.close();
    this.block = { key: `b${this.blocks.length}`, text: "", type, depth, inlineStyleRanges: [], entityRanges: [], data: {} };
    this.blocks.push(this.block);
  }

  close() {
    if (this.block === null) return;
    // The browser shows no space there, and Draft.js would.
    const trimmed = this.block.type === "code-block" ? this.block.text : this.block.text.replace(/ +$/, "");
    const cut = this.block.text.length - trimmed.length;
    if (cut > 0) this.shorten(trimmed.length);
    this.block = null;
  }

  shorten(length) {
    this.block.text = this.block.text.slice(0, length);
    for (const ranges of ["inlineStyleRanges", "entityRanges"]) {
      this.block[ranges] = this.block[ranges]
        .map((range) => ({ ...range, length: Math.min(range.length, length - range.offset) }))
        .filter((range) => range.length > 0);
    }
  }

  text(given) {
    let text = given;
    if (this.block?.type !== "code-block") {
      text = text.replace(/[ \t\r\n\f]+/g, " ");
      if (this.block === null && text === " ") return;
      if (this.block === null) this.open("unstyled");
      if (this.block.text === "" || this.block.text.endsWith("\n") || this.block.text.endsWith(" ")) text = text.replace(/^ /, "");
    }
    this.block.text += text;
  }

  entity(type, mutability, data) {
    const key = String(Object.keys(this.entities).length);
    this.entities[key] = { type, mutability, data };
    return Number(key);
  }

  range(element, ranges, value) {
    if (this.block === null) this.open("unstyled");
    const { block } = this;
    const offset = block.text.length;
    this.inline(element.childNodes);
    const length = block.text.length - offset;
    if (length > 0) block[ranges].push({ offset, length, ...value });
  }

  inline(nodes) {
    for (const node of nodes) {
      if (node.nodeType === Node.TEXT_NODE) this.text(node.data);
      else if (node.nodeType === Node.ELEMENT_NODE) this.inlineElement(node);
      else throw new CannotKeep(node.nodeName);
    }
  }

  inlineElement(element) {
    const name = element.localName;
    if (name === "br") {
      only(element, NOTHING);
      if (this.block === null) this.open("unstyled");
      this.block.text += "\n";
    } else if (name in STYLES) {
      only(element, NOTHING);
      this.range(element, "inlineStyleRanges", { style: STYLES[name] });
    } else if (name === "a" && element.hasAttribute("href")) {
      only(element, LINK_ATTRIBUTES);
      const data = { url: element.getAttribute("href") };
      if (element.getAttribute("target")) data.target = element.getAttribute("target");
      this.range(element, "entityRanges", { key: this.entity("LINK", "MUTABLE", data) });
    } else if (name === "span" && element.attributes.length === 0) {
      this.inline(element.childNodes);
    } else {
      throw new CannotKeep(name);
    }
  }

  list(element, depth) {
    only(element, NOTHING);
    for (const item of element.childNodes) {
      if (item.nodeType === Node.TEXT_NODE && item.data.trim() === "") continue;
      if (item.localName !== "li") throw new CannotKeep(item.nodeName);
      only(item, NOTHING);
      this.open(ITEMS[element.localName], depth);
      this.item([...item.childNodes], depth);
      this.close();
    }
  }

  item(nodes, depth) {
    // CKEditor writes <li><p>…</p></li> now and then; one paragraph is the item itself.
    for (const node of nodes) {
      if (node.localName in ITEMS) this.list(node, depth + 1);
      else if (node.localName === "p" && nodes.filter((other) => other.localName === "p").length === 1) {
        only(node, NOTHING);
        this.inline(node.childNodes);
      } else if (this.block === null && !(node.nodeType === Node.TEXT_NODE && node.data.trim() === "")) {
        throw new CannotKeep("text behind a list");
      } else if (this.block !== null) this.inline([node]);
    }
  }

  read(nodes) {
    for (const node of nodes) {
      const name = node.localName;
      if (name in BLOCKS) this.blockElement(node, BLOCKS[name]);
      else if (name in ITEMS) {
        this.close();
        this.list(node, 0);
      } else if (name === "hr") {
        only(node, NOTHING);
        this.open("atomic");
        this.block.text = " ";
        this.block.entityRanges.push({ offset: 0, length: 1, key: this.entity("HORIZONTAL_RULE", "IMMUTABLE", {}) });
        this.block = null;
      } else this.inline([node]);
    }
    this.close();
  }

  blockElement(element, type) {
    only(element, NOTHING);
    const inner = [...element.children].map((part) => part.localName);
    if (inner.some((name) => name in BLOCKS || name in ITEMS || name === "hr")) {
      // A box around blocks says nothing; one around text and blocks, or a quotation of them, does.
      const bare = [...element.childNodes].every((node) => node.nodeType === Node.ELEMENT_NODE || node.data?.trim() === "");
      if (element.localName !== "div" || !bare) throw new CannotKeep(element.localName);
      this.read(element.childNodes);
      return;
    }
    this.open(type);
    // CKEditor's empty paragraph is <p>&nbsp;</p>.
    if (element.textContent !== "\u00a0") this.inline(element.childNodes);
    if (this.block?.text.endsWith("\n") && type !== "code-block") this.shorten(this.block.text.length - 1);
    this.close();
  }
}

/** The state that shows this HTML; null = the editor could not keep all of it. */
export function fromHtml(html) {
  const { body } = new DOMParser().parseFromString(`<body>${html}`, "text/html");
  const reader = new Reader();
  try {
    reader.read(body.childNodes);
  } catch (error) {
    if (error instanceof CannotKeep) return null;
    throw error;
  }
  return reader.blocks.length === 0 ? null : { blocks: reader.blocks, entityMap: reader.entities };
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function inlineHtml(block, entities, spell) {
  // Draft.js counts characters in UTF-16 units, as JavaScript does.
  const cuts = new Set([0, block.text.length]);
  for (const range of [...block.inlineStyleRanges, ...block.entityRanges]) {
    cuts.add(range.offset);
    cuts.add(range.offset + range.length);
  }
  const places = [...cuts].sort((one, other) => one - other);
  let html = "";
  let openLink = null;
  // Elements that are open now, the outermost first.
  const open = [];
  const closeTo = (depth) => {
    while (open.length > depth) html += `</${open.pop()}>`;
  };
  for (let index = 0; index + 1 < places.length; index += 1) {
    const [start, end] = [places[index], places[index + 1]];
    const covers = (range) => range.offset <= start && range.offset + range.length >= end;
    const link = block.entityRanges.find((range) => covers(range) && entities[range.key]?.type === "LINK")?.key ?? null;
    const wanted = new Set(block.inlineStyleRanges.filter(covers).map((range) => spell(range.style)).filter(Boolean));
    if (link !== openLink) {
      closeTo(0);
      if (openLink !== null) html += "</a>";
      if (link !== null) html += openedLink(entities[link].data);
      openLink = link;
    }
    const kept = open.findIndex((name) => !wanted.has(name));
    closeTo(kept === -1 ? open.length : kept);
    for (const name of wanted) {
      if (open.includes(name)) continue;
      html += `<${name}>`;
      open.push(name);
    }
    html += escaped(block.text.slice(start, end)).replace(/\n/g, block.type === "code-block" ? "\n" : "<br>");
  }
  closeTo(0);
  return openLink === null ? html : `${html}</a>`;
}

function openedLink({ url, target }) {
  const quoted = (value) => escaped(String(value ?? "")).replace(/"/g, "&quot;");
  return `<a href="${quoted(url)}"${target ? ` target="${quoted(target)}"` : ""}>`;
}

/**
 * The HTML of a state. Empty = nothing was written.
 *
 * `tags`: what the field allows, which decides between <strong> and <b>; `enter`: the element of
 * a paragraph.
 */
export function toHtml({ blocks, entityMap }, { tags, enter }) {
  const spell = (style) => {
    const spellings = SPELLINGS[style] ?? [];
    return spellings.find((name) => tags.includes(name)) ?? spellings[0];
  };
  if (blocks.every((block) => block.type !== "atomic" && block.text.trim() === "")) return "";
  let html = "";
  const lists = [];
  const closeTo = (depth) => {
    while (lists.length > depth) html += `</li></${lists.pop()}>`;
  };
  for (const block of blocks) {
    const list = LIST[block.type];
    if (list) {
      closeTo(block.depth + 1);
      if (lists.length === block.depth + 1 && lists.at(-1) !== list) closeTo(block.depth);
      if (lists.length === block.depth + 1) html += "</li><li>";
      while (lists.length < block.depth + 1) {
        html += `<${list}><li>`;
        lists.push(list);
      }
      html += inlineHtml(block, entityMap, spell);
      continue;
    }
    closeTo(0);
    if (block.type === "atomic") {
      if (entityMap[block.entityRanges[0]?.key]?.type === "HORIZONTAL_RULE") html += "<hr>";
      continue;
    }
    const name = ELEMENT[block.type] ?? enter;
    html += `<${name}>${inlineHtml(block, entityMap, spell) || "&nbsp;"}</${name}>`;
  }
  closeTo(0);
  return html;
}
