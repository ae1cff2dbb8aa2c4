"""Keeps the limits of room.toml in the store, so that the store itself can refuse what goes beyond them."""

from sqlalchemy import Connection, Engine, delete, insert, select

from wallboard.settings import Settings
from wallboard.store.connections import reading, writing
from wallboard.store.rules import lifted
from wallboard.store.schema import room_limit

ROSTER = "roster_limit"
"""How many roster items there may be at one time."""


def keep_limits(engine: Engine, settings: Settings) -> None:
    """Have the store know the limits of room.toml; what was written under another one stays."""
    with reading(engine) as connection:
        if limit(connection, ROSTER) == settings.roster_limit:
            return
    with writing(engine) as connection, lifted(connection, room_limit.name):
        connection.execute(delete(room_limit).where(room_limit.c.name == ROSTER))
        connection.execute(insert(room_limit).values(name=ROSTER, most=settings.roster_limit))


def limit(connection: Connection, name: str) -> int:
    """A limit as the store keeps it; 0 where it knows none, so that nothing goes beyond it."""
    return connection.scalar(select(room_limit.c.most).where(room_limit.c.name == name)) or 0
