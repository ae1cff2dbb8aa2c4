"""What the walls showed when a session began, kept as rows: written once while it runs, and read as long as the store stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import Connection, insert, select

from wallboard.errors import RuleRefused
from wallboard.lifecycle.sessions import OPENING
from wallboard.records.acting import Acting
from wallboard.records.sessions import SessionView, one_session
from wallboard.store.schema import snapshot, snapshot_row

WALL = "wall"
"""What a screen is that is none of the walk."""


@dataclass(frozen=True)
class SnapshotContent:
    """One view of the walls as JSON: where each panel stood, how fresh each source was, and the rows of each panel by its id."""

    walls: str
    freshness: str
    rows: Mapping[str, str]


@dataclass(frozen=True)
class Snapshot(SnapshotContent):
    """What was kept of one session; `as_of`: when it began."""

    session: SessionView
    as_of: datetime


@dataclass(frozen=True)
class RestedOn:
    """What a number said when the session began; `now` where later loads make it say something else of the same day."""

    then: str
    now: str | None = None


def keep_snapshot(act: Acting, session: int, content: SnapshotContent) -> None:
    """Freeze the numbers of a running session, in the name of whoever began it.

    Raises RuleRefused where it does not run, or where they are frozen already; NotFound where there is none.
    """
    view = one_session(act.connection, session)
    begun = view.life.newest("begun")
    if begun is None or view.life.status != "running":
        raise RuleRefused("the numbers", "are frozen while a session runs.", "Begin it first.")
    if is_frozen(act.connection, session):
        raise RuleRefused("the numbers", "of this session are frozen already.", "They stay as they are.")
    values = {"room_session": session, "at": act.at, "day": act.day(view.perimeter), "actor": act.actor, "as_of": begun.at}
    act.connection.execute(
        insert(snapshot).values(**values, panels=len(content.rows), walls=content.walls, freshness=content.freshness)
    )
    rows = [{"room_session": session, "panel": panel, "measured": measured} for panel, measured in content.rows.items()]
    act.connection.execute(insert(snapshot_row), rows)
    act.audited("snapshot", session, "frozen", None, {**values, "panels": len(rows)})


@dataclass(frozen=True)
class SnapshotHead:
    """Where each panel stood when a session began, without what was kept of each; `as_of`: when it began."""

    session: SessionView
    as_of: datetime
    walls: str
    freshness: str


def read_head(connection: Connection, session: int) -> SnapshotHead | None:
    """The walls of a session that has been frozen; None where it has not. Raises NotFound where there is no such session."""
    view = one_session(connection, session)
    chosen = select(snapshot.c.as_of, snapshot.c.walls, snapshot.c.freshness).where(snapshot.c.room_session == session)
    head = connection.execute(chosen).one_or_none()
    return SnapshotHead(view, *head) if head else None


def read_row(connection: Connection, session: int, panel: str) -> str | None:
    """What was kept of one panel; None where nothing was."""
    r = snapshot_row.c
    return connection.scalar(select(r.measured).where(r.room_session == session, r.panel == panel))


def read_snapshot(connection: Connection, session: int) -> Snapshot | None:
    """What was kept of a session; None where nothing was. Raises NotFound where there is no such session."""
    head = read_head(connection, session)
    if head is None:
        return None
    columns = (snapshot_row.c.panel, snapshot_row.c.measured)
    rows = connection.execute(select(*columns).where(snapshot_row.c.room_session == session)).all()
    return Snapshot(head.walls, head.freshness, {row.panel: row.measured for row in rows}, head.session, head.as_of)


def frozen_scenes(connection: Connection, session: int) -> dict[str, tuple[str, dict[str, str]]]:
    """By wall of a session that has been frozen: what people call it, and its scenes with their questions; else nothing."""
    walls = connection.scalar(select(snapshot.c.walls).where(snapshot.c.room_session == session))
    return {
        wall["name"]: (wall["label"], {scene["name"]: scene["title"] for scene in wall["scenes"]})
        for wall in orjson.loads(walls or "[]")
        if wall["kind"] == WALL
    }


def has_frozen_walk(connection: Connection, session: int) -> bool:
    """Whether the walk was frozen with the walls of a session."""
    walls = connection.scalar(select(snapshot.c.walls).where(snapshot.c.room_session == session))
    return any(screen["kind"] != WALL for screen in orjson.loads(walls or "[]"))


def frozen_panels(connection: Connection, session: int) -> dict[str, dict[str, str]]:
    """By wall of a session that has been frozen: its panels by id, with the question of their scene and what they show."""
    walls = connection.scalar(select(snapshot.c.walls).where(snapshot.c.room_session == session))
    return {
        wall["name"]: {
            panel["id"]: f"{scene['title']} {panel['show'].replace('_', ' ')}"
            for scene in wall["scenes"]
            for panel in scene["panels"]
            if scene["name"] != OPENING
        }
        for wall in orjson.loads(walls or "[]")
        if wall["kind"] == WALL
    }


def is_frozen(connection: Connection, session: int) -> bool:
    """Whether anything was kept of a session."""
    return connection.scalar(select(snapshot.c.room_session).where(snapshot.c.room_session == session)) is not None
