"""Stands before every route: what no page of this room sends is refused shortly."""

import orjson
from flask import Flask, abort, request

from wallboard.lifecycle.forms import LARGEST

LARGEST_BODY = 100_000
"""Bytes that a request may bring where its route allows no more."""

LONGEST_ADDRESS = 8_000
CALLBACK = "/_dash-update-component"
KEYS = {"output", "outputs", "inputs", "changedPropIds", "parsedChangedPropsIds", "state"}
CALLBACK_OUTPUT, CALLBACK_INPUTS = "screen.children", ("pathname", "search")


def stand_before(server: Flask) -> None:
    """Take the place before every route of a room."""
    server.config["MAX_CONTENT_LENGTH"] = server.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    server.before_request(_well_formed)


def is_well_formed(path: str, query: str) -> bool:
    """Whether a page of this room could ask for that address."""
    return "\x00" not in path and "%00" not in query and len(path) + len(query) < LONGEST_ADDRESS


def _well_formed() -> None:
    if not is_well_formed(request.path, request.query_string.decode("latin-1")):
        abort(400, "This is not an address of this room.")
    if any(isinstance(value, int) and value > LARGEST for value in (request.view_args or {}).values()):
        abort(404, "There is no such number.")
    if request.path == CALLBACK and not _is_screen_callback(request.get_data()):
        abort(400, "No page of this room sends a request like this.")


def _is_screen_callback(body: bytes) -> bool:
    """Whether Dash is asked for the one thing that it does here: the screen at an address."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        return False
    if not isinstance(content, dict) or not set(content) <= KEYS or content.get("output") != CALLBACK_OUTPUT:
        return False
    outputs, inputs, changed = (content.get(name) for name in ("outputs", "inputs", "changedPropIds"))
    if outputs != {"id": "screen", "property": "children"} or not isinstance(inputs, list) or len(inputs) != len(CALLBACK_INPUTS):
        return False
    names = [*changed, *content.get("parsedChangedPropsIds", [])] if isinstance(changed, list) else [None]
    if not all(isinstance(name, str) for name in names) or content.get("state") not in (None, []):
        return False
    known = [
        isinstance(entry, dict) and entry.get("id") == "address" and isinstance(entry.get("value", ""), str | None)
        for entry in inputs
    ]
    return all(known) and [entry.get("property") for entry in inputs] == list(CALLBACK_INPUTS)
