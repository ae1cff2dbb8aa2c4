"""A room with three walls and a tablet that leads a walk through them, each screen in a browser of its own."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from tests.browser.chromium import Chromium
from tests.browser.console import RECORDED, REFUSED, Person
from tests.browser.serving import Lit, free_port, served
from tests.browser.watching import Watch, settled, until
from tests.records.living import Living
from tests.screens.console.given import CALL, House, furnished, small_room
from wallboard.screens.console.session import SIGNED_IN
from wallboard.settings import open_room
from wallboard.store.open import make_engine
from wallboard.store.schema import walk_move

WALLS = ("outcomes", "issues", "touchpoints")
KEPT = 2
"""A walk does not ask how many scenes a wall has; each of them costs a browser time."""
SCREENS = "".join(f'[screen.{name}]\nwall = "{name}"\n' for name in WALLS)
LOST = "ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|Failed to fetch|Failed to load"
SOUND = """() => [...document.querySelectorAll("audio")].map((one) => ({
    playing: !one.paused, muted: one.muted, at: one.currentTime }))"""


@dataclass
class Room:
    """A room with three walls that can be restarted, its people, and a browser of each screen."""

    root: Path
    living: Living
    chromium: Chromium
    watch: Watch
    stack: ExitStack
    port: int
    lit: Lit | None = None
    _served: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._served = served(open_room(self.root), lambda: self.living.at, self.port)
        self.lit = self._served.__enter__()

    def stop(self) -> None:
        if self._served is not None:
            self._served.__exit__(None, None, None)
            self._served = None

    def _context(self, width: int, height: int) -> BrowserContext:
        size = {"width": width, "height": height}
        context = self.stack.enter_context(self.chromium.context(viewport=size, locale="en-GB"))
        context.on("page", self.watch.attach)
        self.stack.callback(context.remove_listener, "page", self.watch.attach)
        return context

    def tablet(self, login: str = "fay") -> "Tablet":
        context = self._context(1180, 820)
        secret = House(open_room(self.root), self.living).secret(login)
        context.add_cookies([{"name": SIGNED_IN, "value": secret, "url": self.url}])
        return Tablet(context.new_page(), self.url).arrive()

    def screen(self, path: str, width: int = 1920, height: int = 1080) -> Page:
        page = self._context(width, height).new_page()
        page.goto(self.url + path)
        return page

    def wall(self, name: str) -> Page:
        page = self.screen(f"/wall/{name}?screen={name}")
        settled(page)
        return page

    def walls(self) -> list[Page]:
        return [self.wall(name) for name in WALLS]

    def moves(self) -> list[tuple[str, int | None]]:
        with self.living.engine.connect() as connection:
            rows = connection.execute(select(walk_move.c.kind, walk_move.c.actor).order_by(walk_move.c.walk, walk_move.c.seq))
            return [(row.kind, row.actor) for row in rows]


class Tablet(Person):
    """A presenter's tablet."""

    def arrive(self) -> "Tablet":
        self.open("/room/walk")
        until(lambda: self.page.locator("#walking").get_attribute("data-mode"), page=self.page)
        return self

    def begin(self) -> "Tablet":
        self.page.locator("[data-do=begin]").click()
        self.until_mode("lead")
        return self

    def until_mode(self, mode: str) -> None:
        until(lambda: self.page.locator("#walking").get_attribute("data-mode") == mode, page=self.page)

    def touch(self, place: str) -> None:
        self.page.locator(f'[data-goes="{place}"]').click()

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    @property
    def here(self) -> str:
        return self.page.locator("[data-goes].here").get_attribute("data-goes") or ""

    @property
    def message(self) -> str:
        return " ".join(self.page.locator(".walking > header .state").inner_text().split())

    def mark(self, kind: str, words: str) -> None:
        self.page.locator("form.mark textarea").fill(words)
        self.page.locator(f'form.mark button[value="{kind}"]').click()
        until(lambda: words in self.page.locator(".marked").inner_text(), page=self.page)


@contextmanager
def made(root: Path, blank: Path, chromium: Chromium, watch: Watch, settings: str = "") -> Iterator[Room]:
    folder = small_room(root)
    text = (root / "room.toml").read_text(encoding="utf-8")
    mission = '[journey]\nmission = "Dry parcels for everybody."\n'
    (root / "room.toml").write_text(f"{settings}{text}{SCREENS}{mission}", encoding="utf-8")
    for name in WALLS:
        layout = folder.layouts / f"{name}.toml"
        scenes = layout.read_text(encoding="utf-8").split("[[scene]]")
        scenes[0] = re.sub(r"(?m)^answer .*\n", "", scenes[0])  # its panel may stand in a scene that is left out
        layout.write_text("[[scene]]".join(scenes[: 1 + KEPT]), encoding="utf-8")
    shutil.copy(RECORDED, folder.media / CALL)
    shutil.copy(blank, root / "data" / "room.sqlite")
    living = furnished(make_engine(folder.store_url))
    watch.forgive(REFUSED)
    with ExitStack() as stack:
        started = Room(root, living, chromium, watch, stack, stack.enter_context(free_port()))
        stack.callback(living.engine.dispose)
        stack.callback(started.stop)
        started.start()
        yield started


def at(page: Page) -> str:
    """The place of the walk that a page shows."""
    path, _, search = page.evaluate("location.pathname + '?' + location.search.slice(1)").partition("?")
    scene = next((parameter.removeprefix("scene=") for parameter in search.split("&") if parameter.startswith("scene=")), "")
    if path == "/journey":
        return scene if scene in ("mission", "voice") else "/".join(["map", *([scene] if scene else [])])
    return "/".join([path.removeprefix("/journey/"), *([scene] if scene else [])])


def _is_at(page: Page, place: str) -> bool:
    return at(page) == place


def until_wall(page: Page, name: str) -> None:
    """Wait until a page is in its wall's loop."""
    until(lambda: page.evaluate("location.pathname") == f"/wall/{name}", page=page)


def until_all(pages: list[Page], place: str, every: float = 0.1) -> None:
    """Wait until every page stands at a place."""
    for page in pages:
        until(partial(_is_at, page, place), every=every, page=page)


def until_heard(page: Page, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Wait until what a page plays is as it is said."""
    until(lambda: holds(walk_state(page)), page=page)


def walk_state(page: Page) -> dict[str, Any]:
    return next(iter(page.evaluate(SOUND)), {"playing": False, "muted": True, "at": 0.0})


def at_screen(page: Page) -> str:
    return str(page.evaluate("new URLSearchParams(location.search).get('screen') || ''"))
