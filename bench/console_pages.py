"""Takes a picture of every page of a demo room’s console, on four sizes, as a facilitator and as a guest, into sheets.

Each page is loaded once for all sizes: as it stands, then with everything that folds opened, on the two smallest. A session that
is planned is begun in a copy of the room; an empty room shows what stands where nothing is.
"""

import argparse
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from sqlalchemy import select

from bench.browsing import chromium
from bench.contact import contact_sheets
from bench.rooms import Ready, given, workshop
from tests.browser.serving import Lit, served
from tests.browser.watching import until
from wallboard.clock import stopped
from wallboard.demo.room import CHAIR, PASSWORD
from wallboard.records.acting import acting
from wallboard.records.passwords import hashed
from wallboard.records.sessions import attend, one_session, take_seen
from wallboard.records.users import add, enter
from wallboard.screens.console.session import SIGNED_IN
from wallboard.settings import open_room
from wallboard.store.open import open_store
from wallboard.store.schema import user_account

SIZES = ((1280, 800), (390, 844), (1440, 900), (3840, 2160))
TALLEST, PATIENCE = 4, 240
"""Screens of a page that a picture shows at most, and seconds that a page may take where the machine is busy."""

GUEST = "dara"
SINGLE = ("issue", "session", "opportunity", "team", "relayed")
"""Things with a page of their own, as their addresses name them."""


@dataclass(frozen=True)
class Visit:
    """Somebody's look at the pages of a room: at those of the navigation, and at up to `examples` of each single thing."""

    name: str
    login: str
    examples: int = 3


def pictures(ready: Ready, browser: Browser, visit: Visit, into: Path, only: str) -> list[Path]:
    """Every page of one room as one person sees it."""
    taken: list[Path] = []
    with served(ready.room, stopped(ready.moment)) as lit, _signed_in(lit, ready, browser, visit.login) as context:
        page = context.new_page()
        for address in _addresses(lit, page, visit):
            name = f"{visit.name}--{address.removeprefix('/').replace('/', '-')}"
            if re.search(only, name):
                taken += _on_all(page, lit.url + address, name, into)
    return taken


def _addresses(lit: Lit, page: Page, visit: Visit) -> Iterator[str]:
    """The pages that the navigation offers, then the first things to which they lead."""
    _at(page, f"{lit.url}/room")
    offered = _links(page, ".top")
    yield "/room"
    addresses: dict[str, list[str]] = {kind: [] for kind in SINGLE}
    for address in dict.fromkeys(offered):
        if address == "/room":
            continue
        yield address
        _at(page, lit.url + address)
        for link in _links(page, "main"):
            kind = link.removeprefix("/room/").split("/")[0]
            if link.count("/") == 3 and kind in addresses and link not in addresses[kind]:
                addresses[kind].append(link)
    for links in addresses.values():
        yield from links[: visit.examples]


def _links(page: Page, inside: str) -> list[str]:
    wanted = f"{inside} a[href^='/room']"
    addresses: list[str] = page.eval_on_selector_all(wanted, "all => all.map((a) => a.pathname)")
    return addresses


def _on_all(page: Page, url: str, name: str, into: Path) -> list[Path]:
    """One page on all sizes, as it stands and opened."""
    _at(page, url)
    taken = [_keep(page, into / f"{name}@{width}x{height}.png", width, height) for width, height in SIZES]
    opened = page.evaluate("() => [...document.querySelectorAll('.accordion-button.collapsed')].map((b) => b.click()).length")
    if opened:
        page.wait_for_timeout(600)
        for width, height in SIZES[:2]:
            taken.append(_keep(page, into / f"{name}--opened@{width}x{height}.png", width, height))
    return taken


def _keep(page: Page, file: Path, width: int, height: int) -> Path:
    """A picture of the whole page, up to so many screens; says what reaches beyond the right edge."""
    page.set_viewport_size(ViewportSize(width=width, height=height))
    page.wait_for_timeout(150)
    tall, wide = page.evaluate("() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST * height)}
    page.screenshot(path=file, full_page=True, clip=clip)  # type: ignore[arg-type]
    print(f"{file.name}: {tall / height:.1f} screens{f', {wide - width} px too wide' if wide > width else ''}", flush=True)
    return file


def _at(page: Page, url: str) -> None:
    page.goto(url, timeout=PATIENCE * 1000)
    until(lambda: page.locator("main.console .top").count(), within=PATIENCE, page=page)


@contextmanager
def _signed_in(lit: Lit, ready: Ready, browser: Browser, login: str) -> Iterator[BrowserContext]:
    settings = ready.room.settings
    context = browser.new_context(locale=settings.locale, timezone_id=settings.timezone, reduced_motion="reduce")
    secret = enter(lit.engine, ready.moment, login, PASSWORD)
    context.add_cookies([{"name": SIGNED_IN, "value": secret, "url": lit.url}])
    try:
        yield context
    finally:
        context.close()


def copy_of(ready: Ready, folder: Path) -> Ready:
    """The same room, to write into."""
    shutil.copytree(ready.room.root, folder / "full", ignore=shutil.ignore_patterns("exports"), dirs_exist_ok=True)
    return given(folder / "full", ready.at)


def empty_room(ready: Ready, folder: Path) -> Ready:
    """The room's settings over an empty store, with a facilitator and a guest."""
    ignored = shutil.ignore_patterns("exports", "*.sqlite*", "media")
    shutil.copytree(ready.room.root, folder / "empty", ignore=ignored, dirs_exist_ok=True)
    empty = Ready("empty", open_room(folder / "empty"), ready.at)
    engine = open_store(empty.room.store_url)
    for login, role in ((CHAIR, "facilitator"), (GUEST, "guest")):
        with acting(engine, empty.room.settings, stopped(empty.moment), None) as act:
            add(act, login, login.title(), role, hashed(PASSWORD), None, ())
    engine.dispose()
    return empty


def begin_a_session(ready: Ready) -> None:
    """Begin the first session that is planned, with the facilitator present."""
    engine = open_store(ready.room.store_url)
    with engine.connect() as connection:
        chair = connection.scalars(select(user_account.c.id).where(user_account.c.login == CHAIR)).one()
        number = next(each for each in range(1, 40) if one_session(connection, each).life.status == "planned")
    with acting(engine, ready.room.settings, stopped(ready.moment), chair) as act:
        take_seen(act, number, "begun", one_session(act.connection, number).life.seq)
        attend(act, number, chair)
    engine.dispose()


def main() -> None:
    """Take the pictures that the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--root", type=Path, required=True, help="a demo room that is loaded; it is copied, never written into")
    ask.add_argument("--at", required=True, help="the moment at which it is looked at")
    ask.add_argument("--into", type=Path, required=True, help="folder of the pictures")
    ask.add_argument("--only", default="", help="only pages whose name this finds, such as ^guest or -team|-walk")
    ask.add_argument("--as", dest="visits", default="facilitator,guest,empty", help="as whom, with commas")
    options = ask.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    with workshop() as folder, chromium() as browser:
        full = copy_of(given(options.root, options.at), folder)
        begin_a_session(full)
        visits: list[tuple[Ready, Visit]] = [(full, Visit("facilitator", CHAIR)), (full, Visit("guest", GUEST, 1))]
        visits.append((empty_room(full, folder), Visit("empty", CHAIR)))
        for ready, visit in visits:
            if visit.name in options.visits.split(","):
                taken = pictures(ready, browser, visit, options.into, options.only)
                kept = options.into / f"sheets-{visit.name}"
                print(*_sheets(taken, kept, browser), sep="\n")


def _sheets(taken: list[Path], into: Path, browser: Browser) -> list[Path]:
    """The contact sheets of one visit."""
    return [sheet.rename(into.with_name(f"{into.name}-{sheet.name}")) for sheet in contact_sheets(taken, into.parent, browser)]


if __name__ == "__main__":
    main()
