"""Scenes that a wall has once for each priority touchpoint: made from what the store holds at an instant, the worst first."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from wallboard.clock import Clock
from wallboard.layout import MOST_SCENES, MOST_SECONDS, Layout, Scene
from wallboard.metrics.memo import Memo, state_of
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import READS, TouchpointState, worst_touchpoints
from wallboard.settings import Settings
from wallboard.store.versions import Versions


def with_made_scenes(layout: Layout, points: Sequence[TouchpointState]) -> Layout:
    """The layout with a scene for each of these touchpoints where one stands there for each.

    As many of the first turn by themselves as a wall has room for, the others are of the session; where nothing else turns the
    first does, however long it stays. Without any touchpoint a scene stays as it is written, and its panel says what is missing.
    """
    scenes: list[Scene] = []
    written = [scene for scene in layout.turning if not scene.each]
    left, seconds = MOST_SCENES - len(written), MOST_SECONDS - sum(scene.seconds for scene in written)
    for scene in layout.scenes:
        if not scene.each or not points:
            scenes.append(_about(scene, layout.name, None) if scene.each else scene)
            continue
        for point in points:
            made = _about(scene, layout.name, point)
            if made.deck == "wall" and left < MOST_SCENES and (left < 1 or seconds < made.seconds):
                made = replace(made, deck="session")
            elif made.deck == "wall":
                left, seconds = left - 1, seconds - made.seconds
            scenes.append(made)
    return replace(layout, scenes=tuple(scenes))


def _about(scene: Scene, layout: str, point: TouchpointState | None) -> Scene:
    """The scene of one touchpoint: every panel whose options know a touchpoint is told which."""
    if point is None:
        title = scene.title.replace("“{touchpoint}”: ", "").replace("{touchpoint}", "").strip()
        return replace(scene, title=title[:1].upper() + title[1:])
    name = f"{scene.name}-{point.touchpoint}"
    panels = tuple(
        replace(
            placed,
            id=f"{layout}--{name}--{placed.area}",
            options=placed.options.model_copy(update={"touchpoint": point.touchpoint})
            if "touchpoint" in type(placed.options).model_fields
            else placed.options,
        )
        for placed in scene.panels
    )
    title = scene.title.replace("{touchpoint}", point.name)
    return replace(scene, name=name, title=title, stage=point.stage, panels=panels, about=point.touchpoint)


@dataclass(frozen=True)
class _Made:
    """The touchpoints of a perimeter on a day, and the layouts made of them; replaced whole, as many ask at once."""

    made_of: tuple[date, tuple[int, ...]]
    points: tuple[TouchpointState, ...]
    layouts: dict[str, Layout] = field(default_factory=dict)


class MadeScenes:
    """The layouts of a store as it stands, made anew only where what they are made of has changed: every pulse asks.

    `measured` is the memo of those who measure the same store; without one, they are measured in the memo that is in use.
    """

    def __init__(self, settings: Settings, clock: Clock, measured: Memo | None = None) -> None:
        self._settings = settings
        self._clock = clock
        self._measured = measured
        self._made: dict[str | None, _Made] = {}

    def of(self, layout: Layout, connection: Connection, versions: Versions, perimeter: str | None = None) -> Layout:
        """The layout with the scenes that are made at this instant, in the order of what the perimeter measures."""
        scope = Scope.of(self._settings, versions.as_of(self._clock()), perimeter)
        made_of = scope.last_day, tuple(versions.get(table, 0) for table in READS)
        made = self._made.get(perimeter)
        if made is None or made.made_of != made_of:
            with self._measured.of(state_of(scope.as_of, versions)) if self._measured else nullcontext():
                points = tuple(point for point in worst_touchpoints(connection, scope) if point.priority)
            made = self._made[perimeter] = _Made(made_of, points)
        if layout.name not in made.layouts:
            made.layouts[layout.name] = with_made_scenes(layout, made.points)
        return made.layouts[layout.name]
