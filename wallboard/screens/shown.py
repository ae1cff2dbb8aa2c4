"""What a session puts on a wall besides the wall's own scenes: its opening, and one thing alone, as large as the glass."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b

from pydantic import ValidationError

from wallboard.drawing.cell import WHOLE, Cell
from wallboard.layout import Layout, Placed, Scene
from wallboard.lifecycle.sessions import OPENING, SessionLife, SessionStep
from wallboard.panel import AnyPanel

OPENED = "opening--"
"""What the ids of the panels begin with that open a session: the same on every wall."""

ALONE = "alone-"
"""What the id of a panel begins with that stands on a wall alone; the id of the one whose numbers it shows may follow."""

PANELS = {"picture": "shown_media", "issue": "issue_cards"}
OPTIONS = {"picture": "chosen", "issue": "issue"}
"""Which panel shows what stands alone, and which of its options says what that is."""

TITLES = {"picture": "What customers see", "issue": "One issue"}
"""The heads of what stands alone."""

HEIGHTS = (2.0, 3.0)


def opening(panels: Mapping[str, AnyPanel], stage: str | None = None, chosen: str = "") -> Scene:
    """The mission, and beneath it a customer's voice: of the stage before others, or the one that somebody has chosen."""
    mission, voice = panels["walk_mission"], panels["walk_voice"]
    name = f"{OPENING}-{_short(chosen)}" if chosen else OPENING
    shares = [height / sum(HEIGHTS) for height in HEIGHTS]
    words = {"chosen": chosen} if chosen else {"stage": stage}
    placed = (
        Placed(f"{OPENED}mission", "mission", "walk_mission", mission, mission.options(follow=False), Cell(1.0, shares[0])),
        Placed(
            f"{OPENED[:-2]}{name[len(OPENING) :]}--voice",
            "voice",
            "walk_voice",
            voice,
            voice.options(**words),
            Cell(1.0, shares[1]),
        ),
    )
    return _scene(name, "Why we are here", placed, HEIGHTS)


def scene_of(step: SessionStep, wall: Layout, panels: Mapping[str, AnyPanel]) -> Scene | None:
    """The scene that a step put on a wall, where it is none of the wall's own; None where it is, or where it is gone."""
    if not step.subject or not step.scene:
        return None
    if step.scene == OPENING:
        return opening(panels, chosen=step.subject)
    placed = _of_number(step.subject, wall) if step.scene == "number" else _of_subject(step.scene, step.subject, panels)
    if placed is None:
        return None
    name = f"{step.scene}-{_short(step.subject)}"
    return _scene(name, TITLES.get(step.scene, "What this number says"), (replace(placed, area="alone", cell=WHOLE),), (1.0,))


def with_shown(wall: Layout, life: SessionLife, panels: Mapping[str, AnyPanel], *, is_held: bool) -> Layout:
    """A wall with what a session has put on it: while it is held, what stands there now; in a replay, everything."""
    on_it = life.on(wall.name) if is_held else None
    steps = [on_it] if on_it else [] if is_held else [*life.of("shown")]
    more = {scene.name: scene for scene in _scenes(steps, wall, panels)}
    return replace(wall, scenes=(*wall.scenes, *more.values())) if more else wall


def _scenes(steps: list[SessionStep], wall: Layout, panels: Mapping[str, AnyPanel]) -> Iterator[Scene]:
    for step in steps:
        if step.wall in (wall.name, "*") and (scene := scene_of(step, wall, panels)):
            yield scene


def source_of(panel: str) -> str:
    """The id under which a panel's rows were kept that stands alone; its own where it stands in a scene of the wall."""
    return panel.partition("--of--")[2] or panel


def _of_number(subject: str, wall: Layout) -> Placed | None:
    there = next((placed for placed in wall.placed() if placed.id == subject), None)
    return replace(there, id=f"{ALONE}{_short(subject)}--of--{subject}") if there else None


def _of_subject(kind: str, subject: str, panels: Mapping[str, AnyPanel]) -> Placed | None:
    panel = panels.get(PANELS.get(kind, ""))
    try:
        options = panel.options.model_validate({OPTIONS[kind]: subject}) if panel else None
    except (KeyError, ValidationError):
        return None
    return Placed(f"{ALONE}{kind}-{_short(subject)}", "alone", PANELS[kind], panel, options) if panel and options else None


def _scene(name: str, title: str, placed: tuple[Placed, ...], heights: tuple[float, ...]) -> Scene:
    rows = tuple(each.area for each in placed)
    return Scene(name, title, None, 60, rows, heights, (1.0,), placed, "session")


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=5).hexdigest()
