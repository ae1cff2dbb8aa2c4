"""What the console gives away as a file: minutes, the QR code of a session, a team's charter, the calendar of all sessions."""

import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, request
from sqlalchemy import Engine

from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound, RoomError
from wallboard.records.minutes import minutes_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.records.sessions import one_session
from wallboard.records.teams import one_team
from wallboard.screens.console.session import Sessions
from wallboard.screens.qr import qr_code
from wallboard.screens.rested import RestedNumbers
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import read_versions

PATIENCE = 60
"""Seconds after which a file that is not made yet is given up."""

log = logging.getLogger(__name__)


@dataclass
class SessionFiles:
    """Answers who asks for them; a calendar and a PDF are made by a program of its own, so that the server need not
    hold its library."""

    root: Path
    settings: Settings
    engine: Engine
    sessions: Sessions
    theme: Callable[[], Theme]
    rested: RestedNumbers
    _made: tuple[object, bytes] = (None, b"")
    _lock: Lock = field(default_factory=Lock)

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("session_files", __name__)
        routes.add_url_rule("/room/session/<int:number>/join.svg", view_func=self.join, endpoint="join")
        routes.add_url_rule("/room/session/<int:number>/minutes.md", view_func=self.minutes, endpoint="minutes")
        routes.add_url_rule("/room/session/<int:number>/minutes.pdf", view_func=self.pdf, endpoint="pdf")
        routes.add_url_rule("/room/team/<int:number>/charter.pdf", view_func=self.charter, endpoint="charter")
        routes.add_url_rule("/calendar.ics", view_func=self.calendar, endpoint="calendar")
        return routes

    def join(self, number: int) -> Response:
        """The page of a session, for a phone: whoever signs in there is present by that."""
        return qr_code(f"{(self.settings.address or request.host_url).rstrip('/')}/room/session/{number}")

    def minutes(self, number: int) -> Response:
        """The minutes as Markdown, for whoever works in the room."""
        self._works_here()
        with reading(self.engine) as connection:
            made = minutes_of(connection, self.settings, number, partial(self.rested.of, connection, self.theme()))
        return Response(as_markdown(made), mimetype="text/markdown", headers={"Cache-Control": "no-store"})

    def pdf(self, number: int) -> Response:
        """The minutes as a PDF, with the walls as the session saw them."""
        self._works_here()
        with reading(self.engine) as connection:
            one_session(connection, number)
        return _as_pdf(self.on_paper(number), f"minutes-{number}")

    def charter(self, number: int) -> Response:
        """A team's charter as a PDF, to be printed."""
        self._works_here()
        with reading(self.engine) as connection:
            one_team(connection, number)
        return _as_pdf(self._by_command("charter", "charter", str(number), "--pdf", "-"), f"charter-{number}")

    def on_paper(self, number: int) -> bytes:
        """The minutes of a session as a PDF; raises RoomError where it could not be made."""
        return self._by_command("minutes", "minutes", str(number), "--pdf", "-")

    def _works_here(self) -> None:
        if self.sessions.signed_in(self.engine, request).relays_only:
            raise NotFound("minutes", "these are for those who work in this room.", "As a guest you relay what customers say.")

    def calendar(self) -> Response:
        """The sessions of a year back and ahead, for a calendar that subscribes; titles and times, and no names."""
        with reading(self.engine) as connection:
            known = read_versions(connection)
        versions = (known.get("room_session"), known.get("room_session_step"))
        with self._lock:
            if self._made[0] != versions:
                self._made = versions, self._by_command("calendar", "calendar")
        return Response(self._made[1], mimetype="text/calendar", headers={"Cache-Control": "no-store"})

    def _by_command(self, what: str, *words: str) -> bytes:
        command = [sys.executable, "-m", "wallboard", "--root", str(self.root), *words]
        try:
            return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout
        except (subprocess.SubprocessError, OSError):
            log.exception("the %s could not be made", what)
            raise RoomError(f"the {what}", "could not be made just now.", "Ask again in a moment.") from None


def _as_pdf(made: bytes, name: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Response(made, mimetype="application/pdf", headers=named)
