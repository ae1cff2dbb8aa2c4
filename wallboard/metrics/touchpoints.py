"""One state per touchpoint and per stage: none may be left out, and a gap is shown as a gap."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, select

from wallboard.metrics.complaints import counted, stage_complaints
from wallboard.metrics.facts import first_day, within
from wallboard.metrics.frames import MEASURED, NOT_MEASURED, TOO_FEW, rows_of, tidy
from wallboard.metrics.issues import still_open
from wallboard.metrics.journey import journey_map, stages
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.scope import Period, Scope, full_weeks, rolling_months
from wallboard.metrics.shared import shared
from wallboard.metrics.statistics import PROVISIONAL, outside, xmr
from wallboard.store.schema import score_day, voice, voice_day

GOOD, WATCH, ATTENTION = "good", "watch", "attention"
WORST_FIRST = (ATTENTION, WATCH, GOOD, NOT_MEASURED)
_BASELINE, _NOW = 24, 4


@dataclass
class _Evidence:
    """What speaks for a state at one touchpoint."""

    attention: list[str] = field(default_factory=list)
    watch: list[str] = field(default_factory=list)
    measured: bool = False
    kpis: int = 0

    @property
    def state(self) -> str:
        if self.attention or self.watch:
            return ATTENTION if self.attention else WATCH
        return GOOD if self.measured else NOT_MEASURED

    @property
    def why(self) -> str:
        fine = "on target and within the usual range" if self.kpis else "within the usual range"
        return (self.attention + self.watch + [fine if self.measured else "nothing loaded"])[0]


READS = (
    "stage",
    "touchpoint",
    "person",
    "function",
    "kpi_day",
    "voice_day",
    "complaint_week",
    "source_week",
    "voice",
    "exposure",
    "score_day",
)
"""The tables behind touchpoint_states and stage_state; a panel that shows a state reads them."""


@shared
def touchpoint_states(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One state per touchpoint, with who answers for it and what is missing.

    attention: a KPI of the last 4 complete weeks misses its target with its whole interval on the wrong side, or complaints
    in one of these weeks are above the upper process limit (XmR, rule 1) of the 24 weeks before: per exposure where every
    week has one, else counted, and never where fewer than one a week is usual or fewer than 12 weeks are known.
    watch: a KPI is off target by value, or an open complaint has no owner. good: measured (a KPI or exposure with cases in
    these 4 weeks, or enough survey answers in 3 months) and none of these. not measured: anything else; silence is not good.
    `why` is what speaks for the state first. Complaints are None where nothing was ever heard.

    Grain: one row per touchpoint, in the order of the journey.
    Columns: stage, stage_name, touchpoint, name, channel, priority, moment_of_truth, state, why, complaints, previous,
    open_without_owner, kpis, kpis_missed, owner, function, supplier, no_owner, no_measure, promised, promised_by
    """
    both = full_weeks(scope, _BASELINE + _NOW)
    cells, _ = counted(both, connection, scope)
    boards: dict[str, list[dict[str, Any]]] = {}
    for kpi in rows_of(kpi_board(connection, scope, weeks=_NOW)):
        boards.setdefault(kpi["touchpoint"], []).append(kpi)
    ownerless, asked = _ownerless(connection, scope), _asked(connection, scope)
    heard = first_day(connection, voice_day, scope) is not None
    rows = []
    for place in rows_of(journey_map(connection, scope)):
        at = place["touchpoint"]
        if at is not None:
            counts = [cells[at, week] for week in both]
            evidence = _evidence(boards.get(at, []), ownerless[at], _above_usual(counts))
            evidence.measured |= asked.get(at, 0) >= scope.small_n or any(count.exposed for count in counts[-_NOW:])
            said = {"complaints": counts[-_NOW:], "previous": counts[-2 * _NOW : -_NOW]}
            numbers = {key: sum(count.complaints for count in those) if heard else None for key, those in said.items()}
            rows.append(_state_row(place, evidence, boards.get(at, [])) | numbers | {"open_without_owner": ownerless[at]})
    return tidy(rows, touchpoint_states)


def _state_row(place: dict[str, Any], evidence: _Evidence, kpis: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        **{name: place[name] for name in (*_PLACE, *_PROMISE)},
        "name": place["touchpoint_name"],
        "state": evidence.state,
        "why": evidence.why,
        "kpis": len(kpis),
        "kpis_missed": sum(kpi["meets"] is False for kpi in kpis),
        "no_owner": place["owner"] is None,
        "no_measure": not kpis,
    }


_PLACE = ("stage", "stage_name", "touchpoint", "channel", "priority", "moment_of_truth", "owner", "function", "supplier")
_PROMISE = ("promised", "promised_by")


def _evidence(kpis: list[dict[str, Any]], ownerless: int, above: bool) -> _Evidence:
    found = _Evidence(kpis=sum(kpi["state"] == MEASURED for kpi in kpis))
    found.measured = any(kpi["state"] in (MEASURED, TOO_FEW) for kpi in kpis)
    for kpi in kpis:
        if kpi["meets"] is False:
            surely = kpi["low"] is not None and not (kpi["low"] <= kpi["target"] <= kpi["high"])
            side = "below" if kpi["better"] == "up" else "above"
            where = found.attention if surely else found.watch
            where.append(f"{kpi['name']}: {'clearly ' if surely else ''}{side} target")
    if above:
        found.attention.append("more complaints than usual")
    if ownerless:
        found.watch.append(
            "1 open complaint without an owner" if ownerless == 1 else f"{ownerless} open complaints without an owner"
        )
    return found


def _above_usual(counts: list[Any]) -> bool:
    """Rule 1 for the last weeks against the weeks before, of rates where every week has an exposure, else of counts."""
    known = counts[next((n for n, count in enumerate(counts) if count.complaints or count.exposed), len(counts)) :]
    baseline, now = known[:-_NOW], known[-_NOW:]
    if len(baseline) < PROVISIONAL or sum(count.complaints for count in baseline) < len(baseline):
        return False
    rated = all(count.exposure for count in known)
    points = [count.complaints / count.exposure if rated else float(count.complaints) for count in known]
    limits = xmr(points[:-_NOW], floor=0)
    return limits is not None and any(outside(point, limits) == "high" for point in points[-len(now) :])


def _ownerless(connection: Connection, scope: Scope) -> Counter[str]:
    query = select(voice.c.touchpoint, func.count().label("open")).group_by(voice.c.touchpoint)
    nobody = func.coalesce(voice.c.owner, "") == ""
    rows = connection.execute(query.where(*still_open(scope), nobody, voice.c.touchpoint.is_not(None))).all()
    return Counter({row[0]: int(row[1]) for row in rows})


def _asked(connection: Connection, scope: Scope) -> dict[str, int]:
    period: Period = rolling_months(scope, 3)
    query = select(score_day.c.touchpoint, func.sum(score_day.c.n)).group_by(score_day.c.touchpoint)
    return {row[0]: int(row[1]) for row in connection.execute(query.where(*within(score_day, scope, period)))}


@shared
def stage_state(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One state per stage of the journey; a stage without data stands there as 'not measured'.

    A stage is as its worst measured touchpoint is (attention, watch, good); `why` names that touchpoint. Complaints are all
    of the stage, also those at no touchpoint; None where nothing at all was heard at the stage in these or the weeks before.

    Grain: one row per stage, in order; none is left out.
    Columns: stage, seq, name, state, why, worst, complaints, previous, touchpoints, measured, gaps, owner
    """
    states = rows_of(touchpoint_states(connection, scope))
    heard = {row["stage"]: row for row in rows_of(stage_complaints(connection, scope, weeks=_NOW))}
    nothing: dict[str, Any] = dict.fromkeys(("complaints", "previous"))
    rows = []
    for stage in rows_of(stages(connection, scope)):
        own = [state for state in states if state["stage"] == stage["stage"]]
        worst = min(own, key=lambda state: WORST_FIRST.index(state["state"]), default=None)
        said = heard.get(stage["stage"], nothing)
        rows.append(
            {
                "stage": stage["stage"],
                "seq": stage["seq"],
                "name": stage["name"],
                "state": worst["state"] if worst else NOT_MEASURED,
                "why": _stage_why(worst),
                "worst": worst["name"] if worst and worst["state"] in (ATTENTION, WATCH) else None,
                "complaints": said["complaints"],
                "previous": said["previous"],
                "touchpoints": len(own),
                "measured": sum(state["state"] != NOT_MEASURED for state in own),
                "gaps": sum(state["no_owner"] or state["no_measure"] for state in own),
                "owner": stage["owner"],
            }
        )
    return tidy(rows, stage_state)


def _stage_why(worst: dict[str, Any] | None) -> str:
    if worst is None:
        return "no contact point named yet"
    return f"{worst['name']}: {worst['why']}" if worst["state"] in (ATTENTION, WATCH) else str(worst["why"])
