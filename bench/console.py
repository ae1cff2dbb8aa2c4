"""Takes pictures of what is touched: the console's pages as a facilitator of the demo room sees them, and the voices of a bar."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Lit
from tests.browser.watching import open_board, until
from wallboard.demo.room import CHAIR, PASSWORD
from wallboard.errors import NotSignedIn
from wallboard.records.users import enter, leave
from wallboard.screens.console.session import SIGNED_IN
from wallboard.store.connections import writing

DESK, TABLET, PHONE = (1920, 1080), (1180, 820), (390, 844)
PAGES = {"room": "/room", "issues": "/room/issues", "relay": "/room/relay", "relayed": "/room/relayed", "audit": "/room/audit"}
CARDS = {"issue-to-decide": "#open a.card:has-text('decide in the room')", "issue-accepted": "#ended a.card"}
"""Issues worth a picture, by the card of the issues' page that leads to them."""

BEHIND = "/wall/issues?scene=nature"
"""A scene whose bars open."""


def touched(lit: Lit, at: datetime, browser: Browser, into: Path, wanted: str) -> list[Path]:
    """The console at three sizes and the voices behind a bar; a room without the demo's people shows only its door."""
    light = "-light" if lit.room.settings.theme == "light" else ""
    taken: list[Path] = []
    for width, height in (DESK, TABLET, PHONE):
        end = f"@{width}x{height}{light}.png"
        names = [name for name in ("door", *PAGES, *CARDS) if wanted in f"console--{name}{end}"]
        if names:
            with glass_of(lit, browser, width, height) as context:
                taken += [_keep(page, into / f"console--{name}{end}") for name, page in console_pages(lit, at, context, names)]
    file = into / f"voices--behind-a-bar@{DESK[0]}x{DESK[1]}{light}.png"
    if wanted in file.name:
        with glass_of(lit, browser, *DESK) as context:
            taken += [_keep(page, file, whole=False) for page in _voices(lit, context)]
    return taken


@contextmanager
def glass_of(lit: Lit, browser: Browser, width: int, height: int) -> Iterator[BrowserContext]:
    """A browser of that size in the room's own language and zone."""
    settings, size = lit.room.settings, {"width": width, "height": height}
    locale, zone = settings.locale, settings.timezone
    context = browser.new_context(viewport=size, locale=locale, timezone_id=zone, reduced_motion="reduce")  # type: ignore[arg-type]
    try:
        yield context
    finally:
        context.close()


def console_pages(lit: Lit, at: datetime, context: BrowserContext, names: list[str]) -> Iterator[tuple[str, Page]]:
    """The pages by name: first the door, then what is behind it."""
    page = context.new_page()
    if "door" in names:
        yield "door", _at(page, f"{lit.url}/room")
    try:
        secret = enter(lit.engine, at, CHAIR, PASSWORD)
    except NotSignedIn:
        return
    context.add_cookies([{"name": SIGNED_IN, "value": secret, "url": lit.url}])
    for name in (name for name in PAGES if name in names):
        yield name, _at(page, lit.url + PAGES[name])
    for name in (name for name in CARDS if name in names):
        card = _at(page, lit.url + PAGES["issues"]).locator(CARDS[name]).first
        if card.count():
            yield name, _at(page, f"{lit.url}{card.get_attribute('href')}")
    with writing(lit.engine) as connection:
        leave(connection, secret)


def _at(page: Page, url: str) -> Page:
    page.goto(url)
    until(lambda: page.locator("main.console").count(), page=page)
    return page


def _voices(lit: Lit, context: BrowserContext) -> Iterator[Page]:
    """The wall after a touch on its first bar."""
    page = context.new_page()
    open_board(page, lit.url + BEHIND)
    bar = page.locator(".scene.shown [data-voices]").first
    if bar.count():
        bar.click()
        until(lambda: page.locator("#voices article").count(), page=page)
        yield page


def _keep(page: Page, file: Path, *, whole: bool = True) -> Path:
    page.wait_for_timeout(500)
    page.screenshot(path=file, full_page=whole)
    print(file, flush=True)
    return file
