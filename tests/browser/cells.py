"""Every panel in cells of one size on one page: what fits is measured without a page for each panel and size."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import plotly
from playwright.sync_api import Page

from tests.browser.serving import Lit
from tests.browser.watching import FITTED, settled
from tests.conftest import AS_OF
from wallboard.clock import stopped
from wallboard.drawing.cell import Cell
from wallboard.drawing.theme import DEFAULT_FLOOR, Theme
from wallboard.layout import Placed
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.screens.addresses import COUNTDOWN, RAIL
from wallboard.screens.frame import frame
from wallboard.screens.freshness import FreshnessBoard
from wallboard.screens.serialise import as_bytes
from wallboard.store.versions import read_versions

HERE = Path(__file__).parent
FILL = (HERE / "cells.js").read_text(encoding="utf-8")
FAULTS = (HERE / "legibility.js").read_text(encoding="utf-8")
MARKS = (HERE / "marks.js").read_text(encoding="utf-8")
FORMS = (
    "() => Object.fromEntries([...document.querySelectorAll('.cells > .frame')].map((one) => [one.id, one.dataset.fit || '']))"
)
RESIZE = """([width, height]) => {
  const grid = document.querySelector(".cells");
  const gap = 22, across = Math.max(1, Math.floor((1824 + gap) / (width + gap)));
  const columns = `repeat(${across}, ${width}px)`;
  grid.style.cssText = `display: grid; grid-template-columns: ${columns}; grid-auto-rows: ${height}px; gap: ${gap}px`;
  for (const plot of grid.querySelectorAll(".js-plotly-plot")) {
    const { width: wide, height: high } = plot.parentElement.getBoundingClientRect();
    if (wide > 10 && high > 10) window.Plotly.relayout(plot, { width: wide, height: high });
  }
}"""

CELLS = {
    "a whole wall": Cell(),
    "a half, one above the other": Cell(1, 1 / 2),
    "a half, side by side": Cell(1 / 2, 1),
    "a third": Cell(1 / 3, 1),
    "a sixth": Cell(1 / 3, 1 / 2),
}


@dataclass(frozen=True)
class Held:
    """What became of each panel in cells of one size."""

    forms: dict[str, str]
    """By panel: nothing where its picture stands there, else what is left of it."""
    faults: dict[str, list[str]]


def fill(page: Page, lit: Lit, only: Collection[str] = ()) -> list[str]:
    """Put every panel, or only these, on the page of a lit room; their names."""
    page.goto(f"{lit.url}/wall/outcomes?scene=growth")
    settled(page)
    page.evaluate((Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8"))
    drawn = list(_drawn(lit, only))
    page.evaluate(FILL, drawn)
    return [str(panel["id"]) for panel in drawn]


def held(page: Page, cell: Cell) -> Held:
    """Give every panel a cell of that size."""
    page.evaluate(RESIZE, list(cell.pixels))
    page.evaluate(FITTED)
    faults: list[str] = [*page.evaluate(FAULTS, {"floor": DEFAULT_FLOOR, "wall": False}), *page.evaluate(MARKS)]
    forms: dict[str, str] = page.evaluate(FORMS)
    by: dict[str, list[str]] = {name: [] for name in forms}
    for fault in faults:
        name = fault.partition("#")[2].partition(" ")[0]
        if name in by and not fault.startswith("off the screen"):
            by[name].append(fault)
    return Held(forms, by)


def _drawn(lit: Lit, only: Collection[str]) -> Iterator[dict[str, Any]]:
    settings, clock = lit.room.settings, stopped(AS_OF)
    theme = Theme(settings.locale, settings.currency, settings.zone(), AS_OF, settings.theme, DEFAULT_FLOOR)
    scope = Scope.of(settings, AS_OF)
    with lit.engine.connect() as connection:
        fresh = FreshnessBoard(settings, clock).read(connection, read_versions(connection))
        for name, panel in find_panels().items():
            if name in (RAIL, COUNTDOWN) or (only and name not in only):
                continue
            known = {"stage": "arrives"} if "stage" in panel.options.model_fields else {}
            options = panel.options(**known)
            placed = Placed(name, "a", name, panel, options)
            made = frame(panel.picture(panel.read(connection, scope, options), options, theme), placed, fresh, theme)
            css = f"frame panel-{name.replace('_', '-')}{' bare' if panel.bare else ''}"
            yield {"id": name, "name": css, "children": orjson.loads(as_bytes(made.children))}
