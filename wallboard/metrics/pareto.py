"""What complaints cost by kind, and at which stage of the customer's life each kind arises."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.complaint_types import OTHER, PLAIN, UNCLASSIFIED, in_bars, issue_pareto
from wallboard.metrics.facts import complained, sums
from wallboard.metrics.failures import NOT_COSTED, PARTLY
from wallboard.metrics.scope import Scope, full_months, full_weeks, span
from wallboard.metrics.stages import stages_and_rest
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.lookups import touchpoint_stages, wordings
from wallboard.store.schema import contact_month

_Sums = tuple[int, float, int]
"""Complaints, cost, and how many of them have no unit cost."""


@dataclass(frozen=True, slots=True)
class ComplaintCost:
    """What complaints about one kind of issue have cost, in the room's currency; issue_type '' is unclassified.

    Each is costed at the unit cost of its day; those without one are `uncosted` and in no sum. `cost` is None where none of the
    kind's complaints has a unit cost; `share` and `cumulative` are of `total_cost`. state, of the whole: measured, partly costed,
    not costed, no cases, not measured (nothing heard yet: no numbers).
    """

    place: int
    issue_type: str
    wording: str
    complaints: int | None
    cost: float | None
    uncosted: int | None
    share: float | None
    cumulative: float | None
    total: int | None
    total_cost: float | None
    total_uncosted: int | None
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class StageOfType:
    """Complaints about one kind of issue at one stage ('': at none, unattributed); `total` is of all kinds and stages.

    state: measured, no cases (no complaint in these weeks), not measured (nothing heard: no numbers).
    """

    place: int
    issue_type: str
    wording: str
    stage: str
    stage_name: str
    seq: int
    complaints: int | None
    total: int | None
    period_start: date
    period_end: date
    state: str


def issue_costs(connection: Connection, scope: Scope, months: int = 3, top: int = 5) -> tuple[ComplaintCost, ...]:
    """What complaints have cost in the last complete months, by kind in the customer's wording, dearest first.

    After the `top` kinds come 'unclassified', always, and 'other' last where there are more. Complaints sum to `total`, costs to
    `total_cost`; `cumulative` ends at 1. Among equals the more frequent kind comes first.

    Grain: one row per issue type, then unclassified (issue_type ''), then other.
    """
    period = span(full_months(scope, months))
    complained = contact_month.c.complaint.is_(True)
    of = ["contacts", "cost", "uncosted"]
    costs = sums(connection, contact_month, scope, [period], ["issue_type"], of, complained, when="month")
    kinds = {row.issue_type: (int(row.contacts), float(row.cost), int(row.uncosted)) for _, row in costs}
    total, money, without = _together(kinds, kinds)
    measured = coverage(connection, scope, VOICES).of(period)
    worded = wordings(connection)
    seen, rows = 0.0, []
    for place, (key, those) in enumerate(_bars(kinds, worded, top), 1):
        complaints, cost, uncosted = _together(kinds, those)
        seen += cost
        rows.append(
            ComplaintCost(
                place=place,
                issue_type=key,
                wording=PLAIN.get(key) or worded.get(key, key),
                complaints=complaints if measured else None,
                cost=None if not measured or (complaints and uncosted == complaints) else cost,
                uncosted=uncosted if measured else None,
                share=cost / money if money else None,
                cumulative=min(1.0, seen / money) if money else None,
                total=total if measured else None,
                total_cost=money if measured and _costed(total, without) else None,
                total_uncosted=without if measured else None,
                period_start=period.start,
                period_end=period.end,
                state=_state(total, without) if measured else NOT_MEASURED,
            )
        )
    return tuple(rows)


def _costed(total: int, without: int) -> bool:
    """Anything has a unit cost, or there is nothing to cost."""
    return without < total or not total


def _state(total: int, without: int) -> str:
    if not total:
        return NO_CASES
    return NOT_COSTED if without == total else PARTLY if without else MEASURED


def _together(kinds: dict[str, _Sums], those: Iterable[str]) -> _Sums:
    mine = [kinds[key] for key in those if key in kinds]
    return sum(count for count, _, _ in mine), sum(cost for _, cost, _ in mine), sum(uncosted for _, _, uncosted in mine)


def _bars(kinds: dict[str, _Sums], worded: dict[str, str], top: int) -> list[tuple[str, list[str]]]:
    known = [key for key in kinds if key != UNCLASSIFIED and kinds[key][0]]
    ordered = sorted(known, key=lambda key: (-kinds[key][1], -kinds[key][0], worded.get(key, key), key))
    return in_bars(ordered, top)


def issue_stages(connection: Connection, scope: Scope, weeks: int = 4, top: int = 5) -> tuple[StageOfType, ...]:
    """At which stage of the customer's life each kind of complaint arose in the last complete weeks.

    Kinds are those of issue_pareto in its order, stages in the customer's order; what nobody has put to a stage stands under
    the stage '' (unattributed). All cells of a kind sum to its complaints there, and all of them to `total`. Weeks in which
    nothing was ever heard before have the state not measured, and no numbers.

    Grain: one row per issue type (with unclassified and other) and stage (with unattributed).
    """
    period = span(full_weeks(scope, weeks))
    kinds = issue_pareto(connection, scope, weeks=weeks, top=top)
    named = {kind.issue_type for kind in kinds}
    places = stages_and_rest(connection)
    known = {place.key for place in places}
    home = touchpoint_stages(connection)
    cells: dict[tuple[str, str], int] = defaultdict(int)
    for _, row in complained(connection, scope, [period], ["issue_type", "stage", "touchpoint"]):
        at = row.stage or home.get(row.touchpoint, "")
        about = row.issue_type if row.issue_type in named else OTHER
        cells[about, at if at in known else ""] += int(row.complaints)
    return tuple(
        StageOfType(
            place=kind.place,
            issue_type=kind.issue_type,
            wording=kind.wording,
            stage=place.key,
            stage_name=place.name,
            seq=place.seq,
            complaints=None if kind.state == NOT_MEASURED else cells[kind.issue_type, place.key],
            total=kind.total,
            period_start=kind.period_start,
            period_end=kind.period_end,
            state=kind.state,
        )
        for kind in kinds
        for place in places
    )
