"""The lobby: every screen of the room, one touch away."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.layout import Layout
from wallboard.lifecycle.golden import GoldenRule
from wallboard.screens.console.shell import rules_list
from wallboard.settings import Room


def lobby(
    room: Room, walls: list[Layout], perimeter: str | None, rules: Sequence[GoldenRule] = (), *, journey: bool = True
) -> Component:
    """Links to the walls, the walkthrough and the state of the data, for one perimeter; and the rules that hold in every room.

    Without a `journey` there is no tour yet: it has no stage to begin at.
    """
    tail = f"?perimeter={perimeter}" if perimeter else ""
    doors = [_door(f"/wall/{wall.name}{tail}", f"Wall: {wall.name.replace('_', ' ')}", wall.title) for wall in walls]
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


def _door(href: str, name: str, question: str) -> Component:
    return html.Li(html.A([html.Strong(question), html.Span(name)], href=href))


def _parts(room: Room, chosen: str | None) -> list[Component]:
    parts: list[tuple[str | None, str]] = [(None, "Everything")]
    parts += [(key, part.name) for key, part in room.settings.perimeter.items() if part.parent is not None]
    return [
        html.A(name, href=f"/?perimeter={key}" if key else "/", className="chosen" if key == chosen else "")
        for key, name in parts
    ]
