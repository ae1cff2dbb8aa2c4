"""Every table of the store; each says its grain first.

Loaded tables keep (source, source_key); facts by day are kept up to date by the load, so that a wall never scans raw rows.
In facts an empty string means "not said".
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from wallboard.store.types import Instant

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Identity = BigInteger().with_variant(Integer, "sqlite")
Money = Float


def _origin() -> list[Column[object]]:
    """Where a loaded row came from, and a hash of what it said."""
    return [
        Column("source", String(80), nullable=False),
        Column("source_key", String(400), nullable=False),
        Column("row_hash", BigInteger, nullable=False),
        Column("load_run_id", ForeignKey("load_run.id"), nullable=False),
    ]


def _loaded(name: str, *columns: SchemaItem, keyed: str | None = None) -> Table:
    """A table that a feed fills: unique by its origin, and by `keyed` where that names the thing itself."""
    identity: list[SchemaItem] = [Column("id", Identity, primary_key=True, autoincrement=True), *_origin()]
    unique = [UniqueConstraint("source", "source_key")]
    if keyed:
        unique.append(UniqueConstraint(keyed))
    return Table(name, metadata, *identity, *columns, *unique)


# One load of one file (or query) of one source.
load_run = Table(
    "load_run",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("source", String(80), nullable=False),
    Column("feed", String(40), nullable=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64)),
    Column("mapping", String(64)),
    Column("started_at", Instant, nullable=False),
    Column("seconds", Float, nullable=False, server_default="0"),
    Column("status", String(10), nullable=False),
    Column("rows_read", Integer, nullable=False, server_default="0"),
    Column("rows_new", Integer, nullable=False, server_default="0"),
    Column("rows_changed", Integer, nullable=False, server_default="0"),
    Column("rows_same", Integer, nullable=False, server_default="0"),
    Column("rows_gone", Integer, nullable=False, server_default="0"),
    Column("rows_refused", Integer, nullable=False, server_default="0"),
    Column("fact_at", Instant),
    Column("message", Text),
    CheckConstraint("status IN ('running', 'ok', 'refused')", name="status"),
    CheckConstraint("rows_read = rows_new + rows_changed + rows_same + rows_refused", name="no_row_lost"),
    Index(None, "source", "sha256"),
)

# One refused row, kept as it came.
refusal = Table(
    "refusal",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("load_run_id", ForeignKey("load_run.id"), nullable=False, index=True),
    Column("row_no", Integer, nullable=False),
    Column("column_name", Text),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("raw", Text, nullable=False),
)

# One table: how often it has changed. Raised by every write, read by every pulse.
table_version = Table(
    "table_version",
    metadata,
    Column("table_name", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

# One source: its newest fact and when it was last heard.
source_state = Table(
    "source_state",
    metadata,
    Column("source", String(80), primary_key=True),
    Column("feed", String(40), nullable=False),
    Column("fact_at", Instant),
    Column("loaded_at", Instant, nullable=False),
    Column("problem", Text),
)

# One lasting remark about the store itself, such as "it holds demo data".
store_mark = Table("store_mark", metadata, Column("mark", String(40), primary_key=True), Column("value", Text, nullable=False))

# ---- the journey ----

# One stage of the customer's life, named as the customer says it.
stage = _loaded(
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
function = _loaded(
    "function",
    Column("function", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("customer_facing", Boolean, nullable=False),
    Column("outsourced", Boolean, nullable=False),
    keyed="function",
)

# One person who answers for something.
person = _loaded(
    "person",
    Column("person", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("function", ForeignKey("function.function")),
    Column("seniority", String(20)),
    keyed="person",
)

# One contact point within a stage.
touchpoint = _loaded(
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
issue_type = _loaded(
    "issue_type",
    Column("issue_type", String(60), nullable=False),
    Column("wording", Text, nullable=False),
    Column("demand", String(12), nullable=False),
    CheckConstraint("demand IN ('failure', 'value', 'unclassified')", name="demand"),
    keyed="issue_type",
)

# One reason for leaving, in the customer's wording.
reason = _loaded("reason", Column("reason", String(60), nullable=False), Column("wording", Text, nullable=False), keyed="reason")

# ---- customers ----

# One customer: the unit that is counted.
customer = _loaded(
    "customer",
    Column("customer", String(80), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("name", Text),
    Column("kind", String(8)),
    Column("customer_group", String(60)),
    Column("test_account", Boolean, nullable=False),
    keyed="customer",
)

# One contract of a customer.
contract = _loaded(
    "contract",
    Column("customer", String(80), nullable=False, index=True),
    Column("perimeter", String(60), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("cancel_requested_on", Date),
    Column("annual_value", Money),
    Column("currency", String(3), nullable=False),
    Column("reason", ForeignKey("reason.reason")),
    Column("reason_source", String(16)),
    Column("reason_words", Text),
    CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
    CheckConstraint("reason_source IN ('customer said', 'staff entered', 'inferred', 'unknown')", name="reason_source"),
)

# One purchase line of a customer.
purchase = _loaded(
    "purchase",
    Column("customer", String(80), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("order_key", String(80), nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("amount", Money),
    Column("currency", String(3), nullable=False),
    Index(None, "customer", "perimeter", "day"),
    Index(None, "day"),
)

# One change of one customer on one day: came, came back, left, or grew and shrank while staying.
customer_event = Table(
    "customer_event",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("customer", String(80), nullable=False, index=True),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("value", Money),
    Column("rule", String(16), nullable=False),
    Column("reason", String(60), nullable=False, server_default=""),
    Column("reason_source", String(16), nullable=False, server_default=""),
    Column("reason_words", Text),
    CheckConstraint("kind IN ('new', 'won back', 'lost', 'changed')", name="kind"),
    UniqueConstraint("customer", "perimeter", "day", "kind", "rule"),
    Index(None, "kind", "day"),
)

# Perimeter x day x kind: how many customers, with how many of unknown value.
customer_day = Table(
    "customer_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x day x reason x who says so, of customers who left.
lost_day = Table(
    "lost_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("reason", String(60), primary_key=True),
    Column("reason_source", String(16), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
)

# Perimeter x month: distinct customers who bought.
buyer_month = Table(
    "buyer_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("first_seen", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
)

# ---- what customers say ----

# One thing one customer said, once, heard through one source.
voice = _loaded(
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
survey_response = _loaded(
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

# ---- how well it is done ----

# Touchpoint x KPI x perimeter x day: numerator and denominator, never only the ratio.
touchpoint_kpi = _loaded(
    "touchpoint_kpi",
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("kpi", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("numerator", Float, nullable=False),
    Column("denominator", Float, nullable=False),
    Column("better", String(4), nullable=False),
    Column("unit", String(12), nullable=False),
    Column("target", Float),
    CheckConstraint("denominator >= 0", name="denominator"),
    CheckConstraint("better IN ('up', 'down')", name="better"),
    CheckConstraint("unit IN ('share', 'mean')", name="unit"),
    Index(None, "touchpoint", "day"),
    Index(None, "day"),
)

# One thing promised to one customer for a date, and when it came.
delivery = _loaded(
    "delivery",
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("promised_at", Instant, nullable=False),
    Column("delivered_at", Instant),
    Column("day", Date),
    Column("promised_day", Date, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Index(None, "touchpoint", "day"),
    Index(None, "day"),
)

# Touchpoint x KPI x perimeter x day, from every source of KPIs; what walls read.
kpi_day = Table(
    "kpi_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("kpi", String(60), primary_key=True),
    Column("name", Text, nullable=False),
    Column("numerator", Float, nullable=False),
    Column("denominator", Float, nullable=False),
    Column("better", String(4), nullable=False),
    Column("unit", String(12), nullable=False),
    Column("target", Float),
)

# Touchpoint x perimeter x day x kind: how many customers could have complained.
exposure = _loaded(
    "exposure",
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("quantity", Float, nullable=False),
    CheckConstraint("quantity >= 0", name="quantity"),
    Index(None, "touchpoint", "day"),
)

# ---- what can be seen and heard ----

# One file of the media folder.
media = _loaded(
    "media",
    Column("path", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("stage", ForeignKey("stage.stage"), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("lane", String(12), nullable=False),
    Column("caption", Text),
    Column("captured_on", Date),
    Column("consent", String(12), nullable=False),
    Column("transcript", Text),
    Column("words", Text),
    Column("mime", String(60), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    CheckConstraint("lane IN ('experience', 'hear', 'react')", name="lane"),
    CheckConstraint("consent IN ('given', 'not needed', 'unknown', 'withdrawn')", name="consent"),
    Index(None, "stage", "lane"),
)

# One public post about us or a competitor; deliberately without any column that could hide it.
post = _loaded(
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
