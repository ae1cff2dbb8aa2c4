"""What the walls showed when a session began: the rows of every panel, kept as they were. Nothing of it is ever changed."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text

from wallboard.store.schema.columns import metadata
from wallboard.store.types import Instant

# One view of the walls, as of the instant at which a session began: `walls` says which panels stood where,
# `panels` how many rows of snapshot_row belong to it.
snapshot = Table(
    "snapshot",
    metadata,
    Column("room_session", ForeignKey("room_session.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("as_of", Instant, nullable=False),
    Column("panels", Integer, nullable=False),
    Column("walls", Text, nullable=False),
    Column("freshness", Text, nullable=False),
)

# What one panel was drawn from in it, its rows above all.
snapshot_row = Table(
    "snapshot_row",
    metadata,
    Column("room_session", ForeignKey("snapshot.room_session"), primary_key=True),
    Column("panel", String(200), primary_key=True),
    Column("measured", Text, nullable=False),
)
