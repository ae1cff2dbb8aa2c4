"""The lobby: every screen of the room, one touch away."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from dash import html
from dash.development.base_component import Component

from wallboard.layout import Deck, Layout, Scene
from wallboard.lifecycle.golden import GoldenRule
from wallboard.screens.console.shell import rules_list
from wallboard.settings import Room

Lacking: TypeAlias = Mapping[tuple[str, str], str]
"""What it takes to measure a scene that measures nothing, by its wall and its name."""


DECKS: dict[Deck, str] = {"wall": "Turn by themselves", "session": "For a session", "appendix": "Appendix"}
"""What each deck is called."""


def lobby(
    room: Room,
    walls: list[Layout],
    perimeter: str | None,
    rules: Sequence[GoldenRule] = (),
    *,
    journey: bool = True,
    lacking: Lacking | None = None,
) -> Component:
    """Links to the walls and each of their scenes, the walkthrough and the state of the data, for one perimeter; and the rules.

    Without a `journey` there is no tour yet: it has no stage to begin at. `lacking` says what scenes need that a wall leaves out.
    """
    tail = f"?perimeter={perimeter}" if perimeter else ""
    doors = [_wall_door(wall, tail, lacking or {}) for wall in walls]
    doors.append(_door(f"/journey{tail}", "The walkthrough", "What is it like to be our customer, stage by stage?"))
    if journey:
        doors.append(_door(f"/tour{tail}", "A tour on your own", "What would it be like, if you were the customer?"))
    doors.append(_door("/follow", "Follow a walk", "Where is the walk that somebody is leading right now?"))
    doors.append(_door(f"/room/issues{tail}", "The room’s console", "What do we decide, and did the customer accept the answer?"))
    doors.append(_door("/status", "The data", "What has been loaded, what was refused, and how old is it?"))
    return html.Main(
        [
            html.Header([html.H1(room.settings.company), html.P("The Customer Room")]),
            html.Nav(_parts(room, perimeter), className="parts", **{"aria-label": "parts of the business"}),
            html.Ul(doors, className="doors"),
            *([rules_list(rules)] if rules else []),
            *([html.Footer("Demo data", className="demo")] if room.settings.demo else []),
        ],
        className=f"page {room.settings.theme}",
    )


def _wall_door(wall: Layout, tail: str, lacking: Lacking) -> Component:
    """A wall, and beneath it every scene of every deck."""
    decks = [(words, wall.deck(name)) for name, words in DECKS.items()]
    lists = [part for words, scenes in decks if scenes for part in (html.H2(words), _scene_list(wall, scenes, tail, lacking))]
    count = f"{len(wall.scenes)} scenes" if len(wall.scenes) > 1 else "1 scene"
    scenes = html.Details([html.Summary(count), *lists], className="scenes")
    return html.Li([html.A([html.Strong(wall.title), html.Span(wall.label)], href=f"/wall/{wall.name}{tail}"), scenes])


def _scene_list(wall: Layout, scenes: Iterable[Scene], tail: str, lacking: Lacking) -> Component:
    return html.Ul([html.Li(_scene_link(wall, scene, tail, lacking.get((wall.name, scene.name), ""))) for scene in scenes])


def _scene_link(wall: Layout, scene: Scene, tail: str, needs: str) -> list[Component]:
    left_out = [html.Small(f"Left out of the turn. {needs}.")] if needs else []
    return [html.A(scene.title, href=f"/wall/{wall.name}?scene={scene.name}{tail.replace('?', '&')}"), *left_out]


def _door(href: str, name: str, question: str) -> Component:
    return html.Li(html.A([html.Strong(question), html.Span(name)], href=href))


def _parts(room: Room, chosen: str | None) -> list[Component]:
    parts: list[tuple[str | None, str]] = [(None, "Everything")]
    parts += [(key, part.name) for key, part in room.settings.perimeter.items() if part.parent is not None]
    return [
        html.A(name, href=f"/?perimeter={key}" if key else "/", className="chosen" if key == chosen else "")
        for key, name in parts
    ]
