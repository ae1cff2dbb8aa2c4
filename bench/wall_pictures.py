"""Takes the pictures of docs/walls.md: each scene that a wall turns through, of the demo company, small enough to be kept."""

import argparse
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from bench.browsing import chromium
from bench.rooms import Ready, demo, given, workshop
from tests.browser.serving import Lit, served
from tests.browser.watching import open_board
from tests.wall_guide import PICTURES, picture_of, walls
from wallboard.clock import stopped

GLASS, WIDTH, HEIGHT = (1920, 1080), 960, 540
QUALITY = 50


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


def _take(address: str, file: Path, lit: Lit, browser: Browser) -> Path:
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
        picture = Image.open(BytesIO(page.screenshot()))
    finally:
        context.close()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "WEBP", quality=QUALITY, method=6)
    print(f"{file.name} {file.stat().st_size // 1000} kB", flush=True)
    return file


def main() -> None:
    """Take the pictures of the demo, or of a room that is loaded already."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--root", type=Path, help="a demo room that is loaded already; needs --at")
    ask.add_argument("--at", help="the moment at which that room is looked at")
    chosen = ask.parse_args()
    if chosen.root and not chosen.at:
        ask.error("--root needs --at")
    with workshop() as folder, chromium() as browser:
        take(given(chosen.root, chosen.at, "") if chosen.root else demo(folder), browser, PICTURES)


if __name__ == "__main__":
    main()
