"""Joins the parts: the only place where settings, store, layouts, panels and screens meet."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import Any

import fontpkg_inter
from dash import Dash, Input, Output, dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, abort, request
from flask_compress import Compress
from sqlalchemy import Engine

from wallboard.carried import PACKAGE, carried
from wallboard.clock import Clock
from wallboard.drawing import template
from wallboard.layout import WALL, Layout, read_layouts
from wallboard.metrics.memo import Memo
from wallboard.panel import AnyPanel
from wallboard.panels import find_panels
from wallboard.screens.activity import Activity
from wallboard.screens.addresses import Addresses, rail_of
from wallboard.screens.ahead import Ahead
from wallboard.screens.board_page import board_parts, react_of, written_parts
from wallboard.screens.bundle import FOR_GOOD, Bundle, entry_of
from wallboard.screens.console.console import Console
from wallboard.screens.console.session import Sessions
from wallboard.screens.console.session_files import SessionFiles
from wallboard.screens.drill import Drill
from wallboard.screens.error_handlers import ErrorHandlers
from wallboard.screens.freezing import Freezer
from wallboard.screens.frozen import FrozenSessions, Gallery
from wallboard.screens.guard import stand_before
from wallboard.screens.guide import Guide
from wallboard.screens.guiding import Walking
from wallboard.screens.health import Health
from wallboard.screens.heartbeats import Heartbeats
from wallboard.screens.mailing import Mailing
from wallboard.screens.markup import NeedsDash
from wallboard.screens.media_files import MediaFiles
from wallboard.screens.packed import Packed, file_asked
from wallboard.screens.page import Page, document, script_hash
from wallboard.screens.pictures import Pictures
from wallboard.screens.pulse import Pulse
from wallboard.screens.pulse_middleware import PulseMiddleware
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.server import Server
from wallboard.screens.spine import Spines
from wallboard.screens.themes import theme_of
from wallboard.screens.trying.pages import Trying
from wallboard.screens.voices import Voices
from wallboard.screens.walk_layouts import walked_of
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.demo_data import is_demo
from wallboard.store.limits import keep_limits
from wallboard.store.open import open_store
from wallboard.store.versions import VersionsWatch
from wallboard.store.violations import reviewed_words, violations
from wallboard.store.zones import keep_zones

log = logging.getLogger(__name__)
FORMS = "/dash_bootstrap_components/"
JSON = "application/json"
CHARSET = '<meta charset="UTF-8">'
FONTS = {"inter.ttf": "Inter[opsz,wght].ttf"}


def create_app(
    room: Room,
    clock: Clock,
    engine: Engine | None = None,
    slip: Callable[[], str] = str,
    apart: Callable[[int], None] | None = None,
) -> Dash:
    """The room as a Dash application; raises a RoomError that names every fault of its layouts.

    `slip` tells what cannot be read of what somebody has just edited; every screen says it. `apart` freezes a session in another
    process, by the files of the room as they are then; where it is not given, or they have changed since, this one does.
    """
    panels = find_panels()
    layouts = read_layouts(room.layouts, panels)
    store = engine or open_store(room.store_url)
    keep_zones(store, room.settings, clock())
    keep_limits(store, room.settings)
    room = _marked(room, store)
    _tell_violations(store)
    build, boot = build_of(room), token_hex(8)
    themes = partial(theme_of, room)
    freezer = freezer_of(room, store, clock, panels, layouts)

    def freeze(session: int) -> None:
        (apart if apart and build_of(room) == build else freezer.freeze)(session)

    watch = VersionsWatch(store)
    sessions = FrozenSessions(room.settings, store, clock, themes, panels, freeze, watch)
    measured = Memo()
    addresses = Addresses(room.settings, layouts, panels, store, clock, sessions, measured)
    page = Page(room, store, addresses, clock)
    if template.wanted():
        template.register(page.theme())
    pictures = Pictures(room.settings, store, clock, page.theme, watch=watch, measured=measured)
    spines = Spines(pictures, page.theme)
    page, live = replace(page, spines=spines), Gallery(pictures, spines)
    heartbeats, walking = Heartbeats(store, clock, {*room.settings.screen, *layouts}), Walking(room.settings, store, clock, watch)
    rested = RestedNumbers(room.settings, panels)
    page = replace(page, silent=heartbeats.silent_for, rested=rested, measured=measured)
    activity = Activity(room.settings, store, clock, themes)
    server = Server("wallboard")
    stand_before(server)
    ErrorHandlers().stand_behind(server)
    pulse = Pulse(room.settings, addresses, live, heartbeats, clock, build, boot, walking, activity, watch, slip)
    server.register_blueprint(pulse.blueprint())
    ahead = Ahead(page, addresses, live, clock, activity)
    server.register_blueprint(ahead.blueprint())
    server.register_blueprint(Drill(room.settings, addresses, store, clock, page.theme).blueprint())
    server.register_blueprint(Voices(room.settings, addresses, store, clock, page.theme).blueprint())
    server.register_blueprint(Guide(room.settings, store, clock, walking).blueprint())
    sign_ins = Sessions.of(clock, room.settings)
    files = SessionFiles(room.root, room.settings, store, sign_ins, page.theme, rested)
    mailing = Mailing(room.settings, store, clock, page.theme, rested, files.on_paper)
    console = Console(room.settings, store, clock, page.theme, begun=sessions.freeze_soon, mailed=mailing.soon)
    server.register_blueprint(console.blueprint())
    server.register_blueprint(files.blueprint())
    server.register_blueprint(Trying(room, store, clock, page.theme).blueprint())
    server.register_blueprint(
        Health(store, clock, build, boot, room.settings.demo, heartbeats, addresses.wall_names()).blueprint()
    )
    server.register_blueprint(MediaFiles(room.media, store, lambda: clock().astimezone(room.settings.zone()).date()).blueprint())
    server.add_url_rule("/fonts/<name>", view_func=font)
    bundle = Bundle.of(PACKAGE, carried("assets") / "js", build)
    server.register_blueprint(bundle.blueprint())
    compressed(server)
    mailing.soon()
    return _dash(server, ahead, bundle, pulse.answer)


def freezer_of(room: Room, store: Engine, clock: Clock, panels: Mapping[str, AnyPanel], layouts: Mapping[str, Layout]) -> Freezer:
    """What freezes the walls and the walk of a room when a session begins."""
    walls = [layout for layout in layouts.values() if layout.kind == WALL]
    return Freezer(room.settings, store, clock, partial(theme_of, room), walls, rail_of(panels), panels, walked_of(layouts))


def compressed(server: Flask) -> None:
    """Pages, pictures, styles, scripts and the typeface are sent as small as the browser can read them; media are so already."""
    server.config["COMPRESS_MIMETYPES"] = ["text/html", "text/css", "text/javascript", "application/javascript", JSON, "font/ttf"]
    server.config["COMPRESS_ALGORITHM"] = ["zstd", "br", "gzip"]
    server.config["COMPRESS_ZSTD_LEVEL"] = 6
    server.config["COMPRESS_STREAMS"] = False
    server.config["COMPRESS_CACHE_BACKEND"] = Packed
    server.config["COMPRESS_CACHE_KEY"] = file_asked
    Compress(server)


def _marked(room: Room, store: Engine) -> Room:
    """A store that once took demo data says so on every screen, whatever room.toml says now."""
    with reading(store) as connection:
        demo = room.settings.demo or is_demo(connection)
    return room.model_copy(update={"settings": room.settings.model_copy(update={"demo": demo})})


def _tell_violations(store: Engine) -> None:
    """A room is lit whatever its store holds, and says which rows break a rule."""
    with reading(store) as connection:
        for broken in violations(connection):
            log.warning("%s", broken)
        for reviewed in reviewed_words(connection):
            log.warning("%s", reviewed)


def font(name: str) -> Response:
    """A typeface out of its package."""
    if name not in FONTS:
        abort(404)
    answer = Response((Path(fontpkg_inter.ROOT) / "files" / FONTS[name]).read_bytes(), mimetype="font/ttf")
    answer.add_etag()
    answer.headers["Cache-Control"] = FOR_GOOD
    return answer


def build_of(room: Room) -> str:
    """A name for this program, its look and this room's layouts; screens reload when it changes."""
    return _digest([*room.layouts.glob("*.toml"), room.root / "room.toml"], _program())


@cache
def _program() -> bytes:
    """What the program was when this process began."""
    written = (file for kind in ("py", "css") for file in PACKAGE.rglob(f"*.{kind}"))
    assets = (file for file in carried("assets").rglob("*") if file.is_file())
    return _digest([*written, PACKAGE / "catalogue.toml", PACKAGE / "screens" / "again.js", *assets]).encode()


def _digest(files: Iterable[Path], before: bytes = b"") -> str:
    digest = blake2b(before, digest_size=8)
    for file in sorted(files):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


class _Pages(Dash):  # type: ignore[misc]
    """Every page gets the house's styles and scripts of its own kind, and comes whole: a board as data, any other page as HTML.

    Only what holds a component that the room does not draw itself comes with Dash's renderer.
    """

    def __init__(self, name: str, ahead: Ahead, bundle: Bundle, **options: Any) -> None:
        super().__init__(name, **options)
        self._ahead, self._bundle = ahead, bundle
        self._react = ""

    def index(self, *_args: Any, **_kwargs: Any) -> str | Response:
        entry = entry_of(request.path, signs_in="sign" in request.args)
        return self._board() if entry == "board" else self._written(entry)

    def _board(self) -> str:
        if self._ahead.needs_dash(request.path):
            return str(super().index())
        self._react = self._react or react_of(super().index())
        parts = board_parts(self._ahead.whole(request.path, request.query_string.decode()), self._bundle)
        scripts = self._react + self._bundle.script("board")
        return str(super().interpolate_index(metas=CHARSET, title=self.title, scripts=scripts, **parts))

    def _written(self, entry: str) -> str | Response:
        try:
            parts = written_parts(self._ahead.whole(request.path, request.query_string.decode()), self._bundle, entry)
        except NeedsDash:
            return str(super().index())
        page = super().interpolate_index(metas=CHARSET, title=self.title, scripts=self._bundle.script(entry), **parts)
        return Response(page, headers={"Cache-Control": "no-store"})

    def interpolate_index(self, **parts: str) -> str:
        entry = entry_of(request.path, signs_in="sign" in request.args)
        parts["css"] += self._bundle.style(entry)
        if entry != "console":
            remaining = (line for line in parts["scripts"].splitlines() if FORMS not in line)
            parts["scripts"] = "\n".join(remaining)
        parts["scripts"] += self._bundle.script(entry)
        page: str = super().interpolate_index(**parts)
        return page


def _dash(server: Flask, ahead: Ahead, bundle: Bundle, answer: Callable[[Mapping[str, str]], dict[str, object]]) -> Dash:
    settings = ahead.page.room.settings
    app = _Pages(
        __name__,
        ahead,
        bundle,
        server=server,
        title=f"{settings.company}: the Customer Room",
        update_title="",
        assets_folder=str(carried("assets").resolve()),
        assets_ignore=r".*\.(css|js)$",
        index_string=document(settings.locale, settings.theme, bundle.build),
        suppress_callback_exceptions=True,
    )
    app.layout = html.Div([dcc.Location(id="address", refresh=False), html.Div(id="screen")])
    app.callback(Output("screen", "children"), Input("address", "pathname"), Input("address", "search"))(_render(ahead))
    headers = _headers(app)
    server.after_request(_secured(headers))
    middleware = PulseMiddleware(server.wsgi_app, answer, headers)
    server.wsgi_app = middleware  # type: ignore[method-assign]
    return app


def _render(ahead: Ahead) -> Callable[[str | None, str | None], Component]:
    def render(path: str | None, search: str | None) -> Component:
        return ahead.whole(path, search)

    return render


def _headers(app: Dash) -> Callable[[], Mapping[str, str]]:
    """What every answer of a room says besides; made when the first one is asked for, as Dash knows its scripts then."""

    @cache
    def headers() -> Mapping[str, str]:
        hashes = (f"'{csp_hash}'" if not csp_hash.startswith("'") else csp_hash for csp_hash in app.csp_hashes())
        scripts = " ".join([*hashes, script_hash()])
        policy = (
            f"default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            "media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'self'"
        )
        return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}

    return headers


def _secured(headers: Callable[[], Mapping[str, str]]) -> Callable[[Response], Response]:
    def secure(response: Response) -> Response:
        for name, value in headers().items():
            response.headers.setdefault(name, value)
        return response

    return secure
