// The stage rail says as much as its line has room for, whatever its letters: the names and what every shape means; the names alone;
// the names in two lines, with what every shape means or without; last, names broken wherever they must be.
const FORMS = ["legend", "names", "halved-legend", "halved", "broken"];

// Widths are whole pixels of the canvas, of which a 4K glass shows half ones: what stands last is asked too.
function isWithin(stages) {
  const { right } = stages.getBoundingClientRect(), items = [...stages.querySelectorAll("li")];
  return stages.scrollWidth <= stages.clientWidth + 1 && items.every((item) => item.getBoundingClientRect().right <= right);
}

export function fitRail() {
  const rail = document.querySelector(".board > footer > .rail"), stages = rail?.querySelector(".stages");
  if (!stages) return;
  delete rail.dataset.form;
  if (document.documentElement.matches(".tall")) return;
  FORMS.some((form) => { rail.dataset.form = form; return isWithin(stages); });
}
