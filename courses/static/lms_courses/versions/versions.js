/* Players are loaded when somebody wants to see them. */

for (const details of document.querySelectorAll("[data-players]")) {
  details.addEventListener("toggle", () => {
    for (const frame of details.querySelectorAll("iframe")) {
      if (details.open && !frame.src) frame.src = frame.dataset.src;
    }
  });
}
