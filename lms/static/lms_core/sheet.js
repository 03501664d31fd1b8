// Marks everybody on the attendance sheet at once. Without this script each line is marked.

for (const form of document.querySelectorAll("[data-sheet]")) {
  const buttons = form.querySelector("[data-mark-all]");
  if (!buttons) continue;
  buttons.hidden = false;
  buttons.addEventListener("click", ({ target }) => {
    const mark = target.closest("[data-mark]")?.dataset.mark;
    if (mark === undefined) return;
    for (const choice of form.querySelectorAll(`input[type="radio"][value="${mark}"]`)) {
      choice.checked = true;
    }
    form.querySelector("[data-status]").textContent = form.dataset.marked;
  });
}
