"""What customers are worth and do: money by month, tiers, behaviours, referrals, unit costs, and their facts by month."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import Money, loaded, metadata

# Customer x perimeter x month: revenue and cost. Without a customer: cost that nobody can say whose it is.
customer_money = loaded(
    "customer_money",
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("month", Date, nullable=False),
    Column("month_key", String(160), nullable=False),
    Column("revenue", Money),
    Column("direct_cost", Money),
    Column("cost_to_serve", Money),
    Column("currency", String(3), nullable=False),
    Index(None, "customer", "month"),
    Index(None, "month"),
    keyed="month_key",
)

# Tier x version of the rule: from which profit in twelve months on a customer belongs to it.
tier = loaded(
    "tier",
    Column("tier", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at_least", Money),
    Column("valid_from", Date, nullable=False),
)

# Perimeter x group x month x tier: customers there at its end, and their money of the twelve months that end with it.
# The tier '' holds active customers without money, '?' those before the first rule, '-' is cost of no customer (always there) and
# 'out' money of people who were no customers at the month's end; all rows of a month are all the money of its twelve months.
tier_month = Table(
    "tier_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("tier", String(40), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("revenue", Money, nullable=False),
    Column("direct_cost", Money, nullable=False),
    Column("cost_to_serve", Money, nullable=False),
    Column("partly_costed", Integer, nullable=False),
)

# Perimeter x month x window x from x to: customers who changed tier between two month ends, by the rule of the later one.
# From 'in' and to 'out' are those who came and left. `by_rule` counts those whom the new rule alone has put elsewhere: a break.
tier_move = Table(
    "tier_move",
    metadata,
    Column("month", Date, primary_key=True),
    Column("months", Integer, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("from_tier", String(40), primary_key=True),
    Column("to_tier", String(40), primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("by_rule", Integer, nullable=False),
)

# Month x set of perimeters x step: cumulative profit of twelve months of the most profitable customers, in 20 steps.
# `perimeters` are the leaves that are counted together, joined by commas. Step 0 is all who earn anything, step 21 the fewest who
# earn as much as all.
whale_month = Table(
    "whale_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeters", String(400), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("customers", Integer, nullable=False),
    Column("profit", Money, nullable=False),
)

# One behaviour that shows a stronger or weaker bond.
behaviour = loaded(
    "behaviour",
    Column("behaviour", String(60), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text),
    Column("is_key", Boolean, nullable=False),
    Column("grows_at", Float, nullable=False),
    Column("compared_with", String(20), nullable=False),
    CheckConstraint("compared_with IN ('month before', 'same month last year')", name="compared_with"),
    CheckConstraint("grows_at > 0", name="grows_at"),
    keyed="behaviour",
)

# Customer x month x behaviour: how often, how much.
customer_behaviour = loaded(
    "customer_behaviour",
    Column("customer", String(80), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("month", Date, nullable=False),
    Column("behaviour", ForeignKey("behaviour.behaviour"), nullable=False),
    Column("month_key", String(220), nullable=False),
    Column("value", Float, nullable=False),
    Index(None, "behaviour", "month"),
    keyed="month_key",
)

# Perimeter x group x month x behaviour: customers who do more, the same and less of it than before, and those without a before.
behaviour_month = Table(
    "behaviour_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("behaviour", String(60), primary_key=True),
    Column("growing", Integer, nullable=False),
    Column("stable", Integer, nullable=False),
    Column("declining", Integer, nullable=False),
    Column("new", Integer, nullable=False),
)

# One person whom a customer sent to us, or who came by a word of mouth that nobody can name.
referral = loaded(
    "referral",
    Column("referrer", String(80)),
    Column("referred_customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("referred_on", Date, nullable=False),
    Column("converted_on", Date),
    Column("value", Money),
    Column("currency", String(3), nullable=False),
    CheckConstraint("converted_on IS NULL OR converted_on >= referred_on", name="converted_after_referred"),
    Index(None, "referred_on"),
)

# Perimeter x group x month x window: customers who referred somebody, and what came of it; '-' is of nobody known.
referral_month = Table(
    "referral_month",
    metadata,
    Column("month", Date, primary_key=True),
    Column("months", Integer, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("customer_group", String(60), primary_key=True),
    Column("referrers", Integer, nullable=False),
    Column("referred", Integer, nullable=False),
    Column("converted", Integer, nullable=False),
    Column("value", Money, nullable=False),
)

# Activity x perimeter (everywhere without one) x day: what one of it costs from then on, and how long it takes the customer.
unit_cost = loaded(
    "unit_cost",
    Column("activity", String(80), nullable=False),
    Column("perimeter", String(60)),
    Column("valid_from", Date, nullable=False),
    Column("amount", Money, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("customer_minutes", Float),
    Column("basis", Text),
    CheckConstraint("amount >= 0", name="amount"),
)
