"""The walk through the customer's life: who led it where, what was marked, what was tried, and what came of it. Only added to."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from wallboard.store.schema.columns import Identity, Money, metadata
from wallboard.store.types import Instant

KINDS = ("improve", "innovate")
"""What is to be done with an opportunity."""

ORIGINS = (
    "walkthrough",
    "lowest feeling",
    "largest loss",
    "board note",
    "social",
    "research",
    "gap",
    "overlap",
    "idea",
    "customer",
)
"""Where an opportunity came from."""

MOVES = ("begin", "go", "play", "pause", "hold", "release", "take over", "end")
"""What a presenter does; `release` without an actor is the room's own, after a presenter who fell silent."""

OUTCOMES = ("done", "gave up")
"""How an attempt ends."""

# One guided walk, led by one user at a time.
walk = Table(
    "walk",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("attendance", ForeignKey("attendance.id")),
)

# One move of a walk: where it stands after it (a place of the walk, one of its items), whether that plays, from which second,
# whether the walls are held, and which screen sounds.
walk_move = Table(
    "walk_move",
    metadata,
    Column("walk", ForeignKey("walk.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id")),
    Column("kind", String(12), nullable=False),
    Column("place", String(80), nullable=False),
    Column("item", String(80)),
    Column("playing", Boolean, nullable=False),
    Column("second", Float, nullable=False),
    Column("held", Boolean, nullable=False),
    Column("sounding", String(80)),
    PrimaryKeyConstraint("walk", "seq"),
    CheckConstraint(f"kind IN {MOVES}", name="kind"),
    CheckConstraint("actor IS NOT NULL OR kind = 'release'", name="somebody_moves"),
    CheckConstraint("second >= 0", name="second"),
)

# One mark that somebody made on a walk: here we must improve, or could innovate.
walk_annotation = Table(
    "walk_annotation",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("walk", ForeignKey("walk.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("stage", String(60)),
    Column("touchpoint", String(60)),
    Column("media", Integer),
    Column("words", Text, nullable=False),
    CheckConstraint(f"kind IN {KINDS}", name="kind"),
    CheckConstraint("length(trim(words)) > 0", name="said"),
)

# One opportunity to improve or innovate, with what it came from; ready for a vote.
opportunity = Table(
    "opportunity",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("origin", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("stage", String(60)),
    Column("touchpoint", String(60)),
    Column("why", Text),
    Column("value_at_stake", Money),
    Column("walk", ForeignKey("walk.id")),
    Column("annotation", ForeignKey("walk_annotation.id"), unique=True),
    Column("finding", String(160), index=True),
    CheckConstraint(f"kind IN {KINDS}", name="kind"),
    CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
    CheckConstraint("length(trim(title)) > 0", name="titled"),
    CheckConstraint("origin <> 'walkthrough' OR (walk IS NOT NULL AND annotation IS NOT NULL)", name="walked"),
    CheckConstraint("annotation IS NULL OR origin = 'walkthrough'", name="marked"),
)

# The first month's report about an opportunity: the current experience, never without stage, customer's voice and artefact.
current_experience = Table(
    "current_experience",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("opportunity", ForeignKey("opportunity.id"), nullable=False),
    Column("stage", String(60), nullable=False),
    Column("words", Text, nullable=False),
    Column("voice_source", String(80), nullable=False),
    Column("voice_key", String(400), nullable=False),
    Column("quotation", Text, nullable=False),
    Column("media", Integer, nullable=False),
    Column("artefact", Text, nullable=False),
    CheckConstraint("length(trim(stage)) > 0", name="placed"),
    CheckConstraint("length(trim(words)) > 0", name="told"),
    CheckConstraint("length(trim(quotation)) > 0", name="heard"),
    CheckConstraint("length(trim(artefact)) > 0", name="seen"),
)

# One attempt of one user at a task that customers must do.
attempt = Table(
    "attempt",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("task", String(60), nullable=False, index=True),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("outcome", String(8), nullable=False),
    Column("errors", Integer, nullable=False),
    Column("filled", Integer, nullable=False),
    Column("fields", Integer, nullable=False),
    Column("words", Text),
    CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    CheckConstraint("ended_at >= started_at", name="ended_after_started"),
    CheckConstraint("errors >= 0 AND filled >= 0 AND filled <= fields", name="counted"),
)

# One thing that the room learned about customers.
learning = Table(
    "learning",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("words", Text, nullable=False),
    Column("stage", String(60)),
    Column("attendance", ForeignKey("attendance.id")),
    CheckConstraint("length(trim(words)) > 0", name="said"),
)

# Study x user who reviewed it in the room.
research_review = Table(
    "research_review",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("study", String(80), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("words", Text, nullable=False),
    CheckConstraint("length(trim(words)) > 0", name="said"),
)
