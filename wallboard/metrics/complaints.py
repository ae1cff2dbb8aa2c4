"""Complaints against exposure: how many of those who could complain did."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Row, Table, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import complained, heard_to, sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.store.schema import exposure, source_week
from wallboard.store.schema import touchpoint as touchpoints

_NEAR = 4
"""Periods that say which perimeters are to be expected in the one after them."""


@dataclass
class _Count:
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


def complaint_rate(connection: Connection, scope: Scope, touchpoint: str | None = None, weeks: int = 4) -> pd.DataFrame:
    """Complaints per 1,000 exposed (orders, calls, customers) at a touchpoint in the last complete weeks.

    The rate is absent where the exposure is missing for any of the weeks; the counts stay. state: measured, no cases
    (nobody was exposed), too few (exposure below the small-n limit), not measured (exposure missing).

    Grain: one row per touchpoint.
    Columns: touchpoint, complaints, exposure, exposure_kind, per_1000, previous_complaints, previous_exposure,
    previous_per_1000, period_start, period_end, state
    """
    both = full_weeks(scope, 2 * weeks)
    cells, kinds = counted(both, connection, scope, touchpoint)
    known = coverage(connection, scope, VOICES)
    rows = []
    for at in _places(connection, touchpoint):
        now = _row(scope, _summed([cells[at, week] for week in both[weeks:]]), known.of(span(both[weeks:])))
        before = _row(scope, _summed([cells[at, week] for week in both[:weeks]]), known.whole(span(both[:weeks])))
        earlier = {f"previous_{key}": before[key] for key in ("complaints", "exposure", "per_1000")}
        dated = {"period_start": both[weeks].start, "period_end": both[-1].end}
        rows.append({"touchpoint": at, **dated, "exposure_kind": kinds.get(at), **now, **earlier})
    return tidy(rows, complaint_rate)


def complaint_trend(connection: Connection, scope: Scope, touchpoint: str | None = None, weeks: int = 26) -> pd.DataFrame:
    """Complaints and complaints per 1,000 exposed at a touchpoint, week by week.

    States as in complaint_rate. An incomplete week is drawn but never judged.

    Grain: one row per touchpoint and ISO week, oldest week first; the last one may be incomplete.
    Columns: touchpoint, week_start, week_name, complaints, exposure, exposure_kind, per_1000, complete, state
    """
    periods = last_weeks(scope, weeks)
    cells, kinds = counted(periods, connection, scope, touchpoint)
    known = coverage(connection, scope, VOICES)
    rows: list[dict[str, Any]] = []
    for at in _places(connection, touchpoint):
        for period in periods:
            numbers = _row(scope, cells[at, period], known.of(period))
            dated = {"week_start": period.start, "week_name": period.name, "complete": period.complete}
            rows.append({"touchpoint": at, **dated, "exposure_kind": kinds.get(at), **numbers})
    return tidy(rows, complaint_trend)


def counted(
    periods: list[Period], connection: Connection, scope: Scope, touchpoint: str | None = None
) -> tuple[dict[tuple[str, Period], _Count], dict[str, str]]:
    """What was counted at each touchpoint in each period, and by which kind of exposure each touchpoint is measured."""
    cells: dict[tuple[str, Period], _Count] = defaultdict(_Count)
    for period, row in complained(connection, scope, periods, ["touchpoint", "perimeter"], lambda table: _at(table, touchpoint)):
        cell = cells[row.touchpoint, period]
        cell.complaints += int(row.complaints)
        cell.complaining.add(row.perimeter)
    found = sums(
        connection, exposure, scope, periods, ["touchpoint", "kind", "perimeter"], ["quantity"], *_at(exposure, touchpoint)
    )
    kinds = _kinds(row for _, row in found)
    for period, row in found:
        if kinds[row.touchpoint] == row.kind:
            cell = cells[row.touchpoint, period]
            cell.exposed = (cell.exposed or 0.0) + float(row.quantity)
            cell.covered.add(row.perimeter)
    _expect(cells, periods)
    return cells, kinds


def _expect(cells: dict[tuple[str, Period], _Count], periods: list[Period]) -> None:
    """Tell each count which perimeters had exposure there in the four periods before."""
    number = {period: n for n, period in enumerate(periods)}
    for (at, period), cell in cells.items():
        near = (cells.get((at, one)) for one in periods[max(0, number[period] - _NEAR) : number[period]])
        cell.before = set().union(*(one.covered for one in near if one))


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


def _summed(counts: list[_Count]) -> _Count:
    """The weeks together: without exposure, where it is missing in any of them."""
    exposed = [count.exposure for count in counts]
    return _Count(sum(count.complaints for count in counts), None if None in exposed else sum(one or 0.0 for one in exposed))


def _row(scope: Scope, count: _Count, heard: bool) -> dict[str, Any]:
    exposed = count.exposure
    state = MEASURED
    if exposed is None or not heard:
        state = NOT_MEASURED
    elif exposed < scope.small_n:
        state = TOO_FEW if exposed else NO_CASES
    rate = 1000 * count.complaints / exposed if exposed and state == MEASURED else None
    return {"complaints": count.complaints if heard else None, "exposure": exposed, "per_1000": rate, "state": state}


def stage_complaints(connection: Connection, scope: Scope, weeks: int = 4) -> pd.DataFrame:
    """Complaints at each stage in the last complete weeks and in as many weeks before.

    Complaints that nobody has put to a stage stand under the stage ''. A stage without a row was not heard at all in either
    half, which is not the same as no complaint. `complaints` (`previous`) are None where the load has stopped: where nothing was
    heard of any customer in the last quarter of these weeks or later; `heard_to` is the newest day with a voice.

    Grain: one row per stage at which anything was heard in these weeks, complaint or not.
    Columns: stage, complaints, previous, heard_to, period_start, period_end
    """
    both = full_weeks(scope, 2 * weeks)
    home = {row.touchpoint: row.stage for row in connection.execute(select(touchpoints.c.touchpoint, touchpoints.c.stage))}
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for column, period in enumerate((span(both[weeks:]), span(both[:weeks]))):
        for _, row in sums(connection, source_week, scope, [period], ["stage", "touchpoint"], ["complaints"], when="week"):
            found[row.stage or home.get(row.touchpoint, "")][column] += int(row.complaints)
    newest, days = heard_to(connection, scope), coverage(connection, scope, VOICES)
    known = [days.of(span(both[weeks:])), days.whole(span(both[:weeks]))]
    dated = {"heard_to": newest, "period_start": both[weeks].start, "period_end": both[-1].end}
    rows = []
    for at, counts in sorted(found.items()):
        now, before = (count if there else None for count, there in zip(counts, known, strict=True))
        rows.append({"stage": at, "complaints": now, "previous": before, **dated})
    return tidy(rows, stage_complaints)
