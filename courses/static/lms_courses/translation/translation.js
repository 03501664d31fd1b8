/* The page of a course in two languages: what is unsaved, saving, filtering, tags, players. */

const root = document.querySelector("[data-lms-translation]");
const { save: address, words } = JSON.parse(
  document.getElementById("lms-translation-config").textContent,
);

const status = root?.querySelector("[data-status]");
const rows = [...(root?.querySelectorAll("[data-row]") ?? [])];
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const inputOf = (row) => row.querySelector("[data-text]");
const say = (text) => {
  if (status) status.textContent = text;
};

/* --- what is unsaved ------------------------------------------------------------------------ */

/** Row id -> text to send. */
const waiting = new Map();
const saved = new Map(rows.map((row) => [row.dataset.row, inputOf(row)?.value ?? null]));

function note(row, text) {
  const id = row.dataset.row;
  if (text === saved.get(id)) waiting.delete(id);
  else waiting.set(id, text);
  row.classList.toggle("is-unsaved", waiting.has(id));
  say(waiting.size ? filled(words.unsaved, { count: waiting.size }) : "");
}

window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});

/* --- saving --------------------------------------------------------------------------------- */

let isSaving = false;

async function post(texts) {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": root.querySelector("[name=csrfmiddlewaretoken]").value,
      "X-Requested-With": "XMLHttpRequest",
    },
    body: JSON.stringify({ texts }),
  });
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.redirected || response.status === 403 || (response.ok && !isJson)) {
    throw new Error(words.signedOut);
  }
  const answer = isJson ? await response.json() : {};
  if (!response.ok) throw new Error(answer.message ?? words.failed);
  return answer;
}

async function save() {
  if (isSaving || !waiting.size) return;
  isSaving = true;
  say(words.saving);
  const sent = new Map(waiting);
  try {
    show(await post(Object.fromEntries(sent)), sent);
  } catch (error) {
    say(error instanceof TypeError ? words.failed : error.message);
  } finally {
    isSaving = false;
  }
}

function show(answer, sent) {
  for (const row of rows.filter(({ dataset }) => sent.has(dataset.row))) {
    const id = row.dataset.row;
    const fault = answer.refused[id] ?? "";
    setFault(row, fault);
    if (fault) continue;
    const input = inputOf(row);
    const state = answer.rows[id];
    if (!input || !state) {
      // Its paragraphs are other ones now.
      waiting.clear();
      location.reload();
      return;
    }
    const isUntouched = input.value === sent.get(id);
    saved.set(id, state.target);
    if (isUntouched) input.value = state.target;
    note(row, input.value);
    row.dataset.state = state.state;
    row.querySelector("[data-state-label]").textContent = state.label;
  }
  listUntranslated();
  showCounts(answer);
  showPlayers(answer.players);
  const count = Object.keys(answer.refused).length;
  say(count ? filled(words.refused, { count }) : words.saved);
  if (count) inputOf(rows.find(({ dataset }) => answer.refused[dataset.row]))?.focus();
}

function setFault(row, text) {
  row.querySelector("[data-fault]").textContent = text;
  row.classList.toggle("is-refused", text !== "");
  const input = inputOf(row);
  if (text) input?.setAttribute("aria-invalid", "true");
  else input?.removeAttribute("aria-invalid");
}

function showCounts({ counts, total }) {
  const numbers = { ...counts, all: total };
  for (const place of root.querySelectorAll("[data-count]")) {
    place.textContent = numbers[place.dataset.count];
  }
  const progress = root.querySelector("progress");
  progress.max = total;
  progress.value = counts.translated;
  root.querySelector("[data-progress-text]").textContent = filled(words.progress, {
    done: counts.translated,
    total,
  });
}

function listUntranslated() {
  const list = root.querySelector("[data-untranslated]");
  for (const row of rows) {
    const there = list.querySelector(`[data-for="${CSS.escape(row.id)}"]`);
    if (there) there.hidden = row.dataset.state !== "untranslated";
    else if (row.dataset.state === "untranslated") list.append(listed(row));
  }
  const isDone = rows.every(({ dataset }) => dataset.state !== "untranslated");
  root.querySelector("[data-all-done]").hidden = !isDone;
}

function listed(row) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  item.dataset.for = row.id;
  link.href = `#${row.id}`;
  link.lang = row.cells[0].lang;
  link.textContent = row.querySelector("[data-source]").textContent.slice(0, 60);
  item.append(link);
  return item;
}

/* --- players -------------------------------------------------------------------------------- */

function showPlayers(players) {
  for (const details of root.querySelectorAll("[data-player]")) {
    const url = players[details.closest("[data-section]").dataset.section] ?? "";
    details.dataset.player = url;
    details.hidden = !url;
    if (details.open && url) details.querySelector("iframe").src = url;
  }
}

for (const details of root?.querySelectorAll("[data-player]") ?? []) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("iframe").src = details.dataset.player;
  });
}

/* --- tags ----------------------------------------------------------------------------------- */

const TAG = /<([a-z][a-z0-9]*)( n="\d+")?>/g;
const VOID = new Set(["br", "img", "wbr"]);

function surround(input, name, number) {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const after = VOID.has(name) ? "" : `</${name}>`;
  const tag = `<${name}${number}>`;
  input.setRangeText(`${tag}${value.slice(start, end)}${after}`, start, end, "end");
  if (start === end) input.setSelectionRange(start + tag.length, start + tag.length);
  input.focus();
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function addTagButtons(row) {
  const place = row.querySelector("[data-tags]");
  const input = inputOf(row);
  if (!place || !input) return;
  const found = row.querySelector("[data-source]").textContent.matchAll(TAG);
  for (const [tag, name, number = ""] of new Map([...found].map((match) => [match[0], match])).values()) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "lms-translation__tag";
    button.textContent = tag;
    button.setAttribute("aria-label", filled(words.insert, { tag }));
    button.addEventListener("click", () => surround(input, name, number));
    place.append(button);
  }
}

/* --- going around --------------------------------------------------------------------------- */

function filter(state) {
  let shown = 0;
  for (const section of root.querySelectorAll("[data-section]")) {
    const own = [...section.querySelectorAll("[data-row]")];
    for (const row of own) row.hidden = state !== "all" && row.dataset.state !== state;
    const left = own.filter((row) => !row.hidden).length;
    section.hidden = state !== "all" && left === 0;
    shown += left;
  }
  root.querySelector("[data-no-rows]").hidden = shown > 0;
}

function showAll() {
  root.querySelector("[name=lms-filter][value=all]").checked = true;
  filter("all");
}

function goTo(row) {
  if (row.hidden || row.closest("[data-section]").hidden) showAll();
  (inputOf(row) ?? row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

function goToNext() {
  const open = rows.filter((row) => row.dataset.state !== "translated" && !waiting.has(row.dataset.row));
  const here = rows.indexOf(document.activeElement?.closest("[data-row]"));
  const next = open.find((row) => rows.indexOf(row) > here) ?? open[0];
  if (next) goTo(next);
  else say(words.allDone);
}

for (const row of rows) {
  addTagButtons(row);
  inputOf(row)?.addEventListener("input", ({ target }) => note(row, target.value));
  for (const button of row.querySelectorAll("[data-put]")) {
    button.addEventListener("click", () => {
      const isPressed = button.getAttribute("aria-pressed") === "true";
      for (const other of row.querySelectorAll("[data-put]")) other.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", String(!isPressed));
      note(row, isPressed ? null : button.dataset.put);
    });
  }
}

root?.querySelector("[data-save]")?.addEventListener("click", save);
root?.querySelector("[data-next]")?.addEventListener("click", goToNext);
root?.addEventListener("change", ({ target }) => {
  if (target.name === "lms-filter") filter(target.value);
});
root?.querySelector("[data-untranslated]")?.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const row = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!row) return;
  event.preventDefault();
  goTo(row);
});
document.addEventListener("keydown", (event) => {
  if (!root?.querySelector("[data-save]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    void save();
  } else if (event.altKey && event.key === "ArrowDown") {
    event.preventDefault();
    goToNext();
  }
});
