"""Takes a picture of every scene of every wall, of the journey, of every stage and of the console, into shots/<room>/."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from bench.browsing import chromium
from bench.console import touched
from bench.contact import contact_sheets
from bench.rooms import REPOSITORY, Ready, wanted_rooms, workshop
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board
from wallboard.clock import stopped
from wallboard.layout import Layout, read_layouts
from wallboard.metrics.journey import stages
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.screens.made_scenes import MadeScenes
from wallboard.store.versions import read_versions

FULL_HD, FOUR_K = (1920, 1080), (3840, 2160)


@dataclass(frozen=True)
class Shot:
    """One picture to take: where it is seen, how it is called, how large, and by which theme."""

    address: str
    name: str
    size: tuple[int, int]
    theme: str

    @property
    def file(self) -> str:
        light = "-light" if self.theme == "light" else ""
        return f"{self.name}@{self.size[0]}x{self.size[1]}{light}.png"


def shots(ready: Ready) -> Iterator[Shot]:
    """Every picture of a room: dark at both sizes, the walls also light."""
    for address, name in addresses(ready):
        for size in (FULL_HD, FOUR_K):
            yield Shot(address, name, size, "dark")
        if address.startswith("/wall/"):
            yield Shot(address, name, FULL_HD, "light")


def addresses(ready: Ready) -> Iterator[tuple[str, str]]:
    """Every scene of every screen as address and name; a stage's screen once for each stage."""
    screens = {screen.wall: name for name, screen in ready.room.settings.screen.items()}
    part = f"&perimeter={ready.part}" if ready.part else ""
    for name, layout in _layouts(ready).items():
        for scene in layout.scenes:
            if name == "stage":
                yield from ((f"/journey/{key}?scene={scene.name}{part}", f"{key}--{scene.name}") for key in _stages(ready))
            elif layout.kind != "wall":
                path = "/journey/end" if name == "end" else f"/{name}"
                yield f"{path}?scene={scene.name}{part}", f"{name}--{scene.name}"
            else:
                screen = f"&screen={screens[name]}" if name in screens else part
                yield f"/wall/{name}?scene={scene.name}{screen}", f"{name}--{scene.name}"


def _layouts(ready: Ready) -> dict[str, Layout]:
    """The room's layouts as its walls show them: with a board for each priority touchpoint."""
    layouts, made = read_layouts(ready.room.layouts, find_panels()), MadeScenes(ready.room.settings, stopped(ready.moment))
    with served(ready.room, stopped(ready.moment)) as lit, lit.engine.connect() as connection:
        return {name: made.of(layout, connection, read_versions(connection)) for name, layout in layouts.items()}


def _stages(ready: Ready) -> list[str]:
    with served(ready.room, stopped(ready.moment)) as lit, lit.engine.connect() as connection:
        return [row.stage for row in stages(connection, Scope.of(ready.room.settings, ready.moment))]


def take(ready: Ready, browser: Browser, into: Path, wanted: str) -> list[Path]:
    """Take the pictures of one room; the room is lit once for each theme."""
    chosen = [shot for shot in shots(ready) if wanted in shot.file]
    into.mkdir(parents=True, exist_ok=True)
    taken: list[Path] = []
    for theme in ("dark", "light"):
        settings = ready.room.settings.model_copy(update={"theme": theme})
        room = ready.room.model_copy(update={"settings": settings})
        with served(room, stopped(ready.moment)) as lit:
            taken += [_take(shot, lit, browser, into) for shot in chosen if shot.theme == theme]
            taken += touched(lit, ready.moment, browser, into, wanted)
    return taken


def _take(shot: Shot, lit: Lit, browser: Browser, into: Path) -> Path:
    width, height = shot.size
    settings = lit.room.settings
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=settings.locale,
        timezone_id=settings.timezone,
        reduced_motion="reduce",
    )
    page = context.new_page()
    file = into / shot.file
    try:
        open_board(page, f"{lit.url}{shot.address}", within=60)
        page.screenshot(path=file)
        print(file, flush=True)
    except AssertionError as late:
        page.screenshot(path=file)
        print(f"{file}  NOT READY: {late}", flush=True)
    finally:
        context.close()
    return file


def main() -> None:
    """Take the pictures that the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--into", type=Path, default=REPOSITORY / "shots", help="folder of the pictures")
    ask.add_argument("--room", choices=("demo", "retail"), help="only this room")
    ask.add_argument("--root", type=Path, help="a room that is loaded already; needs --at")
    ask.add_argument("--at", help="the moment at which that room is looked at")
    ask.add_argument("--part", default="", help="the perimeter that its walkthrough shows")
    ask.add_argument("--only", default="", help="only pictures whose file name holds this, such as @1920 or issues--")
    ask.add_argument("--contact", action="store_true", help="also put all pictures of a room on contact sheets")
    options = ask.parse_args()
    if options.root and not options.at:
        ask.error("--root needs --at")
    with workshop() as folder, chromium() as browser:
        for ready in wanted_rooms(options, folder):
            taken = take(ready, browser, options.into / ready.name, options.only)
            if options.contact:
                print(*contact_sheets(taken, options.into / ready.name, browser), sep="\n")


if __name__ == "__main__":
    main()
