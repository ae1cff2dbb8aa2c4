"""The page every screen shares: the document around it, and what stands in it at each address."""

import logging
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

from dash import html
from dash.development.base_component import Component
from flask import request
from sqlalchemy import Engine

from wallboard.carried import carried
from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound, RoomError, nearest
from wallboard.layout import DECKS, Deck, Layout
from wallboard.lifecycle.golden import GoldenRule
from wallboard.metrics.freshness import last_runs, refused_rows
from wallboard.metrics.memo import Memo
from wallboard.metrics.scope import Scope
from wallboard.screens.addresses import Addresses, Board
from wallboard.screens.board import board
from wallboard.screens.console.console import Console
from wallboard.screens.console.session import Sessions
from wallboard.screens.demo_note import demo_note
from wallboard.screens.findings import lacking
from wallboard.screens.follow import follow_page
from wallboard.screens.freshness import FreshnessBoard
from wallboard.screens.lobby import lobby
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.spine import Spines
from wallboard.screens.status import status
from wallboard.screens.themes import theme_of
from wallboard.screens.trying.pages import Trying
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.lives import golden_rules
from wallboard.store.versions import read_versions
from wallboard.store.violations import violations

log = logging.getLogger(__name__)

DOCUMENT = """<!doctype html>
<html lang="{lang}" class="{theme}" data-build="{build}">
<head><script>{again}</script>{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{{%title%}}</title>
{icon}{{%css%}}</head>
<body>{{%app_entry%}}<footer hidden>{{%config%}}{{%scripts%}}{{%renderer%}}</footer></body>
</html>"""


AGAIN = (Path(__file__).parent / "again.js").read_text(encoding="utf-8")
"""Stands in the page itself: what watches whether files arrive must not be a file that has to arrive."""


ICON = '<link rel="icon" href="data:image/svg+xml;base64,{}">'.format(
    b64encode((carried("assets") / "figure.svg").read_bytes().replace(b"<svg", b'<svg fill="#808080"')).decode()
)
"""One of the room's figures of people; in the page itself, which saves a request."""


def document(lang: str, theme: str, build: str) -> str:
    """The page around the application, in the room's language and its colours."""
    return DOCUMENT.format(lang=lang, theme=theme, build=build, again=AGAIN, icon=ICON)


def script_hash() -> str:
    """The hash by which a content security policy lets the page's own script run."""
    return f"'sha256-{b64encode(sha256(AGAIN.encode()).digest()).decode()}'"


def _opened(shown: Board, deck: str | None) -> Deck | None:
    """The deck of a wall that somebody opened; raises NotFound with those that it has."""
    if not deck or shown.kind != "wall":
        return None
    known = [name for name in DECKS if shown.layout.deck(name)]
    if deck not in known:
        raise NotFound(f"?deck={deck}", "there is no such deck on this screen.", nearest(deck, known))
    return next(name for name in known if name == deck)


@dataclass(frozen=True)
class Page:
    """Draws the screen at an address."""

    room: Room
    engine: Engine
    addresses: Addresses
    clock: Clock
    spines: Spines | None = None
    """What walls say at the moment; None until there are any."""
    silent: Callable[[], Mapping[str, float]] = dict
    """Seconds since each screen of the room was heard."""
    rested: RestedNumbers | None = None
    """Knows the frozen numbers of sessions."""
    measured: Memo = field(default_factory=Memo)
    """What pictures have measured of the newest states of the store."""

    def theme(self, screen: str | None = None, perimeter: str | None = None) -> Theme:
        """How things look on a screen of room.toml, or on the default 55 inch panel at 4 metres."""
        return theme_of(self.room, screen, perimeter, self.clock())

    def render(self, path: str | None, search: str | None) -> Component:
        """The screen at `path`; a sentence where there is none."""
        query = {key: values[-1] for key, values in parse_qs((search or "").removeprefix("?")).items()}
        try:
            return self._screen(path or "/", query)
        except RoomError as refusal:
            return self._sentence(str(refusal))
        except Exception:
            log.exception("the screen at %s could not be drawn", path)
            return self._sentence("This screen could not be drawn. The room's log says why.")

    def _screen(self, path: str, query: dict[str, str]) -> Component:
        screen = query.get("screen")
        glass = self.room.settings.screen.get(screen or "")
        perimeter = self.addresses.perimeter(glass.perimeter if glass and glass.perimeter else query.get("perimeter"))
        if path == "/":
            return self._lobby(perimeter)
        if path == "/room" or path.startswith("/room/"):
            views = self.addresses.views()
            freeze, beside = self.addresses.freeze_soon, (None, self.rested, self.measured)
            return Console(self.room.settings, self.engine, self.clock, self.theme, views, self.silent, freeze, *beside).page(
                path, query
            )
        if path == "/status":
            return self._status()
        if path == "/follow":
            with reading(self.engine) as connection:
                return follow_page(connection, self.room.settings, self.clock())
        if path == "/try" or path.startswith("/try/"):
            return Trying(self.room, self.engine, self.clock, self.theme).page(path, query)
        shown = self.addresses.board(path, perimeter)
        perimeter = shown.seen_by(perimeter)
        pinned = shown.layout.named(query.get("scene"))
        deck = _opened(shown, query.get("deck"))
        if deck and not query.get("scene"):
            pinned = next(iter(shown.layout.deck(deck)), None)
        if deck and pinned and pinned.deck != deck:
            deck = pinned.deck
        if query.get("scene") and not pinned:
            names = [scene.name for scene in shown.layout.scenes]
            raise NotFound(f"?scene={query['scene']}", "there is no such scene on this screen.", nearest(query["scene"], names))
        return board(
            shown.layout,
            shown.foot,
            self.room,
            self.theme(screen, perimeter),
            kind=shown.kind,
            perimeter=perimeter,
            screen=screen,
            pinned=pinned.name if pinned else None,
            opened=deck,
            rules=self._rules() if shown.kind == "wall" else (),
            frozen=shown.frozen,
            is_held=shown.is_held,
        )

    def _rules(self) -> list[GoldenRule]:
        with reading(self.engine) as connection:
            return golden_rules(connection, self.theme().today)

    def _lobby(self, perimeter: str | None) -> Component:
        walls = self.addresses.walls(perimeter)
        notes = self._notes(walls, perimeter)
        return lobby(self.room, walls, perimeter, self._rules(), journey=self.addresses.has_journey(), notes=notes)

    def _notes(self, walls: Sequence[Layout], perimeter: str | None) -> dict[tuple[str, str], str]:
        """What it takes to measure the scenes that walls leave out of their turn, and why others come early."""
        scope, theme = Scope.of(self.room.settings, self.clock(), perimeter), self.theme(None, perimeter)
        with reading(self.engine) as connection, Memo().of("this lobby"):
            reasons = {
                (wall.name, scene.name): lacking(connection, scope, scene, theme) for wall in walls for scene in wall.turning
            }
        early = {(wall.name, name): why for wall in walls for name, why in self._early(wall, perimeter).items()}
        return early | {scene: f"Left out of the turn. {needs}" for scene, needs in reasons.items() if needs}

    def _early(self, wall: Layout, perimeter: str | None) -> dict[str, str]:
        return self.spines.reasons(wall, perimeter) if self.spines else {}

    def _status(self) -> Component:
        with reading(self.engine) as connection:
            fresh = FreshnessBoard(self.room.settings, self.clock).read(connection, read_versions(connection))
            runs, refused = last_runs(connection), refused_rows(connection, limit=100)
            me = Sessions.of(self.clock, self.room.settings).user(connection, request)
            broken = list(violations(connection))
        return status(self.room, self.theme(), fresh, runs, refused, broken, me)

    def _sentence(self, words: str) -> Component:
        back = html.P(html.A("To the lobby", href="/"))
        demo = demo_note(self.room.settings)
        return html.Main(
            [html.H1("There is nothing to show here"), html.P(words), back, *demo], className=f"page {self.room.settings.theme}"
        )
