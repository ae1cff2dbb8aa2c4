// The golden rules at the foot of a wall: one at a time, long enough to read it twice, and the same one on every wall.
(() => {
  const EACH = 20000;
  const turn = () => document.querySelectorAll(".golden-line").forEach(({ children }) => {
    const now = Math.floor(Date.now() / EACH) % children.length;
    [...children].forEach((rule, place) => rule.classList.toggle("shown", place === now));
  });
  turn();
  setInterval(turn, 500);
})();
