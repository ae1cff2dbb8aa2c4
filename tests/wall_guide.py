"""docs/walls.md: each scene of each wall with its picture, its question, how to read it and what it needs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wallboard.layout import Layout, Scene, read_layouts
from wallboard.metrics.availability import Needs
from wallboard.panels import catalogue_entry, find_panels
from wallboard.screens import programme
from wallboard.settings import open_room

REPOSITORY = Path(__file__).parents[1]
PICTURES = REPOSITORY / "docs" / "pictures" / "walls"
"""One picture of each scene that a wall turns through, made by `python -m bench.wall_pictures`."""

AROUND = """New is, the most urgent first: a signal, a state that turned, a promise that fell due, a source that went stale, a
record (the highest or lowest of a series of more than twelve). The head of a scene says why it comes early, and since when.

A touch on the question at the top of a wall (or Enter on it) lists every scene. What is opened so stays, with the name of its
deck, until nobody has touched the screen for a while (`quiet` in the layout, three minutes where it says nothing).
`?deck=session` opens a deck at its address, `?scene=NAME` holds one scene for good; the lobby has them all."""
"""What a reader needs besides the rule."""

DECKS = {
    "wall": "The wall turns through these by itself",
    "session": "Opened in a session, or by a touch",
    "appendix": "Kept for those who ask",
}


def walls() -> tuple[Layout, ...]:
    """The walls of the repository in the order of its screens."""
    room = open_room(REPOSITORY)
    layouts = read_layouts(room.layouts, find_panels())
    return tuple(layouts[screen.wall] for screen in room.settings.screen.values())


def picture_of(wall: Layout, scene: Scene) -> str:
    """The file name of a scene's picture."""
    return f"{wall.name}--{scene.name}.webp"


def guide(generated: str) -> str:
    """The whole document."""
    head = [
        "# The walls",
        "",
        generated,
        "",
        "What hangs in the room: each scene, the question that it answers, how to read it, and",
    ]
    head += ["what has to be loaded for it. The pictures show the demo company. [Panels](panels.md), [figures](metrics.md)", ""]
    head += ["## Which scene is shown when", "", *_rule(), ""]
    return "\n".join([*head, *(line for wall in walls() for line in _wall(wall))]).rstrip() + "\n"


def _rule() -> Iterator[str]:
    """The rule of the turn as the programme states it, and how one gets at the rest."""
    rule = (programme.__doc__ or "").partition("The rule, in order")[2].partition("\n\n")[2]
    yield rule.partition("\n\n")[0]
    yield ""
    yield from ("", *AROUND.splitlines())


def _wall(wall: Layout) -> Iterator[str]:
    yield from (f"## {wall.label}: {wall.title}", "")
    for deck, words in DECKS.items():
        scenes = [scene for scene in wall.scenes if scene.deck == deck]
        if scenes:
            yield from (f"### {words}", "")
        for number, scene in enumerate(scenes, 1):
            yield from _scene(wall, scene, f"{number} of {len(scenes)}" if deck == "wall" else "")


def _scene(wall: Layout, scene: Scene, place: str) -> Iterator[str]:
    title = scene.title.replace("{touchpoint}", "each priority touchpoint")
    yield from (f"#### {title}", "")
    if place:
        yield from (f"![{title}](pictures/walls/{picture_of(wall, scene)})", "")
    about = f"Scene `{scene.name}`, {place}, {scene.seconds} seconds." if place else f"Scene `{scene.name}`."
    yield from (about, "")
    for show in dict.fromkeys(placed.show for placed in scene.panels):
        yield from (f"- {' '.join(catalogue_entry(show).split())} ([`{show}`](panels.md#{show}))",)
    needs = _needs(placed.panel.needs for placed in scene.panels)
    yield from ("", f"Needs: {needs}.", "") if needs else ("",)


def _needs(all_needs: Iterable[Needs]) -> str:
    """What a person loads to have the scene, each once."""
    named = [" or ".join(dict.fromkeys(facts.load for facts in either)) for needs in all_needs for either in needs]
    return "; ".join(dict.fromkeys(named))
