"""What a touch on a wall opens: the scenes of all its decks, and the way through the deck that somebody has opened."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from wallboard.layout import DECKS, Deck, Layout, Scene


@dataclass(frozen=True)
class Opened:
    """Where a wall is seen, which every way from it keeps: its perimeter, the name of its screen, and `before` its path."""

    wall: Layout
    perimeter: str | None
    screen: str | None
    before: str = ""

    def address(self, scene: Scene | None = None) -> str:
        """The wall as it turns by itself; with a scene, that one as a touch opens it."""
        parameters = {"deck": scene.deck, "scene": scene.name} if scene else {}
        parameters |= {name: value for name, value in (("perimeter", self.perimeter), ("screen", self.screen)) if value}
        return f"{self.before}/wall/{self.wall.name}{f'?{urlencode(parameters)}' if parameters else ''}"


def chooser(there: Opened) -> Component:
    """Every scene of every deck as a way to it; assets/js/decks.js opens it where the spine is touched."""
    decks = [(name, there.wall.deck(name)) for name in DECKS]
    parts = [html.Section([html.H2(DECKS[name]), _ways(there, scenes)]) for name, scenes in decks if scenes]
    head = html.Header([html.P(there.wall.title), html.Button("Close", className="close")])
    return html.Dialog([head, *parts], id="decks", **{"aria-label": "the scenes of this wall"})


def _ways(there: Opened, scenes: tuple[Scene, ...]) -> Component:
    return html.Ul([html.Li(html.A(scene.title, href=there.address(scene))) for scene in scenes])


def way(there: Opened, deck: Deck, scene: Scene) -> Component:
    """The way through an opened deck: its name, back and on within it, all scenes, and the wall."""
    scenes = there.wall.deck(deck)
    at = scenes.index(scene)
    before, after = scenes[at - 1], scenes[(at + 1) % len(scenes)]
    turns = [
        html.A("‹ Previous", href=there.address(before), className="previous"),
        html.A("Next ›", href=there.address(after), className="next"),
    ]
    ways = [
        html.Strong(DECKS[deck]),
        *(turns if len(scenes) > 1 else []),
        html.Button("All scenes", className="all"),
        html.A("To the wall", href=there.address(), className="wall-again"),
    ]
    return html.Nav(ways, className="deck-way", **{"aria-label": "the opened deck", "data-quiet": str(there.wall.quiet)})
