"""What whoever leads a session puts on the walls: its opening, a scene, one thing as large as the glass, and its zoom."""

from collections.abc import Iterator

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle import sessions as lives
from wallboard.lifecycle.sessions import EVERY_WALL, FIRST, OPENING, SessionStep
from wallboard.metrics.agenda import opening_voices
from wallboard.metrics.cropping import crop
from wallboard.metrics.scope import Scope
from wallboard.records.sessions import SessionView
from wallboard.records.snapshots import frozen_scenes
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, select
from wallboard.screens.console.showable import showable

STEP, NEARER, FARTHEST = 250, 150, 800
"""Per mille by which a zoomed wall is moved, and per cent by which it is brought nearer, at most so far."""

KINDS = {"picture": "A picture, a paper or a video", "issue": "An issue", "number": "One number"}


def on_the_walls(view: SessionView, page: PageContext) -> Iterator[Component]:
    """What stands on the walls, whose numbers are frozen; for whoever leads, ways to put something else there."""
    if not page.allowed("shown"):
        return
    walls = frozen_scenes(page.connection, view.number)
    parts: list[Component] = [html.H2("On the walls")]
    if not walls:
        failed = page.freeze(view.number)
        waiting = "The numbers are being frozen; this page shows the walls as soon as they are. Reload it in a moment."
        if failed:
            waiting = f"The numbers could not be frozen. {failed} It is being tried again; reload this page in a moment."
        yield html.Section([*parts, html.P(waiting, className="alert", role="status")])
        return
    parts.append(html.P("Their numbers stand still until the session ends.", className="hint"))
    if not view.life.of("shown"):
        parts.append(_open(view, "Open with a customer"))
    else:
        parts += [*_begin_with(view), _scenes(view, walls), *_zooms(view, walls), *_large(view, walls, page)]
    parts.append(fold("Open with another customer", *_voices(view, page)))
    yield html.Section(parts, className="on-the-walls")


def _open(view: SessionView, words: str, calm: bool = False) -> Component:
    return _put(view, f"{EVERY_WALL}/{OPENING}", words, "open-with", calm=calm)


def _begin_with(view: SessionView) -> Iterator[Component]:
    """On from the opening to the walls, and back."""
    newest = view.life.newest("shown")
    if newest is not None and newest.scene == OPENING:
        yield _put(view, f"{EVERY_WALL}/{FIRST}", "Go on to the walls", "go-on")
    else:
        yield _open(view, "Show the opening again", calm=True)


def _put(view: SessionView, scene: str, words: str, name: str, calm: bool = False, **more: str) -> Component:
    hidden = [dbc.Input(type="hidden", name=key, value=value) for key, value in {"scene": scene, **more}.items()]
    return form(_address(view), hidden, button(words, calm=calm), name=name)


def _address(view: SessionView) -> str:
    return f"/room/do/{lives.SHOWN.verb}/{view.number}"


def _scenes(view: SessionView, walls: dict[str, tuple[str, dict[str, str]]]) -> Component:
    put = view.life.newest("shown")
    there = {
        f"{wall}/{name}": f"{label}: {title}"
        for wall, (label, scenes) in walls.items()
        for name, title in scenes.items()
        if name != OPENING
    }
    fields = [select("scene", "What shall it show?", there, chosen=f"{put.wall}/{put.scene}" if put else "")]
    return form(_address(view), fields, button(lives.SHOWN.button), name="show-scene")


def _large(view: SessionView, walls: dict[str, tuple[str, dict[str, str]]], page: PageContext) -> Iterator[Component]:
    """One form for each kind of thing that can stand alone."""
    choices = showable(page.connection, view.number, page.today(view.perimeter))
    for kind, title in KINDS.items():
        if not choices[kind]:
            continue
        where = {f"{wall}/{kind}": label for wall, (label, _scenes) in walls.items()}
        fields = [
            select("subject", "What?", choices[kind]),
            *([] if kind == "number" else [select("scene", "On which wall?", where)]),
        ]
        fields += [dbc.Input(type="hidden", name="scene", value=f"{EVERY_WALL}/{kind}")] if kind == "number" else []
        yield fold(
            f"{title}, as large as the glass", form(_address(view), fields, button(lives.SHOWN.button), name=f"show-{kind}")
        )


def _zooms(view: SessionView, walls: dict[str, tuple[str, dict[str, str]]]) -> Iterator[Component]:
    """Nearer, farther and to each side, for every wall on which something stands alone or zoomed."""
    for wall, (label, _scenes) in walls.items():
        put = view.life.on(wall)
        if put is not None and put.scene not in (OPENING, FIRST):
            yield html.Div([html.H3(f"Zoom: {label}"), html.Div([*_moves(view, wall, put)], className="zooms")])


def _moves(view: SessionView, wall: str, put: SessionStep) -> Iterator[Component]:
    zoom, across, down = put.zoom or 100, 500 if put.across is None else put.across, 500 if put.down is None else put.down
    moves = {"Nearer": (zoom + NEARER, across, down), "Whole": (100, 500, 500)}
    if zoom > 100:
        moves |= {
            "Farther": (zoom - NEARER, across, down),
            "Left": (zoom, across - STEP, down),
            "Right": (zoom, across + STEP, down),
        }
        moves |= {"Up": (zoom, across, down - STEP), "Down": (zoom, across, down + STEP)}
    for words, (to, x, y) in moves.items():
        at = {"zoom": min(max(to, 100), FARTHEST), "across": min(max(x, 0), 1000), "down": min(max(y, 0), 1000)}
        if at != {"zoom": zoom, "across": across, "down": down}:
            more = {name: str(value) for name, value in at.items()} | ({"subject": put.subject} if put.subject else {})
            yield _put(view, f"{wall}/{put.scene}", words, "zoom", calm=True, **more)


def _voices(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The voices with which one can begin, as they were written."""
    part = view.perimeter if view.perimeter in page.settings.perimeter else None
    scope = Scope.of(page.settings, page.theme.now, part)
    voices = {
        str(reference): f"“{crop(row.words, 110)}” {' · '.join(filter(None, (row.stage_name, page.day(row.day))))}"
        for row in opening_voices(page.connection, scope)
        if (reference := getattr(row.words, "reference", None))
    }
    if not voices:
        yield html.P("No customer has told us anything in words.", className="hint")
        return
    hidden = dbc.Input(type="hidden", name="scene", value=f"{EVERY_WALL}/{OPENING}")
    yield form(
        _address(view), [hidden, select("subject", "Whose words?", voices)], button("Open with these words"), name="open-with"
    )
