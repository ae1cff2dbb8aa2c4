"""First-contact resolution as repeats tell it: whether a customer had to come back about the same thing."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.facts import within
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_weeks, span, week_of
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import contact_repeat_day, issue_type

KIND = "repeat-based"
_OF = ("firsts", "returned", "repeats", "unknown", "merged")
_F = contact_repeat_day.c


def first_contact(connection: Connection, scope: Scope, weeks: int = 13) -> pd.DataFrame:
    """How many first contacts were enough: no other one by the same customer about the same kind within the window followed.

    This is the repeat-based measure (column kind); what agents tick and what customers say in surveys are other ones, never
    mixed with it. The window is the one the facts were counted with (fcr_days in room.toml). The weeks are the last complete
    ones whose first contacts have had their whole window; `young` are first contacts since then, not judged. `unknown` name
    no customer or no kind and are not judged; `merged` tickets are no contacts. fcr = 1 − returned / firsts with its Wilson
    interval; repeat_rate = repeats / contacts, both of judged contacts. state: measured, too few (firsts below the small-n
    limit), no cases, not measured (nothing counted yet).

    Grain: one row.
    Columns: kind, window_days, firsts, returned, fcr, low, high, contacts, repeats, repeat_rate, unknown, merged, young,
    period_start, period_end, state
    """
    window = _window(connection)
    period = _settled(scope, window or 0, weeks)
    row = _sums(connection, scope, period.start, period.end)[None] if window else dict.fromkeys(_OF, 0)
    after = _sums(connection, scope, period.end + timedelta(days=1), scope.last_day)[None]["firsts"] if window else None
    measured = window is not None and _first(connection, scope) <= period.end
    said = {"kind": KIND, "window_days": window, "unknown": row["unknown"], "merged": row["merged"], "young": after}
    return tidy([{**said, **_judged(row, scope, measured=measured), **_dated(period)}], first_contact)


def first_contact_types(connection: Connection, scope: Scope, weeks: int = 13) -> pd.DataFrame:
    """First-contact resolution by kind of issue, on the terms of first_contact, worst first; too few cases stand after them.

    Grain: one row per issue type with a first contact or a repeat in these weeks.
    Columns: issue_type, wording, firsts, returned, fcr, low, high, contacts, repeats, repeat_rate, period_start, period_end,
    state
    """
    window = _window(connection)
    if window is None:
        return tidy([], first_contact_types)
    period = _settled(scope, window, weeks)
    wordings = {row[0]: row[1] for row in connection.execute(select(issue_type.c.issue_type, issue_type.c.wording))}
    rows = [
        {"issue_type": key, "wording": wordings.get(key, key), **_judged(row, scope, measured=True), **_dated(period)}
        for key, row in _sums(connection, scope, period.start, period.end, by_type=True).items()
        if key and row["firsts"] + row["repeats"]
    ]
    rows.sort(key=lambda row: (row["fcr"] is None, row["fcr"] or 0.0, -row["firsts"], row["wording"], row["issue_type"]))
    return tidy(rows, first_contact_types)


def _window(connection: Connection) -> int | None:
    found: int | None = connection.scalar(select(_F.window_days).limit(1))
    return found


def _settled(scope: Scope, window: int, weeks: int) -> Period:
    """The last complete weeks after whose last day a whole window has passed."""
    newest = scope.last_day - timedelta(days=window)
    settled = [week for week in full_weeks(scope, weeks + window // 7 + 1) if week.end <= newest]
    return span(settled[-weeks:] or [week_of(scope, newest - timedelta(days=7))])


def _first(connection: Connection, scope: Scope) -> date:
    query = select(_F.day).where(*within(contact_repeat_day, scope)).order_by(_F.day).limit(1)
    return connection.scalar(query) or date.max


def _sums(
    connection: Connection, scope: Scope, start: date, end: date, *, by_type: bool = False
) -> dict[str | None, dict[str, int]]:
    by = [_F.issue_type] if by_type else []
    totals = [func.coalesce(func.sum(_F[name]), 0).label(name) for name in _OF]
    query = select(*by, *totals).where(*within(contact_repeat_day, scope), _F.day.between(start, end)).group_by(*by)
    rows = connection.execute(query)
    return {(row.issue_type if by_type else None): {name: int(getattr(row, name)) for name in _OF} for row in rows}


def _judged(row: dict[str, int], scope: Scope, *, measured: bool) -> dict[str, Any]:
    firsts, returned, repeats = row["firsts"], row["returned"], row["repeats"]
    judged = measured and firsts >= scope.small_n
    interval = wilson(firsts - returned, firsts) if judged else None
    numbers = {"firsts": firsts, "returned": returned, "contacts": firsts + repeats, "repeats": repeats}
    return {
        **(numbers if measured else dict.fromkeys(numbers)),
        "fcr": 1 - returned / firsts if judged else None,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "repeat_rate": repeats / (firsts + repeats) if judged else None,
        "state": NOT_MEASURED if not measured else MEASURED if judged else TOO_FEW if firsts + repeats else NO_CASES,
    }


def _dated(period: Period) -> dict[str, Any]:
    return {"period_start": period.start, "period_end": period.end}
