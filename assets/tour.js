// The tour of somebody new: arrow keys and page keys do what its buttons do, and the rail stays within the tour.
(() => {
  const tour = () => location.pathname === "/tour" || location.pathname.startsWith("/tour/");
  const kept = (href) => { const to = new URL(href, location.href); to.search = location.search; return to; };
  addEventListener("keydown", (event) => {
    if (!tour() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches?.("input, textarea, select, [role=slider]")) return;
    const way = { ArrowRight: ".tour-next", PageDown: ".tour-next", ArrowLeft: ".tour-back", PageUp: ".tour-back" }[event.key];
    const to = way && document.querySelector(way);
    if (to) { event.preventDefault(); room.goTo(kept(to.href)); }
  });
  addEventListener("room:painted", () => {
    if (tour()) document.querySelectorAll('.rail a[href^="/journey/"]').forEach((one) => { one.href = one.getAttribute("href").replace("/journey/", "/tour/"); });
  });
})();
