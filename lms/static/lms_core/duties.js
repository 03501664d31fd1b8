// Ticks every row of the page, and says how many are ticked. Without it each row is ticked by itself.

for (const form of document.querySelectorAll("form[data-choice]")) {
  const every = form.querySelector("[data-every]");
  const place = form.querySelector("[data-ticked]");
  const rows = [...form.querySelectorAll('input[name="row"]')];
  const some = form.querySelector('input[name="scope"][value="rows"]');

  function show() {
    const ticked = rows.filter((row) => row.checked).length;
    place.textContent = `(${ticked})`;
    every.checked = ticked === rows.length;
    every.indeterminate = ticked > 0 && ticked < rows.length;
  }

  every.hidden = false;
  every.addEventListener("change", () => {
    for (const row of rows) row.checked = every.checked;
    some.checked = true;
    show();
  });
  for (const row of rows) {
    row.addEventListener("change", () => {
      some.checked = true;
      show();
    });
  }
  show();
}
