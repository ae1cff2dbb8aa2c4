"""How soon the walk shows a stage, and the next one, beside a bare page that shows nothing but the same picture."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from bench.rooms import Ready
from bench.server import Server, serving
from bench.table import Figure, judged, middle
from wallboard.metrics.journey import stages
from wallboard.store.connections import reading
from wallboard.store.open import open_store

FIRST_MS, NEXT_MS = 1000.0, 200.0
TIMES, PATIENCE_MS, STEP_MS, READ_MS = 7, 30_000, 25, 1500
"""How often each is measured; READ_MS is how long somebody looks at a stage at least before going on."""

NOTE_WHEN_SEEN = """
addEventListener("DOMContentLoaded", () => {
  const seen = () => {
    const frames = [...document.querySelectorAll(".scene.shown .frame")];
    const drawn = frames.length && frames.every((one) => !one.querySelector(".waiting") && one.childElementCount);
    const images = [...document.querySelectorAll(".scene.shown .page-of.shown img, body > img")];
    const there = drawn || document.querySelector("body > img");
    if (there && images.every((one) => one.complete)) window.seenAfter = performance.now();
    else requestAnimationFrame(seen);
  };
  seen();
});
"""
STEP = """async () => {
  const was = document.querySelector(".scene.shown .frame")?.id, began = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
  for (let frames = 0; frames < 600; frames += 1) {
    await new Promise(requestAnimationFrame);
    const frame = document.querySelector(".scene.shown .frame");
    const images = [...document.querySelectorAll(".scene.shown .page-of.shown img")];
    const drawn = frame && frame.id !== was && !document.querySelector(".scene.shown .waiting");
    if (drawn && images.every((one) => one.complete)) break;
  }
  return performance.now() - began;
}"""
BARE = "<!doctype html><meta charset=utf-8><body><img src='{picture}'>"


def figures(ready: Ready, browser: Browser) -> list[Figure]:
    """The first stage in a warm browser, every next one, and the same picture on a page of its own."""
    names = stages_of(ready)
    part = f"?perimeter={ready.part}" if ready.part else ""
    if len(names) < 2:
        return [Figure("a walk needs at least two stages", "not measured")]
    with serving(ready) as server:
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        context.add_init_script(NOTE_WHEN_SEEN)
        try:
            first = _first(context, f"{server.url}/journey/{names[0]}{part}")
            bare = _bare(context, server, f"/journey/{names[0]}{part}")
            steps = [_steps(context, f"{server.url}/journey/{names[0]}{part}", len(names) - 1) for _ in range(3)]
        finally:
            context.close()
    results = [judged("first stage, loaded again", middle(first), FIRST_MS, "ms", _beside(middle(first), bare))]
    for place, name in enumerate(names[1:]):
        took = middle([run[place] for run in steps])
        results.append(judged(f"on to the next stage: {name}", took, NEXT_MS, "ms", _beside(took, bare)))
    results.append(Figure("a bare page with the first stage's picture", f"{bare:.0f} ms" if bare else "it shows no picture"))
    return results


def _beside(took: float, bare: float | None) -> str:
    return f"{took / bare:.1f} × a bare page" if bare else ""


def stages_of(ready: Ready) -> list[str]:
    """The stages of the journey, in order."""
    engine = open_store(ready.room.store_url)
    try:
        with reading(engine) as connection:
            return [row.stage for row in stages(connection)]
    finally:
        engine.dispose()


def _first(context: BrowserContext, address: str) -> list[float]:
    page = context.new_page()
    page.goto(address)
    _seen(page)
    page.wait_for_timeout(READ_MS)
    return [(page.reload(), _seen(page))[1] for _ in range(TIMES)]


def _bare(context: BrowserContext, server: Server, address: str) -> float | None:
    """The time of a page that holds nothing but the first stage's picture, from the same server; None where it has none."""
    page = context.new_page()
    page.goto(f"{server.url}{address}")
    _seen(page)
    pictures: list[str] = page.evaluate("() => [...document.querySelectorAll('.page-of.shown img')].map((one) => one.src)")
    if not pictures:
        return None
    page.route("**/bare", lambda route: route.fulfill(body=BARE.format(picture=pictures[0]), content_type="text/html"))
    page.goto(f"{server.url}/bare")
    return middle([(page.reload(), _seen(page))[1] for _ in range(TIMES)])


def _steps(context: BrowserContext, address: str, count: int) -> list[float]:
    """One walk from the first stage to the last: how long each step took."""
    page = context.new_page()
    page.goto(address)
    _seen(page)
    took = []
    for _ in range(count):
        page.wait_for_timeout(READ_MS)
        took.append(float(page.evaluate(STEP)))
    page.close()
    return took


def _seen(page: Page) -> Any:
    for _ in range(PATIENCE_MS // STEP_MS):
        if answer := page.evaluate("() => window.seenAfter"):
            return float(answer)
        page.wait_for_timeout(STEP_MS)
    raise TimeoutError(f"{page.url} was not seen within {PATIENCE_MS / 1000:.0f} s")
