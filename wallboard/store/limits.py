"""Keeps the limits of room.toml in the store, so that the store itself can refuse what goes beyond them."""

from sqlalchemy import Connection, Engine, delete, insert, select

from wallboard.settings import Settings
from wallboard.store.connections import reading, writing
from wallboard.store.rules import lifted
from wallboard.store.schema import room_limit

ROSTER = "roster_limit"
"""How many roster items there may be at one time."""

QUORUM = "quorum of "
"""Before a kind of session: the per cent of those expected who must be present before it decides anything."""


def keep_limits(engine: Engine, settings: Settings) -> None:
    """Have the store know the limits of room.toml; what was written under another one stays."""
    wanted = {ROSTER: settings.roster_limit} | {f"{QUORUM}{kind}": share for kind, share in settings.session_quorum.items()}
    with reading(engine) as connection:
        if {row.name: row.most for row in connection.execute(select(room_limit))} == wanted:
            return
    with writing(engine) as connection, lifted(connection, room_limit.name):
        connection.execute(delete(room_limit))
        connection.execute(insert(room_limit), [{"name": name, "most": most} for name, most in wanted.items()])


def limit(connection: Connection, name: str) -> int:
    """A limit as the store keeps it; 0 where it knows none, so that nothing goes beyond it."""
    return connection.scalar(select(room_limit.c.most).where(room_limit.c.name == name)) or 0
