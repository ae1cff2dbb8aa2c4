"""Cases that pass from one function to another: how many, how long they wait, how they come, and how many come back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, func, select

from wallboard.metrics.availability import HANDED, coverage
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import Interval, wilson
from wallboard.store.schema import function, handoff, handoff_day, stage, touchpoint

READS = ("handoff", "handoff_day", "function", "stage", "touchpoint")
"""The tables behind handoffs; a panel that shows them reads these."""

_D = handoff_day.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """Cases that passed from one function to another in some weeks, counted; waits in hours, shares 0 to 1.

    None is what is not known. state: measured, too few (counts only), no cases, not measured.
    """

    handoff: str
    stage: str
    stage_name: str
    touchpoint: str
    touchpoint_name: str
    seq: int
    from_function: str
    from_name: str
    to_function: str
    to_name: str
    what: str
    needs: str | None
    max_wait_hours: float | None
    handed: int | None = None
    taken: int | None = None
    waiting: int | None = None
    wait_hours: float | None = None
    in_time: int | None = None
    late: int | None = None
    late_share: float | None = None
    complete: int | None = None
    complete_known: int | None = None
    unknown: int | None = None
    completeness: float | None = None
    returned: int | None = None
    bounce_rate: float | None = None
    bounce_low: float | None = None
    bounce_high: float | None = None
    period_start: date
    period_end: date
    state: str


class _Passed(NamedTuple):
    """The cases of one handoff, counted; `wait_hours` of those that were taken, together."""

    handed: int = 0
    taken: int = 0
    in_time: int = 0
    late: int = 0
    complete: int = 0
    complete_known: int = 0
    returned: int = 0
    wait_hours: float = 0.0

    def counted(self, plain: Handoff, small_n: int) -> Handoff:
        """The handoff with its numbers; what is in time or late is known only where a longest wait is declared."""
        limited = bool(plain.max_wait_hours)
        bounced = _share(self.returned, self.handed, small_n)
        late = _share(self.late, self.in_time + self.late, small_n) if limited else None
        whole = _share(self.complete, self.complete_known, small_n)
        return replace(
            plain,
            handed=self.handed,
            taken=self.taken,
            waiting=self.handed - self.taken,
            wait_hours=self.wait_hours / self.taken if self.taken and self.taken >= small_n else None,
            in_time=self.in_time if limited else None,
            late=self.late if limited else None,
            late_share=late.value if late else None,
            complete=self.complete,
            complete_known=self.complete_known,
            unknown=self.handed - self.complete_known,
            completeness=whole.value if whole else None,
            returned=self.returned,
            bounce_rate=bounced.value if bounced else None,
            bounce_low=bounced.low if bounced else None,
            bounce_high=bounced.high if bounced else None,
            state=NO_CASES if not self.handed else TOO_FEW if self.handed < small_n else MEASURED,
        )


@memoised
def handoffs(connection: Connection, scope: Scope, weeks: int = 4, stage: str | None = None) -> tuple[Handoff, ...]:
    """How well cases pass from one function to another, of those handed over in the last complete weeks.

    `waiting` were not taken yet; `wait_hours` is the mean of those that were. `late` waited, or wait, longer than the handoff
    allows; `late_share` is of those of which that is known (in time or late), None where no longest wait is declared.
    `completeness` is complete / handed over with a known status, the `unknown` apart. `bounce_rate` is returned / handed with
    its 95 % interval. A share or a mean of fewer cases than the room's small n is None; its counts stand. What became known
    later than the scope's last day is not seen. state: measured, too few, no cases (in these weeks), not measured (never
    any, or none is loaded of these weeks).

    Grain: one row per handoff, in the order of the journey.
    """
    period = span(full_weeks(scope, weeks))
    seen, ever = _seen(connection, scope, period), _ever(connection, scope)
    covered = coverage(connection, scope, HANDED).of(period)
    described = _described(connection, stage)
    dated: dict[str, Any] = {"period_start": period.start, "period_end": period.end, "state": NOT_MEASURED}
    plain = (Handoff(**row, seq=seq, **dated) for seq, row in enumerate(described, 1))
    return tuple(
        seen.get(row.handoff, _Passed()).counted(row, scope.small_n) if covered and row.handoff in ever else row for row in plain
    )


def _described(connection: Connection, at: str | None) -> Sequence[RowMapping]:
    gives, takes = function.alias("gives"), function.alias("takes")
    h, t, s = handoff.c, touchpoint.c, stage.c
    query = (
        select(
            h.handoff, t.stage, s.name.label("stage_name"), h.touchpoint, t.name.label("touchpoint_name"), h.from_function,
            gives.c.name.label("from_name"), h.to_function, takes.c.name.label("to_name"), h.what, h.needs, h.max_wait_hours,
        )
        .join(touchpoint, t.touchpoint == h.touchpoint)
        .join(stage, s.stage == t.stage)
        .join(gives, gives.c.function == h.from_function)
        .join(takes, takes.c.function == h.to_function)
        .order_by(s.seq, s.stage, t.seq, t.touchpoint, h.handoff)
    )  # fmt: skip
    if at is not None:
        query = query.where(t.stage == at)
    return connection.execute(query).mappings().all()


def _seen(connection: Connection, scope: Scope, period: Period) -> dict[str, _Passed]:
    end = min(period.end, scope.last_day)
    inside = _D.perimeter.in_(scope.perimeters), _D.day.between(period.start, end), _D.known_on <= scope.last_day
    sums = [func.sum(_D[name]) for name in _Passed._fields]
    rows = connection.execute(select(_D.handoff, *sums).where(*inside).group_by(_D.handoff))
    return {row[0]: _Passed(*row[1:]) for row in rows}


def _ever(connection: Connection, scope: Scope) -> frozenset[str]:
    """The handoffs of which any case was handed over by the scope's last day."""
    first = select(_D.day).where(
        _D.handoff == handoff.c.handoff, _D.perimeter.in_(scope.perimeters), _D.day <= scope.last_day, _D.handed > 0
    )
    return frozenset(connection.scalars(select(handoff.c.handoff).where(first.exists())))


def _share(part: int, n: int, small_n: int) -> Interval | None:
    return wilson(part, n) if n and n >= small_n else None
