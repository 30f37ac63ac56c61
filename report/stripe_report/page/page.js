// Draws the charts of the book that is chosen, each when it is first seen.
const charts = JSON.parse(document.getElementById("charts").textContent);
const options = {
  mode: "vega-lite",
  renderer: "svg",
  actions: false,
  // Expressions are interpreted: the page allows no code but what is in it.
  ast: true,
  tooltip: { theme: "custom" },
};

async function show(name) {
  for (const book of document.querySelectorAll(".book")) book.hidden = book.id !== name;
  const places = document.getElementById(name).querySelectorAll("[data-chart]:empty");
  for (const place of places) {
    await vegaEmbed(place, charts[place.dataset.chart], options);
    place.dataset.drawn = "";
  }
  // Charts that were drawn before the window changed its width while they were out of sight.
  window.dispatchEvent(new Event("resize"));
}

function choose(form) {
  const mode = form.elements.mode.value ?? form.elements.mode[0].value;
  for (const group of form.querySelectorAll(".currencies")) group.hidden = group.dataset.mode !== mode;
  show(form.elements[mode].value);
}

const form = document.querySelector(".switch");
if (form) {
  form.addEventListener("change", () => choose(form));
  choose(form);
}
