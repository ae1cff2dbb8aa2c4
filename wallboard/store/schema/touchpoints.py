"""How well it is done: KPIs, deliveries, exposure, and the files that show it."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import loaded, metadata
from wallboard.store.types import Instant

LANES = ("experience", "hear", "react")
"""What customers go through at a stage, in the order of its page."""

# Touchpoint x KPI x perimeter x day: numerator and denominator, never only the ratio.
touchpoint_kpi = loaded(
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
delivery = loaded(
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

# One part in which one line of an order was delivered; a line that has not come at all is one row without a delivery. `delivered`
# is how much came in it; `quantity` is what was ordered, the same in each part, and so is the day that the customer asked for.
order_line = loaded(
    "order_line",
    Column("order_no", String(80), nullable=False),
    Column("line_no", String(40), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("promised_on", Date),
    Column("quantity", Float, nullable=False),
    Column("delivered", Float),
    Column("delivered_at", Instant),
    Column("day", Date),
    Column("cancelled", Boolean, nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
    CheckConstraint("delivered >= 0", name="delivered"),
    Index(None, "requested_on"),
)

VISIT_RESULTS = ("fixed", "not fixed", "no access")

# One visit to a customer for one job. `full_information`, `right_tools`: whether whoever came had them (None: nobody said).
visit = loaded(
    "visit",
    Column("job", String(80), nullable=False),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("function", ForeignKey("function.function")),
    Column("customer", String(80)),
    Column("perimeter", String(60), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("day", Date, nullable=False),
    Column("result", String(12), nullable=False),
    Column("full_information", Boolean),
    Column("right_tools", Boolean),
    Column("customer_minutes", Float),
    CheckConstraint(f"result IN {VISIT_RESULTS}", name="result"),
    CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ended_at"),
    CheckConstraint("customer_minutes >= 0", name="customer_minutes"),
    Index(None, "day"),
    Index(None, "job"),
)

# Day x perimeter x touchpoint: visits at which somebody was let in, those without access, how prepared whoever came was (`known`
# where that was said), the customers' minutes; and the jobs whose first such visit was on that day, with those it fixed: no other
# visit within RETURN_DAYS. So a job is decided by what happened in these days, and told only when they have passed.
visit_day = Table(
    "visit_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("touchpoint", String(60), primary_key=True),
    Column("visits", Integer, nullable=False),
    Column("no_access", Integer, nullable=False),
    Column("informed", Integer, nullable=False),
    Column("informed_known", Integer, nullable=False),
    Column("equipped", Integer, nullable=False),
    Column("equipped_known", Integer, nullable=False),
    Column("minutes", Float, nullable=False),
    Column("timed", Integer, nullable=False),
    Column("jobs", Integer, nullable=False),
    Column("fixed_first", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
)
RETURN_DAYS = 30
"""A job is fixed at the first visit where nobody comes again within so many days."""

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
exposure = loaded(
    "exposure",
    Column("touchpoint", ForeignKey("touchpoint.touchpoint"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("quantity", Float, nullable=False),
    CheckConstraint("quantity >= 0", name="quantity"),
    Index(None, "touchpoint", "day"),
    Index(None, "day"),  # all touchpoints of some weeks, however many years there are
)

# One file of the media folder.
media = loaded(
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
    Column("width", Integer),
    Column("height", Integer),
    Column("seconds", Float),
    Column("pages", Integer),
    Column("fields", Integer),
    Column("retention_until", Date),
    Column("redacted", Boolean),
    Column("pair", String(60)),
    Column("moment", String(8)),
    CheckConstraint(f"lane IN {LANES}", name="lane"),
    CheckConstraint("consent IN ('given', 'not needed', 'unknown', 'withdrawn')", name="consent"),
    Index(None, "stage", "lane"),
    numbered_once=True,
)
