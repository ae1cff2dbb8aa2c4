"""What was refused or went wrong on any route, as JSON with a sentence, or the sentence alone for whoever reads HTML."""

import logging
from collections.abc import Mapping
from html import escape

from dash.exceptions import DashException
from flask import Flask, Response, request
from sqlalchemy.exc import DataError, DBAPIError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from wallboard.clock import elapsed
from wallboard.errors import Changed, NotFound, NotFromHere, NotSignedIn, RoomError, RuleRefused, StoreRefused, TooManyTries
from wallboard.screens.serialise import json_answer

log = logging.getLogger(__name__)

STATUS: Mapping[type[RoomError], int] = {
    NotFromHere: 403,
    TooManyTries: 429,
    NotSignedIn: 401,
    NotFound: 404,
    Changed: 409,
    StoreRefused: 503,
}
"""Refusals that are no 422."""

NOT_DONE = "The room could not do this, and saved nothing. Its log says why."
NOT_FOUND = "What is behind it could not be looked up. The room's log says why."

_EVERY = 60.0
"""Seconds between two lines of the log about the same trouble: every pulse of every wall meets it."""


def refused(refusal: RoomError, **more: object) -> Response:
    """The answer to what was refused: `refusal`, a sentence, and `where`, which is the field of a form where it is about one."""
    status = next((code for kind, code in STATUS.items() if isinstance(refusal, kind)), 422)
    if isinstance(refusal, NotSignedIn):
        more["signed_out"] = True
    return _answer(refusal.sentence, status, where=refusal.where, **more)


def _answer(words: str, status: int, **more: object) -> Response:
    """Words as whoever asks reads them: in HTML alone, in JSON beside what a form reads."""
    if "text/html" in request.headers.get("Accept", ""):
        return Response(escape(words), status, mimetype="text/html", headers={"Cache-Control": "no-store"})
    return json_answer({"refusal": words, "where": ""} | more, status)


class ErrorHandlers:
    """Answers what any route of one room raises."""

    def __init__(self) -> None:
        self._logged: dict[str, float] = {}

    def stand_behind(self, server: Flask) -> None:
        """Take the place behind every route."""
        server.register_error_handler(RoomError, self._refused)
        server.register_error_handler(DataError, _unkept)
        server.register_error_handler(DBAPIError, self._failed)
        server.register_error_handler(DashException, lambda _: ("There is no such file.", 404))
        server.register_error_handler(RequestEntityTooLarge, _too_large)
        server.register_error_handler(Exception, _faulty)

    def _refused(self, refusal: RoomError) -> Response:
        if isinstance(refusal, StoreRefused):
            self._log_once(str(refusal))
        return refused(refusal)

    def _failed(self, error: DBAPIError) -> Response:
        """The store has failed in a way that has no words of its own."""
        self._log_once(f"the store has failed: {error.orig}")
        return refused(StoreRefused("the store", "cannot be read just now.", "The room's log says why."))

    def _log_once(self, message: str) -> None:
        now = elapsed()
        if now - self._logged.get(message, -_EVERY) >= _EVERY:
            self._logged = {logged: at for logged, at in self._logged.items() if now - at < _EVERY} | {message: now}
            log.error("%s", message)


def _unkept(_: DataError) -> Response:
    return refused(RuleRefused("the room", "it contains characters that the room cannot store.", "Take them out."))


def _too_large(_: RequestEntityTooLarge) -> Response:
    most = request.max_content_length or request.max_form_memory_size or 0
    size = f"{most // 1_000_000} million" if most >= 1_000_000 else f"{most:,}"
    limit = f": one form takes {size} characters" if most else ""
    too_long = RuleRefused("the room", f"what you sent is too long{limit}.", "Shorten it; it is still here.")
    return _answer(str(too_long), 413, refusal=too_long.sentence, where=too_long.where)


def _faulty(error: Exception) -> Response | HTTPException:
    """A fault of the program: its log says which, and the person what to make of it."""
    if isinstance(error, HTTPException):
        return error
    log.error("%s could not be answered", request.full_path, exc_info=error)
    return _answer(NOT_FOUND if request.method == "GET" else NOT_DONE, 500)
