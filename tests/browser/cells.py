"""Every panel in cells of one size, on one page: what fits is measured without a page, or a picture, for each panel and size."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
import plotly
from playwright.sync_api import Page

from tests.browser.serving import Lit
from tests.browser.watching import settled
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
PARTS = (HERE / "cells.js").read_text(encoding="utf-8")
LEGIBLE = (HERE / "legibility.js").read_text(encoding="utf-8")
MARKS = (HERE / "marks.js").read_text(encoding="utf-8")
HOLD = f"""async ([names, size, floor]) => {{
  const legibility = {LEGIBLE.strip().removesuffix(";")}, marks = {MARKS.strip().removesuffix(";")};
  const faultsOf = () => [...legibility({{ floor, wall: false }}), ...marks()];
  const held = {{}};
  for (const name of names) held[name] = await window.cells.hold(name, size, faultsOf);
  return held;
}}"""

CELLS = {
    "a whole wall": Cell(),
    "a half, one above the other": Cell(1, 1 / 2),
    "a half, side by side": Cell(1 / 2, 1),
    "a third": Cell(1 / 3, 1),
    "a sixth": Cell(1 / 3, 1 / 2),
}


@dataclass(frozen=True)
class Held:
    """What became of a panel in a cell: nothing where its picture stands there, else what is left of it; and what is wrong."""

    form: str
    faults: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether its picture is there and can be read."""
        return not self.form and not self.faults


def fill(page: Page, lit: Lit, only: Collection[str], moment: datetime = AS_OF) -> list[str]:
    """Draw these panels on the page of a lit room; the names of those that stand on a scene."""
    page.goto(f"{lit.url}/wall/outcomes?scene=growth")
    settled(page)
    page.evaluate((Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8"))
    page.evaluate(f"window.cells = {PARTS}; 0")
    drawn = list(_drawn(lit, only, moment))
    page.evaluate("(panels) => window.cells.fill(panels)", drawn)
    return [str(panel["id"]) for panel in drawn]


def held(page: Page, size: tuple[float, float], names: Collection[str]) -> dict[str, Held]:
    """Give each of these panels a cell of that size (pixels of the canvas), one after the other."""
    known: dict[str, dict[str, Any]] = page.evaluate(HOLD, [list(names), list(size), DEFAULT_FLOOR])
    return {name: Held(cell["form"], tuple(_own(name, cell["faults"]))) for name, cell in known.items()}


def _own(name: str, faults: Collection[str]) -> Iterator[str]:
    """Those faults that are the panel's: the cell lies on the page of a wall."""
    return (fault for fault in faults if f"#{name} " in fault)


def _drawn(lit: Lit, only: Collection[str], moment: datetime) -> Iterator[dict[str, Any]]:
    settings, clock = lit.room.settings, stopped(moment)
    theme = Theme(settings.locale, settings.currency, settings.zone(), moment, settings.theme, DEFAULT_FLOOR)
    scope = Scope.of(settings, moment)
    with lit.engine.connect() as connection:
        fresh = FreshnessBoard(settings, clock).read(connection, read_versions(connection))
        for name, panel in find_panels().items():
            if name in (RAIL, COUNTDOWN) or name not in only:
                continue
            known = {"stage": "arrives"} if "stage" in panel.options.model_fields else {}
            options = panel.options(**known)
            placed = Placed(name, "a", name, panel, options)
            made = frame(panel.picture(panel.read(connection, scope, options), options, theme), placed, fresh, theme)
            css = f"frame panel-{name.replace('_', '-')}{' bare' if panel.bare else ''}"
            yield {"id": name, "name": css, "children": orjson.loads(as_bytes(made.children))}
