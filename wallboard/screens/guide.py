"""Guided mode: what followers ask several times a second, and what the presenter's tablet sends."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, acting
from wallboard.records.annotations import annotations
from wallboard.records.choices import choices
from wallboard.records.users import User
from wallboard.records.walks import Move, begin, end, move, take_over
from wallboard.screens.console.routes import not_for_guests, takes_long_forms
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.session import Sessions, sent_from_here
from wallboard.screens.guiding import Walking
from wallboard.screens.qr import qr_code
from wallboard.screens.serialise import json_answer
from wallboard.settings import Settings
from wallboard.store.connections import reading

MOVES: Mapping[str, str] = MappingProxyType(
    {"go": "go", "play": "play", "pause": "pause", "hold": "hold", "release": "release", "sound": "sound"}
)
"""What the leader's tablet asks for; `sound` says again how the item stands, with another screen sounding."""


@dataclass(frozen=True)
class Guide:
    """Answers the followers and the presenter of one room."""

    settings: Settings
    engine: Engine
    clock: Clock
    walking: Walking

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("guide", __name__)
        routes.before_request(takes_long_forms)
        routes.add_url_rule("/walk/now", view_func=self.now)
        routes.add_url_rule("/walk/follow.svg", view_func=self.code)
        routes.add_url_rule("/walk/marks", view_func=self.annotations, endpoint="marks")
        routes.add_url_rule("/walk/beat", view_func=self.beat, methods=["POST"], endpoint="beat")
        routes.add_url_rule("/walk/do/<verb>", view_func=self.do, methods=["POST"], endpoint="do")
        return routes

    def now(self) -> Response:
        """Where the walk stands, from memory."""
        if asking := request.args.get("from"):
            self.walking.followed(asking[:80])
        return json_answer(self.walking.as_json())

    def code(self) -> Response:
        """The address at which any phone follows, as a QR code."""
        return qr_code(follow_address(self.settings))

    def annotations(self) -> Response:
        """What has been marked on the walk, for whoever is signed in."""
        not_for_guests(self._me())
        now = self.walking.stand()
        with reading(self.engine) as connection:
            names = choices(connection).stages
            made = annotations(connection, now.walk) if now else []
        return json_answer({"marks": [asdict(annotation) | {"stage": names.get(annotation.stage or "")} for annotation in made]})

    def beat(self) -> Response:
        """The presenter's tablet is there."""
        sent_from_here(request)
        self.walking.seen(self._me().id)
        return json_answer({"ok": True, "now": self.walking.as_json()})

    def do(self, verb: str) -> Response:
        """One move; the answer says where the walk stands after it."""
        sent_from_here(request)
        me, sent = self._me(), Sent(request.form)
        with acting(self.engine, self.settings, self.clock, me.id) as act:
            answer = self._done(act, verb, sent)
        self.walking.moved()
        return json_answer({"ok": True, "message": answer, "now": self.walking.as_json()})

    def _done(self, act: Acting, verb: str, sent: Sent) -> str:
        at = self.walking.position()
        if verb == "begin":
            part = sent.short("perimeter", "the part of the business", 60)
            begin(act, part or top(self.settings), self._sounding(sent) or None)
            return "The walk begins. The walls follow."
        if verb == "take-over":
            take_over(act, at)
            return "You lead the walk now."
        if verb == "end":
            _, count = end(act)
            return f"The walk has ended. {_kept_words(count)}"
        if verb not in MOVES:
            raise NotFound(verb, "there is no such move.", "Reload the page.")
        kind = MOVES[verb]
        if kind == "sound":
            kind = "play" if self.walking.plays() else "pause"
        change = Move(sent.short("place", "place"), sent.short("item", "item"), _second(sent), self._sounding(sent))
        move(act, kind, change, at)
        return ""

    def _sounding(self, sent: Sent) -> str | None:
        return sent.fields.get("sounding", "")[:80] if "sounding" in sent.fields else None

    def _me(self) -> User:
        return Sessions.of(self.clock, self.settings).signed_in(self.engine, request)


def follow_address(settings: Settings) -> str:
    """Where a phone follows: by the room's own address, or by that through which it was asked."""
    return f"{(settings.address or request.host_url).rstrip('/')}/follow"


def top(settings: Settings) -> str:
    """The part of the business that a walk is about unless told otherwise: all of it."""
    return next(iter(settings.above(None)), "all")


def _second(sent: Sent) -> float | None:
    text: Any = sent.text("second")
    if text is None:
        return None
    try:
        second = float(text)
    except ValueError:
        second = -1.0
    if not 0 <= second < 86_400:
        raise RuleRefused("the second", f"'{text[:20]}' is not known.", "Touch the position again.")
    return second


def _kept_words(count: int) -> str:
    if count == 0:
        return "Nothing was marked."
    return f"{count} {'mark is' if count == 1 else 'marks are'} now among the opportunities."
