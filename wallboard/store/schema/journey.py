"""The customer's journey: stages, touchpoints, who answers for them, and the customer's wording."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import loaded, metadata
from wallboard.store.types import Instant

# One stage of the customer's life, named as the customer says it.
stage = loaded(
    "stage",
    Column("stage", String(60), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("internal_name", Text),
    Column("goal", Text),
    Column("desired", Text),
    Column("promise", Text),
    Column("owner", String(80)),
    Column("promise_source", Text),
    Column("future", Text),
    keyed="stage",
)

# One department or supplier.
function = loaded(
    "function",
    Column("function", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("customer_facing", Boolean, nullable=False),
    Column("outsourced", Boolean, nullable=False),
    keyed="function",
)

# One person who answers for something.
employee = loaded(
    "employee",
    Column("employee", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("function", ForeignKey("function.function")),
    Column("seniority", String(20)),
    keyed="employee",
)

# One touchpoint within a stage.
touchpoint = loaded(
    "touchpoint",
    Column("touchpoint", String(60), nullable=False),
    Column("stage", ForeignKey("stage.stage"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("channel", Text),
    Column("priority", Boolean, nullable=False),
    Column("moment_of_truth", Boolean, nullable=False),
    Column("function", ForeignKey("function.function")),
    Column("supplier", ForeignKey("function.function")),
    Column("owner", ForeignKey("employee.employee")),
    Column("promised", Text),
    Column("promised_by", Date),
    Column("internal_name", Text),
    Column("frontstage", Text),
    Column("backstage", Text),
    Column("support", Text),
    Column("future", Text),
    keyed="touchpoint",
)

ROLES_AT_A_TOUCHPOINT = ("accountable", "contributes")

# Touchpoint x function x role, from a day to another (the first one without): who else answers there beside its own owner, or
# takes part. A second one who is accountable on the same day is no fault of the file: it is what the room looks for.
touchpoint_role = loaded(
    "touchpoint_role",
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("function", ForeignKey("function.function"), nullable=False),
    Column("employee", ForeignKey("employee.employee")),
    Column("role", String(12), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    CheckConstraint(f"role IN {ROLES_AT_A_TOUCHPOINT}", name="role"),
    CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid_to"),
    Index(None, "touchpoint"),
)

# Function x day that begins a week: the hours its people worked, and those that they gave to what is beyond their own job.
shared_hours = loaded(
    "shared_hours",
    Column("function", ForeignKey("function.function"), nullable=False),
    Column("day", Date, nullable=False),
    Column("hours", Float, nullable=False),
    Column("hours_shared", Float, nullable=False),
    CheckConstraint("hours >= 0 AND hours_shared >= 0 AND hours_shared <= hours", name="hours"),
    Index(None, "day"),
)

# One kind of issue, in the customer's wording.
issue_type = loaded(
    "issue_type",
    Column("issue_type", String(60), nullable=False),
    Column("wording", Text, nullable=False),
    Column("demand", String(12), nullable=False),
    CheckConstraint("demand IN ('failure', 'value', 'unclassified')", name="demand"),
    keyed="issue_type",
)

# Person x kind of issue: who can solve it, or knows somebody who can (`refers_to`).
expertise = loaded(
    "expertise",
    Column("employee", ForeignKey("employee.employee"), nullable=False),
    Column("issue_type", ForeignKey("issue_type.issue_type"), nullable=False),
    Column("refers_to", ForeignKey("employee.employee")),
    CheckConstraint("refers_to IS NULL OR refers_to <> employee", name="refers_to"),
)

# One reason for leaving or joining, in the customer's wording, and the stage of the customer's life in which it lies.
reason = loaded(
    "reason",
    Column("reason", String(60), nullable=False),
    Column("wording", Text, nullable=False),
    Column("kind", String(6), nullable=False, server_default="left"),
    Column("stage", ForeignKey("stage.stage")),
    CheckConstraint("kind IN ('left', 'joined')", name="kind"),
    keyed="reason",
)

# Stage (or one of its touchpoints) x state of the journey x day: how customers feel there, from -2 to +2, and what says so.
emotion = loaded(
    "emotion",
    Column("stage", ForeignKey("stage.stage"), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("state", String(8), nullable=False, server_default="current"),
    Column("feeling", Float, nullable=False),
    Column("basis", String(8), nullable=False),
    Column("n", Integer),
    Column("evidence", Text),
    Column("day", Date, nullable=False),
    CheckConstraint("state IN ('current', 'future')", name="state"),
    CheckConstraint("feeling BETWEEN -2 AND 2", name="feeling"),
    CheckConstraint("basis IN ('measured', 'assumed')", name="basis"),
    CheckConstraint("basis = 'assumed' OR (n IS NOT NULL AND n > 0)", name="measured_has_n"),
    Index(None, "stage", "day"),
)

# One answer of one customer: how near a stage is to the desired experience, from 1 (far) to 5 (as it should be).
desired_rating = loaded(
    "desired_rating",
    Column("stage", ForeignKey("stage.stage"), nullable=False),
    Column("score", Float, nullable=False),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    Index(None, "stage", "day"),
)

# One promise made to customers at a stage: its words, where it was made, and the KPI that tells whether it is kept.
promise = loaded(
    "promise",
    Column("stage", ForeignKey("stage.stage"), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("words", Text, nullable=False),
    Column("made_in", Text),
    Column("made_on", Date),
    Column("kpi", String(60)),
)

# One place where a case passes from one function to another.
handoff = loaded(
    "handoff",
    Column("handoff", String(60), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("from_function", ForeignKey("function.function"), nullable=False),
    Column("to_function", ForeignKey("function.function"), nullable=False),
    Column("what", Text, nullable=False),
    Column("needs", Text),
    Column("max_wait_hours", Float),
    Column("owner", String(80)),
    CheckConstraint("max_wait_hours > 0", name="max_wait_hours"),
    keyed="handoff",
)

# One case handed over once; `complete` is whether all that was needed came along (None: nobody said), `returned_at` a bounce.
handoff_event = loaded(
    "handoff_event",
    Column("handoff", ForeignKey("handoff.handoff"), nullable=False),
    Column("case", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("handed_at", Instant, nullable=False),
    Column("taken_at", Instant),
    Column("returned_at", Instant),
    Column("complete", Boolean),
    Column("day", Date, nullable=False),
    CheckConstraint("taken_at IS NULL OR taken_at >= handed_at", name="taken_after_handed"),
    CheckConstraint("returned_at IS NULL OR returned_at >= handed_at", name="returned_after_handed"),
    Index(None, "handoff", "day"),
    Index(None, "day"),
)

# Day of handing over x day on which it became known x perimeter x handoff: cases, how long until they were taken, how they came.
handoff_day = Table(
    "handoff_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("known_on", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("handoff", String(60), primary_key=True),
    Column("handed", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("wait_hours", Float, nullable=False),
    Column("in_time", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("complete", Integer, nullable=False),
    Column("complete_known", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
)

# One study about customers.
research = loaded(
    "research",
    Column("study", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("n", Integer),
    Column("summary", Text, nullable=False),
    Column("stage", ForeignKey("stage.stage")),
    Column("finished_on", Date, nullable=False),
    CheckConstraint("n IS NULL OR n >= 0", name="n"),
    keyed="study",
)

# One thing that customers must do, for leaders to try: a form to fill, a form of the web, or steps, and what it costs customers.
task = loaded(
    "task",
    Column("task", String(60), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("path", Text),
    Column("address", Text),
    Column("steps", Text),
    Column("customer_seconds", Float),
    Column("customer_n", Integer),
    Column("measured_on", Date),
    CheckConstraint(
        "(kind = 'form' AND path IS NOT NULL) OR (kind = 'web' AND address IS NOT NULL)"
        " OR (kind = 'steps' AND steps IS NOT NULL)",
        name="what_to_do",
    ),
    CheckConstraint("customer_seconds > 0", name="customer_seconds"),
    keyed="task",
)
