"""Contacts that follow each other: the same customer about the same kind of issue again within the room's window of days.

A contact is a first one where none came within the window before it, else a repeat; a first one has returned where one follows
within the window. Merged tickets are no contacts; who names no customer or no kind cannot be judged. Only the days within a
window of what was written are counted again, and only for what decides it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    FromClause,
    MetaData,
    String,
    Subquery,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)

from wallboard.loaders.counting.aliases import aliases
from wallboard.loaders.counting.days import MANY, NOT_SAID, dates
from wallboard.loaders.counting.declared import EVERYTHING, Change, Everything, Fact, Grain
from wallboard.loaders.counting.grains import DAYS_AT_ONCE, distinct
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import contact_repeat_day, customer_alias, voice
from wallboard.store.write import Written

_V, _F = voice.c, contact_repeat_day.c
_DECIDES = ["customer", "issue_type", "perimeter", "occurred_at", "day", "merged"]

Span = tuple[date, date]


def _touched(change: Change) -> list[Span] | Everything | None:
    """Voices touch the days around them; merged customers touch all."""
    if change.table is customer_alias:
        return EVERYTHING
    days = _days_of(change.written)
    return EVERYTHING if len(days) > MANY else _around(days, change.room.settings.fcr_days) or None


def _batches(connection: Connection, _room: Room) -> Iterator[list[Span]]:
    """Spans from one day on to the next, so that each day is counted once."""
    days = distinct(connection, _V.day)
    return ([(some[0], some[-1])] for some in in_portions(days, DAYS_AT_ONCE))


def _count(connection: Connection, room: Room, spans: list[Span]) -> None:
    for span in spans:
        _count_span(connection, room.settings.fcr_days, span)


def _days_of(written: Written) -> set[date]:
    """The days of voices that are new, gone, or changed in what decides; that a ticket was solved is none of it."""
    parts = [written.new["day"], written.gone["day"]]
    if len(written.changed):
        now, was = (frame.set_index("source_key")[_DECIDES] for frame in (written.changed, written.before))
        was = was.reindex(now.index)
        same = (now.astype("object") == was.astype("object")) | (now.isna() & was.isna())
        moved = ~same.all(axis=1)
        parts += [now.loc[moved, "day"], was.loc[moved, "day"]]
    return {day for part in parts if len(part) for day in dates(part.dropna().drop_duplicates())}


def _around(days: set[date], window: int) -> list[Span]:
    """The days whose contacts may be judged otherwise now, as spans without overlap."""
    spans: list[Span] = []
    reach = timedelta(days=window)
    for day in sorted(days):
        if spans and day - reach <= spans[-1][1] + timedelta(days=1):
            spans[-1] = spans[-1][0], day + reach
        else:
            spans.append((day - reach, day + reach))
    return spans


def _count_span(connection: Connection, window: int, span: Span) -> None:
    reach = timedelta(days=window)
    near = span[0] - reach, span[1] + reach
    connection.execute(delete(contact_repeat_day).where(_F.day.between(*span)))
    with _numbers_of_today(connection) as today:
        c = _judged(connection, window, near, today).c
        kinds = {
            "contacts": c.merged == 0,
            "firsts": and_(c.known == 1, c.again == 0),
            "returned": and_(c.known == 1, c.again == 0, c.followed == 1),
            "repeats": and_(c.known == 1, c.again == 1),
            "unknown": and_(c.merged == 0, c.known == 0),
            "merged": c.merged == 1,
        }
        sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in kinds.items()]
        by = (c.day, c.perimeter, c.issue_type)
        chosen = select(*by, literal(window).label("window_days"), *sums).where(c.day.between(*span)).group_by(*by)
        connection.execute(insert(contact_repeat_day).from_select([column.name for column in chosen.selected_columns], chosen))


def _judged(connection: Connection, window: int, near: Span, today: Table | None) -> Subquery:
    """Each voice with whether it is merged, known, comes again, and is followed, all of them 0 or 1."""
    who: Any = func.coalesce(_V.customer, NOT_SAID)
    there: FromClause = voice
    if today is not None:
        there = voice.outerjoin(today, today.c.alias == _V.customer)
        who = func.coalesce(today.c.customer, _V.customer, NOT_SAID)
    about = func.coalesce(_V.issue_type, NOT_SAID)
    unknown = or_(who == NOT_SAID, about == NOT_SAID)
    merged = case((_V.merged, 1), else_=0)
    known = case((or_(_V.merged, unknown), 0), else_=1)
    line: dict[str, Any] = {"partition_by": (known, who, about), "order_by": (_V.occurred_at, _V.id)}
    columns = (_V.day, _V.perimeter, about.label("issue_type"), merged.label("merged"), known.label("known"))
    next_to = (func.lag(_V.day).over(**line).label("before"), func.lead(_V.day).over(**line).label("after"))
    lined = select(*columns, *next_to).select_from(there).where(_V.day.between(*near)).subquery()
    near_by = {
        "again": _days(connection, lined.c.day, lined.c.before) <= window,
        "followed": _days(connection, lined.c.after, lined.c.day) <= window,
    }
    flags = [case((condition, 1), else_=0).label(name) for name, condition in near_by.items()]
    return select(lined, *flags).subquery()


def _days(connection: Connection, later: Any, earlier: Any) -> Any:
    """Days from one day to another; nothing where one is missing."""
    return func.julianday(later) - func.julianday(earlier) if connection.dialect.name == "sqlite" else later - earlier


@contextmanager
def _numbers_of_today(connection: Connection) -> Iterator[Table | None]:
    """A passing table of merged customers' numbers, each with the one of today; None where nobody was merged."""
    known = aliases(connection)
    if not known:
        yield None
        return
    columns = (Column("alias", String(80), primary_key=True), Column("customer", String(80), nullable=False))
    passing = Table("number_of_today", MetaData(), *columns, prefixes=["TEMPORARY"])
    passing.create(connection)
    connection.execute(insert(passing), [{"alias": alias, "customer": customer} for alias, customer in known.items()])
    yield passing
    passing.drop(connection)


FACT = Fact(
    reads=(voice, customer_alias),
    writes=(contact_repeat_day,),
    version=1,
    grain=Grain("days", _touched, _batches),
    count=_count,
    rules=lambda settings: settings.fcr_days,
)
