"""Stands before every route: what no page of this room sends is refused shortly, and a store in trouble is told in a sentence."""

import logging

import orjson
from dash.exceptions import DashException
from flask import Flask, Response, abort, request
from sqlalchemy.exc import DBAPIError

from wallboard.clock import elapsed
from wallboard.errors import NotFound, RoomError, StoreRefused
from wallboard.lifecycle.forms import LARGEST

log = logging.getLogger(__name__)

LARGEST_BODY = 100_000
"""Bytes that a request may bring where its route allows no more."""

LONGEST_ADDRESS = 8_000
CALLBACK = "/_dash-update-component"
KEYS = {"output", "outputs", "inputs", "changedPropIds", "parsedChangedPropsIds", "state"}
ANSWERED, ASKED = "screen.children", ("pathname", "search")

_EVERY = 60.0
"""Seconds between two lines of the log about the same trouble: every pulse of every wall meets it."""


class Guard:
    """Refuses what is malformed on any route; turns what the store refuses into an answer."""

    def __init__(self) -> None:
        self._logged: dict[str, float] = {}

    def stand_before(self, server: Flask) -> None:
        """Take the place before and behind every route."""
        server.config["MAX_CONTENT_LENGTH"] = server.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
        server.before_request(_well_formed)
        server.register_error_handler(RoomError, self.refused)
        server.register_error_handler(DBAPIError, self.failed)
        server.register_error_handler(DashException, lambda _: ("There is no such file.", 404))

    def refused(self, refusal: RoomError) -> Response:
        """A refusal that no route has answered."""
        if isinstance(refusal, StoreRefused):
            self._log_once(str(refusal))
            return _problem(refusal, 503)
        return _problem(refusal, 404 if isinstance(refusal, NotFound) else 422)

    def failed(self, error: DBAPIError) -> Response:
        """The store has failed in a way that has no words of its own."""
        self._log_once(f"the store has failed: {error.orig}")
        return _problem(StoreRefused("the store", "cannot be read just now.", "The room's log says why."), 503)

    def _log_once(self, said: str) -> None:
        now = elapsed()
        if now - self._logged.get(said, -_EVERY) >= _EVERY:
            self._logged = {one: at for one, at in self._logged.items() if now - at < _EVERY} | {said: now}
            log.error("%s", said)


def _problem(refusal: RoomError, status: int) -> Response:
    said = {"problem": str(refusal), "gone": str(refusal)}
    return Response(orjson.dumps(said), status, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _well_formed() -> None:
    if "\x00" in request.path or b"%00" in request.query_string or len(request.full_path) > LONGEST_ADDRESS:
        abort(400, "This address cannot be one of this room.")
    if any(isinstance(value, int) and value > LARGEST for value in (request.view_args or {}).values()):
        abort(404, "There is no such number.")
    if request.path == CALLBACK and not _is_asked(request.get_data()):
        abort(400, "No page of this room asks like this.")


def _is_asked(body: bytes) -> bool:
    """Whether Dash is asked for the one thing that it does here: the screen at an address."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    if not isinstance(said, dict) or not set(said) <= KEYS or said.get("output") != ANSWERED:
        return False
    outputs, inputs, changed = (said.get(name) for name in ("outputs", "inputs", "changedPropIds"))
    if outputs != {"id": "screen", "property": "children"} or not isinstance(inputs, list) or len(inputs) != len(ASKED):
        return False
    names = [*changed, *said.get("parsedChangedPropsIds", [])] if isinstance(changed, list) else [None]
    if not all(isinstance(one, str) for one in names) or said.get("state") not in (None, []):
        return False
    known = [
        isinstance(one, dict) and one.get("id") == "address" and isinstance(one.get("value", ""), str | None) for one in inputs
    ]
    return all(known) and [one.get("property") for one in inputs] == list(ASKED)
