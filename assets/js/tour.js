// The tour of somebody new: arrow keys and page keys do what its buttons do, and the rail stays within the tour.
import { isTour } from "./places.js";
import { goTo } from "./request.js";

const WAYS = { ArrowRight: ".tour-next", PageDown: ".tour-next", ArrowLeft: ".tour-back", PageUp: ".tour-back" };
addEventListener("keydown", (event) => {
  if (!isTour() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.matches?.("input, textarea, select, [role=slider]")) return;
  const way = WAYS[event.key] && document.querySelector(WAYS[event.key]);
  if (!way) return;
  event.preventDefault();
  goTo(new URL(new URL(way.href).pathname + location.search, location.href));
});
addEventListener("room:painted", () => {
  if (isTour()) document.querySelectorAll('.rail a[href^="/journey/"]').forEach((way) => { way.href = way.getAttribute("href").replace("/journey/", "/tour/"); });
});
