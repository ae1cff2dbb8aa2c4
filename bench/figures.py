"""Measures the room and prints each figure beside its aim. Absolute times move from machine to machine; ratios stay."""

import argparse
from pathlib import Path

from bench import beside, decks, drawing, flow, history, holding, lighting, loading, refreshing, walk
from bench.browsing import chromium
from bench.rooms import Ready, demo, retail, workshop
from bench.table import show

PARTS = ("load", "draw", "pulse", "light", "walk", "session")
APART = ("history", "flow", "beside")
COMPARED = "decks"
LARGEST = {"demo": "deliveries", "retail": "purchases"}


def main() -> None:
    """Measure what the command line asks for; everything by default."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("parts", nargs="*", metavar="part", help=f"only these: {', '.join((*PARTS, *APART))}")
    ask.add_argument("--room", choices=("demo", "retail"), help="only this room")
    ask.add_argument("--before", type=Path, help=f"{COMPARED} beside those of this earlier checkout")
    options = ask.parse_args()
    if (COMPARED in options.parts) != bool(options.before):
        ask.error(f"{COMPARED} needs --before CHECKOUT, and nothing else does")
    if strange := set(options.parts) - {*PARTS, *APART, COMPARED}:
        ask.error(f"no such part: {', '.join(sorted(strange))}; there are {', '.join((*PARTS, *APART))}")
    if "history" in (options.parts or APART):
        with workshop() as folder:
            show("the same wall from a short and from a long history", history.figures(folder))
    if "flow" in (options.parts or APART):
        with workshop() as folder:
            show("the same panels of flow from a short and from a long log", flow.figures(folder))
    if "beside" in (options.parts or APART):
        with workshop() as folder, chromium() as browser:
            show("the same 100,000 tickets and three charts, beside a plain Dash wall", beside.figures(folder, browser))
    if options.before:
        with workshop() as folder:
            show("decks that turn, beside the same pictures before", decks.figures(folder, options.before))
    if options.parts and not set(options.parts) & set(PARTS):
        return
    with workshop() as folder:
        rooms = [demo(folder)] if options.room != "retail" else []
        real = retail(folder) if options.room != "demo" else None
        for ready in [*rooms, *([real] if real else [])]:
            _measure(ready, options.parts or PARTS, folder)


def _measure(ready: Ready, parts: "list[str] | tuple[str, ...]", folder: Path) -> None:
    if "load" in parts:
        show(f"{ready.name}: loading", loading.figures(ready, LARGEST[ready.name], folder))
    if "draw" in parts:
        show(f"{ready.name}: making every picture of a wall once", drawing.figures(ready))
    if "pulse" in parts:
        show(f"{ready.name}: refreshing one screen", refreshing.figures(ready))
    if "light" in parts:
        with chromium() as browser:
            show(f"{ready.name}: lighting a wall in Chromium", lighting.figures(ready, browser))
    if "walk" in parts:
        with chromium() as browser:
            show(f"{ready.name}: walking from stage to stage in Chromium", walk.figures(ready, browser))
    if "session" in parts:
        show(f"{ready.name}: a session that freezes the walls and holds them", holding.figures(ready, folder))


if __name__ == "__main__":
    main()
