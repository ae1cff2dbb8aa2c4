"""First-contact resolution as repeats tell it: whether a customer had to come back about the same thing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypedDict

from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.scope import Period, Scope, full_weeks, span, week_of
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.lookups import wordings
from wallboard.store.schema import contact_repeat_day

KIND = "repeat-based"
_F = contact_repeat_day.c


@dataclass(frozen=True, slots=True)
class FirstContact:
    """First contacts of some weeks (`firsts`) and those whose customer came back about the same kind within `window_days`.

    fcr = 1 − returned / firsts with its Wilson interval; repeat_rate = repeats / contacts, both of judged contacts, 0 to 1.
    `young` first contacts have not had their window; `unknown` name no customer or no kind; `merged` tickets are no contacts:
    none is judged. state: measured, too few (firsts below the small-n limit), no cases, not measured (nothing counted yet).
    """

    kind: str
    window_days: int | None
    firsts: int | None
    returned: int | None
    fcr: float | None
    low: float | None
    high: float | None
    contacts: int | None
    repeats: int | None
    repeat_rate: float | None
    unknown: int
    merged: int
    young: int | None
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class FirstContactType:
    """First contacts about one issue type, as in FirstContact."""

    issue_type: str
    wording: str
    firsts: int | None
    returned: int | None
    fcr: float | None
    low: float | None
    high: float | None
    contacts: int | None
    repeats: int | None
    repeat_rate: float | None
    period_start: date
    period_end: date
    state: str


class _Sums(NamedTuple):
    firsts: int = 0
    returned: int = 0
    repeats: int = 0
    unknown: int = 0
    merged: int = 0


class _Judged(TypedDict):
    firsts: int | None
    returned: int | None
    fcr: float | None
    low: float | None
    high: float | None
    contacts: int | None
    repeats: int | None
    repeat_rate: float | None
    period_start: date
    period_end: date
    state: str


def first_contact(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[FirstContact, ...]:
    """How many first contacts were enough: no other one by the same customer about the same kind within the window followed.

    This is the repeat-based measure (column kind); what agents tick and what customers say in surveys are other ones, never
    mixed with it. The window is the one the facts were counted with (fcr_days in room.toml). The weeks are the last complete
    ones whose first contacts have had their whole window; `young` are first contacts since then.

    Grain: one row.
    """
    window = _window(connection)
    period = _settled(scope, window or 0, weeks)
    counted = _sums(connection, scope, period.start, period.end)[None] if window else _Sums()
    young = _sums(connection, scope, period.end + timedelta(days=1), scope.last_day)[None].firsts if window else None
    measured = window is not None and _first(connection, scope) <= period.end
    return (
        FirstContact(
            kind=KIND,
            window_days=window,
            unknown=counted.unknown,
            merged=counted.merged,
            young=young,
            **_judged(counted, scope, period, measured=measured),
        ),
    )


def first_contact_types(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[FirstContactType, ...]:
    """First-contact resolution by kind of issue, on the terms of first_contact, worst first; too few cases stand after them.

    Grain: one row per issue type with a first contact or a repeat in these weeks.
    """
    window = _window(connection)
    if window is None:
        return ()
    period = _settled(scope, window, weeks)
    worded = wordings(connection)
    rows = [
        FirstContactType(issue_type=key, wording=worded.get(key, key), **_judged(counted, scope, period, measured=True))
        for key, counted in _sums(connection, scope, period.start, period.end, by_type=True).items()
        if key and counted.firsts + counted.repeats
    ]
    return tuple(sorted(rows, key=lambda row: (row.fcr is None, row.fcr or 0.0, -(row.firsts or 0), row.wording, row.issue_type)))


def _window(connection: Connection) -> int | None:
    window: int | None = connection.scalar(select(_F.window_days).limit(1))
    return window


def _settled(scope: Scope, window: int, weeks: int) -> Period:
    """The last complete weeks after whose last day a whole window has passed."""
    newest = scope.last_day - timedelta(days=window)
    settled = [week for week in full_weeks(scope, weeks + window // 7 + 1) if week.end <= newest]
    return span(settled[-weeks:] or [week_of(scope, newest - timedelta(days=7))])


def _first(connection: Connection, scope: Scope) -> date:
    query = select(_F.day).where(*within(contact_repeat_day, scope)).order_by(_F.day).limit(1)
    return connection.scalar(query) or date.max


def _sums(connection: Connection, scope: Scope, start: date, end: date, *, by_type: bool = False) -> dict[str | None, _Sums]:
    by = [_F.issue_type] if by_type else []
    totals = [func.coalesce(func.sum(_F[name]), 0).label(name) for name in _Sums._fields]
    query = select(*by, *totals).where(*within(contact_repeat_day, scope), _F.day.between(start, end)).group_by(*by)
    rows = connection.execute(query)
    return {(row.issue_type if by_type else None): _Sums(*(int(getattr(row, name)) for name in _Sums._fields)) for row in rows}


def _judged(counted: _Sums, scope: Scope, period: Period, *, measured: bool) -> _Judged:
    firsts, returned, repeats, contacts = counted.firsts, counted.returned, counted.repeats, counted.firsts + counted.repeats
    judged = measured and firsts >= scope.small_n
    interval = wilson(firsts - returned, firsts) if judged else None
    return _Judged(
        firsts=firsts if measured else None,
        returned=returned if measured else None,
        fcr=1 - returned / firsts if judged else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        contacts=contacts if measured else None,
        repeats=repeats if measured else None,
        repeat_rate=repeats / contacts if judged else None,
        period_start=period.start,
        period_end=period.end,
        state=NOT_MEASURED if not measured else MEASURED if judged else TOO_FEW if contacts else NO_CASES,
    )
