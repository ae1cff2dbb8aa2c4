"""What a session keeps besides commitments and decisions: reports, best practices, questions, reviews of measures, ideas."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from wallboard.lifecycle import entries
from wallboard.store.schema.columns import Identity, declared, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

# One entry of a session, of one kind, about a subject: the key of a function or of a metric, '' where it is about none.
# `measured` is what was measured of the subject at that moment, as JSON.
session_entry = Table(
    "session_entry",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("room_session", ForeignKey("room_session.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False, index=True),
    Column("subject", String(60)),
    Column("title", Text, nullable=False),
    Column("measured", Text),
    UniqueConstraint("room_session", "kind", "title"),
    declared(f"kind IN {tuple(entries.ENTRIES)}", name="kind"),
)

# One step in the life of an entry: `room_session` is the one in which it was taken, `function` to whom a practice is proposed,
# `version` that of a metric's definition, 0 for the program's own.
ENTRY_STEPS = steps_of(
    "session_entry",
    entries.STEPS,
    Column("room_session", ForeignKey("room_session.id")),
    Column("function", String(60)),
    Column("version", Integer),
)
session_entry_step = ENTRY_STEPS.table
