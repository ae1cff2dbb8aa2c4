"""Which screen an address means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine

from wallboard.clock import Clock
from wallboard.errors import NotFound, nearest
from wallboard.layout import Kind, Layout, Placed
from wallboard.metrics.journey import stages
from wallboard.metrics.memo import Memo
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel
from wallboard.screens.frozen import Frozen, FrozenSessions, Gallery
from wallboard.screens.made_scenes import MadeScenes
from wallboard.screens.spine import Spine
from wallboard.screens.walk_layouts import about, walked_of
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import VersionsReader, read_versions

RAIL, COUNTDOWN = "stage_rail", "next_session"


@dataclass(frozen=True)
class Board:
    """One screen made of panels: its layout, what kind it is, what stands at its foot, and the stage that it is about."""

    layout: Layout
    kind: str
    foot: tuple[Placed, ...]
    stage: str | None = None
    frozen: Frozen | None = None
    """The session whose numbers it shows; None where they are of now."""
    is_held: bool = False
    """Whether that session is running, and the wall stands still for it."""

    @property
    def is_live(self) -> bool:
        """Whether it belongs to now, its numbers or the session that holds it; one that is shown again does not."""
        return self.frozen is None or self.is_held

    @property
    def path(self) -> str:
        """Where a wall is seen as it is seen now."""
        again = f"/session/{self.frozen.session.number}" if self.frozen and not self.is_held else ""
        return f"{again}/wall/{self.layout.name}"

    def seen_by(self, perimeter: str | None) -> str | None:
        """Whose numbers it shows: of the perimeter that was asked for, or of the session's."""
        return self.frozen.perimeter if self.frozen else perimeter

    def gallery(self, live: Gallery) -> Gallery:
        """What draws it."""
        return self.frozen.gallery if self.frozen else live

    def scene(self, spine: Spine, now: datetime) -> str:
        """The scene that a wall shows: the one that is due, or the one at which a session holds it."""
        return self.frozen.scene(self.layout) if self.frozen and self.is_held else spine.programme.at(now).scene

    def placed(self) -> dict[str, Placed]:
        """Every panel of the screen by its id, those at its foot among them."""
        return {placed.id: placed for placed in (*self.foot, *self.layout.placed())}


class Addresses:
    """Finds screens by their path, and perimeters by their key."""

    def __init__(
        self,
        settings: Settings,
        layouts: dict[str, Layout],
        panels: dict[str, AnyPanel],
        engine: Engine,
        clock: Clock,
        sessions: FrozenSessions | None = None,
        measured: Memo | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._walls = {name: layout for name, layout in layouts.items() if layout.kind == "wall"}
        self._walked = walked_of(layouts)
        self._engine, self._sessions = engine, sessions
        self._known: tuple[int, dict[str, str]] = (-1, {})
        self._made, self._versions = MadeScenes(settings, clock, measured), VersionsReader()
        self._walk_foot = (rail_of(panels),)
        countdown = panels[COUNTDOWN]
        self._wall_foot = (*self._walk_foot, Placed("countdown", "countdown", COUNTDOWN, countdown, countdown.options()))

    def walls(self, perimeter: str | None = None) -> list[Layout]:
        """Every wall of the room as a perimeter sees it, in the order of its screens."""
        return [self._wall(name, perimeter) for name in self.wall_names()]

    def wall_names(self) -> list[str]:
        """Their names, without a question to the store."""
        order = [screen.wall for screen in self._settings.screen.values()]
        return sorted(self._walls, key=lambda name: order.index(name) if name in order else len(order))

    def board(self, path: str, perimeter: str | None = None) -> Board:
        """The screen at `path` as a perimeter sees it; raises NotFound with the nearest known one."""
        match [part for part in path.split("/") if part]:
            case ["wall", name] if self._sessions and (held := self._sessions.running(perimeter)) and name in held.walls:
                return Board(held.wall(name, is_held=True), "wall", self._walk_foot, frozen=held, is_held=True)
            case ["session", number, "wall", name] if self._sessions and number.isdecimal() and len(number) < 10:
                frozen = self._sessions.of(int(number))
                if name not in frozen.walls:
                    raise NotFound(path, "there was no such wall.", nearest(name, frozen.walls))
                return Board(frozen.wall(name), "wall", self._walk_foot, frozen=frozen)
            case ["session", number, "journey", *rest] if self._sessions and number.isdecimal() and len(number) < 10:
                frozen = self._sessions.of(int(number))
                return self._frozen_walk(frozen, "/".join(("journey", *rest)))
            case ["journey", *rest] if self._sessions and (held := self._sessions.running(perimeter)) and held.walk:
                return replace(self._frozen_walk(held, "/".join(("journey", *rest))), is_held=True)
            case ["wall", name] if name in self._walls:
                return Board(self._wall(name, perimeter), "wall", self._wall_foot)
            case ["wall", name]:
                raise NotFound(path, "there is no such wall.", nearest(name, self.wall_names()))
            case ["journey"] if "journey" in self._walked:
                return Board(self._walked["journey"], "walk", self._walk_foot)
            case ["journey", "end"] if "end" in self._walked:
                return Board(self._walked["end"], "walk", self._walk_foot)
            case ["journey", stage] if "stage" in self._walked:
                return self._stage(path, stage)
            case ["tour"] if "tour" in self._walked and self._stage_names():
                return self._stage(path, next(iter(self._stage_names())), "tour")
            case ["tour", stage] if "tour" in self._walked:
                return self._stage(path, stage, "tour")
            case _:
                raise NotFound(path, "there is no such screen.", "Begin at the lobby: /")

    def tone(self, wall: str) -> int | None:
        """The test tone that a wall plays now, where somebody tries its sound before a session."""
        return self._sessions.tone(wall) if self._sessions else None

    def freeze_soon(self, session: int) -> str | None:
        """Freeze the numbers of a session that has begun without this console, and before any wall was lit.

        Returns why the last try has failed.
        """
        return self._sessions.freeze_soon(session) if self._sessions else None

    def views(self) -> dict[str, list[tuple[str, str]]]:
        """The scenes of the journey and of a stage, by name and question, besides those that a walk opens with."""
        walked = {name: self._walked[name].scenes for name in ("journey", "stage") if name in self._walked}
        return {
            name: [(scene.name, scene.title.split("”: ")[-1]) for scene in scenes if scene.name not in ("mission", "voice")]
            for name, scenes in walked.items()
        }

    def perimeter(self, key: str | None) -> str | None:
        """A perimeter's key as it stands in room.toml; raises NotFound with the nearest known one."""
        if not key:
            return None
        if key not in self._settings.perimeter:
            raise NotFound(f"?perimeter={key}", "there is no such perimeter.", nearest(key, self._settings.perimeter))
        return key

    def has_journey(self) -> bool:
        """Whether any stage of the journey is known."""
        return bool(self._stage_names())

    def _wall(self, name: str, perimeter: str | None) -> Layout:
        """A wall as it stands now: with a scene for each touchpoint where one is written so."""
        wall = self._walls[name]
        if not any(scene.each for scene in wall.scenes):
            return wall
        with reading(self._engine) as connection:
            return self._made.of(wall, connection, self._versions.read(connection), perimeter)

    def _frozen_walk(self, frozen: Frozen, path: str) -> Board:
        """A screen of the walk as a session saw it; raises NotFound with the nearest one."""
        if not frozen.walk:
            number = frozen.session.number
            raise NotFound(f"session {number}", "has frozen no walk.", "The walk of today begins at /journey.")
        if path not in frozen.walk:
            raise NotFound(path, "there was no such stage.", nearest(path, frozen.walk))
        layout = frozen.walk[path]
        return Board(layout, "walk", self._walk_foot, layout.scenes[0].stage if layout.kind == "stage" else None, frozen)

    def _stage(self, path: str, stage: str, kind: Kind = "stage") -> Board:
        names = self._stage_names()
        if stage not in names:
            raise NotFound(path, "there is no such stage.", nearest(stage, names))
        return Board(about(self._walked[kind], stage, names[stage]), "walk", self._walk_foot, stage)

    def _stage_names(self) -> dict[str, str]:
        """The stages' names by their keys, read anew only when the journey has changed: every pulse asks."""
        with reading(self._engine) as connection:
            version = read_versions(connection).get("stage", 0)
            if self._known[0] != version:
                known = stages(connection, Scope.of(self._settings, self._clock()))
                self._known = version, {row.stage: row.name for row in known}
        return self._known[1]


def rail_of(panels: Mapping[str, AnyPanel]) -> Placed:
    """The stages of the customer's life, which stand beneath every board."""
    return Placed("rail", "rail", RAIL, panels[RAIL], panels[RAIL].options())
