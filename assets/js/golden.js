// The golden rules at the foot of a wall: one at a time, long enough to read it twice, and the same one on every wall.
import { every, now } from "./clock.js";

const EACH = 20_000;
const turn = () => document.querySelectorAll(".golden-line").forEach(({ children }) => {
  const turned = Math.floor(now() / EACH) % children.length;
  [...children].forEach((rule, place) => rule.classList.toggle("shown", place === turned));
});
turn();
every(500, turn);
