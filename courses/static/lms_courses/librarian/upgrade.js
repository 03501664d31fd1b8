// Upgrades contents one after another: the scripts of the content type run in a sandboxed frame of
// the content origin, the server checks what they made. courses/h5p/frame/README.md has the messages.

import { playIn } from "./player.js";

const SOURCE = "lms-h5p";
const ANSWER_SECONDS = 30;
const SHOWN_CHANGES = 200;

const form = document.getElementById("upgrade");
const data = JSON.parse(document.getElementById("upgrade-data").textContent);
const csrfToken = form.elements.csrfmiddlewaretoken.value;
const progress = form.querySelector("[data-progress]");
const status = form.querySelector("[data-status]");
const startButton = form.querySelector("[data-start]");
const adoptButton = form.querySelector("[data-adopt]");
const results = new Map();

const say = (text, ...values) =>
  values.reduce((said, value, place) => said.replace(/%s|%(\d)/, (found) => (found === "%s" || found === `%${place + 1}` ? value : found)), text);

const rowOf = (content) => form.querySelector(`[data-content="${content.uuid}"]`);

// A new frame each time: what one content's scripts leave behind never meets the next content.
function upgradeInFrame(params, metadata) {
  const frame = document.createElement("iframe");
  frame.sandbox = "allow-scripts";
  frame.src = data.frame;
  frame.hidden = true;
  let timer;
  let onMessage;
  const answer = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(data.strings.noAnswer)), ANSWER_SECONDS * 1000);
    onMessage = (event) => {
      if (event.source !== frame.contentWindow || event.data?.source !== SOURCE) return;
      const { type } = event.data;
      if (type === "ready") {
        const asked = { source: SOURCE, type: "upgrade", library: data.library, to: data.to, params, metadata };
        frame.contentWindow.postMessage(asked, "*");
      } else if (type === "upgraded") {
        resolve({ params: event.data.params, metadata: event.data.metadata });
      } else if (type === "error") {
        reject(new Error(String(event.data.message)));
      }
    };
  });
  window.addEventListener("message", onMessage);
  document.body.append(frame);
  return answer.finally(() => {
    clearTimeout(timer);
    window.removeEventListener("message", onMessage);
    frame.remove();
  });
}

async function answered(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw new Error(data.strings.unreachable);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `${data.strings.unreachable} (${response.status})`);
  return body;
}

async function upgrade(content) {
  const given = await answered(fetch(content.paramsUrl));
  const made = await upgradeInFrame(given.params, given.metadata);
  return answered(
    fetch(content.checkUrl, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken },
      body: JSON.stringify(made),
    }),
  );
}

function show(content, text) {
  rowOf(content).querySelector("[data-state]").textContent = text;
}

function cell(text) {
  const made = document.createElement("td");
  made.textContent = text ?? data.strings.absent;
  return made;
}

function fillPreview(content, result) {
  const place = rowOf(content).querySelector("[data-preview] td");
  place.append(document.getElementById("upgrade-preview").content.cloneNode(true));
  const sides = [
    [say(data.strings.before, data.library), result.before],
    [say(data.strings.after, data.to), result.after],
  ];
  place.querySelectorAll("section").forEach((section, number) => {
    const [title, address] = sides[number];
    section.querySelector("h2").textContent = title;
    playIn(section.querySelector("[data-frame]"), { address, title: `${title}: ${content.title}`, cannotPlay: data.strings.cannotPlay });
  });
  const body = place.querySelector("tbody");
  for (const change of result.changes.slice(0, SHOWN_CHANGES)) {
    const row = document.createElement("tr");
    const field = cell(change.label || change.path);
    field.title = change.path;
    row.append(field, cell(change.before), cell(change.after));
    body.append(row);
  }
  const left = result.changes.length - SHOWN_CHANGES;
  if (left > 0) body.append(Object.assign(document.createElement("tr"), { textContent: say(data.strings.more, left) }));
}

function onShow(content, button) {
  const preview = rowOf(content).querySelector("[data-preview]");
  if (preview.hidden && preview.firstElementChild.childElementCount === 0) {
    fillPreview(content, results.get(content.uuid));
  }
  preview.hidden = !preview.hidden;
  button.setAttribute("aria-expanded", String(!preview.hidden));
}

const isChosen = (content) => rowOf(content).querySelector("[data-choose]").checked;

function updateAdopt() {
  adoptButton.disabled = !data.contents.some((content) => results.has(content.uuid) && isChosen(content));
}

async function start() {
  startButton.disabled = true;
  const wanted = data.contents.filter((content) => isChosen(content) && !results.has(content.uuid));
  let failed = 0;
  progress.max = wanted.length;
  progress.value = 0;
  for (const content of wanted) {
    status.textContent = say(data.strings.progress, progress.value, wanted.length);
    show(content, data.strings.running);
    try {
      const result = await upgrade(content);
      results.set(content.uuid, result);
      const { length } = result.changes;
      show(content, length === 0 ? data.strings.same : say(data.strings.ready, length));
      rowOf(content).querySelector("[data-show]").disabled = false;
    } catch (error) {
      failed += 1;
      show(content, `${data.strings.failed}: ${error.message}`);
    }
    progress.value += 1;
  }
  status.textContent = say(data.strings.finished, results.size, failed);
  startButton.disabled = false;
  updateAdopt();
}

function onSubmit() {
  for (const content of data.contents) {
    const result = results.get(content.uuid);
    if (result === undefined) continue;
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: isChosen(content) ? "ticket" : "dropped", value: result.ticket });
    form.append(input);
  }
}

for (const content of data.contents) {
  const button = rowOf(content).querySelector("[data-show]");
  button.addEventListener("click", () => onShow(content, button));
  rowOf(content).querySelector("[data-choose]").addEventListener("change", updateAdopt);
}
startButton.addEventListener("click", start);
form.addEventListener("submit", onSubmit);
