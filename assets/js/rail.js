// The stage rail says as much as its line has room for, whatever its letters: the names and what every shape means; the names alone;
// the names in two lines, with what every shape means or without; last, names broken wherever they must be.
const FORMS = ["legend", "names", "halved-legend", "halved", "broken"];

const isWithin = (stages) => stages.scrollWidth <= stages.clientWidth + 1;

export function fitRail() {
  const rail = document.querySelector(".board > footer > .rail"), stages = rail?.querySelector(".stages");
  if (!stages) return;
  delete rail.dataset.form;
  if (document.documentElement.matches(".tall")) return;
  FORMS.some((form) => { rail.dataset.form = form; return isWithin(stages); });
}
