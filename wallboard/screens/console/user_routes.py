"""What the pages about users send: passwords, sign-ins, roles, who leaves and who comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import Blueprint, Response, redirect, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.forms import LARGEST
from wallboard.records import users
from wallboard.records.access import Access, may_see
from wallboard.records.acting import Acting, acting
from wallboard.records.mail import set_address
from wallboard.records.passwords import Hashed, fits, hashed
from wallboard.screens.console.routes import takes_long_forms
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.session import SIGNED_IN, Sessions, sent_from_here
from wallboard.screens.console.throttle import Tries
from wallboard.screens.serialise import json_answer
from wallboard.settings import Settings
from wallboard.store.connections import reading

Change = Callable[[Acting, int, Sent, Hashed | None], str]


def _added(act: Acting, _number: int, sent: Sent, password: Hashed | None) -> str:
    login, name = sent.short("login", "login") or "", sent.short("name", "name") or ""
    made = users.add(act, login, name, sent.text("role") or "", _given(password), sent.text("function"))
    return f"{made.name} may sign in as {made.login}, {made.role}."


def _role(act: Acting, number: int, sent: Sent, _: Hashed | None) -> str:
    now = users.change_role(act, number, sent.text("role") or "")
    return f"{now.name} is {now.role} now."


def _password(act: Acting, number: int, _: Sent, password: Hashed | None) -> str:
    users.change_password(act, number, _given(password))
    return "The new password is valid from now on; every sign-in with the old one has ended."


def _end(act: Acting, number: int, _: Sent, __: Hashed | None) -> str:
    return f"Ended: {users.end_sign_ins(act, number)}."


def _leave(act: Acting, number: int, _: Sent, __: Hashed | None) -> str:
    users.let_go(act, number)
    return "Has left, and can no longer sign in. What this person wrote stays."


def _address(act: Acting, number: int, sent: Sent, _: Hashed | None) -> str:
    address = set_address(act, number, sent.text("address"))
    return f"Mail goes to {address} now." if address else "No mail is sent to this person any more."


def _back(act: Acting, number: int, _: Sent, __: Hashed | None) -> str:
    back = users.let_back(act, number)
    return f"{back.name} may sign in again."


CHANGES: Mapping[str, Change] = MappingProxyType(
    {"add": _added, "role": _role, "password": _password, "end": _end, "leave": _leave, "back": _back, "address": _address}
)
"""What the president does to users."""


@dataclass(frozen=True)
class UserRoutes:
    """Answers the pages about users."""

    settings: Settings
    engine: Engine
    clock: Clock
    sessions: Sessions
    tries: Tries

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("users", __name__)
        routes.before_request(takes_long_forms)
        for name, view in (("own-password", self.own_password), ("end-others", self.end_others)):
            routes.add_url_rule(f"/room/users/{name}/0", view_func=view, methods=["POST"], endpoint=name)
        routes.add_url_rule("/room/users/<verb>/<int:number>", view_func=self.change, methods=["POST"], endpoint="change")
        routes.add_url_rule("/room/members", view_func=lambda: redirect("/room/users", 301), endpoint="former-address")
        return routes

    def own_password(self) -> Response:
        """Change one's own password, by the old one; every other sign-in ends. Hashing is done before anything is written."""
        sent_from_here(request)
        me = self.sessions.signed_in(self.engine, request)
        source = f"signed in {me.id}"
        self.tries.one_more(me.login, source)
        with reading(self.engine) as connection:
            current = users.password_of(connection, me.login)
        if not fits(current, request.form.get("old", "")):
            raise RuleRefused("the current password", "is not right.", "Try again.")
        self.tries.entered(me.login, source)
        password = _given(_new())
        with acting(self.engine, self.settings, self.clock, me.id) as act:
            users.change_password(act, me.id, password, keep=request.cookies.get(SIGNED_IN))
        return json_answer({"ok": True, "message": "Your new password is valid from now on; your other sign-ins have ended."})

    def end_others(self) -> Response:
        """End one's own sign-ins in other browsers."""
        sent_from_here(request)
        me = self.sessions.signed_in(self.engine, request)
        with acting(self.engine, self.settings, self.clock, me.id) as act:
            ended = users.end_sign_ins(act, me.id, keep=request.cookies.get(SIGNED_IN))
        return json_answer({"ok": True, "message": f"Ended: {ended}."})

    def change(self, verb: str, number: int) -> Response:
        """One change by the president."""
        sent_from_here(request)
        me = self.sessions.signed_in(self.engine, request)
        if not may_see(me, Access.USERS):
            raise RuleRefused("the room", "only the president changes who is in it.", "Ask the president.")
        if verb not in CHANGES or number > LARGEST:
            raise NotFound(verb, "there is no such action.", "Reload the page.")
        password = _new()
        with acting(self.engine, self.settings, self.clock, me.id) as act:
            message = CHANGES[verb](act, number, Sent(request.form), password)
        return json_answer({"ok": True, "message": message})


def _new() -> Hashed | None:
    """The new password that was sent, hashed; None where none was."""
    new = request.form.get("new", "")
    if new and new != request.form.get("again", ""):
        raise RuleRefused("password", "is not the same both times.", "Write it twice.")
    return hashed(new) if new else None


def _given(password: Hashed | None) -> Hashed:
    if password is None:
        raise RuleRefused("password", "has not been written.", "Write it twice.")
    return password
