"""The two tiny questions a screen asks: what should I show (every two seconds), and the picture of one panel."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import orjson
from flask import Blueprint, Response, request

from wallboard.clock import Clock
from wallboard.drawing.reader import Reader
from wallboard.errors import NotFound
from wallboard.screens.activity import MOMENT, STRIP, Activity
from wallboard.screens.addresses import Addresses, Board
from wallboard.screens.board import scene_names, whose
from wallboard.screens.frozen import Gallery
from wallboard.screens.guiding import Walking
from wallboard.screens.heartbeats import Heartbeats
from wallboard.screens.serialise import json_answer
from wallboard.screens.spine import SPINE
from wallboard.settings import Settings


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
    slip: Callable[[], str] = str
    """What is wrong with what somebody has just saved of the room; nothing where all of it could be read."""

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
            board, perimeter = self._requested(fields)
        except NotFound as refusal:
            return {**answer, "gone": str(refusal)}
        gallery = board.gallery(self.live)
        tokens = gallery.pictures.tokens(board.placed().values(), perimeter, screen)
        scene = board.layout.scenes[0].name
        if board.kind == "wall":
            spine = gallery.spines.of(board.layout, perimeter, tokens)
            scene = board.scene(spine, now)
            tokens[SPINE] = spine.token(tokens[board.layout.answer.id] if board.layout.answer else "")
            if board.is_live:
                today = self.activity.today(perimeter, gallery.pictures.versions)
                tokens = {STRIP: today.token, **tokens}
                answer |= self.activity.announced(today, perimeter)
        scenes = scene_names(board.layout, board.frozen, is_held=board.is_held)
        state = blake2b(orjson.dumps([scenes, tokens]), digest_size=8).hexdigest()
        if board.frozen and board.is_held and (zoom := board.frozen.zoom(board.layout.name)):
            answer["zoom"] = zoom
        answer |= {"scene": scene, "place": self._place(board, perimeter, now), "state": state}
        if fields.get("state") == state:
            return answer
        newest = gallery.pictures.newest_fact(board.placed().values())
        return {**answer, "scenes": scenes, "tokens": tokens, "newest": newest.isoformat() if newest else None}

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
        if board.frozen:
            at = board.frozen.as_of
            reader = Reader.of(self.settings, at, perimeter)
            return f"Session {board.frozen.session.number}, {reader.short_day(reader.today)} {reader.clock(at)}"
        reader = Reader.of(self.settings, now, perimeter)
        if board.kind == "wall":
            return whose(self.settings, perimeter)
        named = self.settings.perimeter.get(perimeter or "")
        return f"{named.name if named else self.settings.company}, {reader.weekday(reader.today)}"
