"""What happened and may explain why a number moved: events that a source brings, and those that people write at the console."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, String, Table, Text

from wallboard.store.schema.columns import Identity, loaded, metadata
from wallboard.store.types import Instant

EVENT_KINDS = ("release", "price change", "strike", "new supplier", "outage", "campaign", "other")
"""What an event is. Actions and changed definitions are events too, and derived from their own tables."""

_ENDED = "ends_on IS NULL OR ends_on >= starts_on"

# One thing that happened, from its first day to its last where it has one. It concerns what it names: a column that is empty
# stands for all (perimeters, stages, touchpoints, kinds of complaint, metrics).
event = loaded(
    "event",
    Column("kind", String(20), nullable=False),
    Column("perimeter", String(60)),
    Column("stage", ForeignKey("stage.stage")),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("issue_type", ForeignKey("issue_type.issue_type")),
    Column("metric", String(60)),
    Column("starts_on", Date, nullable=False, index=True),
    Column("ends_on", Date),
    Column("words", Text, nullable=False),
    CheckConstraint(_ENDED, name="ends_after_start"),
)

# One event that a user wrote down, concerning what it names as above. `explains` is the first day of the shift that it explains,
# where it was written for one.
event_entry = Table(
    "event_entry",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("perimeter", String(60)),
    Column("stage", String(60)),
    Column("touchpoint", String(60)),
    Column("issue_type", String(60)),
    Column("metric", String(60)),
    Column("starts_on", Date, nullable=False, index=True),
    Column("ends_on", Date),
    Column("words", Text, nullable=False),
    Column("explains", Date),
    CheckConstraint(f"kind IN {EVENT_KINDS}", name="kind"),
    CheckConstraint(_ENDED, name="ends_after_start"),
    CheckConstraint("starts_on <= day", name="has_begun"),
    CheckConstraint("length(trim(words)) > 0", name="said"),
)

# Entry that a user took back, with the reason: it happened otherwise, or not at all.
event_withdrawal = Table(
    "event_withdrawal",
    metadata,
    Column("entry", ForeignKey("event_entry.id"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("words", Text, nullable=False),
    CheckConstraint("length(trim(words)) > 0", name="said"),
)
