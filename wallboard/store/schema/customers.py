"""Customers, their contracts and purchases, and the ledger of who came and left with its facts by day."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallboard.store.schema.columns import Identity, Money, loaded, metadata
from wallboard.store.types import Instant

SAYERS = ("customer said", "staff entered", "inferred", "unknown")
"""Who says why a customer came or left; the four are never mixed."""

# One customer: the unit that is counted.
customer = loaded(
    "customer",
    Column("customer", String(80), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("name", Text),
    Column("kind", String(8)),
    Column("customer_group", String(60)),
    Column("parent", String(80), index=True),
    Column("contact", Text),
    Column("test_account", Boolean, nullable=False),
    CheckConstraint("parent IS NULL OR parent <> customer", name="not_its_own_parent"),
    keyed="customer",
)

# One number under which another customer was kept before the two were merged.
customer_alias = loaded(
    "customer_alias",
    Column("alias", String(80), nullable=False),
    Column("customer", String(80), nullable=False, index=True),
    CheckConstraint("alias <> customer", name="of_another"),
    keyed="alias",
)

# One customer in one group from one day on, until the day before `valid_to`.
membership = loaded(
    "membership",
    Column("customer", String(80), nullable=False, index=True),
    Column("customer_group", String(60), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
)

# Currency x day: how much of the room's money one unit is worth from then on.
exchange_rate = loaded(
    "exchange_rate",
    Column("currency", String(3), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("rate", Float, nullable=False),
    CheckConstraint("rate > 0", name="rate"),
)

# One contract of a customer.
contract = loaded(
    "contract",
    Column("contract", String(80)),
    Column("customer", String(80), nullable=False, index=True),
    Column("perimeter", String(60), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("cancel_requested_on", Date, index=True),
    Column("term_ends_on", Date),
    Column("term_months", Integer),
    Column("renewed_from", String(80)),
    Column("annual_value", Money),
    Column("currency", String(3), nullable=False),
    Column("reason", ForeignKey("reason.reason")),
    Column("reason_source", String(16)),
    Column("reason_words", Text),
    Column("joined_reason", ForeignKey("reason.reason")),
    Column("joined_reason_source", String(16)),
    Column("joined_reason_words", Text),
    CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="ends_after_start"),
    CheckConstraint("cancel_requested_on IS NULL OR cancel_requested_on >= started_on", name="cancelled_after_start"),
    CheckConstraint("term_ends_on IS NULL OR term_ends_on > started_on", name="term_after_start"),
    CheckConstraint("term_months IS NULL OR term_months > 0", name="term_months"),
    CheckConstraint(f"reason_source IN {SAYERS}", name="reason_source"),
    CheckConstraint(f"joined_reason_source IN {SAYERS}", name="joined_reason_source"),
)

# One purchase line of a customer.
purchase = loaded(
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

# One change of one customer on one day: came, came back, left, changed group, or grew and shrank while staying; 'revalued' where
# contracts of unknown value began or ended with it, so that nobody knows whether it is growth.
# `customer_group` is the group on that day (of a leaver, on the last one); a change of group says which one it was before.
customer_event = Table(
    "customer_event",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("customer", String(80), nullable=False, index=True),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("month", Date, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("customer_group", String(60), nullable=False, server_default=""),
    Column("from_group", String(60), nullable=False, server_default=""),
    Column("value", Money),
    Column("rule", String(16), nullable=False),
    Column("reason", String(60), nullable=False, server_default=""),
    Column("reason_source", String(16), nullable=False, server_default=""),
    Column("reason_words", Text),
    CheckConstraint("kind IN ('new', 'won back', 'lost', 'changed', 'revalued', 'moved')", name="kind"),
    UniqueConstraint("customer", "perimeter", "day", "kind", "rule"),
    Index(None, "kind", "day"),
    Index(None, "kind", "reason_source", "day"),
    Index(None, "month"),
)

# Perimeter x group x day x kind: how many customers, with how many of unknown value. A change of group is 'moved in' in one
# group and 'moved out' in the other.
customer_day = Table(
    "customer_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("kind", String(9), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x day x kind (new, won back, lost) x reason x who says so.
reason_day = Table(
    "reason_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("reason", String(60), primary_key=True),
    Column("reason_source", String(16), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False, server_default="0"),
)

# Perimeter x group x day of coming: customers who have left, nobody wrote down when; they are held apart from the ledger.
undated_loss = Table(
    "undated_loss",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x group x month x kind: the same as customer_day for whole months, but with every customer's changes of value in the
# month netted first: kinds are new, won back, lost, expansion, contraction, revalued, moved in, moved out.
customer_movement = Table(
    "customer_movement",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("kind", String(11), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x month: distinct customers who bought; `value` is that of the orders whose every line has an amount, `value_unknown`
# counts the others.
buyer_month = Table(
    "buyer_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("orders", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False, server_default="0"),
    Column("first_seen", Integer, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

# Perimeter x group x month: customers active at the end of its last day and what they are worth, counted from contracts or
# purchases and not from events. One row for each month from the first to the last one in which somebody came or left; after
# that nothing changes.
customer_month = Table(
    "customer_month",
    metadata,
    Column("perimeter", String(60), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("active", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x group x month x window (1 or 12 months that end with it): the closed cohort of those who were there at the
# window's start, in the group they were in then, and what became of their value. `lost` are not there at the end; `returned` had
# left and are back.
retention_month = Table(
    "retention_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("months", Integer, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("returned", Integer, nullable=False, server_default="0"),
    Column("value", Money, nullable=False),
    Column("expansion", Money, nullable=False),
    Column("contraction", Money, nullable=False),
    Column("churn", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x group x month of leaving: who left, and how many were back within so many days.
winback_month = Table(
    "winback_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("lost", Integer, nullable=False),
    Column("within_90", Integer, nullable=False),
    Column("within_180", Integer, nullable=False),
    Column("within_365", Integer, nullable=False),
)

# Perimeter x group x month in which terms were due x outcome (renewed, lost, pending) x day of the decision.
renewal_month = Table(
    "renewal_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("outcome", String(8), primary_key=True),
    Column("decided", Date, primary_key=True),
    Column("contracts", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("renewed_value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False),
)

# Perimeter x account x month: customers of one parent who were there at its end, and their value; '' is all accounts together.
account_month = Table(
    "account_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("account", String(80), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("value", Money, nullable=False),
    Column("value_unknown", Integer, nullable=False, server_default="0"),
    Index(None, "month", "perimeter", "value"),
)
