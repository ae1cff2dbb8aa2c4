"""What a session gives away as a file: its minutes, its page as a QR code, and the calendar of all sessions."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, request
from sqlalchemy import Engine

from wallboard.errors import NotFound, RoomError
from wallboard.records.minutes import minutes
from wallboard.screens.console.session import Sessions
from wallboard.screens.qr import qr_code
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import read_versions

PATIENCE = 60
"""Seconds after which a calendar that is not made yet is given up."""


@dataclass
class SessionFiles:
    """Answers who asks for them; the calendar is made by a program of its own, so that the server need not hold its library."""

    root: Path
    settings: Settings
    engine: Engine
    sessions: Sessions
    _made: tuple[object, bytes] = (None, b"")
    _lock: Lock = field(default_factory=Lock)

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("session_files", __name__)
        routes.add_url_rule("/room/session/<int:number>/join.svg", view_func=self.join, endpoint="join")
        routes.add_url_rule("/room/session/<int:number>/minutes.md", view_func=self.minutes, endpoint="minutes")
        routes.add_url_rule("/calendar.ics", view_func=self.calendar, endpoint="calendar")
        return routes

    def join(self, number: int) -> Response:
        """The page of a session, for a phone: whoever signs in there is present by that."""
        return qr_code(f"{(self.settings.address or request.host_url).rstrip('/')}/room/session/{number}")

    def minutes(self, number: int) -> Response:
        """The minutes, for whoever works in the room."""
        me = self.sessions.signed_in(self.engine, request)
        if me.relays_only:
            raise NotFound("minutes", "these are for those who work in this room.", "As a guest you relay what customers say.")
        with reading(self.engine) as connection:
            text = minutes(connection, self.settings, number)
        return Response(text, mimetype="text/markdown", headers={"Cache-Control": "no-store"})

    def calendar(self) -> Response:
        """The sessions of a year back and ahead, for a calendar that subscribes; titles and times, and no names."""
        with reading(self.engine) as connection:
            known = read_versions(connection)
        versions = (known.get("room_session"), known.get("room_session_step"))
        with self._lock:
            if self._made[0] != versions:
                self._made = versions, self._by_command()
        return Response(self._made[1], mimetype="text/calendar", headers={"Cache-Control": "no-store"})

    def _by_command(self) -> bytes:
        command = [sys.executable, "-m", "wallboard", "--root", str(self.root), "calendar"]
        try:
            return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout
        except (subprocess.SubprocessError, OSError):
            raise RoomError("the calendar", "could not be made just now.", "Ask again in a moment.") from None
