// The stage rail says as much as its line has room for, whatever its letters: the names and what every shape means; the names alone;
// the names in two lines, with what every shape means or without; last, names broken wherever they must be. Where no golden rule
// stands above it, two lines are there anyway.
const FORMS = ["legend", "names", "halved-legend", "halved", "broken"];
const ALONE = ["legend", "halved-legend", "names", "halved", "broken"];

const isWithin = (stages) => stages.scrollWidth <= stages.clientWidth + 1;

export function fitRail() {
  const rail = document.querySelector(".board > footer > .rail"), stages = rail?.querySelector(".stages");
  if (!stages) return;
  delete rail.dataset.form;
  if (document.documentElement.matches(".tall")) return;
  (document.querySelector(".wall > footer > .golden-line") ? FORMS : ALONE).some((form) => { rail.dataset.form = form; return isWithin(stages); });
}
