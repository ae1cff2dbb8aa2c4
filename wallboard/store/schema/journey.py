"""The customer's journey: stages, touchpoints, who answers for them, and the customer's wording."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Integer, String, Text

from wallboard.store.schema.columns import loaded

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
person = loaded(
    "person",
    Column("person", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("function", ForeignKey("function.function")),
    Column("seniority", String(20)),
    keyed="person",
)

# One contact point within a stage.
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
    Column("owner", ForeignKey("person.person")),
    Column("promised", Text),
    Column("promised_by", Date),
    keyed="touchpoint",
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
