"""The roll-out of the room, one part of the business after the other."""

from sqlalchemy import Column, Date, ForeignKey, String, Table

from wallboard.lifecycle import rollout as lives
from wallboard.store.schema.columns import Identity, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

# The roll-out in one part of the business, once each: its steps say in which phase it is.
rollout = Table(
    "rollout",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False, unique=True),
)

# One step of it: a phase that begins, with its evidence, and who coaches.
ROLLOUT_STEPS = steps_of("rollout", lives.STEPS)
rollout_step = ROLLOUT_STEPS.table
