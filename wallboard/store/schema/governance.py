"""What the company has agreed on: definitions, targets, what is being done about it, and when leaders meet."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Text

from wallboard.store.schema.columns import Money, loaded

# Metric x version: what it is, who answers for it, and whether it may hang on a wall.
metric_definition = loaded(
    "metric_definition",
    Column("metric", String(60), nullable=False),
    Column("version", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("name", Text),
    Column("definition", Text),
    Column("formula", Text),
    Column("owner", ForeignKey("employee.employee")),
    Column("owner_body", Text),
    Column("priority", Boolean, nullable=False),
    CheckConstraint("version > 0", name="version"),
)

# Metric x perimeter (a part, a whole, or '' for the company) x day: what is aimed at from then on.
target = loaded(
    "target",
    Column("metric", String(60), nullable=False),
    Column("applies_to", String(60), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("set_by", ForeignKey("employee.employee")),
)

# One thing that is done about a customer, a tier, a reason, a metric or a stage, everywhere where no perimeter stands.
# The customer has seen it once `presented_on` is set; `quotation` is what the customer had said.
action = loaded(
    "action",
    Column("about", String(12), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("perimeter", String(60)),
    Column("stage", ForeignKey("stage.stage")),
    Column("why", Text),
    Column("quotation", Text),
    Column("what", Text, nullable=False),
    Column("owner", ForeignKey("employee.employee")),
    Column("since", Date, nullable=False),
    Column("due_on", Date),
    Column("done_on", Date),
    Column("outcome", Text),
    Column("presented_on", Date),
    Column("value", Money),
    Column("currency", String(3), nullable=False),
    Column("basis", Text),
    CheckConstraint("about IN ('customer', 'tier', 'reason', 'metric', 'stage')", name="about"),
    CheckConstraint("done_on IS NULL OR done_on >= since", name="done_after_since"),
    CheckConstraint("value IS NULL OR basis IS NOT NULL", name="value_has_basis"),
    Index(None, "about", "subject", "since"),
    Index(None, "about", "done_on"),
)

# One meeting in the room, as it stands in the calendar.
meeting = loaded(
    "meeting",
    Column("kind", String(40), nullable=False),
    Column("perimeter", String(60)),
    Column("planned_on", Date, nullable=False, index=True),
    Column("held_on", Date),
    CheckConstraint("held_on IS NULL OR held_on >= planned_on", name="held_as_planned_or_later"),
)

# One term of ours, and what a customer would say instead; a banned one never stands in an answer.
glossary_term = loaded(
    "glossary_term",
    Column("term", String(80), nullable=False),
    Column("instead", Text),
    Column("banned", Boolean, nullable=False),
    keyed="term",
)
