"""The two tiny questions a screen asks: what should I show (every two seconds), and the picture of one panel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

import orjson
from flask import Blueprint, Response, request

from wallboard.clock import Clock
from wallboard.drawing.reader import Reader
from wallboard.errors import NotFound
from wallboard.screens.activity import MOMENT, STRIP, Activity, Today
from wallboard.screens.addresses import Addresses, Board
from wallboard.screens.board import replayed, scene_names, whose
from wallboard.screens.frozen import Gallery
from wallboard.screens.guiding import Walking
from wallboard.screens.heartbeats import Heartbeats
from wallboard.screens.pictures import Pictures
from wallboard.screens.serialise import json_answer
from wallboard.screens.spine import SPINE, Spine
from wallboard.settings import Settings
from wallboard.store.versions import VersionsWatch

MOST = 400
"""Addresses of which is kept what holds for their screens."""


@dataclass(frozen=True, slots=True)
class ScreenState:
    """What a screen is told until a table changes or a picture is made, and no longer than the minute."""

    made_of: tuple[object, datetime]
    """The state of the tables, and the minute."""

    changes: int | None
    """Of its pictures; None where it holds for this once."""

    board: Board
    perimeter: str | None
    pictures: Pictures
    spine: Spine | None
    today: Today | None
    tokens: dict[str, str]
    scenes: str
    place: str
    state: str

    def holds(self, made_of: tuple[object, datetime]) -> bool:
        """Whether it would be the same if it were made again."""
        return made_of == self.made_of and self.changes is not None and self.changes == self.pictures.changes()

    def zoom(self) -> tuple[int, int, int] | None:
        """How far a session has zoomed in a wall that it holds."""
        frozen = self.board.frozen if self.board.is_held and self.board.kind == "wall" else None
        return frozen.zoom(self.board.layout.name) if frozen else None

    def scene(self, now: datetime) -> str:
        """The scene that is due."""
        return self.board.scene(self.spine, now) if self.spine else self.board.layout.scenes[0].name


@dataclass(frozen=True)
class Pulse:
    """Answers screens."""

    settings: Settings
    addresses: Addresses
    live: Gallery
    heartbeats: Heartbeats
    clock: Clock
    build: str
    boot: str
    walking: Walking
    activity: Activity
    watch: VersionsWatch
    """The one that all of them ask whom a pulse asks."""

    slip: Callable[[], str] = str
    """What is wrong with what somebody has just saved of the room; nothing where all of it could be read."""

    _known: dict[tuple[str | None, ...], ScreenState] = field(default_factory=dict)

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("pulse", __name__)
        routes.add_url_rule("/pulse", view_func=self.pulse)
        routes.add_url_rule("/picture/<name>", view_func=self.picture)
        return routes

    def pulse(self) -> Response:
        """What the asking screen should show now; the tokens of its panels only where it does not know them (its `state`)."""
        return json_answer(self.answer(request.args))

    def answer(self, fields: Mapping[str, str]) -> dict[str, object]:
        """The same as what it says, to the fields of an address."""
        with self.watch.once() as total:
            return self._answer(fields, total)

    def _answer(self, fields: Mapping[str, str], total: object) -> dict[str, object]:
        screen = fields.get("screen")
        if fields.get("path", "").startswith("/room"):
            self.activity.works()
        if screen:
            self.heartbeats.seen(screen, fields.get("launch", ""))
        walk = self.walking.stand()
        now = self.clock()
        answer: dict[str, object] = {"build": self.build, "boot": self.boot, "at": now.isoformat(timespec="seconds")}
        answer |= {"walk": walk.walk if walk and walk.held else None, "rests": walk is not None and not walk.held}
        if slip := self.slip():
            answer["slip"] = slip
        try:
            known = self._screen_state(fields, screen, total, now)
        except NotFound as refusal:
            return {**answer, "gone": str(refusal)}
        if known.today:
            answer |= self.activity.announced(known.today, known.perimeter)
        board = known.board
        if board.kind == "wall" and not board.frozen and (tone := self.addresses.tone(board.layout.name)):
            answer["tone"] = tone
        if zoom := known.zoom():
            answer["zoom"] = zoom
        answer |= {"scene": known.scene(now), "place": known.place, "state": known.state}
        if fields.get("state") == known.state:
            return answer
        newest = known.pictures.newest_fact(known.board.placed().values())
        scenes = {"scenes": known.scenes, "tokens": known.tokens}
        return {**answer, **scenes, "newest": newest.isoformat() if newest else None}

    def _screen_state(self, fields: Mapping[str, str], screen: str | None, total: object, now: datetime) -> ScreenState:
        """What holds for a screen, from memory where it is known to hold still; raises NotFound."""
        key = (fields.get("path"), fields.get("perimeter"), screen if screen in self.settings.screen else None)
        made_of = total, now.replace(second=0, microsecond=0)
        last = self._known.get(key)
        if last is not None and total is not None and last.holds(made_of):
            return last
        board, perimeter = self._requested(fields)
        gallery = board.gallery(self.live)
        changes = gallery.pictures.changes()
        tokens = gallery.pictures.tokens(board.placed().values(), perimeter, screen)
        spine, today = None, None
        if board.kind == "wall":
            spine = gallery.spines.of(board.layout, perimeter, tokens)
            tokens[SPINE] = spine.token(tokens[board.layout.answer.id] if board.layout.answer else "")
            if board.is_live:
                today = self.activity.today(perimeter, gallery.pictures.versions)
                tokens = {STRIP: today.token, **tokens}
        scenes, place = scene_names(board.layout, board.frozen, is_held=board.is_held), self._place(board, perimeter, now)
        state = blake2b(orjson.dumps([scenes, tokens]), digest_size=8).hexdigest()
        lasts = None if gallery.pictures.versions.ahead_of(now) else changes
        if key not in self._known and len(self._known) >= MOST:
            self._known.clear()
        self._known[key] = ScreenState(
            made_of, lasts, board, perimeter, gallery.pictures, spine, today, tokens, scenes, place, state
        )
        return self._known[key]

    def picture(self, name: str) -> Response:
        """One panel's picture; 202 while the first one is still being made."""
        board, perimeter = self._requested(request.args)
        if name == SPINE and board.kind == "wall":
            body = board.gallery(self.live).spines.picture(board.layout, perimeter, request.args.get("screen"))
            return Response(body, mimetype="application/json", headers={"Cache-Control": "no-store"})
        if name in (STRIP, MOMENT) and board.kind == "wall" and board.is_live:
            versions, screen = board.gallery(self.live).pictures.read_versions(), request.args.get("screen")
            if name == STRIP:
                return json_answer(self.activity.line(perimeter, versions, screen))
            return json_answer({"children": self.activity.moment(request.args.get("of", ""), perimeter, versions, screen)})
        placed = board.placed().get(name)
        if placed is None:
            raise NotFound(name, "there is no such panel on this screen.", "Reload the screen.")
        answer = board.gallery(self.live).pictures.get(placed, perimeter, request.args.get("screen"))
        if answer is None:
            return json_answer({"state": "busy"}, 202)
        return Response(answer.body, mimetype="application/json", headers={"Cache-Control": "no-store"})

    def _requested(self, fields: Mapping[str, str]) -> tuple[Board, str | None]:
        perimeter = self.addresses.perimeter(fields.get("perimeter"))
        board = self.addresses.board(fields.get("path", "/"), perimeter)
        return board, board.seen_by(perimeter)

    def _place(self, board: Board, perimeter: str | None, now: datetime) -> str:
        """Whose room it is, and what day; on a wall the countdown stands for the day."""
        if board.frozen and board.kind == "wall":
            return replayed(self.settings, board.frozen, perimeter)
        if board.frozen:
            at = board.frozen.as_of
            reader = Reader.of(self.settings, at, perimeter)
            return f"Session {board.frozen.session.number}, {reader.short_day(reader.today)} {reader.clock(at)}"
        reader = Reader.of(self.settings, now, perimeter)
        if board.kind == "wall":
            return whose(self.settings, perimeter)
        named = self.settings.perimeter.get(perimeter or "")
        return f"{named.name if named else self.settings.company}, {reader.weekday(reader.today)}"
