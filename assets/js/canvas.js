// The canvas of a board, and when what stands on it is fitted.
import { after, cancel } from "./clock.js";
import { fitShown } from "./fit.js";
import { canvas } from "./geometry.js";
import { fitRail } from "./rail.js";
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

function fit(ids) {
  if (!ids) document.querySelectorAll(".scene.shown .trim").forEach(trim);
  if (!ids || ids.has("rail")) fitRail(); // before the panels: its lines are taken from the scene
  fitShown(ids);
  changes.takeRecords(); // its own
  isStale = false;
}

// Whether an element or a word has come since all was fitted.
let isStale = true, isLettered = false;
const changes = new MutationObserver(() => { isStale = true; });
changes.observe(document.documentElement, { childList: true, characterData: true, subtree: true });

// What is painted within a moment is fitted together, not each panel of it three times; what stands already is not fitted again.
let due = [], painted = new Set();
function settle({ type, detail }) {
  if (type === "room:charted" || (type === "room:painted" && detail !== "board")) painted?.add(detail); else painted = null;
  due.forEach(cancel);
  const ids = painted;
  isStale = true;
  due = [0, 150, 600].map((ms) => after(ms, () => { if ((isStale && isLettered) || ms === 600) fit(ids); })); // at last in any case: a size may change alone
  due.push(after(601, () => { painted = new Set(); }));
}
["room:painted", "room:charted", "room:turned", "room:fitted"].forEach((name) => addEventListener(name, settle));
addEventListener("room:fit", () => fit());
addEventListener("resize", scale);
scale();
typeface.then(() => { isLettered = true; if (isStale) fit(); });
