"""The roster of the few: opportunities rated, those that the company commits to, and what departments do beside them."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text

from wallboard.lifecycle import initiatives, roster
from wallboard.store.schema.columns import Identity, metadata
from wallboard.store.schema.steps import steps_of
from wallboard.store.types import Instant

# One limit of room.toml that the store itself keeps: filled by the program alone.
room_limit = Table(
    "room_limit",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("most", Integer, nullable=False),
)

# One rating of an opportunity: impact on customers and effort from 1 to 5, or how many customers voted for it, and where.
opportunity_rating = Table(
    "opportunity_rating",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("opportunity", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("impact", Integer),
    Column("effort", Integer),
    Column("votes", Integer),
    Column("words", Text),
    CheckConstraint(
        "(impact BETWEEN 1 AND 5 AND effort BETWEEN 1 AND 5 AND impact IS NOT NULL AND effort IS NOT NULL AND votes IS NULL)"
        " OR (votes BETWEEN 1 AND 1000000 AND votes IS NOT NULL AND impact IS NULL AND effort IS NULL"
        " AND coalesce(length(trim(words)), 0) > 0)",
        name="rated",
    ),
)

# One opportunity on the roster: its sponsor, and its target, by how many per cent complaints of a kind shall fall until a day.
# `decision` is that of the leaders who selected it; none of what came there before they voted.
roster_item = Table(
    "roster_item",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("opportunity", ForeignKey("opportunity.id"), nullable=False, index=True),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("issue_type", String(60), nullable=False),
    Column("less_by", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("decision", Integer, index=True),
    CheckConstraint("less_by BETWEEN 1 AND 100", name="less_by"),
)
ROSTER_STEPS = steps_of("roster_item", roster.STEPS)
roster_item_step = ROSTER_STEPS.table

# One initiative: of a department (its function), or of the company for a roster item; at one touchpoint. `complaints_then`: the
# complaints there in the four complete weeks before it started, NULL where nothing was measured.
initiative = Table(
    "initiative",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("perimeter", String(60), nullable=False),
    Column("title", Text, nullable=False),
    Column("function", String(60), nullable=False),
    Column("touchpoint", String(60), nullable=False),
    Column("roster_item", ForeignKey("roster_item.id"), index=True),
    Column("complaints_then", Integer),
)
# A finish says whether it worked, with `complaints_now`: those at its touchpoint in the last four complete weeks, as they were.
INITIATIVE_STEPS = steps_of(
    "initiative",
    initiatives.STEPS,
    Column("worked", Boolean),
    Column("complaints_now", Integer),
)
initiative_step = INITIATIVE_STEPS.table
