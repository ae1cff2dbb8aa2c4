"""Takes the pictures of the demo company that documents show, small enough to be kept: each scene that a wall turns through for
docs/walls.md, and for the README one of each wall, the journey, a stage and the console."""

import argparse
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from bench.browsing import chromium
from bench.console import console_pages, glass_of
from bench.pictures import addresses
from bench.rooms import Ready, demo, given, workshop
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board, until
from tests.wall_guide import PICTURES, picture_of, walls
from wallboard.clock import stopped

GLASS, WIDTH, HEIGHT = (1920, 1080), 960, 540
QUALITY = 50
README = {
    "outcomes": "/wall/outcomes?scene=growth",
    "issues": "/wall/issues?scene=overview",
    "journey": "/journey",
    "stage": "/journey/wait",
}
README_SIZE, COLOURS = (1280, 720), 256
BOARD = "touchpoints--board-"
"""How the names of wall 3's boards begin: the first of them, the worst, stands for the wall."""

ANSWER = ".answer:not(:empty)"
"""The wall's answer, which a new server finds a moment after the first scene."""

CONSOLE = "issue-to-decide"
"""The card whose issue stands for the console."""


def take(ready: Ready, browser: Browser, into: Path) -> list[Path]:
    """Take them all anew; pictures of scenes that are gone go too."""
    into.mkdir(parents=True, exist_ok=True)
    scenes = [(wall, scene) for wall in walls() for scene in wall.turning]
    for old in set(into.glob("*.webp")) - {into / picture_of(wall, scene) for wall, scene in scenes}:
        old.unlink()
    with served(ready.room, stopped(ready.moment)) as lit:
        return [
            _take(f"/wall/{wall.name}?scene={scene.name}", into / picture_of(wall, scene), lit, browser) for wall, scene in scenes
        ]


def take_readme(ready: Ready, browser: Browser, into: Path) -> None:
    """Take the pictures of the README anew."""
    with served(ready.room, stopped(ready.moment)) as lit:
        board = next(address for address, name in addresses(ready) if name.startswith(BOARD))
        for name, address in (README | {"touchpoints": board}).items():
            _keep(_seen(address, lit, browser), into / f"{name}.png")
        with glass_of(lit, browser, *GLASS) as context:
            for _, page in console_pages(lit, ready.moment, context, [CONSOLE]):
                _keep(Image.open(BytesIO(page.screenshot())), into / "console.png")


def _keep(picture: Image.Image, file: Path) -> None:
    small = picture.convert("RGB").resize(README_SIZE, Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(file, "PNG", optimize=True)
    print(f"{file.name} {file.stat().st_size // 1000} kB", flush=True)


def _take(address: str, file: Path, lit: Lit, browser: Browser) -> Path:
    picture = _seen(address, lit, browser)
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, method=6)
    print(f"{file.name} {file.stat().st_size // 1000} kB", flush=True)
    return file


def _seen(address: str, lit: Lit, browser: Browser) -> Image.Image:
    """A board as it stands on a wall."""
    settings = lit.room.settings
    context = browser.new_context(
        viewport={"width": GLASS[0], "height": GLASS[1]},
        locale=settings.locale,
        timezone_id=settings.timezone,
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        open_board(page, f"{lit.url}{address}", within=120)
        if address.startswith("/wall/"):
            until(lambda: page.locator(ANSWER).count(), within=120, page=page)
        return Image.open(BytesIO(page.screenshot()))
    finally:
        context.close()


def main() -> None:
    """Take the pictures of the demo, or of a demo room that is loaded already."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--root", type=Path, help="a demo room that is loaded already; needs --at")
    ask.add_argument("--at", help="the moment at which that room is looked at")
    chosen = ask.parse_args()
    if chosen.root and not chosen.at:
        ask.error("--root needs --at")
    with workshop() as folder, chromium() as browser:
        ready = given(chosen.root, chosen.at, "") if chosen.root else demo(folder)
        take(ready, browser, PICTURES)
        take_readme(ready, browser, PICTURES.parent)


if __name__ == "__main__":
    main()
