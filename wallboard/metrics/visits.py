"""How often a visit fixes it the first time, how prepared whoever came was, and what a second visit takes of the customer."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from wallboard.metrics.availability import VISITS, coverage
from wallboard.metrics.facts import sums
from wallboard.metrics.scope import Period, Scope, full_months
from wallboard.metrics.states import INCOMPLETE, MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import wilson
from wallboard.store.schema import visit_day
from wallboard.store.schema.touchpoints import RETURN_DAYS

_JOBS = ("jobs", "fixed_first", "returns")
_VISITS = ("visits", "no_access", "informed", "informed_known", "equipped", "equipped_known", "minutes", "timed")


@dataclass(frozen=True, slots=True)
class VisitMonth:
    """The jobs that began in one calendar month, and the visits made in it; counts, shares 0 to 1, hours.

    `jobs` are those whose 30 days for somebody to come again have passed, `young` those whose days have not: they are in no
    share. `first_time_fix` = fixed_first / jobs (one visit, fixed, nobody came again), low to high its 95 % interval; `returns`
    are visits that had to be made again. `visits` found somebody in, `no_access` did not. `informed` of `informed_known` had all
    information, `equipped` of `equipped_known` the right tools; what nobody said is in neither. `customer_hours` of the visits
    that say it (`timed`). state: measured, too few, no cases, incomplete (jobs, all of them young), not measured.
    """

    month: date
    period_name: str
    state: str
    jobs: int | None = None
    young: int | None = None
    fixed_first: int | None = None
    first_time_fix: float | None = None
    low: float | None = None
    high: float | None = None
    returns: int | None = None
    visits: int | None = None
    no_access: int | None = None
    informed: int | None = None
    informed_known: int | None = None
    equipped: int | None = None
    equipped_known: int | None = None
    customer_hours: float | None = None
    timed: int | None = None


def visit_months(connection: Connection, scope: Scope, months: int = 12) -> tuple[VisitMonth, ...]:
    """First-time fix and how prepared visits were, month by month.

    Grain: one row per complete calendar month, oldest first.
    """
    periods = full_months(scope, months)
    mature_to = scope.last_day - timedelta(days=RETURN_DAYS)
    old = {p.start: r for p, r in sums(connection, visit_day, scope, periods, (), _JOBS, visit_day.c.day < mature_to)}
    every = {p.start: r for p, r in sums(connection, visit_day, scope, periods, (), (*_JOBS, *_VISITS))}
    known = coverage(connection, scope, VISITS)
    return tuple(_month(scope, period, old.get(period.start), every.get(period.start), known.of(period)) for period in periods)


def _month(scope: Scope, period: Period, old: Any, every: Any, known: bool) -> VisitMonth:
    if not known:
        return VisitMonth(period.start, period.name, NOT_MEASURED)
    jobs, fixed, returns = (int(getattr(old, name) or 0) if old else 0 for name in _JOBS)
    visits = {name: getattr(every, name) or 0 if every else 0 for name in (*_JOBS, *_VISITS)}
    young = int(visits["jobs"]) - jobs
    share = wilson(fixed, jobs) if jobs and jobs >= scope.small_n else None
    state = MEASURED if share else TOO_FEW if jobs else INCOMPLETE if young else NO_CASES
    return VisitMonth(
        month=period.start,
        period_name=period.name,
        jobs=jobs,
        young=young,
        fixed_first=fixed,
        first_time_fix=share.value if share else None,
        low=share.low if share else None,
        high=share.high if share else None,
        returns=returns,
        **{
            name: int(visits[name])
            for name in ("visits", "no_access", "informed", "informed_known", "equipped", "equipped_known")
        },
        customer_hours=float(visits["minutes"]) / 60 if visits["timed"] else None,
        timed=int(visits["timed"]),
        state=state,
    )
