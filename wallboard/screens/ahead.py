"""A board of the walk with its pictures already in it: what opens a walk, and what the walk fetches ahead of the next step."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

import orjson
from dash.development.base_component import Component
from flask import Blueprint, Response, request

from wallboard.errors import NotFound
from wallboard.layout import Placed
from wallboard.screens.addresses import Addresses
from wallboard.screens.page import Page
from wallboard.screens.pictures import Pictures, Rendered
from wallboard.screens.serialise import json_answer

_Find = Callable[[Placed, str | None, str | None], Rendered | None]


@dataclass(frozen=True)
class Ahead:
    """Draws whole boards, so that a stage stands there at once."""

    page: Page
    addresses: Addresses
    pictures: Pictures

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("ahead", __name__)
        routes.add_url_rule("/board", view_func=self.board)
        return routes

    def board(self) -> Response:
        """The board at ?path= with the pictures of its shown scene, or why there is none."""
        screen = self._filled(request.args.get("path", "/"), request.query_string.decode(), self.pictures.get)
        there = getattr(screen, "id", None) == "board"
        return json_answer({"board": screen} if there else {"gone": True})

    def whole(self, path: str | None, search: str | None) -> Component:
        """The screen at `path`; a board of the walk has the pictures in it that are at hand, the pulse brings the others."""
        return self._filled(path, search, self.pictures.at_hand)

    def _filled(self, path: str | None, search: str | None, find: _Find) -> Component:
        screen = self.page.render(path, search)
        if "walk" not in str(getattr(screen, "className", "")).split():
            return screen
        try:
            placed = self.addresses.board(path or "/").placed()
        except NotFound:
            return screen
        setattr(screen, "data-path", path)
        perimeter = getattr(screen, "data-perimeter", None) or None
        named = parse_qs((search or "").removeprefix("?")).get("screen", [None])[-1]
        for name in _shown(screen):
            if name in placed:
                _fill(screen[name], find(placed[name], perimeter, named))
        return screen


def _fill(frame: Component, answer: Rendered | None) -> None:
    if answer:
        content = orjson.loads(answer.body)
        frame.children = content["children"]
        setattr(frame, "data-token", content["token"])
        setattr(frame, "data-state", content["state"])


def _shown(board: Component) -> list[str]:
    """The ids of the shown scene's panels and of the rail."""
    shown = [child for child in board.children or () if "shown" in str(getattr(child, "className", "")).split()]
    return [*(name for names in shown for name in names), "rail"]
