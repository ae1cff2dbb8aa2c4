"""What customers say: complaints, reviews, survey answers, public posts, and their facts by day."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import loaded, metadata
from wallboard.store.types import Instant

# One thing one customer said, once, heard through one source.
voice = loaded(
    "voice",
    Column("kind", String(16), nullable=False),
    Column("heard_through", String(80), nullable=False),
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
    CheckConstraint("solved_at IS NULL OR solved_at >= occurred_at", name="solved_after_heard"),
    Index(None, "complaint", "solved_day", "day"),
    Index(None, "issue_type", "day"),
    Index(None, "touchpoint", "day"),
    Index(None, "stage", "day"),
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
    Column("heard_through", String(80), primary_key=True),
    Column("voices", Integer, nullable=False),
    Column("complaints", Integer, nullable=False),
    Column("with_words", Integer, nullable=False),
)

# Perimeter x day: complaints that arrived and complaints that the source calls solved.
issue_day = Table(
    "issue_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("arrived", Integer, nullable=False),
    Column("solved", Integer, nullable=False),
)

# One answer to one question of one survey.
survey_response = loaded(
    "survey_response",
    Column("survey", String(80), nullable=False),
    Column("measure", String(12), nullable=False),
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
    CheckConstraint("measure IN ('NPS', 'CSAT', 'CES', 'rating')", name="measure"),
    CheckConstraint("score IS NULL OR (score >= scale_min AND score <= scale_max)", name="score_on_scale"),
    Index(None, "stage", "day"),
    Index(None, "day"),
)

# Survey x measure x place x day: enough sums to give every score with its interval.
score_day = Table(
    "score_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("survey", String(80), primary_key=True),
    Column("measure", String(12), primary_key=True),
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
    Index(None, "ours", "posted_at"),
)
