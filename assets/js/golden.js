// The golden rules at the foot of a wall, and after them which state of a stage nobody has explained: one at a time, long enough to
// read it twice, and the same one on every wall. What has happened since this morning takes every second turn, and its first
// minute: in the place of a rule, or of a scene's news.
import { every, now } from "./clock.js";

const EACH = 20_000, FRESH = 60_000;
let known = "", since = -Infinity;

export function turnOf(at, rules, hasStrip, isFresh) {
  const turn = Math.floor(at / EACH);
  return { rule: (hasStrip ? Math.floor(turn / 2) : turn) % rules, isStrip: hasStrip && (isFresh || turn % 2 === 1) };
}

function turn() {
  const strip = document.getElementById("since-morning"), words = strip?.textContent || "";
  if (words !== known) [known, since] = [words, now()];
  document.querySelectorAll(".golden-line").forEach((line) => {
    const rules = [...line.children, ...line.parentElement.querySelectorAll(".rail > .happened")].filter((each) => each !== strip);
    const { rule, isStrip } = turnOf(now(), rules.length, Boolean(words), now() - since < FRESH);
    rules.forEach((each, place) => each.classList.toggle("shown", place === rule && !isStrip));
    strip?.classList.toggle("shown", isStrip);
    line.closest(".board").toggleAttribute("data-happened", Boolean(words));
    line.closest(".board").toggleAttribute("data-strip", isStrip);
  });
}
turn();
every(500, turn);
addEventListener("room:painted", turn);
