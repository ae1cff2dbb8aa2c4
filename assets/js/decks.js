// A touch on the spine of a wall, or Enter on it, shows the scenes of all its decks; what was opened closes itself after a quiet time.
import { after, cancel, every } from "./clock.js";
import { untouched } from "./idle.js";
import { goTo } from "./request.js";

const TRIES = 5000, POINTED = 5000;
const dialog = () => document.getElementById("decks");
const way = () => document.querySelector(".board.wall .deck-way");
const isCovered = () => document.body.matches(".sheet-open, .voices-open");

function open() {
  if (!dialog() || dialog().open || isCovered()) return;
  document.body.classList.add("decks-open");
  dialog().showModal();
}

const close = () => dialog()?.close();
addEventListener("close", ({ target }) => { if (target === dialog()) document.body.classList.remove("decks-open"); }, true);

addEventListener("click", (event) => {
  const target = event.target.closest?.("#decks a[href], .deck-way a[href]");
  if (target) {
    event.preventDefault();
    goTo(target.href);
  } else if (event.target.closest?.(".board.wall > .spine, .deck-way .all")) open();
  else if (event.target.closest?.("#decks .close")) close();
});

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (["Enter", " "].includes(event.key) && event.target.matches?.(".board.wall > .spine")) { event.preventDefault(); open(); return; }
  if (dialog()?.open || isCovered()) return;
  const to = { ArrowLeft: ".previous", ArrowRight: ".next", Escape: ".wall-again" }[event.key], link = to && way()?.querySelector(to);
  if (link) goTo(link.href);
});

// Nobody is near: the list closes, and the wall turns again. Where the room is silent the scene stays, and it is tried again.
every(TRIES, () => {
  const quiet = 1000 * Number(way()?.dataset.quiet || 60);
  if (untouched() < quiet) return;
  if (dialog()?.open) close();
  if (way() && !isCovered()) goTo(way().querySelector(".wall-again").href);
});

// The cursor of a wall is there while a mouse moves: a TV has none.
let still = null;
addEventListener("pointermove", ({ pointerType, movementX, movementY }) => {
  if (pointerType !== "mouse" || !(movementX || movementY)) return;
  document.documentElement.classList.add("is-pointed");
  cancel(still);
  still = after(POINTED, () => document.documentElement.classList.remove("is-pointed"));
}, { passive: true });
