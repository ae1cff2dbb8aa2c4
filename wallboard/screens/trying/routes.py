"""What the page of a task sends: that somebody begins, and how it ended. Only counts are sent, never what was typed."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import RuleRefused
from wallboard.metrics.scope import Scope
from wallboard.records.acting import acting
from wallboard.records.attempts import MOST, Tried, attempted, begun
from wallboard.screens.console.session import Sessions, sent_from_here
from wallboard.screens.serialise import json_answer
from wallboard.screens.trying.known import Known, known
from wallboard.screens.trying.stopwatch import Stopwatch
from wallboard.settings import Settings
from wallboard.store.connections import reading

_DIGITS = 9


@dataclass(frozen=True)
class Routes:
    """Answers the pages of tasks."""

    settings: Settings
    engine: Engine
    clock: Clock
    folder: Path
    sessions: Sessions
    watch: Stopwatch

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("trying", __name__)
        for name, view in (("start", self.start), ("end", self.end)):
            routes.add_url_rule(f"/try/<key>/{name}", view_func=view, methods=["POST"], endpoint=name)
        return routes

    def start(self, key: str) -> Response:
        """Somebody begins; who has signed in gets a beginning that the room has signed."""
        sent_from_here(request)
        with reading(self.engine) as connection:
            self._known(key)
            me = self.sessions.user(connection, request)
            began = None if me is None else begun(connection, key, me.id, self.clock())
        if began is not None:
            self.watch.begin(began)
        return json_answer({"ok": True, "began": began})

    def end(self, key: str) -> Response:
        """It is over: recorded where the room saw it begin, else only told; either way with the page that shows it."""
        sent_from_here(request)
        task = self._known(key)
        tried = self._tried(task)
        with reading(self.engine) as connection:
            me = self.sessions.user(connection, request)
        began = request.form.get("began", "")
        if me is None or not began:
            took = _number("took")
            result = {"outcome": tried.outcome, "took": took, "errors": tried.errors, "filled": tried.filled}
            return json_answer({"ok": True, "to": f"/try/{key}?{urlencode(result)}"})
        with acting(self.engine, self.settings, self.clock, me.id) as act:
            number = attempted(act, key, began, tried, self.watch.end(began))
        return json_answer({"ok": True, "to": f"/try/{key}?attempt={number}"})

    def _known(self, key: str) -> Known:
        with reading(self.engine) as connection:
            return known(connection, Scope.of(self.settings, self.clock()), self.folder, key)

    def _tried(self, task: Known) -> Tried:
        filled, outcome = _number("filled"), request.form.get("outcome", "")
        fields = max(task.fields, filled) if task.why_not or not task.fields else task.fields
        if task.form and outcome == "done" and not filled:
            raise RuleRefused("the form", "is empty: nothing was filled in.", "Fill it in, or give up.")
        return Tried(outcome, _number("errors"), filled, fields)


def _number(name: str) -> int:
    digits = request.form.get(name, "0").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > _DIGITS or int(digits) > MOST:
        raise RuleRefused("the attempt", f"'{digits[:20]}' is not a count.", "Reload the page.")
    return int(digits)
