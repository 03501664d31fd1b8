/** The form of a data exercise: rows of columns, reading them from a file, and trying it out. */

const form = document.getElementById("exercise-form");
const rows = form.querySelector("[data-columns]");
const blank = form.querySelector("template[data-column]");
const total = form.querySelector('[name="columns-TOTAL_FORMS"]');
const tried = document.querySelector("[data-tried]");

/** Rows are numbered as they stand, so that none is left out between two others. */
function renumber() {
  [...rows.children].forEach((row, number) => {
    for (const field of row.querySelectorAll("[name]")) {
      field.name = field.name.replace(/^columns-(\d+|__prefix__)-/, `columns-${number}-`);
      field.id = `id_${field.name}`;
    }
  });
  total.value = rows.children.length;
}

/** The headings name the fields of each row for those who do not see the table. */
function name(row) {
  const heads = form.querySelectorAll("[data-columns]")[0].closest("table").querySelectorAll("th");
  [...row.cells].forEach((cell, index) => {
    const field = cell.querySelector("input, select");
    if (field !== null && heads[index] !== undefined) {
      field.setAttribute("aria-label", heads[index].textContent);
    }
  });
}

function add(values = {}) {
  const row = blank.content.firstElementChild.cloneNode(true);
  rows.append(row);
  for (const [key, value] of Object.entries(values)) {
    const field = row.querySelector(`[name$="-${key}"]`);
    if (field === null) continue;
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
  }
  name(row);
  renumber();
  return row;
}

function say(text) {
  const told = document.createElement("p");
  told.textContent = text;
  tried.replaceChildren(told);
}

async function send(address, body) {
  const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
  return fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token },
    credentials: "same-origin",
  });
}

async function tryIt() {
  say(form.dataset.busy);
  try {
    const answer = await send(form.dataset.try, new FormData(form));
    if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
    // The server's own template, in which every value is escaped.
    tried.innerHTML = await answer.text();
  } catch {
    say(form.dataset.failed);
  }
}

async function readColumns() {
  const [file] = form.querySelector('[name="expected"]').files;
  const body = new FormData();
  if (file !== undefined) body.append("file", file);
  try {
    const answer = await send(form.dataset.guess, body);
    const found = await answer.json();
    if (!answer.ok) {
      say(found.message);
      return;
    }
    rows.replaceChildren();
    for (const column of found.columns) add({ ...column, symbols: "" });
    say(form.dataset.guessed);
  } catch {
    say(form.dataset.failed);
  }
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button === null) return;
  if (button.hasAttribute("data-add")) add().querySelector("input").focus();
  if (button.hasAttribute("data-remove")) {
    button.closest("tr").remove();
    renumber();
  }
  if (button.hasAttribute("data-try-it")) void tryIt();
  if (button.hasAttribute("data-read-columns")) void readColumns();
});

for (const row of rows.children) name(row);
