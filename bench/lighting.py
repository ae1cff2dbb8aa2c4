"""How long a wall takes until all its panels are drawn, and how many bytes that is."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

from bench.rooms import Ready
from bench.server import Server, serving
from bench.table import Figure, middle
from wallboard.layout import read_layouts
from wallboard.panels import find_panels

STARTS, TIMES = 2, 7
WALLS = ("outcomes", "issues")
PATIENCE_MS, STEP_MS = 30_000, 25

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
READ = """() => window.drawnAfter && [window.drawnAfter, [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0)]"""


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
        results.append(Figure("start of the server until it answers", f"{server.started * 1000:.0f} ms"))
        results.append(Figure("memory of the server, warm", f"{server.memory():.0f} MB"))
    return results


def _figure(what: str, runs: list[tuple[float, float]]) -> Figure:
    size = middle([size for _, size in runs])
    return Figure(what, f"{middle([time for time, _ in runs]):.0f} ms", note=f"{size / 1000:,.0f} kB")


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    context.add_init_script(NOTE_WHEN_DRAWN)
    return context


def _new(browser: Browser, server: Server, address: str) -> tuple[float, float]:
    context = _context(browser)
    try:
        page = context.new_page()
        page.goto(f"{server.url}{address}")
        return _drawn(page)
    finally:
        context.close()


def _again(browser: Browser, server: Server, address: str) -> list[tuple[float, float]]:
    context = _context(browser)
    try:
        page = context.new_page()
        page.goto(f"{server.url}{address}")
        _drawn(page)
        return [(page.reload(), _drawn(page))[1] for _ in range(TIMES)]
    finally:
        context.close()


def _drawn(page: Any) -> tuple[float, float]:
    for _ in range(PATIENCE_MS // STEP_MS):
        if answer := page.evaluate(READ):
            return float(answer[0]), float(answer[1])
        page.wait_for_timeout(STEP_MS)
    raise TimeoutError(f"{page.url} was not drawn within {PATIENCE_MS / 1000:.0f} s")
