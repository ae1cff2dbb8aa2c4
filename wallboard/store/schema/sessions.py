"""Sessions of the room and what is promised in them. Nothing is ever edited: where each stands follows from its steps."""

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from wallboard.lifecycle import agenda, commitments, decisions, role_play, sessions
from wallboard.store.schema.columns import Identity, declared, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

# Sessions that recur: the rule as RFC 5545 has it, from the first one on, which is a time on the clocks of `zone`.
session_series = Table(
    "session_series",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("recurrence", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("first_at", String(16), nullable=False),
    declared(f"kind IN {sessions.SESSION_KINDS}", name="kind"),
)

# One session: when it was planned for, and how many minutes it takes.
room_session = Table(
    "room_session",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("series", ForeignKey("session_series.id")),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("planned_at", Instant, nullable=False, index=True),
    Column("minutes", Integer, nullable=False),
    CheckConstraint("minutes BETWEEN 5 AND 600", name="minutes"),
    declared(f"kind IN {sessions.SESSION_KINDS}", name="kind"),
    UniqueConstraint("series", "planned_at"),
)

# One step in the life of a session. What is put on a `wall` ('*': on all) is a `scene` of it, or what `subject` names, as large
# as the glass; `zoom` in per cent, around a point so many per mille `across` and `down`.
SESSION_STEPS = steps_of(
    "room_session",
    sessions.STEPS,
    Column("moved_to", Instant),
    Column("wall", String(60)),
    Column("scene", String(200)),
    Column("subject", Text),
    Column("zoom", Integer),
    Column("across", Integer),
    Column("down", Integer),
    Column("rating", Integer),
    declared("zoom IS NULL OR zoom BETWEEN 100 AND 800", name="zoom"),
    declared("(across IS NULL OR across BETWEEN 0 AND 1000) AND (down IS NULL OR down BETWEEN 0 AND 1000)", name="zoomed_at"),
    declared(
        f"kind <> 'shown' OR coalesce(scene, '') NOT IN {sessions.LARGE} OR length(trim(coalesce(subject, ''))) > 0", name="large"
    ),
    declared("rating IS NULL OR rating BETWEEN 1 AND 10", name="rating"),
)
room_session_step = SESSION_STEPS.table

# One commitment: who does what by when, for which touchpoint or issue, promised in which session.
commitment = Table(
    "commitment",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("room_session", ForeignKey("room_session.id"), index=True),
    Column("user_id", ForeignKey("user_account.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("touchpoint", String(60)),
    Column("issue", ForeignKey("issue.id")),
)

# One step in the life of a commitment; `room_session` is the one in which it was reported.
COMMITMENT_STEPS = steps_of(
    "commitment",
    commitments.STEPS,
    Column("room_session", ForeignKey("room_session.id")),
)
commitment_step = COMMITMENT_STEPS.table

# One item of the agenda of a session, at its place; `wall` is the wall and the scene that belong to it, `template` its key in the
# template of the agenda, `carried_from` the item of an earlier session that was not reached.
agenda_item = Table(
    "agenda_item",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("room_session", ForeignKey("room_session.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("scene", String(120)),
    Column("template", String(40)),
    Column("fills", String(20)),
    Column("carried_from", ForeignKey("agenda_item.id"), unique=True),
    CheckConstraint("minutes BETWEEN 1 AND 240", name="minutes"),
)

# One step in the life of an item.
AGENDA_STEPS = steps_of("agenda_item", agenda.STEPS)
agenda_item_step = AGENDA_STEPS.table

# By which rule of room.toml each kind of decision is taken: filled by the program alone. `share` of `share_of` votes must be yes;
# `voters` are roles with commas between them.
decision_rule = Table(
    "decision_rule",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("share", Integer, nullable=False),
    Column("share_of", Integer, nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("functions", Integer, nullable=False),
    Column("voters", String(80), nullable=False),
)

# One decision that is proposed in a session: its kind, and the rule that held then (decision_rule); what it means for others,
# and when it is reviewed again; `opportunity` is the one that it is about.
decision = Table(
    "decision",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("room_session", ForeignKey("room_session.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("implications", Text, nullable=False),
    Column("review_on", Date, nullable=False, index=True),
    Column("share", Integer, nullable=False),
    Column("quorum", Integer, nullable=False),
    Column("functions", Integer, nullable=False),
    Column("touchpoint", String(60)),
    Column("opportunity", Integer, index=True),
    Column("share_of", Integer, nullable=False, server_default="100"),
    Column("voters", String(80), nullable=False, server_default="leader,president"),
    declared(decisions.declared_kinds(), name="kind"),
)

# One step in the life of a decision: the vote of a leader, what came of it, its review, and that it was taken back.
DECISION_STEPS = steps_of(
    "decision",
    decisions.STEPS,
    Column("vote", String(8)),
    declared(f"vote IS NULL OR vote IN {decisions.VOTES}", name="vote"),
)
decision_step = DECISION_STEPS.table

# One card of a role play: who plays which function, at which stage, with something that a customer said.
role_card = Table(
    "role_card",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("room_session", ForeignKey("room_session.id"), nullable=False),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("function", String(60), nullable=False),
    Column("stage", String(60), nullable=False),
    Column("source", String(80), nullable=False),
    Column("source_key", String(400), nullable=False),
    UniqueConstraint("room_session", "stage", "user_id"),
)

# One step in the life of a card.
ROLE_CARD_STEPS = steps_of("role_card", role_play.STEPS)
role_card_step = ROLE_CARD_STEPS.table

# How mature a room is, from 1 to 5, and by what evidence; the newest row of a perimeter holds. Customers come from level 3 on.
room_maturity = Table(
    "room_maturity",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("level", Integer, nullable=False),
    Column("evidence", Text, nullable=False),
    CheckConstraint("level BETWEEN 1 AND 5", name="level"),
)
