// The canvas of a board, and when what stands on it is fitted.
import { fitShown } from "./fit.js";
import { canvas } from "./geometry.js";
import { fitRail } from "./rail.js";
import { settling } from "./settling.js";
import { trim } from "./trim.js";
import { typeface } from "./typeface.js";

function scale() {
  const { tall, portrait, zoom, width, height } = canvas(innerWidth, innerHeight), root = document.documentElement;
  root.style.setProperty("--zoom", zoom);
  root.style.setProperty("--canvas-width", `${width}px`);
  root.style.setProperty("--canvas-height", `${height}px`);
  root.classList.toggle("tall", tall);
  root.classList.toggle("portrait", portrait);
  dispatchEvent(new CustomEvent("room:fitted"));
}

const fitting = settling((ids) => {
  if (!ids) document.querySelectorAll(".scene.shown .trim").forEach(trim);
  if (!ids || ids.has("rail")) fitRail(); // before the panels: its lines are taken from the scene
  fitShown(ids);
  changes.takeRecords(); // its own
});

// Whether an element or a word has come since all was fitted; what a page fetches (a script, a style) stands in its head.
const changes = new MutationObserver(fitting.changed);
changes.observe(document.body, { childList: true, characterData: true, subtree: true });

addEventListener("room:painted", ({ detail }) => fitting.settle(detail === "board" ? null : detail));
addEventListener("room:charted", ({ detail }) => fitting.settle(detail));
["room:turned", "room:fitted"].forEach((name) => addEventListener(name, () => fitting.settle(null)));
addEventListener("room:fit", () => fitting.run(null));
addEventListener("resize", scale);
scale();
typeface.then(fitting.lettered);
