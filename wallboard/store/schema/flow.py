"""How tickets move through the helpdesk: each change of status, and the facts that walls read of them."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from wallboard.store.schema.columns import Identity, loaded, metadata
from wallboard.store.types import Instant

STATUSES = ("new", "in work", "waiting", "waiting for the customer", "solved", "closed by the helpdesk")
"""Where a ticket can be, in the order in which it gets there. The helpdesk's end never bears the room's own word: an issue is
over only when the customer has accepted the answer."""

OPEN = STATUSES[:4]
"""Nobody has called it solved yet; 'waiting' is for us or a supplier."""

# One change of the status of one ticket at the helpdesk, or a row of its log in which the status is still the same. `opened_at`
# is when the ticket was opened, where the log says so beside every change; `seq` puts changes of one instant in order.
ticket_event = loaded(
    "ticket_event",
    Column("ticket", String(80), nullable=False),
    Column("status", String(24), nullable=False),
    Column("at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("seq", Integer),
    Column("opened_at", Instant),
    Column("opened_day", Date),
    Column("perimeter", String(60), nullable=False),
    Column("stage", ForeignKey("stage.stage")),
    Column("touchpoint", ForeignKey("touchpoint.touchpoint")),
    Column("issue_type", ForeignKey("issue_type.issue_type")),
    Column("handled_by", ForeignKey("function.function")),
    Column("owner", Text),
    CheckConstraint(f"status IN {STATUSES}", name="status"),
    Index(None, "source", "ticket"),
)

EXACT_DAYS, BLOCK = 364, 28


def started_on(started: Any, then: Any, before: Any) -> Any:
    """The first day under which a ticket is counted at the end of a day: its own for a year, then the last of its four weeks.

    So a wall reads as few rows of an old helpdesk as of a young one, and what it says of an older ticket, that it is at least so
    many days old, is true. Days are ordinals; `before(condition, this, that)` chooses.
    """
    return before(started < then - EXACT_DAYS, started - started % BLOCK + BLOCK - 1, started)


# Perimeter x day on which something happened: tickets that arrived (`reopened` of them again), departed, and got as far as each
# status; `unstarted` were called solved before anything else was known of them, and count in nothing else. `events` are rows of
# the log. Every total runs from the beginning to the end of that day; `open_since` adds up the first days of
# the open tickets, as ordinals.
ticket_day = Table(
    "ticket_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("events", Integer, nullable=False),
    Column("arrived", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    Column("in_work", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("with_customer", Integer, nullable=False),
    Column("departed", Integer, nullable=False),
    Column("unstarted", Integer, nullable=False),
    Column("since", Identity, nullable=False),
    Column("arrived_total", Integer, nullable=False),
    Column("in_work_total", Integer, nullable=False),
    Column("waiting_total", Integer, nullable=False),
    Column("with_customer_total", Integer, nullable=False),
    Column("departed_total", Integer, nullable=False),
    Column("unstarted_total", Integer, nullable=False),
    Column("open_since", Identity, nullable=False),
    Index(None, "perimeter", "day"),
)


def _tickets_by_status(name: str) -> Table:
    """A table of tickets by day, perimeter, status and first day (as an ordinal)."""
    return Table(
        name,
        metadata,
        Column("day", Date, primary_key=True),
        Column("perimeter", String(60), primary_key=True),
        Column("status", String(24), primary_key=True),
        Column("started", Integer, primary_key=True),
        Column("tickets", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


# Day x perimeter x status x first day: tickets that stand in that status at the day's end and did not before, less those that no
# longer do.
ticket_move = _tickets_by_status("ticket_move")

# Day x perimeter x status x first day (see started_on): tickets open at its end. For the newest one or two weeks every day with
# moves, before them the Sunday of every week with moves: without one nothing changes.
ticket_open = _tickets_by_status("ticket_open")

# Week (its Monday) x perimeter x cycle time in days: tickets that were solved in it, one that is solved again each time.
ticket_cycle = Table(
    "ticket_cycle",
    metadata,
    Column("week", Date, primary_key=True),
    Column("perimeter", String(60), primary_key=True),
    Column("days", Integer, primary_key=True),
    Column("tickets", Integer, nullable=False),
    sqlite_with_rowid=False,
)
