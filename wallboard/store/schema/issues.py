"""The life of an issue in the room: what a customer said, who relayed it, and every step until the customer accepts the answer.

Nothing here is ever edited: closing is another row. A step refers to the step that makes it possible (columns refers,
refers_kind, refers_at), so that a chain of foreign keys leads from 'closed' to the customer's own words.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallboard.lifecycle.steps import KINDS
from wallboard.store.schema.columns import Identity, Money, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

EVIDENCE = ("ticket", "review", "call", "post", "interview", "survey")
EFFECTS = ("none", "some", "strong")
ADMITTED = "admitted"
VERDICTS = (ADMITTED, "not from a customer", "single function", "trivial", "duplicate", "out of perimeter")

# What one customer said, kept as it was heard: words or a recording. `said_by` is how the customer is called in the room.
evidence = Table(
    "evidence",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("kind", String(12), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("source", String(80)),
    Column("source_key", String(400)),
    Column("customer", String(80)),
    Column("said_by", Text),
    Column("occurred_at", Instant, nullable=False),
    Column("words", Text),
    Column("language", String(12)),
    Column("recording", Text),
    Column("kept_at", Instant, nullable=False),
    CheckConstraint(f"kind IN {EVIDENCE}", name="kind"),
    CheckConstraint("coalesce(length(trim(words)), 0) + coalesce(length(trim(recording)), 0) > 0", name="words_or_recording"),
    CheckConstraint("occurred_at <= kept_at", name="said_before_kept"),
)

# One thing relayed to the room, admitted or not; what was refused stays countable.
intake = Table(
    "intake",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("title", Text, nullable=False),
    Column("evidence", ForeignKey("evidence.id")),
    Column("effect", String(8), nullable=False),
    Column("stage", String(60)),
    Column("touchpoint", String(60)),
    Column("issue_type", String(60)),
    Column("contacts", Integer),
    Column("value_at_stake", Money),
    CheckConstraint(f"effect IN {EFFECTS}", name="effect"),
    CheckConstraint("length(trim(title)) > 0", name="titled"),
    UniqueConstraint("id", "evidence"),
)

# Intake x function: who would have to work on it.
intake_function = Table(
    "intake_function",
    metadata,
    Column("intake", ForeignKey("intake.id"), nullable=False),
    Column("function", String(60), nullable=False),
    PrimaryKeyConstraint("intake", "function"),
)

# What the room said to an intake, once.
verdict = Table(
    "verdict",
    metadata,
    Column("intake", ForeignKey("intake.id"), primary_key=True),
    Column("verdict", String(20), nullable=False),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("why", Text),
    CheckConstraint(f"verdict IN {VERDICTS}", name="verdict"),
    UniqueConstraint("intake", "verdict"),
)

# One admitted issue: what a customer said, and where it belongs.
issue = Table(
    "issue",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("intake", Integer, nullable=False, unique=True),
    Column("verdict", String(20), nullable=False),
    Column("evidence", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("stage", String(60)),
    Column("touchpoint", String(60)),
    Column("issue_type", String(60)),
    Column("admitted_at", Instant, nullable=False),
    Column("admitted_on", Date, nullable=False, index=True),
    CheckConstraint(f"verdict = '{ADMITTED}'", name="admitted"),
    CheckConstraint("length(trim(words)) > 0", name="in_the_customers_words"),
    ForeignKeyConstraint(["intake", "verdict"], ["verdict.intake", "verdict.verdict"]),
    ForeignKeyConstraint(["intake", "evidence"], ["intake.id", "intake.evidence"]),
)

# Issue x function: it cannot be solved without it.
issue_function = Table(
    "issue_function",
    metadata,
    Column("issue", ForeignKey("issue.id"), nullable=False),
    Column("function", String(60), nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("issue", "function"),
)

# Issue x loaded voice or post: another customer who said so.
issue_voice = Table(
    "issue_voice",
    metadata,
    Column("issue", ForeignKey("issue.id"), nullable=False),
    Column("source", String(80), nullable=False),
    Column("source_key", String(400), nullable=False),
    Column("since", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    PrimaryKeyConstraint("source", "source_key", "issue"),
)

# Who was present in the room when it decided: one row each time.
attendance = Table(
    "attendance",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
)

# Attendance x user: was there.
attendee = Table(
    "attendee",
    metadata,
    Column("attendance", ForeignKey("attendance.id"), nullable=False),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    PrimaryKeyConstraint("attendance", "user_id"),
)

# Issue x decision x touchpoint: what the decision does there. Written before the decision, which cannot be taken without.
impact = Table(
    "impact",
    metadata,
    Column("issue", ForeignKey("issue.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("touchpoint", String(60), nullable=False),
    Column("effect", Text, nullable=False),
    PrimaryKeyConstraint("issue", "seq", "touchpoint"),
    CheckConstraint("length(trim(effect)) > 0", name="said"),
)

# Issue x decision x metric: the number as it was when the room decided, and as it was written there.
decided_on = Table(
    "decided_on",
    metadata,
    Column("issue", ForeignKey("issue.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("metric", String(60), nullable=False),
    Column("value", Float),
    Column("value_text", Text, nullable=False),
    PrimaryKeyConstraint("issue", "seq", "metric"),
)


# One step in the life of an issue; the newest of them say where it stands.
ISSUE_STEPS = steps_of(
    "issue",
    KINDS,
    Column("implications", Text),
    Column("function", String(60)),
    Column("to_whom", Text),
    Column("level", Integer),
    Column("attendance", ForeignKey("attendance.id")),
    Column("jargon", Integer),
    Column("ease", Float),
    began="admitted_at",
)
issue_step = ISSUE_STEPS.table

# Rule x version: one text for every room.
golden_rule = Table(
    "golden_rule",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    CheckConstraint("version > 0", name="version"),
)
