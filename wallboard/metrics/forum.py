"""Whether leaders come together when they had planned to."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, or_, select

from wallboard.metrics.scope import Scope, and_running, last_periods
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.schema import meeting

HELD, POSTPONED, MISSED = "held", "postponed", "missed"
_M = meeting.c


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting that was planned, in the period that begins on `period_start`; outcome: held, postponed, missed.

    Held on the planned day is 'held', later 'postponed' (it was not held when it was planned), not at all 'missed'. `perimeter`
    is None for one of the whole company.
    """

    planned_on: date
    held_on: date | None
    kind: str
    perimeter: str | None
    outcome: str
    period_start: date


@dataclass(frozen=True, slots=True)
class MeetingsHeld:
    """How many of the `planned` meetings were held when they were planned: held / planned, as a share.

    Postponed and missed ones are not held on time; `next_on` is the next planned one. `share` is None below the small number
    of cases, counts are None where not measured. state: measured, no cases (none was planned in this time), not measured (no
    calendar is loaded).
    """

    planned: int | None
    held: int | None
    postponed: int | None
    missed: int | None
    share: float | None
    next_on: date | None
    state: str


def meetings(
    connection: Connection, scope: Scope, months: int = 6, unit: str = "month", kind: str = "monthly"
) -> tuple[Meeting, ...]:
    """Every meeting planned in the last complete periods and the running one, up to the last complete day, and what became of it.

    `unit` is month or quarter, `months` how many complete ones. Meetings to come are no rows.

    Grain: one row per planned meeting, oldest first.
    """
    periods = last_periods(scope, unit, and_running(scope, months, unit))
    query = select(_M.planned_on, _M.held_on, _M.kind, _M.perimeter).where(
        _M.planned_on.between(periods[0].start, scope.last_day), *_here(scope, kind)
    )

    def planned(planned_on: date, held_on: date | None, kind: str, perimeter: str | None) -> Meeting:
        held = held_on if held_on and held_on <= scope.last_day else None
        outcome = MISSED if held is None else HELD if held == planned_on else POSTPONED
        return Meeting(
            planned_on, held, kind, perimeter, outcome, next(period.start for period in periods if planned_on in period)
        )

    return tuple(planned(*row) for row in connection.execute(query.order_by(_M.planned_on, _M.id)))


def meetings_held(
    connection: Connection, scope: Scope, months: int = 6, unit: str = "month", kind: str = "monthly"
) -> tuple[MeetingsHeld, ...]:
    """How many of the meetings planned up to the last complete day were held when they were planned: held / planned.

    Grain: one row.
    """
    outcomes = Counter(row.outcome for row in meetings(connection, scope, months=months, unit=unit, kind=kind))
    here = _here(scope, kind)
    coming = select(_M.planned_on).where(*here, _M.planned_on > scope.last_day).order_by(_M.planned_on).limit(1)
    next_on = connection.scalar(coming)
    if connection.scalar(select(_M.id).where(*here).limit(1)) is None:
        return (MeetingsHeld(None, None, None, None, None, next_on, NOT_MEASURED),)
    planned, held = outcomes.total(), outcomes[HELD]
    share = held / planned if planned and planned >= scope.small_n else None
    state = MEASURED if planned else NO_CASES
    return (MeetingsHeld(planned, held, outcomes[POSTPONED], outcomes[MISSED], share, next_on, state),)


def _here(scope: Scope, kind: str) -> tuple[ColumnElement[bool], ...]:
    return _M.kind == kind, or_(_M.perimeter.is_(None), _M.perimeter.in_(scope.perimeters))
