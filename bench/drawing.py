"""What it costs to make all pictures of a wall once: measure, draw, frame, serialise."""

from time import process_time

from sqlalchemy import Connection

from bench.rooms import Ready
from bench.table import Figure, judged, middle
from wallboard.clock import stopped
from wallboard.drawing.theme import Theme, smallest_legible
from wallboard.layout import Placed, read_layouts
from wallboard.metrics.memo import Memo
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.screens.addresses import RAIL
from wallboard.screens.frame import frame
from wallboard.screens.freshness import FreshnessBoard
from wallboard.screens.serialise import as_bytes
from wallboard.store.open import open_store
from wallboard.store.versions import read_versions

TIMES, PANELS, MOST_MS = 15, 12, 15.0


def figures(ready: Ready) -> list[Figure]:
    """One figure a wall, and one for all walls together, as the server makes them: panels share what they measure alike."""
    engine = open_store(ready.room.store_url)
    rail = find_panels()[RAIL]
    foot = Placed(RAIL, RAIL, RAIL, rail, rail.options())
    results, everything = [], [foot]
    try:
        layouts = read_layouts(ready.room.layouts, find_panels())
        walls = {name: layout for name, layout in layouts.items() if layout.kind == "wall"}
        with engine.connect() as connection:
            for name, layout in walls.items():
                panels = list(layout.placed())
                everything += panels
                parts = _together(ready, connection, [foot, *panels])
                title = f"{name}: its {len(panels)} panels and the rail"
                results.append(Figure(title, f"{sum(parts):.1f} ms CPU", note=_spread(parts)))
            parts = _together(ready, connection, everything)
    finally:
        engine.dispose()
    title = f"all {len(everything)} panels of the walls"
    results.append(Figure(title, f"{sum(parts):.1f} ms CPU", note=_spread(parts)))
    twelve = [part * PANELS / len(everything) for part in parts]
    return [*results, judged(f"{PANELS} panels at that mean", sum(twelve), MOST_MS, "ms CPU", _spread(twelve))]


def _spread(parts: list[float]) -> str:
    return ", ".join(f"{name} {ms:.1f}" for name, ms in zip(("measure", "draw", "frame and bytes"), parts, strict=True))


def _together(ready: Ready, connection: Connection, panels: list[Placed]) -> list[float]:
    memo, runs = Memo(), []
    for turn in range(TIMES):
        with memo.of(turn):
            runs.append([_panel(ready, connection, placed) for placed in panels])
    return _middle(runs)


def _middle(once: list[list[tuple[float, float, float]]]) -> list[float]:
    return [middle([sum(panel[part] for panel in run) for run in once]) for part in range(3)]


def _panel(ready: Ready, connection: Connection, placed: Placed) -> tuple[float, float, float]:
    settings = ready.room.settings
    floor = smallest_legible(55, 4)
    theme = Theme(settings.locale, settings.currency, settings.zone(), ready.moment, settings.theme, floor, settings.small_n)
    fresh = FreshnessBoard(settings, stopped(ready.moment)).read(connection, read_versions(connection))
    scope = Scope.of(settings, ready.moment)
    began = process_time()
    data = placed.panel.read(connection, scope, placed.options)
    measured = process_time()
    picture = placed.panel.picture(data, placed.options, theme)
    drawn = process_time()
    made = frame(picture, placed, fresh, theme)
    as_bytes({"state": made.state, "children": made.children})
    return (measured - began) * 1000, (drawn - measured) * 1000, (process_time() - drawn) * 1000
