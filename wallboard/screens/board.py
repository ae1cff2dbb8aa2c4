"""Turns a layout into a page of empty frames; the pulse fills them."""

import re
from collections.abc import Sequence
from functools import partial

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import ROOM_LINE, wall_tokens
from wallboard.drawing.reader import Reader
from wallboard.drawing.text_width import text_width
from wallboard.drawing.theme import Theme
from wallboard.layout import Deck, Layout, Placed, Scene
from wallboard.lifecycle.golden import GoldenRule
from wallboard.screens.activity import MOMENT, STRIP
from wallboard.screens.decks import Opened, chooser, way
from wallboard.screens.demo_note import DEMO, demo_note
from wallboard.screens.frozen import Frozen
from wallboard.screens.programme import Candidate, programme
from wallboard.screens.spine import SPINE, head, head_id, spine_children, verdict_scene
from wallboard.settings import Room, Settings

NAMED, NAME_GAP = 600, 20
"""The weight of a golden rule's name, and what lies behind it."""

NORMAL, MOST, PADDING = 500, 7, 14
"""The weight of whose numbers they are, how wide a name is at most (in its type size), and what lies beside it (pixels)."""

SENTENCE = re.compile(r"\S.*?[.!?。](?=\s|$)|\S.*$")
"""A sentence, and what is left behind the last one."""


def board(
    layout: Layout,
    foot: Sequence[Placed],
    room: Room,
    theme: Theme,
    *,
    kind: str,
    perimeter: str | None,
    screen: str | None,
    pinned: str | None,
    opened: Deck | None = None,
    rules: Sequence[GoldenRule] = (),
    frozen: Frozen | None = None,
    is_held: bool = False,
) -> Component:
    """A wall, the journey or a stage: spine or question, scenes, golden rules, stage rail, and what kind of data this is.

    A screen that is pinned to a scene has no other one, and asks for the pictures of no other one; on a walk every scene is a
    place of its own; a wall has those that it turns through, and all of its scenes while a session holds it. Where somebody
    opened a deck, the way through it stands at the foot.
    """
    attributes = {
        "data-layout": layout.name,
        "data-label": layout.label,
        "data-perimeter": perimeter or "",
        "data-screen": screen or "",
        "data-zone": str(theme.zone),
        "data-scenes": scene_names(layout, frozen, is_held=is_held),
    }
    attributes |= {"data-pinned": pinned} if pinned else {}
    turning = layout.scenes if is_held else layout.turning
    shown = pinned or (layout.scenes if kind == "walk" else turning)[0].name
    attributes["data-shown"] = shown
    there = [scene for scene in layout.scenes if scene.name == shown] if pinned or kind == "walk" else turning
    heads = _spoken if kind == "walk" else partial(_head, layout)
    scenes = [_scene(scene, heads(scene), theme, shown=scene.name == shown) for scene in there]
    spine, decks, line, demo = [], [], _golden_line(rules, theme), demo_note(room.settings, html.Span)
    if kind != "walk":
        place = Opened(layout, perimeter, screen, f"/session/{frozen.session.number}" if frozen and not is_held else "")
        spine, decks, demo = [_spine(layout)], [chooser(place), _moment()], [_whose(demo, is_frozen=bool(frozen))]
        line = [way(place, opened, there[0])] if opened else line
    return html.Main(
        [*spine, *scenes, _footer(foot, line, demo), _sheet(room), *decks],
        id="board",
        className=f"board {kind} {theme.palette}",
        style=theme.tokens() | wall_tokens(theme.floor) | _width_beside(room, theme, perimeter, frozen),
        **attributes,
    )


def whose(settings: Settings, perimeter: str | None) -> str:
    """Whose numbers a wall shows; "Demo data" says it of the whole demo company."""
    named = settings.perimeter.get(perimeter or "")
    is_stamped = settings.demo and (named is None or named.parent is None)
    return "" if is_stamped else named.name if named else settings.company


def replayed(settings: Settings, frozen: Frozen, perimeter: str | None) -> str:
    """Which session a wall is held or shown again by, and of which day: as short as a line beside the answer."""
    reader = Reader.of(settings, frozen.as_of, perimeter)
    return f"Session {frozen.session.number}, {reader.short_day(reader.today)}"


def scene_names(layout: Layout, frozen: Frozen | None, *, is_held: bool) -> str:
    """What a screen knows its scenes by: it comes anew where they are others, or where a session takes hold of it or lets go."""
    held = [f"session:{frozen.session.number}"] if frozen and is_held else []
    return " ".join([*(scene.name for scene in layout.scenes), *held])


def _spine(wall: Layout) -> Component:
    """What stands on every scene, before anything of it is known."""
    turn = programme([Candidate(scene.name, scene.seconds) for scene in wall.turning], verdict_scene(wall))
    attributes = {"role": "button", "aria-haspopup": "dialog", "aria-label": f"{wall.title} Open another scene."}
    return html.Header(spine_children(wall, None, turn), id=SPINE, className="spine", tabIndex="0", **attributes)


def _head(wall: Layout, scene: Scene) -> Component:
    return html.Header(head(wall, scene), id=head_id(wall, scene), className="question")


def _spoken(scene: Scene) -> Component:
    """The head of a scene of the walk: its question, and whose room it is."""
    return html.Header([html.H1(scene.title), html.Span(className="place")], className="question")


def _scene(scene: Scene, head: Component, theme: Theme, *, shown: bool) -> Component:
    grid = {
        "gridTemplateAreas": " ".join(f'"{row}"' for row in scene.rows),
        "gridTemplateRows": " ".join(f"minmax(0, {height}fr)" for height in scene.heights),
        "gridTemplateColumns": " ".join(f"minmax(0, {width}fr)" for width in scene.widths),
    }
    panels = [_empty_frame(placed, theme) for placed in scene.panels]
    attributes = {"data-scene": scene.name, "data-stage": scene.stage or "", "data-seconds": str(scene.seconds)}
    attributes["data-shows"] = " ".join(placed.show for placed in scene.panels)
    body = html.Div(panels, className="grid", style=grid)
    return html.Section([head, body], className="scene shown" if shown else "scene", **attributes)


def _empty_frame(placed: Placed, theme: Theme) -> Component:
    named = ["frame", f"panel-{placed.show.replace('_', '-')}"]
    named += ["bare"] * placed.panel.bare + ["too-small"] * (not placed.cell.holds(placed.panel.smallest, theme.floor))
    waiting = html.P("being drawn …", className="waiting")
    place = {"gridArea": placed.area, "--area": f"{placed.cell.area:.3f}"}
    return html.Section(waiting, id=placed.id, className=" ".join(named), style=place)


def _whose(demo: Sequence[Component], *, is_frozen: bool) -> Component:
    """Whose numbers they are, and what kind of data this is: beside the spine, on a tall glass in the foot."""
    return html.Div([html.Span(className="place"), *demo], className="whose frozen" if is_frozen else "whose")


def _width_beside(room: Room, theme: Theme, perimeter: str | None, frozen: Frozen | None) -> dict[str, str]:
    """What the spine leaves at its end for what kind of data it is, and for whose: two lines of at most so many letters."""
    size = theme.size("quiet")
    demo = text_width(DEMO, size, NORMAL) + PADDING if room.settings.demo else 0.0
    name = whose(room.settings, perimeter)
    if frozen:  # one line above the other
        name, demo = replayed(room.settings, frozen, perimeter), 0.0
    place = text_width(name, size, NORMAL) if frozen else min(MOST * size, text_width(name, size, NORMAL))
    return {"--beside": f"{demo + place + 2 * PADDING * bool(demo or place):.0f}px"}


def _footer(foot: Sequence[Placed], line: Sequence[Component], demo: Sequence[Component]) -> Component:
    """The room's own line and the rail beneath it; at their end, as high as both, how long it is until the room meets."""
    rail, *others = foot
    stages = html.Nav(id=rail.id, className="rail", **{"aria-label": "the customer's life"})
    beside = [html.Div(id=each.id, className=each.area) for each in others]
    lost = html.P(id="lost", role="status", hidden=True)
    return html.Footer([lost, *line, stages, *beside, *demo])


def _golden_line(rules: Sequence[GoldenRule], theme: Theme) -> list[Component]:
    """The golden rules in one line, one at a time: all five are longer than a glass; assets/js/golden.js turns them."""
    every = [pair for rule in rules for pair in _in_a_line(rule, theme)]
    lines = [
        html.Li([html.B(name), " ", html.Span(words)], className="" if place else "shown")
        for place, (name, words) in enumerate(every)
    ]
    happened = html.Li(id=STRIP, className="strip", **{"data-token": ""})
    return [html.Ol([*lines, happened], className="golden-line", **{"aria-label": "the golden rules"})] if lines else []


def _moment() -> Component:
    """Where a customer's yes stands over the whole glass."""
    return html.Div(id=MOMENT, role="status", hidden=True)


def _in_a_line(rule: GoldenRule, theme: Theme) -> list[tuple[str, str]]:
    """The name of a rule and its words; by a shorter name, or sentence by sentence, where the line is too short for all of it."""
    name, short = f"Golden rule {rule.number}", f"Rule {rule.number}"
    size, sentences = theme.size("quiet"), SENTENCE.findall(rule.rule)

    def fits(name: str, words: str) -> bool:
        return text_width(name, size, NAMED) + NAME_GAP + text_width(words, size) <= ROOM_LINE

    if fits(name, rule.rule):
        return [(name, rule.rule)]
    return [(name if fits(name, words) else short, words) for words in sentences]


def _sheet(room: Room) -> Component:
    """What opens over the board when a number is touched; assets/js/drill.js fills it."""
    demo = demo_note(room.settings, html.Span)
    parts = (("What it means", "sheet-metric"), ("Files", "sheet-files"), ("Rows", "sheet-rows"), ("SQL", "sheet-sql"))
    jumps = html.Nav([html.Button(words, **{"data-jump": part}) for words, part in parts])
    head = html.Header([html.P("Behind this number"), jumps, *demo, html.Button("Close", className="close")])
    attributes = {"role": "dialog", "aria-modal": "true", "aria-label": "Behind this number"}
    return html.Div([head, html.Div(id="sheet-content", tabIndex="-1")], id="sheet", **attributes)
