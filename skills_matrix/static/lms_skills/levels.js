// Says under each award what the chosen level means, for its competency or by the whole scale.

const texts = JSON.parse(document.getElementById("level-texts").textContent);

function describe(row) {
  const level = row.querySelector('[data-field="level"] select');
  const competency = row.querySelector('[data-field="competency"] select');
  const place = row.querySelector("[data-level-text]");
  if (!level || !place) return;
  place.id = `${level.id}-text`;
  level.setAttribute("aria-describedby", place.id);
  place.textContent = texts[`${competency.value}:${level.value}`] ?? texts[`:${level.value}`] ?? "";
}

for (const row of document.querySelectorAll("form [data-row]")) describe(row);
document.addEventListener("lms:row-added", (event) => describe(event.target));
document.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) describe(row);
});
