"""A board with its pictures already in it: what a screen begins with, and what the walk fetches ahead of the next step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
from dash.development.base_component import Component
from flask import Blueprint, Response, request

from wallboard.clock import Clock
from wallboard.errors import NotFound
from wallboard.layout import Placed
from wallboard.screens.activity import STRIP, Activity
from wallboard.screens.addresses import Addresses, Board
from wallboard.screens.frozen import Gallery
from wallboard.screens.page import Page
from wallboard.screens.pictures import Pictures, Rendered
from wallboard.screens.serialise import json_answer
from wallboard.screens.spine import SPINE

_Find = Callable[[Pictures, Placed, str | None, str | None], Rendered | None]


@dataclass(frozen=True)
class Ahead:
    """Draws whole boards, so that a wall or a stage stands there at once."""

    page: Page
    addresses: Addresses
    live: Gallery
    clock: Clock
    activity: Activity

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("ahead", __name__)
        routes.add_url_rule("/board", view_func=self.board)
        return routes

    def board(self) -> Response:
        """The board at ?path= with the pictures of its shown scene, or why there is none."""
        screen = self._filled(request.args.get("path", "/"), request.query_string.decode(), Pictures.get)
        there = getattr(screen, "id", None) == "board"
        return json_answer({"board": screen} if there else {"gone": True})

    def whole(self, path: str | None, search: str | None) -> Component:
        """The screen at `path`; a board has the pictures in it that are at hand, the pulse brings the others."""
        return self._filled(path, search, Pictures.at_hand)

    def needs_dash(self, path: str) -> bool:
        """Whether the board at `path` was drawn with a component that only Dash's renderer draws."""
        try:
            board = self.addresses.board(path)
            return board.gallery(self.live).pictures.need_dash(board.placed().values())
        except NotFound:
            return False

    def _filled(self, path: str | None, search: str | None, find: _Find) -> Component:
        screen = self.page.render(path, search)
        if getattr(screen, "id", None) != "board":
            return screen
        perimeter = getattr(screen, "data-perimeter", None) or None
        board = self.addresses.board(path or "/", perimeter)
        gallery = board.gallery(self.live)
        named = parse_qs((search or "").removeprefix("?")).get("screen", [None])[-1]
        if board.kind == "walk":
            setattr(screen, "data-path", path)
        else:
            self._turn(screen, board, perimeter, named)
        placed = board.placed()
        for name in _shown(screen):
            if name in placed and (answer := find(gallery.pictures, placed[name], perimeter, named)):
                _fill(screen, name, orjson.loads(answer.body))
        return screen

    def _turn(self, screen: Component, board: Board, perimeter: str | None, named: str | None) -> None:
        """Show what the wall shows now, and its spine where the answer has been made already."""
        wall, gallery = board.layout, board.gallery(self.live)
        spine = gallery.spines.of(wall, perimeter, gallery.pictures.tokens(board.placed().values(), perimeter, named))
        due = board.scene(spine, self.clock())
        scenes = [child for child in screen.children if getattr(child, "data-scene", None)]
        if due in {getattr(scene, "data-scene") for scene in scenes}:
            for scene in scenes:
                scene.className = "scene shown" if getattr(scene, "data-scene") == due else "scene"
        if wall.answer is None or gallery.pictures.at_hand(wall.answer, perimeter, named):
            _fill(screen, SPINE, orjson.loads(gallery.spines.picture(wall, perimeter, named)))
        line = self.activity.line(perimeter, gallery.pictures.versions, named)
        if board.is_live and line["token"] and STRIP in _ids(screen):
            _fill(screen, STRIP, line)


def _fill(screen: Component, name: str, picture: dict[str, Any]) -> None:
    for part, children in picture.get("parts", {name: picture.get("children")}).items():
        if part in _ids(screen):
            screen[part].children = children
    setattr(screen[name], "data-token", picture["token"])
    setattr(screen[name], "data-state", picture["state"])


def _ids(screen: Component) -> Iterable[str]:
    return [*screen]


def _shown(board: Component) -> list[str]:
    """The ids of the shown scene's panels and of what stands at the foot."""
    shown = [child for child in board.children or () if "shown" in str(getattr(child, "className", "")).split()]
    return [*(name for names in shown for name in names), "rail", "countdown"]
