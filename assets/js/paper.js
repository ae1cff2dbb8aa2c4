// Paper: its pages turn by a swipe, by the arrows on it, and by the arrow keys while it has the focus.
import { swipe } from "./geometry.js";

const SWIPE = 60;
const page = (paper) => Number(paper.dataset.page || 1);
const pages = (paper) => Number(paper.dataset.pages);
const address = (paper, number) => `/media/${paper.dataset.paper}/page/${number}?width=1600`;

function turn(paper, step) {
  const to = page(paper) + step;
  if (to < 1 || to > pages(paper)) return false;
  const image = paper.querySelector("img");
  paper.dataset.page = to;
  paper.querySelector(".gone")?.remove();
  image.hidden = false;
  image.src = address(paper, to);
  image.alt = image.alt.replace(/page \d+$/, `page ${to}`);
  paper.querySelector(".at").textContent = `${to} of ${pages(paper)}`;
  tell(paper);
  return true;
}

function tell(paper) {
  paper.querySelector(".back").disabled = page(paper) === 1;
  paper.querySelector(".on").disabled = page(paper) === pages(paper);
  [1, -1].map((step) => page(paper) + step).filter((number) => number >= 1 && number <= pages(paper))
    .forEach((number) => { new Image().src = address(paper, number); });
}

function ready() {
  document.querySelectorAll(".page-of.shown .paper:not([data-page])").forEach((paper) => {
    paper.dataset.page = 1;
    tell(paper);
  });
}
["room:painted", "room:shown"].forEach((name) => addEventListener(name, ready));

// The click that ends a swipe opens nothing.
let from = null, swiped = false;
document.addEventListener("pointerdown", (event) => {
  swiped = false;
  const paper = event.target.closest?.(".paper");
  from = paper && event.isPrimary && !event.target.closest("button") ? { paper, x: event.clientX, y: event.clientY } : null;
});
document.addEventListener("pointerup", (event) => {
  if (!from) return;
  const { paper, x, y } = from, step = swipe(event.clientX - x, event.clientY - y, SWIPE);
  from = null;
  swiped = step !== 0;
  if (swiped) turn(paper, step);
});
document.addEventListener("click", (event) => {
  if (swiped && event.target.closest?.(".paper")) { swiped = false; event.stopPropagation(); event.preventDefault(); return; }
  swiped = false;
  const button = event.target.closest?.(".paper .turn");
  if (button) turn(button.closest(".paper"), button.classList.contains("on") ? 1 : -1);
}, true);
document.addEventListener("keydown", (event) => {
  const paper = event.target.closest?.(".paper"), step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (paper && step && turn(paper, step)) event.preventDefault();
});
