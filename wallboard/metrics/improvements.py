"""What was improved: what it brought back, how many were finished, and what customers have been shown."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from wallboard.metrics.availability import ACTIONS, coverage
from wallboard.metrics.scope import Period, Scope, full_months, span
from wallboard.metrics.stages import NOWHERE, Stage, stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.rates import newest_rates
from wallboard.store.schema import action, employee, stage

_A = action.c


@dataclass(frozen=True, slots=True)
class Recovered:
    """What finished improvements of one stage bring back (`value`, the room's currency), each on its own declared basis.

    `bases` has them all, each once, a line each. Finished without a value is `unvalued` (also where its currency has no rate),
    never nothing. state: measured, no cases (none finished), not measured (no improvement was ever loaded: no numbers).
    """

    stage: str
    stage_name: str
    seq: int
    finished: int | None
    unvalued: int | None
    value: float | None
    bases: str
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class ImprovedMonth:
    """How many improvements were finished in a calendar month, and how many customers were shown.

    state: measured, not measured (before the first improvement began: no numbers).
    """

    month: date
    period_name: str
    finished: int | None
    presented: int | None
    state: str


@dataclass(frozen=True, slots=True)
class YouSaid:
    """One improvement that answers something customers said (`words`), and that they have been shown; `total` of all of them."""

    presented_on: date
    words: str
    what: str
    outcome: str | None
    done_on: date | None
    stage: str | None
    stage_name: str | None
    owner: str | None
    total: int


def value_recovered(connection: Connection, scope: Scope, months: int = 3) -> tuple[Recovered, ...]:
    """What improvements that were finished in the last complete months bring back, by stage, in the room's money.

    What belongs to no stage is the last row (stage '', 'unattributed'), always there.

    Grain: one row per stage, in the customer's order, then unattributed.
    """
    period = span(full_months(scope, months))
    rates = newest_rates(connection, scope.currency)
    known = connection.execute(select(action.c.id).where(*_seen(scope)).limit(1)).first() is not None
    rows = connection.execute(select(_A.stage, _A.value, _A.currency, _A.basis).where(*_done(scope, period)).order_by(_A.done_on))
    finished: dict[str, list[tuple[float | None, str]]] = {}
    for row in rows:
        worth = None if row.value is None or row.currency not in rates else row.value * rates[row.currency]
        finished.setdefault(row.stage or NOWHERE, []).append((worth, row.basis))

    def recovered(place: Stage) -> Recovered:
        mine = finished.get(place.key, [])
        valued = [(worth, basis) for worth, basis in mine if worth is not None]
        return Recovered(
            stage=place.key,
            stage_name=place.name,
            seq=place.seq,
            finished=len(mine) if known else None,
            unvalued=len(mine) - len(valued) if known else None,
            value=sum(worth for worth, _ in valued) if known else None,
            bases="\n".join(dict.fromkeys(basis for _, basis in valued)),
            period_start=period.start,
            period_end=period.end,
            state=NOT_MEASURED if not known else MEASURED if finished else NO_CASES,
        )

    return tuple(recovered(place) for place in stages_and_rest(connection))


def improvements_by_month(connection: Connection, scope: Scope, months: int = 12) -> tuple[ImprovedMonth, ...]:
    """How many improvements were finished in each of the last complete months, and how many customers were shown.

    An improvement is an action about a stage, a reason or a metric; what is done for one customer or one tier is none.

    Grain: one row per complete calendar month, oldest first.
    """
    periods = full_months(scope, months)
    improves = [*_seen(scope), _A.about.in_(("stage", "reason", "metric"))]
    first = connection.execute(select(func.min(_A.since)).where(*improves)).scalar()
    known = coverage(connection, scope, ACTIONS)
    whole = span(periods)
    inside = or_(_A.done_on.between(whole.start, whole.end), _A.presented_on.between(whole.start, whole.end))
    dates = connection.execute(select(_A.done_on, _A.presented_on).where(*improves, inside)).all()

    ends = [row.done_on for row in dates], [row.presented_on for row in dates]

    def month(period: Period) -> ImprovedMonth:
        if first is None or first > period.end or not known.of(period):
            return ImprovedMonth(period.start, period.name, None, None, NOT_MEASURED)
        finished, presented = (sum(day is not None and day in period for day in days) for days in ends)
        return ImprovedMonth(period.start, period.name, finished, presented, MEASURED)

    return tuple(month(period) for period in periods)


def you_said(connection: Connection, scope: Scope, limit: int = 5) -> tuple[YouSaid, ...]:
    """What customers had said and what we did about it, newest first: only what they have been shown.

    Grain: one row per improvement that customers have been shown and that answers something they said.
    """
    shown = [*_seen(scope), _A.presented_on <= scope.last_day, func.coalesce(_A.quotation, "") != ""]
    total = connection.execute(select(func.count()).select_from(action).where(*shown)).scalar() or 0
    done = case((_A.done_on <= scope.last_day, _A.done_on)).label("done_on")
    columns = (_A.presented_on, _A.quotation, _A.what, _A.outcome, done, _A.stage)
    query = (
        select(*columns, stage.c.name.label("stage_name"), func.coalesce(employee.c.name, _A.owner).label("owner"))
        .outerjoin(stage, stage.c.stage == _A.stage)
        .outerjoin(employee, employee.c.employee == _A.owner)
        .where(*shown)
        .order_by(_A.presented_on.desc(), _A.id)
        .limit(limit)
    )
    return tuple(YouSaid(*row, total) for row in connection.execute(query))


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    """Begun by the last complete day, everywhere or in one of the perimeters."""
    return [_A.since <= scope.last_day, or_(_A.perimeter.is_(None), _A.perimeter.in_(scope.perimeters))]


def _done(scope: Scope, period: Period) -> list[ColumnElement[bool]]:
    return [*_seen(scope), _A.done_on.between(period.start, min(period.end, scope.last_day))]
