"""What was improved: what it brought back, how many were finished, and what customers have been shown."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, or_, select

from wallboard.metrics.availability import ACTIONS, coverage
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.stages import NOWHERE, stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.rates import newest_rates
from wallboard.store.schema import action, person, stage

_A = action.c


def value_recovered(connection: Connection, scope: Scope, months: int = 3) -> pd.DataFrame:
    """What improvements that were finished in the last complete months bring back, by stage, in the room's money.

    Each has its own declared basis; `bases` has them all, each once, a line each. Finished without a value is `unvalued` (also
    where its currency has no rate), never nothing. What belongs to no stage is the last row (stage '', 'unattributed'), always
    there.
    state: measured, no cases (none finished), not measured (no improvement was ever loaded).

    Grain: one row per stage, in the customer's order, then unattributed.
    Columns: stage, stage_name, seq, finished, unvalued, value, bases, period_start, period_end, state
    """
    period = span(full_months(scope, months))
    rates = newest_rates(connection, scope.currency)
    known = connection.execute(select(action.c.id).where(*_seen(scope)).limit(1)).first() is not None
    rows = connection.execute(select(_A.stage, _A.value, _A.currency, _A.basis).where(*_done(scope, period)).order_by(_A.done_on))
    finished: dict[str, list[Any]] = {}
    for row in rows:
        worth = None if row.value is None or row.currency not in rates else row.value * rates[row.currency]
        finished.setdefault(row.stage or NOWHERE, []).append((worth, row.basis))
    total = sum(map(len, finished.values()))
    state = NOT_MEASURED if not known else MEASURED if total else NO_CASES
    told = []
    for one in stages_and_rest(connection):
        mine = finished.get(one.key, [])
        valued = [(worth, basis) for worth, basis in mine if worth is not None]
        numbers: dict[str, Any] = {
            "finished": len(mine),
            "unvalued": len(mine) - len(valued),
            "value": sum(worth for worth, _ in valued),
        }
        told.append(
            {
                "stage": one.key,
                "stage_name": one.name,
                "seq": one.seq,
                **(numbers if known else dict.fromkeys(numbers)),
                "bases": "\n".join(dict.fromkeys(basis for _, basis in valued)),
                "period_start": period.start,
                "period_end": period.end,
                "state": state,
            }
        )
    return tidy(told, value_recovered)


def improvements_by_month(connection: Connection, scope: Scope, months: int = 12) -> pd.DataFrame:
    """How many improvements were finished in each of the last complete months, and how many customers were shown.

    An improvement is an action about a stage, a reason or a figure; what is done for one customer or one tier is none.

    state: measured, not measured (before the first improvement began).

    Grain: one row per complete calendar month, oldest first.
    Columns: month, period_name, finished, presented, state
    """
    periods = full_months(scope, months)
    improves = [*_seen(scope), _A.about.in_(("stage", "reason", "metric"))]
    first = connection.execute(select(func.min(_A.since)).where(*improves)).scalar()
    known = coverage(connection, scope, ACTIONS)
    whole = span(periods)
    dates = connection.execute(
        select(_A.done_on, _A.presented_on).where(
            *improves,
            or_(_A.done_on.between(whole.start, whole.end), _A.presented_on.between(whole.start, whole.end)),
        )
    ).all()
    rows = []
    for period in periods:
        measured = first is not None and first <= period.end and known.of(period)
        rows.append(
            {
                "month": period.start,
                "period_name": period.name,
                "finished": sum(1 for row in dates if row.done_on and row.done_on in period) if measured else None,
                "presented": sum(1 for row in dates if row.presented_on and row.presented_on in period) if measured else None,
                "state": MEASURED if measured else NOT_MEASURED,
            }
        )
    return tidy(rows, improvements_by_month)


def you_said(connection: Connection, scope: Scope, limit: int = 5) -> pd.DataFrame:
    """What customers had said and what we did about it, newest first: only what they have been shown.

    `total` is how many there are altogether.

    Grain: one row per improvement that customers have been shown and that answers something they said.
    Columns: presented_on, said, what, outcome, done_on, stage, stage_name, owner, total
    """
    shown = [*_seen(scope), _A.presented_on <= scope.last_day, func.coalesce(_A.said, "") != ""]
    total = connection.execute(select(func.count()).select_from(action).where(*shown)).scalar() or 0
    columns = (_A.presented_on, _A.said, _A.what, _A.outcome, _A.done_on, _A.stage)
    query = (
        select(*columns, stage.c.name.label("stage_name"), func.coalesce(person.c.name, _A.owner).label("owner"))
        .outerjoin(stage, stage.c.stage == _A.stage)
        .outerjoin(person, person.c.person == _A.owner)
        .where(*shown)
        .order_by(_A.presented_on.desc(), _A.id)
        .limit(limit)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    for row in rows:
        row["done_on"] = row["done_on"] if row["done_on"] and row["done_on"] <= scope.last_day else None
    return tidy(({**row, "total": total} for row in rows), you_said)


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    """Begun by the last complete day, everywhere or in one of the perimeters."""
    return [_A.since <= scope.last_day, or_(_A.perimeter.is_(None), _A.perimeter.in_(scope.perimeters))]


def _done(scope: Scope, period: Period) -> list[ColumnElement[bool]]:
    return [*_seen(scope), _A.done_on.between(period.start, min(period.end, scope.last_day))]
