// Loads the marked part of the page anew while a job in it is open. The reader can stop it
// (WCAG 2.2.2); focus stays where it is, and only the end is announced.
const PAUSE = 2000;
const part = document.querySelector("[data-refreshed]");
const bar = document.querySelector("[data-refresh]");
const toggle = bar?.querySelector("[data-refresh-switch]");
const status = bar?.querySelector("[data-refresh-status]");

const isOpen = () => Boolean(part.querySelector("[data-open]"));

async function refresh() {
  if (toggle.checked && !document.hidden && !part.contains(document.activeElement)) {
    const answer = await fetch(part.dataset.refreshed).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      part.innerHTML = await answer.text();
      if (!isOpen()) {
        status.textContent = status.dataset.ended;
        // The page has more to show now than the part that was loaded anew.
        if ("reload" in part.dataset) location.reload();
        return;
      }
    }
  }
  setTimeout(refresh, PAUSE);
}

if (part && bar && isOpen()) {
  bar.hidden = false;
  setTimeout(refresh, PAUSE);
}
