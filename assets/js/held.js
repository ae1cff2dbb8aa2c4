// A wall that a session holds is as far zoomed as whoever leads says: all that look at it see the same part of it.
import { board } from "./places.js";

addEventListener("room:answered", ({ detail: { zoom = [100, 500, 500] } }) => {
  if (!board()) return;
  const [nearer, across, down] = zoom, { style } = board();
  board().classList.toggle("zoomed", nearer > 100);
  style.setProperty("--nearer", nearer / 100);
  style.setProperty("--nearer-at", `${across / 10}% ${down / 10}%`);
});
