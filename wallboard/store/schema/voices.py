"""What customers say: complaints, reviews, survey answers, public posts, and their facts by day."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.scales import FORMULAS
from wallboard.store.schema.columns import Money, loaded, metadata
from wallboard.store.types import Instant

# One thing one customer said, once, heard through one source; `handled_by` is the function that heard it, `cause` the one that
# caused it. `merged` is a ticket that was put together with another one: no contact of its own.
voice = loaded(
    "voice",
    Column("kind", String(16), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("customer", String(80), index=True),
    Column("perimeter", String(60), nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("stage", ForeignKey("stage.stage")),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("issue_type", ForeignKey("issue_type.issue_type")),
    Column("words", Text),
    Column("language", String(12)),
    Column("score", Float),
    Column("complaint", Boolean, nullable=False),
    Column("solved_at", Instant),
    Column("solved_day", Date),
    Column("owner", Text),
    Column("doing", Text),
    Column("next_step", Text),
    Column("relayed_by", Text),
    Column("handled_by", ForeignKey("function.function")),
    Column("cause", ForeignKey("function.function")),
    Column("merged", Boolean),
    CheckConstraint("solved_at IS NULL OR solved_at >= occurred_at", name="solved_after_heard"),
    Index(None, "complaint", "solved_day", "day"),
    Index(None, "issue_type", "day"),
    Index(None, "touchpoint", "day"),
    Index(None, "stage", "day"),
    Index(None, "cause", "day"),
    Index(None, "day"),
)

# Perimeter x day x touchpoint x issue type: what was said.
voice_day = Table(
    "voice_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("stage", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("issue_type", String(60), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("voices", Integer, nullable=False),
    Column("complaints", Integer, nullable=False),
    Column("with_words", Integer, nullable=False),
)

# Perimeter x week x place x issue type: complaints of a whole week, from its Monday.
complaint_week = Table(
    "complaint_week",
    metadata,
    Column("week", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("stage", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("issue_type", String(60), primary_key=True),
    Column("complaints", Integer, nullable=False),
)

# Perimeter x week x issue type: complaints of a whole week, from its Monday.
kind_week = Table(
    "kind_week",
    metadata,
    Column("week", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("issue_type", String(60), primary_key=True),
    Column("complaints", Integer, nullable=False),
)

# Perimeter x week x source x place: voices of a whole week, from its Monday, and the day of the last one.
source_week = Table(
    "source_week",
    metadata,
    Column("week", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("stage", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("voices", Integer, nullable=False),
    Column("complaints", Integer, nullable=False),
    Column("latest", Date, nullable=False),
)

# Perimeter x day: complaints that arrived and complaints that the source calls solved.
complaint_day = Table(
    "complaint_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("arrived", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
)

# Perimeter x month: complaints that arrived and complaints that the source calls solved.
complaint_month = Table(
    "complaint_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("arrived", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
)

# Perimeter x month x place x issue type: contacts, what they cost at the unit costs of their days, and the customers' minutes.
# `uncosted` and `untimed` are those without a unit cost and without known minutes; failures are those whose type says so.
contact_month = Table(
    "contact_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("stage", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("issue_type", String(60), primary_key=True),
    Column("complaint", Boolean, primary_key=True),
    Column("contacts", Integer, nullable=False),
    Column("cost", Money, nullable=False),
    Column("uncosted", Integer, nullable=False),
    Column("minutes", Float, nullable=False),
    Column("untimed", Integer, nullable=False),
)

# Perimeter x day x issue type: contacts (merged ones are none), as they follow each other within `window_days` days by the same
# customer about the same type: `firsts` have none before, `returned` are firsts with one after, `repeats` have one before;
# `unknown` name no customer or no type. contacts = firsts + repeats + unknown.
contact_repeat_day = Table(
    "contact_repeat_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("issue_type", String(60), primary_key=True),
    Column("window_days", Integer, nullable=False),
    Column("contacts", Integer, nullable=False),
    Column("firsts", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("unknown", Integer, nullable=False),
    Column("merged", Integer, nullable=False),
)

# Perimeter x month x who heard x who caused: contacts of which either is known, and what they cost, as in contact_month.
cause_month = Table(
    "cause_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("handled_by", String(60), primary_key=True),
    Column("cause", String(60), primary_key=True),
    Column("complaint", Boolean, primary_key=True),
    Column("contacts", Integer, nullable=False),
    Column("cost", Money, nullable=False),
    Column("uncosted", Integer, nullable=False),
    Column("with_words", Integer, nullable=False),
)

# Perimeter x month x function: customers who left soon after a complaint that it had caused, and their value.
cause_loss_month = Table(
    "cause_loss_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("cause", String(60), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

MEASURES = ("NPS", "CSAT", "CES", "rating", "trust")

OUTCOMES = ("completed", "partial", "no answer", "bounced", "ineligible", "unknown")

# One answer to one question of one survey.
survey_response = loaded(
    "survey_response",
    Column("survey", String(80), nullable=False),
    Column("measure", String(12), nullable=False),
    Column("formula", String(32), nullable=False, server_default=""),
    Column("wording", Text),
    Column("scale_min", Float, nullable=False),
    Column("scale_max", Float, nullable=False),
    Column("score", Float),
    Column("responded_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("stage", ForeignKey("stage.stage")),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("words", Text),
    Column("complete", Boolean, nullable=False),
    Column("test", Boolean, nullable=False),
    CheckConstraint(f"measure IN {MEASURES}", name="measure"),
    CheckConstraint(f"formula IN {('', *FORMULAS)}", name="formula"),
    CheckConstraint("score IS NULL OR (score >= scale_min AND score <= scale_max)", name="score_on_scale"),
    Index(None, "stage", "day"),
    Index(None, "day"),
)

# One question of one survey as it was asked: wording, scale and formula, from its first answer to its last.
question = Table(
    "question",
    metadata,
    Column("survey", String(80), primary_key=True),
    Column("measure", String(12), primary_key=True),
    Column("formula", String(32), primary_key=True),
    Column("scale_min", Float, primary_key=True),
    Column("scale_max", Float, primary_key=True),
    Column("wording", Text),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

# One invitation to answer one survey, and what became of it.
invitation = loaded(
    "invitation",
    Column("survey", String(80), nullable=False),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("outcome", String(12), nullable=False),
    CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
    Index(None, "day"),
)

# Perimeter x day x survey: how many were asked, could be reached and answered.
invitation_day = Table(
    "invitation_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("survey", String(80), primary_key=True),
    Column("invited", Integer, nullable=False),
    Column("ineligible", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("partial", Integer, nullable=False),
)

# Survey x measure x place x day: enough sums to give every score with its interval.
score_day = Table(
    "score_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("survey", String(80), primary_key=True),
    Column("measure", String(12), primary_key=True),
    Column("formula", String(32), primary_key=True),
    Column("stage", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("scale_min", Float, primary_key=True),
    Column("scale_max", Float, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("total", Float, nullable=False),
    Column("squares", Float, nullable=False),
    Column("high", Integer, nullable=False),
    Column("low", Integer, nullable=False),
)

TONES = ("negative", "neutral", "positive")
"""What a listening tool, or a person, has called the tone of a post."""

# One public post about us or a competitor; deliberately without any column that could hide it.
post = loaded(
    "post",
    Column("brand", String(80), nullable=False),
    Column("ours", Boolean, nullable=False),
    Column("network", String(40), nullable=False),
    Column("posted_at", Instant, nullable=False),
    Column("author", Text),
    Column("words", Text, nullable=False),
    Column("url", Text),
    Column("tone", String(8)),
    CheckConstraint(f"tone IN {TONES}", name="tone"),
    Index(None, "ours", "posted_at"),
)
