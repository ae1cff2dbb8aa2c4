"""Reads every scene of every screen on each glass, in both themes, and says what cannot be read there; pictures too, if asked."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page

from bench.browsing import chromium
from bench.pictures import addresses
from bench.rooms import Ready, wanted_rooms, workshop
from tests.browser.glass import FOUR_K, FULL_HD, HAND_WIDE, PHONE, PORTRAIT, TABLET, looked_at, resize
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board
from wallboard.clock import stopped

THEMES = ("dark", "light")
GLASSES = {f"{width}x{height}": (width, height) for width, height in (FULL_HD, FOUR_K, PORTRAIT, TABLET, PHONE)}


def read(ready: Ready, browser: Browser, options: argparse.Namespace) -> Iterator[str]:
    """The faults of one room, one sentence each; its pictures go to the folder that was asked for."""
    wanted = [(address, name) for address, name in addresses(ready) if options.only in name]
    for theme in options.theme:
        settings = ready.room.settings.model_copy(update={"theme": theme})
        room = ready.room.model_copy(update={"settings": settings})
        with served(room, stopped(ready.moment)) as lit, _page(lit, browser) as page:
            for address, name in wanted:
                for fault in _scene(page, lit.url + address, f"{name}--{theme}", options):
                    yield f"{ready.name} {fault}"


def _scene(page: Page, url: str, name: str, options: argparse.Namespace) -> Iterator[str]:
    resize(page, GLASSES[options.glass[0]], waits=False)
    try:
        open_board(page, url, within=120)
    except (AssertionError, Error) as late:
        yield f"{name}: {late}"
        return
    for glass in options.glass:
        resize(page, size := GLASSES[glass])
        yield from (f"{name}: {fault}" for fault in looked_at(page, urlsplit(url).path, (size,)))
        if options.into:
            page.screenshot(path=options.into / f"{name}@{glass}.png", full_page=size[0] < HAND_WIDE)


@contextmanager
def _page(lit: Lit, browser: Browser) -> Iterator[Page]:
    settings = lit.room.settings
    context = browser.new_context(locale=settings.locale, timezone_id=settings.timezone, reduced_motion="reduce")
    try:
        yield context.new_page()
    finally:
        context.close()


def main() -> None:
    """Read what the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--room", choices=("demo", "retail"), help="only this room")
    ask.add_argument("--root", type=Path, help="a room that is loaded already; needs --at")
    ask.add_argument("--at", help="the moment at which that room is looked at")
    ask.add_argument("--part", default="", help="the perimeter that its walkthrough shows")
    ask.add_argument("--only", default="", help="only scenes whose name holds this, such as issues--")
    ask.add_argument("--glass", nargs="+", choices=[*GLASSES], default=[*GLASSES], help="only these glasses")
    ask.add_argument("--theme", nargs="+", choices=THEMES, default=THEMES, help="only these themes")
    ask.add_argument("--into", type=Path, help="folder for a picture of each")
    options = ask.parse_args()
    if options.root and not options.at:
        ask.error("--root needs --at")
    if options.into:
        options.into.mkdir(parents=True, exist_ok=True)
    with workshop() as folder, chromium() as browser:
        for ready in wanted_rooms(options, folder):
            for fault in read(ready, browser, options):
                print(fault, flush=True)


if __name__ == "__main__":
    main()
