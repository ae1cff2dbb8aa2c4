// The stage rail says as much as its line has room for, whatever its letters: the names and what every shape means; only what those
// mean that are not good, or one of them; the names alone; the names in two lines; last, names broken wherever they must be.
const FORMS = ["legend", "watched", "attention", "watch", "names", "halved", "broken"];
const ONE_STATE = ["attention", "watch"];

const isWithin = (stages) => stages.scrollWidth <= stages.clientWidth + 1;

export function fitRail() {
  const rail = document.querySelector(".board > footer > .rail"), stages = rail?.querySelector(".stages");
  if (!stages) return;
  delete rail.dataset.form;
  if (document.documentElement.matches(".tall")) return;
  const forms = FORMS.filter((form) => !ONE_STATE.includes(form) || stages.querySelector(`.legend [data-state="${form}"]`));
  forms.some((form) => { rail.dataset.form = form; return isWithin(stages); });
}
