"""How long a wall takes until all its panels are drawn, and how many bytes and requests that is."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

from bench.rooms import Ready
from bench.server import Server, serving
from bench.table import Figure, judged, middle
from bench.walk import stages_of
from wallboard.layout import WALL, read_layouts
from wallboard.panels import find_panels

STARTS, TIMES = 2, 7
WALLS = ("outcomes", "issues")
PATIENCE_MS, STEP_MS = 60_000, 25

NOTE_WHEN_DRAWN = """
addEventListener("DOMContentLoaded", () => {
  const look = () => {
    const frames = [...document.querySelectorAll(".scene.shown .frame, #rail")];
    const drawn = frames.length > 1 && frames.every((one) => one.dataset.state && !one.querySelector(".waiting"));
    const charts = [...document.querySelectorAll(".scene.shown .dash-graph")].every((one) => one.querySelector(".main-svg"));
    if (drawn && charts || document.querySelector("main.page, body > pre")) window.drawnAfter = performance.now();
    else requestAnimationFrame(look);
  };
  look();
});
"""
READ = """() => {
  const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return window.drawnAfter && [window.drawnAfter, all.reduce((sum, one) => sum + one.transferSize, 0), all.length];
}"""
MOST_BYTES, MOST_REQUESTS = 2_500_000, 30

Visit = tuple[float, float, int]
"""Milliseconds until it is drawn, bytes and requests until then."""


def figures(ready: Ready, browser: Browser) -> list[Figure]:
    """Both walls beside the lobby, which draws no panel, and beside /healthz, which is no page at all."""
    layouts = read_layouts(ready.room.layouts, find_panels())
    walls = [f"/wall/{name}?scene={layouts[name].scenes[0].name}" for name in WALLS]
    first: dict[str, list[float]] = {wall: [] for wall in walls}
    for wall in walls * STARTS:
        with serving(ready) as server:
            first[wall].append(_new(browser, server, wall)[0])
    results = [Figure(f"{wall}: first visit after a start", f"{middle(times):.0f} ms") for wall, times in first.items()]
    with serving(ready) as server:
        for address in (*walls, "/", "/healthz"):
            _new(browser, server, address)
            cold = [_new(browser, server, address) for _ in range(TIMES)]
            warm = _again(browser, server, address)
            results.append(_figure(f"{address}: new browser", cold))
            results.append(_figure(f"{address}: loaded again", warm))
        results += _dearest({address: _new(browser, server, address) for address in _scenes(ready)})
        results.append(Figure("start of the server until it answers", f"{server.started * 1000:.0f} ms"))
        results.append(Figure("memory of the server, warm", f"{server.memory():.0f} MB"))
    return results


def _scenes(ready: Ready) -> list[str]:
    """Every scene of every wall, the journey's map and its stages."""
    layouts = read_layouts(ready.room.layouts, find_panels()).values()
    scenes = [f"/wall/{wall.name}?scene={scene.name}" for wall in layouts if wall.kind == WALL for scene in wall.scenes]
    return [*scenes, "/journey", *(f"/journey/{name}" for name in stages_of(ready))]


def _dearest(visits: dict[str, Visit]) -> list[Figure]:
    """The scene whose first visit costs most bytes, and the one that costs most requests."""
    size, count = (max(visits, key=lambda address: visits[address][part]) for part in (1, 2))
    every = f"of {len(visits)} scenes"
    return [
        judged(f"first visit of any scene ({every}): bytes", visits[size][1] / 1e6, MOST_BYTES / 1e6, "MB", size),
        judged(f"first visit of any scene ({every}): requests", visits[count][2], MOST_REQUESTS, "", count),
    ]


def _figure(what: str, runs: list[Visit]) -> Figure:
    size, count = middle([size for _, size, _ in runs]), middle([count for _, _, count in runs])
    return Figure(what, f"{middle([time for time, _, _ in runs]):.0f} ms", note=f"{size / 1000:,.0f} kB, {count:.0f} requests")


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(NOTE_WHEN_DRAWN)
    return context


def _new(browser: Browser, server: Server, address: str) -> Visit:
    context = _context(browser)
    try:
        page = context.new_page()
        page.goto(f"{server.url}{address}")
        return _drawn(page)
    finally:
        context.close()


def _again(browser: Browser, server: Server, address: str) -> list[Visit]:
    context = _context(browser)
    try:
        page = context.new_page()
        page.goto(f"{server.url}{address}")
        _drawn(page)
        return [(page.reload(), _drawn(page))[1] for _ in range(TIMES)]
    finally:
        context.close()


def _drawn(page: Any) -> Visit:
    for _ in range(PATIENCE_MS // STEP_MS):
        if answer := page.evaluate(READ):
            return float(answer[0]), float(answer[1]), int(answer[2])
        page.wait_for_timeout(STEP_MS)
    raise TimeoutError(f"{page.url} was not drawn within {PATIENCE_MS / 1000:.0f} s")
