"""Complaints against exposure: how many of those who could complain did."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Table, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import complained, heard_to, sums
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import exposure, source_week
from wallboard.store.schema import touchpoint as touchpoints

_NEAR = 4
"""Periods that say which perimeters are to be expected in the one after them."""


@dataclass(frozen=True, slots=True)
class ComplaintRate:
    """Complaints at a touchpoint in some weeks, per 1,000 exposed (`exposure_kind`: orders, calls, customers), and before them.

    The rate is absent where the exposure is missing for any of the weeks; the counts stay. state: measured, no cases (nobody was
    exposed), too few (exposure below the small-n limit), not measured (exposure missing).
    """

    touchpoint: str
    complaints: int | None
    exposure: float | None
    exposure_kind: str | None
    per_1000: float | None
    previous_complaints: int | None
    previous_exposure: float | None
    previous_per_1000: float | None
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class ComplaintWeek:
    """Complaints at a touchpoint in one ISO week, `complete` or running, as in ComplaintRate."""

    touchpoint: str
    week_start: date
    week_name: str
    complaints: int | None
    exposure: float | None
    exposure_kind: str | None
    per_1000: float | None
    complete: bool
    state: str


@dataclass(frozen=True, slots=True)
class StageComplaints:
    """Complaints at a stage ('': at none) in some weeks and in as many before them (`previous`).

    Both are None where the load has stopped: where nothing was heard of any customer in the last quarter of these weeks or later;
    `heard_to` is the newest day with a voice.
    """

    stage: str
    complaints: int | None
    previous: int | None
    heard_to: date | None
    period_start: date
    period_end: date


class _Rate(NamedTuple):
    complaints: int | None
    exposure: float | None
    per_1000: float | None
    state: str


@dataclass
class Count:
    """What was counted at one touchpoint in one period."""

    complaints: int = 0
    exposed: float | None = None
    complaining: set[str] = field(default_factory=set)
    covered: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)

    @property
    def exposure(self) -> float | None:
        """None where it is missing of a perimeter that complains, or that had it in the four periods before: too high a rate."""
        return self.exposed if self.complaining | self.before <= self.covered else None


def complaint_rate(
    connection: Connection, scope: Scope, touchpoint: str | None = None, weeks: int = 4
) -> tuple[ComplaintRate, ...]:
    """Complaints per 1,000 exposed (orders, calls, customers) at a touchpoint in the last complete weeks.

    Grain: one row per touchpoint.
    """
    both = full_weeks(scope, 2 * weeks)
    cells, kinds = counted(both, connection, scope, touchpoint)
    known = coverage(connection, scope, VOICES)

    def row(at: str) -> ComplaintRate:
        now = _rate(scope, _summed([cells[at, week] for week in both[weeks:]]), known.of(span(both[weeks:])))
        before = _rate(scope, _summed([cells[at, week] for week in both[:weeks]]), known.whole(span(both[:weeks])))
        return ComplaintRate(
            touchpoint=at,
            complaints=now.complaints,
            exposure=now.exposure,
            exposure_kind=kinds.get(at),
            per_1000=now.per_1000,
            previous_complaints=before.complaints,
            previous_exposure=before.exposure,
            previous_per_1000=before.per_1000,
            period_start=both[weeks].start,
            period_end=both[-1].end,
            state=now.state,
        )

    return tuple(row(at) for at in _places(connection, touchpoint))


def complaint_trend(
    connection: Connection, scope: Scope, touchpoint: str | None = None, weeks: int = 26
) -> tuple[ComplaintWeek, ...]:
    """Complaints and complaints per 1,000 exposed at a touchpoint, week by week.

    An incomplete week is drawn but never judged.

    Grain: one row per touchpoint and ISO week, oldest week first; the last one may be incomplete.
    """
    periods = last_weeks(scope, weeks)
    cells, kinds = counted(periods, connection, scope, touchpoint)
    known = coverage(connection, scope, VOICES)

    def row(at: str, week: Period) -> ComplaintWeek:
        rate = _rate(scope, cells[at, week], known.of(week))
        return ComplaintWeek(
            touchpoint=at,
            week_start=week.start,
            week_name=week.name,
            complaints=rate.complaints,
            exposure=rate.exposure,
            exposure_kind=kinds.get(at),
            per_1000=rate.per_1000,
            complete=week.complete,
            state=rate.state,
        )

    return tuple(row(at, week) for at in _places(connection, touchpoint) for week in periods)


def counted(
    periods: list[Period], connection: Connection, scope: Scope, touchpoint: str | None = None
) -> tuple[dict[tuple[str, Period], Count], dict[str, str]]:
    """What was counted at each touchpoint in each period, and by which kind of exposure each touchpoint is measured."""
    cells: dict[tuple[str, Period], Count] = defaultdict(Count)
    for period, row in complained(connection, scope, periods, ["touchpoint", "perimeter"], lambda table: _at(table, touchpoint)):
        cell = cells[row.touchpoint, period]
        cell.complaints += int(row.complaints)
        cell.complaining.add(row.perimeter)
    exposed = sums(
        connection, exposure, scope, periods, ["touchpoint", "kind", "perimeter"], ["quantity"], *_at(exposure, touchpoint)
    )
    kinds = _kinds(row for _, row in exposed)
    for period, row in exposed:
        if kinds[row.touchpoint] == row.kind:
            cell = cells[row.touchpoint, period]
            cell.exposed = (cell.exposed or 0.0) + float(row.quantity)
            cell.covered.add(row.perimeter)
    _expect(cells, periods)
    return cells, kinds


def _expect(cells: dict[tuple[str, Period], Count], periods: list[Period]) -> None:
    """Tell each count which perimeters had exposure there in the four periods before."""
    number = {period: n for n, period in enumerate(periods)}
    for (at, period), cell in cells.items():
        near = (cells.get((at, week)) for week in periods[max(0, number[period] - _NEAR) : number[period]])
        cell.before = set().union(*(count.covered for count in near if count))


def _at(table: Table, touchpoint: str | None) -> list[ColumnElement[bool]]:
    return [] if touchpoint is None else [table.c.touchpoint == touchpoint]


def _kinds(rows: Iterable[Row[Any]]) -> dict[str, str]:
    """Kinds of exposure are never added up: a touchpoint is measured by orders where there are any, else by the first kind."""
    kinds: dict[str, str] = {}
    for at, kind in sorted({(row.touchpoint, row.kind) for row in rows}, key=lambda pair: (pair[1] != "orders", pair[1])):
        kinds.setdefault(at, kind)
    return kinds


def _places(connection: Connection, touchpoint: str | None) -> list[str]:
    if touchpoint is not None:
        return [touchpoint]
    return list(connection.execute(select(touchpoints.c.touchpoint).order_by(touchpoints.c.stage, touchpoints.c.seq)).scalars())


def _summed(counts: list[Count]) -> Count:
    """The weeks together: without exposure, where it is missing in any of them."""
    exposed = [count.exposure for count in counts]
    return Count(
        sum(count.complaints for count in counts), None if None in exposed else sum(quantity or 0.0 for quantity in exposed)
    )


def _rate(scope: Scope, count: Count, listened: bool) -> _Rate:
    exposed = count.exposure
    state = MEASURED
    if exposed is None or not listened:
        state = NOT_MEASURED
    elif exposed < scope.small_n:
        state = TOO_FEW if exposed else NO_CASES
    rate = 1000 * count.complaints / exposed if exposed and state == MEASURED else None
    return _Rate(count.complaints if listened else None, exposed, rate, state)


def stage_complaints(connection: Connection, scope: Scope, weeks: int = 4) -> tuple[StageComplaints, ...]:
    """Complaints at each stage in the last complete weeks and in as many weeks before.

    Complaints that nobody has put to a stage stand under the stage ''. A stage without a row was not heard at all in either
    half, which is not the same as no complaint.

    Grain: one row per stage at which anything was heard in these weeks, complaint or not.
    """
    both = full_weeks(scope, 2 * weeks)
    home = touchpoint_stages(connection)
    by_stage: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for column, period in enumerate((span(both[weeks:]), span(both[:weeks]))):
        for _, row in sums(connection, source_week, scope, [period], ["stage", "touchpoint"], ["complaints"], when="week"):
            by_stage[row.stage or home.get(row.touchpoint, "")][column] += int(row.complaints)
    newest, days = heard_to(connection, scope), coverage(connection, scope, VOICES)
    now, before = days.of(span(both[weeks:])), days.whole(span(both[:weeks]))
    return tuple(
        StageComplaints(
            stage=at,
            complaints=counts[0] if now else None,
            previous=counts[1] if before else None,
            heard_to=newest,
            period_start=both[weeks].start,
            period_end=both[-1].end,
        )
        for at, counts in sorted(by_stage.items())
    )
