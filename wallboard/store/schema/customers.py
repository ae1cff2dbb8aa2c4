"""Customers, their contracts and purchases, and the ledger of who came and left with its facts by day."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from wallboard.store.schema.columns import Identity, Money, loaded, metadata
from wallboard.store.types import Instant

# One customer: the unit that is counted.
customer = loaded(
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
contract = loaded(
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
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

# Perimeter x month: customers active at the end of its last day, counted from contracts or purchases and not from events.
# One row for each month from the first to the last one in which somebody came or left; after that nothing changes.
customer_month = Table(
    "customer_month",
    metadata,
    Column("perimeter", String(60), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("active", Integer, nullable=False),
)
