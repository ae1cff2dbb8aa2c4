"""Keeps the facts of tickets up to date: what the touched tickets counted before is taken away, what they count now is added.

So late and corrected events change exactly what they say, and a day's load costs a day's work, however long the log is.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Table, delete, func, select

from wallboard.calendar import monday_of
from wallboard.loaders.counting.declared import Change, Fact, Grain
from wallboard.loaders.counting.grains import distinct
from wallboard.loaders.counting.lives import COUNTS, CYCLE, DAY, EPOCH, EVENT, MOVE, Lives, lives
from wallboard.settings import Room
from wallboard.store.portions import in_portions
from wallboard.store.schema import load_run, ticket_cycle, ticket_day, ticket_event, ticket_move, ticket_open
from wallboard.store.schema.flow import started_on
from wallboard.store.write import insert_rows, read_frame

_E = ticket_event.c
_TOTALS = ("arrived", "in_work", "waiting", "with_customer", "departed", "unstarted")
TICKETS_AT_ONCE = 20_000


def _touched(change: Change) -> Lives:
    """What the touched tickets count now, less what they counted before."""
    connection, written = change.connection, change.written
    if written.first:
        return lives(written.new[EVENT])
    run = connection.scalar(select(func.max(load_run.c.id)))
    now = _events(connection, change.source, written.touched("ticket").tolist())
    stayed = now[now["load_run_id"] != run]
    was = pd.concat([part[now.columns] for part in (stayed, written.before, written.gone) if len(part)] or [stayed])
    return lives(now).less(lives(was.sort_values("id", kind="stable")))


def _batches(connection: Connection, _room: Room) -> Iterator[Lives]:
    """Tickets in portions, source by source."""
    for source in distinct(connection, _E.source):
        tickets = connection.scalars(select(_E.ticket).distinct().where(_E.source == source).order_by(_E.ticket)).all()
        for some in in_portions(tickets, TICKETS_AT_ONCE):
            yield lives(_events(connection, source, some))


def _events(connection: Connection, source: str, tickets: Sequence[str]) -> pd.DataFrame:
    """Every event of some tickets of a source, in the order in which they were written."""
    chosen = select(_E.id, _E.load_run_id, *(_E[name] for name in EVENT)).where(_E.source == source)
    parts = [read_frame(connection, chosen.where(_E.ticket.in_(some))) for some in in_portions(tickets)]
    events = pd.concat(parts, ignore_index=True) if parts else read_frame(connection, chosen.limit(0))
    return events.sort_values("id", kind="stable", ignore_index=True)


def add(connection: Connection, change: Lives) -> None:
    """Add a change to the facts, and follow it through everything that runs on from it."""
    if len(change.days):
        _add(connection, ticket_move, change.moves, MOVE)
        _add(connection, ticket_cycle, change.cycles, CYCLE)
        _run_on(connection, change.days)
        if len(change.moves):
            _stand(connection, change.moves["day"].min().date())


def _add(connection: Connection, fact: Table, change: pd.DataFrame, by: list[str]) -> None:
    """Add counts to a fact whose first column is a day; rows that come to nothing go."""
    day = fact.c[by[0]]
    days = sorted(value.date() for value in change[by[0]].drop_duplicates())
    frames = [read_frame(connection, select(fact).where(day.in_(some))) for some in in_portions(days)]
    for some in in_portions(days):
        connection.execute(delete(fact).where(day.in_(some)))
    sums = pd.concat([*frames, change]).groupby(by, as_index=False)["tickets"].sum()
    insert_rows(connection, fact, sums[sums["tickets"] != 0])


def _run_on(connection: Connection, change: pd.DataFrame) -> None:
    """Days with what has changed, and every total from there on."""
    d = ticket_day.c
    first = change["day"].min().date()
    columns = [d.perimeter, d.day, *(d[name] for name in COUNTS)]
    later = read_frame(connection, select(*columns).where(d.day >= first))
    days = pd.concat([later, change]).groupby(DAY, as_index=False, sort=True)[COUNTS].sum()
    days = days[(days[COUNTS] != 0).any(axis=1)].reset_index(drop=True)
    where = days["perimeter"]
    before = {name: _total_before(connection, name, first) for name in (*(f"{total}_total" for total in _TOTALS), "open_since")}
    for name in _TOTALS:
        days[f"{name}_total"] = days.groupby(where)[name].cumsum() + where.map(before[f"{name}_total"]).fillna(0)
    days["open_since"] = days.groupby(where)["since"].cumsum() + where.map(before["open_since"]).fillna(0)
    connection.execute(delete(ticket_day).where(d.day >= first))
    counted = [name for name in days.columns if name not in DAY]
    insert_rows(connection, ticket_day, days.astype(dict.fromkeys(counted, "int64")))


def _total_before(connection: Connection, total: str, first: object) -> dict[str, int]:
    """A running total of each perimeter at the end of the last day before `first`."""
    d = ticket_day.c
    newest = select(d.perimeter, func.max(d.day).label("day")).where(d.day < first).group_by(d.perimeter).subquery()
    there = (d.perimeter == newest.c.perimeter) & (d.day == newest.c.day)
    return dict(connection.execute(select(d.perimeter, d[total]).join_from(ticket_day, newest, there)).all())


def _stand(connection: Connection, first: date) -> None:
    """Who is open at the end of each day that is kept, from `first` or the first recent day on."""
    o, m = ticket_open.c, ticket_move.c
    newest = connection.scalar(select(func.max(m.day)))
    known = connection.scalar(select(func.max(o.day)))
    begin = min([first, *(_recent(day) for day in (newest, known) if day)])
    connection.execute(delete(ticket_open).where(o.day >= begin))
    last = connection.scalar(select(func.max(o.day)))
    stands = read_frame(connection, select(*(o[name] for name in (*MOVE, "tickets"))).where(o.day == last))
    moved = select(*(m[name] for name in (*MOVE, "tickets")))
    moves = read_frame(connection, moved if last is None else moved.where(m.day > last))
    if len(moves):
        days = _by_day(stands, moves, _recent(newest))
        insert_rows(connection, ticket_open, days[~days["day"].isin(stands["day"])])


def _recent(newest: date) -> date:
    """The Monday from which on every day is kept: one to two weeks before the newest."""
    return monday_of(newest - timedelta(days=7))


def _by_day(stands: pd.DataFrame, moves: pd.DataFrame, recent: date) -> pd.DataFrame:
    """The open tickets at the end of every day that is kept: each cell's running sum, repeated while it is not nothing."""
    both = pd.concat([stands, moves], ignore_index=True)
    day = both["day"].to_numpy(dtype="datetime64[D]").astype("int64")
    sunday = day + 6 - (day + 3) % 7
    ends, end = np.unique(np.where(day >= recent.toordinal() - EPOCH, day, sunday), return_inverse=True)
    sums = both.assign(end=end).groupby([*MOVE[1:], "end"], as_index=False)["tickets"].sum()
    cell = sums[MOVE[1:]]
    sums["tickets"] = sums.groupby(MOVE[1:])["tickets"].cumsum()
    same = np.logical_and.reduce([cell[name].shift(-1) == cell[name] for name in MOVE[1:]])
    until = sums["end"].shift(-1).where(same, len(ends)).astype("int64")
    lasting = (until - sums["end"]).where(sums["tickets"] != 0, 0).to_numpy()
    rows = sums.loc[np.repeat(sums.index.to_numpy(), lasting)]
    offset = np.arange(lasting.sum()) - np.repeat(lasting.cumsum() - lasting, lasting)
    at = ends[rows["end"].to_numpy() + offset]
    started = started_on(rows["started"].to_numpy(), at + EPOCH, np.where)
    changes = rows.assign(day=at.astype("datetime64[D]").astype("datetime64[us]"), started=started)
    folded: pd.DataFrame = changes.groupby(MOVE, as_index=False)["tickets"].sum()
    nonzero: pd.DataFrame = folded[folded["tickets"] != 0]
    return nonzero


FACT = Fact(
    reads=(ticket_event,),
    writes=(ticket_day, ticket_move, ticket_open, ticket_cycle),
    version=1,
    grain=Grain("tickets", _touched, _batches),
    count=lambda connection, _room, change: add(connection, change),
)
