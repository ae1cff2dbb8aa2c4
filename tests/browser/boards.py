"""What the browser tests do with a board: ask what it shows, wait for it, change an export under it."""

import csv
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Lit
from tests.browser.watching import until
from tests.conftest import AS_OF
from tests.screens.signing_in import secret_of
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.panel import AnyPanel
from wallboard.screens.console.session import SIGNED_IN
from wallboard.store.versions import read_versions

WALLS = ("/wall/outcomes", "/wall/issues", "/wall/touchpoints")
BOARDS = (*WALLS, "/journey", "/journey/arrives")


def instead(monkeypatch: pytest.MonkeyPatch, name: str, measure: Callable[[AnyPanel], Callable[..., Any]]) -> None:
    """Give a panel another measure, made of its own."""
    module = import_module(f"wallboard.panels.{name}")
    monkeypatch.setattr(module, "PANEL", replace(module.PANEL, measure=measure(module.PANEL)))


def shown(page: Page) -> str:
    scene: str = page.locator(".scene.shown").get_attribute("data-scene") or ""
    return scene


def until_shown(page: Page, scene: str) -> None:
    until(lambda: shown(page) == scene, page=page)


def due(page: Page, wall: str) -> str:
    """The scene that the room says is due on a wall, given by its address."""
    address = urlsplit(wall)
    asked = f"{address.scheme}://{address.netloc}/pulse?path={address.path}&{address.query}"
    answer: dict[str, Any] = page.request.get(asked).json()
    return str(answer["scene"])


def all_drawn(page: Page) -> None:
    """Wait until every panel of every scene has a picture."""
    until(lambda: (drawn_states := states(page)) and all(drawn_states.values()), page=page)


def states(page: Page, scene: str = "*") -> dict[str, str]:
    """The state of every panel of a scene by its id."""
    where = ".frame" if scene == "*" else f'.scene[data-scene="{scene}"] .frame'
    answer: dict[str, str] = page.evaluate(
        "where => Object.fromEntries([...document.querySelectorAll(where)].map((f) => [f.id, f.dataset.state || '']))", where
    )
    return answer


def written(lit: Lit, file: str, change: Callable[[list[dict[str, str]]], None], source: str) -> set[str]:
    """Change an export, load its source, and tell which tables have changed."""
    path = lit.room.data / "exports" / file
    with path.open(newline="", encoding="utf-8") as there:
        rows = list(csv.DictReader(there))
    change(rows)
    with path.open("w", newline="", encoding="utf-8") as there:
        writer = csv.DictWriter(there, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with lit.engine.connect() as connection:
        before = read_versions(connection)
    loaded = load(lit.room, lit.engine, stopped(AS_OF), only=[source])
    assert [result.status for result in loaded] == ["ok"], loaded
    with lit.engine.connect() as connection:
        after = read_versions(connection)
    return {table for table in after if after[table] != before.get(table)}


def signed_in(page: Page, there: Lit, role: str) -> None:
    """Let somebody of that role have signed in with the page's browser."""
    secret = secret_of(there.engine, AS_OF, role)
    page.context.add_cookies([{"name": SIGNED_IN, "value": secret, "url": there.url}])
