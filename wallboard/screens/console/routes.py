"""What the console's pages send and ask for: one address each; a refusal is a sentence and the field that it is about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.forms import LARGEST
from wallboard.lifecycle.sessions import BEGUN, CANCELLED, ENDED, INVITED
from wallboard.records.acting import acting, checked
from wallboard.records.choices import choices
from wallboard.records.jargon import read_answer
from wallboard.records.searching import find_words
from wallboard.records.steps import MovedOn
from wallboard.records.users import User, enter, leave, password_of
from wallboard.screens.console.actions import ACTIONS, Action
from wallboard.screens.console.answers import meanwhile, reading_as_json
from wallboard.screens.console.entry_actions import ENTRY_ACTIONS
from wallboard.screens.console.event_actions import EVENT_ACTIONS
from wallboard.screens.console.learning_actions import LEARNING_ACTIONS
from wallboard.screens.console.loads_page import LOAD_ACTIONS
from wallboard.screens.console.relay_offers import offers_as_json
from wallboard.screens.console.role_play_part import ROLE_PLAY_ACTIONS
from wallboard.screens.console.rollout_page import ROLLOUT_ACTIONS
from wallboard.screens.console.roster_actions import ROSTER_ACTIONS
from wallboard.screens.console.rows_page import ROW_ACTIONS
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.sent_once import taken_once
from wallboard.screens.console.session import (
    AT_THE_DOOR,
    SIGNED_IN,
    Sessions,
    new_secret,
    secret_of,
    sent_from_here,
    token_of,
)
from wallboard.screens.console.session_actions import SESSION_ACTIONS
from wallboard.screens.console.team_actions import TEAM_ACTIONS
from wallboard.screens.console.throttle import Tries
from wallboard.screens.console.walk_actions import WALK_ACTIONS
from wallboard.screens.error_handlers import refused
from wallboard.screens.serialise import json_answer
from wallboard.settings import Settings
from wallboard.store.connections import reading, writing

PARTS: tuple[Mapping[str, Action], ...] = (
    *(ACTIONS, WALK_ACTIONS, LEARNING_ACTIONS, EVENT_ACTIONS, LOAD_ACTIONS),
    *(SESSION_ACTIONS, ROSTER_ACTIONS, TEAM_ACTIONS, ROW_ACTIONS, ROLE_PLAY_ACTIONS, ROLLOUT_ACTIONS, ENTRY_ACTIONS),
)
EVERY = {verb: action for part in PARTS for verb, action in part.items()}
"""Every verb of the console by its name."""

MAILING = (
    *(ENDED.verb, INVITED.verb, CANCELLED.verb, "plan-session", "postpone"),
    *("send-minutes", "send-invitations", "send-again"),
)
"""Verbs that queue letters."""

LARGEST_BODY = 4_000_000
"""Bytes that one form may send."""


@dataclass(frozen=True)
class Routes:
    """Answers the console's pages."""

    settings: Settings
    engine: Engine
    clock: Clock
    sessions: Sessions
    tries: Tries
    begun: Callable[[int], str | None] | None = None
    """What is told which session has begun, after that has been written."""
    mailed: Callable[[], None] | None = None
    """What sends the letters that have been queued, after that has been written."""
    signed_out: Callable[[], str | None] | None = None
    """Where a browser goes that has signed out here, where that is elsewhere."""

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("console", __name__)
        routes.before_request(takes_long_forms)
        for address, view in (("enter", self.enter), ("leave", self.leave), ("read", self.read)):
            routes.add_url_rule(f"/room/{address}", view_func=view, methods=["POST"], endpoint=address)
        routes.add_url_rule("/room/do/<verb>/<int:number>", view_func=self.do, methods=["POST"], endpoint="do")
        routes.add_url_rule("/room/token", view_func=self.token, endpoint="token")
        routes.add_url_rule("/room/voices", view_func=self.voices, endpoint="voices")
        return routes

    def token(self) -> Response:
        """What this browser's pages must send back; a browser that nobody knows gets a secret first."""
        secret = secret_of(request)
        if secret is not None:
            return json_answer({"token": token_of(secret)})
        made = new_secret()
        answer = json_answer({"token": token_of(made)})
        self.sessions.give(request, answer, made, AT_THE_DOOR)
        return answer

    def enter(self) -> Response:
        """Sign in; the same words whether the name is known or not."""
        sent_from_here(request)
        login, password = (request.form.get(name, "") for name in ("login", "password"))
        with reading(self.engine) as connection:
            hashed = password_of(connection, login)
        source = self.sessions.known_browser(request, login, hashed) or request.remote_addr or ""
        self.tries.one_more(login, source)
        secret = enter(self.engine, self.clock(), login, password)
        self.tries.entered(login, source)
        answer = json_answer({"ok": True})
        self.sessions.give(request, answer, secret)
        self.sessions.remember(request, answer, login, hashed)
        return answer

    def leave(self) -> Response:
        """Sign out."""
        sent_from_here(request)
        with writing(self.engine) as connection:
            leave(connection, request.cookies.get(SIGNED_IN, ""))
        elsewhere = self.signed_out() if self.signed_out else None
        answer = json_answer({"ok": True, "to": elsewhere or "/room"})
        self.sessions.take_away(answer)
        return answer

    def do(self, verb: str, number: int) -> Response:
        """Take one step, in one transaction of whoever is signed in."""
        sent_from_here(request)
        me = self.sessions.signed_in(self.engine, request)
        if verb not in EVERY or number > LARGEST:
            raise NotFound(verb, "there is no such action.", "Reload the page.")
        try:
            with acting(self.engine, self.settings, self.clock, me.id) as act:
                done = taken_once(act, EVERY[verb], number, Sent(request.form))
        except MovedOn as refusal:
            with reading(self.engine) as connection:
                return refused(refusal, changed=meanwhile(refusal, choices(connection), self.settings))
        if verb == BEGUN.verb and self.begun:
            self.begun(number)
        if verb in MAILING and self.mailed:
            self.mailed()
        return json_answer({"ok": True, "message": done.message, "to": done.to})

    def read(self) -> Response:
        """Read an answer while it is being written."""
        sent_from_here(request)
        not_for_guests(self.sessions.signed_in(self.engine, request))
        text = checked("the answer", request.form.get("text")) or ""
        with reading(self.engine) as connection:
            return json_answer(reading_as_json(read_answer(connection, text, self.settings.locale)))

    def voices(self) -> Response:
        """The newest voices and posts that hold some words."""
        self.sessions.signed_in(self.engine, request)
        with reading(self.engine) as connection:
            hits = find_words(connection, request.args.get("words", "")[:200])
            return json_answer({"voices": offers_as_json(connection, choices(connection), hits, self.settings)})


def takes_long_forms() -> None:
    """What is written with a form may be long."""
    request.max_content_length = request.max_form_memory_size = LARGEST_BODY


def not_for_guests(me: User) -> None:
    """Raises RuleRefused for a guest, who relays and reads what becomes of it, and nothing else."""
    if me.relays_only:
        raise RuleRefused("the room", "this is for those who work in it.", "As a guest you relay what customers say.")
