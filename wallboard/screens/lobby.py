"""The lobby: every screen of the room, one touch away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from wallboard.layout import DECKS, Deck, Layout, Scene
from wallboard.lifecycle.golden import GoldenRule
from wallboard.screens.console.shell import rules_list
from wallboard.screens.demo_note import demo_note
from wallboard.screens.programme import RULE
from wallboard.settings import Room

Notes: TypeAlias = Mapping[tuple[str, str], str]
"""What is to be said of a scene, by its wall and its name: what it needs, or why it comes early."""


def lobby(
    room: Room,
    walls: list[Layout],
    perimeter: str | None,
    rules: Sequence[GoldenRule] = (),
    *,
    journey: bool = True,
    notes: Notes | None = None,
) -> Component:
    """Links to the walls and each of their scenes, the walkthrough and the state of the data, for one perimeter; and the rules.

    Without a `journey` there is no tour yet: it has no stage to begin at. `notes` say what a scene needs that is left out,
    and why one comes early.
    """
    tail = f"?perimeter={perimeter}" if perimeter else ""
    doors = [_wall_door(wall, tail, notes or {}) for wall in walls]
    doors.append(_door(f"/journey{tail}", "The walkthrough", "What is it like to be our customer, stage by stage?"))
    if journey:
        doors.append(_door(f"/tour{tail}", "A tour on your own", "What would it be like if you were the customer?"))
    doors.append(_door("/follow", "Follow a walk", "Where is the guided walk right now?"))
    doors.append(_door(f"/room/issues{tail}", "The room’s console", "What do we decide, and did the customer accept the answer?"))
    doors.append(_door("/status", "The data", "What has been loaded, what was refused, and how old is it?"))
    return html.Main(
        [
            html.Header([html.H1(room.settings.company), html.P("The Customer Room")]),
            html.Nav(_parts(room, perimeter), className="parts", **{"aria-label": "parts of the business"}),
            html.Ul(doors, className="doors"),
            *([rules_list(rules)] if rules else []),
            *demo_note(room.settings),
        ],
        className=f"page {room.settings.theme}",
    )


def _wall_door(wall: Layout, tail: str, notes: Notes) -> Component:
    """A wall, and beneath it every scene of every deck."""
    lists = [part for name in DECKS if (scenes := wall.deck(name)) for part in _deck(wall, name, scenes, tail, notes)]
    count = f"{len(wall.scenes)} scenes" if len(wall.scenes) > 1 else "1 scene"
    scenes = html.Details([html.Summary(count), *lists], className="scenes")
    return html.Li([html.A([html.Strong(wall.title), html.Span(wall.label)], href=f"/wall/{wall.name}{tail}"), scenes])


def _deck(wall: Layout, name: Deck, scenes: Iterable[Scene], tail: str, notes: Notes) -> list[Component]:
    """The name of a deck, which opens it, the rule of those that turn, and its scenes."""
    more, opened = tail.replace("?", "&"), f"/wall/{wall.name}?deck={name}"
    head = [html.H2(html.A(DECKS[name], href=f"{opened}{more}"))]
    head += [html.P(RULE, className="rule")] if name == "wall" else []
    links = [html.Li(_scene_link(wall, scene, more, notes.get((wall.name, scene.name), ""))) for scene in scenes]
    return [*head, html.Ul(links)]


def _scene_link(wall: Layout, scene: Scene, more: str, note: str) -> list[Component]:
    beneath = [html.Small(f"{note}.")] if note else []
    return [html.A(scene.title, href=f"/wall/{wall.name}?scene={scene.name}{more}"), *beneath]


def _door(href: str, name: str, question: str) -> Component:
    return html.Li(html.A([html.Strong(question), html.Span(name)], href=href))


def _parts(room: Room, chosen: str | None) -> list[Component]:
    parts: list[tuple[str | None, str]] = [(None, "Everything")]
    parts += [(key, part.name) for key, part in room.settings.perimeter.items() if part.parent is not None]
    return [
        html.A(name, href=f"/?perimeter={key}" if key else "/", className="chosen" if key == chosen else "")
        for key, name in parts
    ]
