// A form of rows that are added, removed and put back; where the page has a place for it, with a
// preview of what saving would do.
// Without this script rows are removed by their checkbox, and a button shows the preview.

const WAIT = 400;

function setUp(form) {
  const { prefix } = form.dataset;
  const list = form.querySelector("[data-row-list]");
  const template = form.querySelector("[data-row-template]");
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const status = form.querySelector("[data-row-status]");
  const add = form.querySelector("[data-add-row]");
  const preview = document.querySelector("[data-preview]");
  let timer = 0;
  let running = null;

  function say(text) {
    status.textContent = text;
  }

  function number() {
    let next = 0;
    for (const [index, row] of [...list.querySelectorAll("[data-row]")].entries()) {
      const order = row.querySelector("[data-order] input");
      if (order) order.value = String(index + 1);
      const place = row.querySelector("[data-row-number]");
      if (place) place.textContent = row.hasAttribute("data-removed") ? "–" : String((next += 1));
    }
  }

  function mark(row, isRemoved) {
    const button = row.querySelector("[data-remove-row]");
    row.toggleAttribute("data-removed", isRemoved);
    row.querySelector("[data-delete] input").checked = isRemoved;
    button.textContent = isRemoved ? button.dataset.undo : button.dataset.remove;
    for (const field of row.querySelectorAll(".lms-field:not([data-delete])")) field.inert = isRemoved;
    number();
  }

  // Rows that have an order are moved by buttons; the field for it serves without this script.
  function prepareOrder(row) {
    const order = row.querySelector("[data-order]");
    if (!order) return;
    order.hidden = true;
    for (const button of row.querySelectorAll("[data-move]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const isUp = button.dataset.move === "up";
        const beside = isUp ? row.previousElementSibling : row.nextElementSibling;
        if (!beside) return;
        if (isUp) beside.before(row);
        else beside.after(row);
        number();
        button.focus();
        say(`${form.dataset.moved}: ${row.querySelector("[data-row-number]").textContent}`);
        soon();
      });
    }
  }

  function prepare(row) {
    prepareOrder(row);
    const button = row.querySelector("[data-remove-row]");
    if (!button) return;
    button.hidden = false;
    row.querySelector("[data-delete]").hidden = true;
    mark(row, row.querySelector("[data-delete] input").checked);
    button.addEventListener("click", () => {
      const isRemoved = !row.hasAttribute("data-removed");
      mark(row, isRemoved);
      say(isRemoved ? form.dataset.removed : form.dataset.restored);
      soon();
    });
  }

  async function show() {
    running?.abort();
    running = new AbortController();
    const body = new FormData(form);
    body.set("preview", "fragment");
    try {
      const answer = await fetch(form.action || window.location.href, {
        method: "POST",
        body,
        signal: running.signal,
      });
      // Signed out meanwhile: the answer would be the sign-in page.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const isOpen = preview.querySelector("details")?.open;
      preview.innerHTML = await answer.text();
      const details = preview.querySelector("details");
      if (details && isOpen) details.open = true;
    } catch (error) {
      if (error.name !== "AbortError") say(form.dataset.failed);
    }
  }

  function soon() {
    if (!preview) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(show, WAIT);
  }

  add.hidden = false;
  add.addEventListener("click", () => {
    const html = template.innerHTML.replaceAll("__prefix__", total.value);
    total.value = String(Number(total.value) + 1);
    list.insertAdjacentHTML("beforeend", html);
    const row = list.lastElementChild;
    prepare(row);
    number();
    row.querySelector("select, input")?.focus();
    row.dispatchEvent(new CustomEvent("lms:row-added", { bubbles: true }));
    say(form.dataset.added);
    soon();
  });
  const withoutScript = form.querySelector("[data-without-script]");
  if (withoutScript) withoutScript.hidden = true;
  form.addEventListener("input", soon);
  for (const row of list.querySelectorAll("[data-row]")) prepare(row);
  number();
}

for (const form of document.querySelectorAll("form[data-rows]")) setUp(form);
