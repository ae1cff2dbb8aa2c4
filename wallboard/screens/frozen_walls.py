"""Which panels stood where on a wall, as text and back: a layout may have changed since a session saw it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dash import html
from pydantic import TypeAdapter, ValidationError

from wallboard.drawing.cell import Cell
from wallboard.drawing.theme import Theme
from wallboard.layout import Deck, Each, Kind, Layout, Placed, Scene
from wallboard.panel import AnyPanel, Options, Panel, Picture


@dataclass(frozen=True)
class _KeptPanel:
    id: str
    area: str
    show: str
    options: dict[str, Any]
    cell: Cell


@dataclass(frozen=True)
class _KeptScene:
    name: str
    title: str
    stage: str | None
    seconds: int
    rows: tuple[str, ...]
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    panels: tuple[_KeptPanel, ...]
    deck: Deck
    each: Each | None
    about: str


@dataclass(frozen=True)
class _KeptWall:
    name: str
    kind: Kind
    title: str
    label: str
    answer: str | None
    quiet: int
    scenes: tuple[_KeptScene, ...]
    path: str = ""
    """The address of a screen of the walk."""


@cache
def _walls() -> TypeAdapter[tuple[_KeptWall, ...]]:
    return TypeAdapter(tuple[_KeptWall, ...])


def written(walls: tuple[Layout, ...], walk: Mapping[str, Layout] | None = None) -> str:
    """Walls, and the screens of the walk by their addresses, as JSON."""
    screens = (*map(_wall, walls), *(replace(_wall(layout), path=path) for path, layout in (walk or {}).items()))
    return _walls().dump_json(screens).decode()


def read(text: str, panels: Mapping[str, AnyPanel]) -> dict[str, Layout]:
    """The walls by their names, the screens of the walk by their addresses; a panel that is gone since says so in its place."""
    return {frozen.path or frozen.name: _layout(frozen, panels) for frozen in _walls().validate_json(text)}


def _wall(wall: Layout) -> _KeptWall:
    answer = wall.answer.id if wall.answer else None
    return _KeptWall(wall.name, wall.kind, wall.title, wall.label, answer, wall.quiet, tuple(map(_scene, wall.scenes)))


def _scene(scene: Scene) -> _KeptScene:
    panels = tuple(
        _KeptPanel(each.id, each.area, each.show, each.options.model_dump(mode="json"), each.cell) for each in scene.panels
    )
    looks = (scene.rows, scene.heights, scene.widths)
    return _KeptScene(scene.name, scene.title, scene.stage, scene.seconds, *looks, panels, scene.deck, scene.each, scene.about)


def _layout(frozen: _KeptWall, panels: Mapping[str, AnyPanel]) -> Layout:
    scenes = tuple(_read_scene(scene, panels) for scene in frozen.scenes)
    wall = Layout(frozen.name, frozen.kind, frozen.title, scenes, label=frozen.label, quiet=frozen.quiet)
    answer = next((placed for placed in wall.placed() if placed.id == frozen.answer and placed.panel.answer), None)
    return replace(wall, answer=answer)


def _read_scene(frozen: _KeptScene, panels: Mapping[str, AnyPanel]) -> Scene:
    placed = tuple(_placed(each, panels) for each in frozen.panels)
    looks = (frozen.rows, frozen.heights, frozen.widths)
    return Scene(frozen.name, frozen.title, frozen.stage, frozen.seconds, *looks, placed, frozen.deck, frozen.each, frozen.about)


def _placed(frozen: _KeptPanel, panels: Mapping[str, AnyPanel]) -> Placed:
    panel = panels.get(frozen.show, GONE)
    try:
        options = panel.options.model_validate(frozen.options)
    except ValidationError:
        panel, options = GONE, GONE.options()
    return Placed(frozen.id, frozen.area, frozen.show, panel, options, frozen.cell)


def _gone(_measured: object, _options: Options, _theme: Theme) -> Picture:
    sentence = html.P(
        "The session saw a picture here that this version of the program does not draw any more.", className="empty"
    )
    return Picture("This picture is gone", html.Div(sentence))


def _nothing(*_: object) -> object:
    return None


GONE: AnyPanel = Panel(Options, _nothing, _gone, (), timeless="it stands for a picture that is not there any more")
"""Stands in the place of a panel that a later version does not have."""
