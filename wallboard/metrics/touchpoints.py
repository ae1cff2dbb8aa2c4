"""One state per touchpoint and per stage: none may be left out, and a gap is shown as a gap."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.complaints import Count, counted, stage_complaints
from wallboard.metrics.emotions import StageFeeling, TouchpointFeeling, emotion_curve, touchpoint_emotions
from wallboard.metrics.facts import heard_to
from wallboard.metrics.feed_health import feed_health
from wallboard.metrics.issues import still_open
from wallboard.metrics.journey import journey_map, stages
from wallboard.metrics.kpis import KpiResult, kpi_board
from wallboard.metrics.memo import memoised
from wallboard.metrics.rows import common_fields
from wallboard.metrics.scope import Scope, covers, full_weeks, span
from wallboard.metrics.score_states import score_states
from wallboard.metrics.states import (
    ATTENTION,
    GOOD,
    MEASURED,
    NOT_MEASURED,
    NOTHING,
    WATCH,
    WORST_FIRST,
    Judgement,
    judged,
    worst,
)
from wallboard.metrics.statistics import PROVISIONAL, outside, xmr
from wallboard.store.schema import voice

_BASELINE, _NOW = 24, 4
_NEUTRAL = 0.0
"""A feeling below it is a bad one."""

READS = (
    "stage",
    "touchpoint",
    "employee",
    "function",
    "kpi_day",
    "voice_day",
    "complaint_week",
    "source_week",
    "voice",
    "exposure",
    "score_day",
    "question",
    "emotion",
)
"""The tables behind touchpoint_states and stage_state; a panel that shows a state reads them."""


@dataclass(frozen=True, slots=True)
class TouchpointState:
    """One touchpoint: its state, what speaks for it (`why`), who answers for it, and its complaints of these four weeks.

    `previous`: of the four weeks before. state: good, watch, attention, not measured; `measured_state`: by what is measured
    alone, whoever answers.
    """

    stage: str
    stage_name: str
    touchpoint: str
    name: str
    channel: str | None
    priority: bool
    moment_of_truth: bool
    state: str
    why: str
    complaints: int | None
    previous: int | None
    open_without_owner: int
    kpis: int
    kpis_missed: int
    owner: str | None
    function: str | None
    supplier: str | None
    no_owner: bool
    no_measure: bool
    promised: str | None
    promised_by: date | None
    measured_state: str = NOT_MEASURED


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage: its state, what speaks for it, its `worst` touchpoint, and how many of its touchpoints are measured or a gap.

    `complaints` are of these four weeks, `previous` of the four before. state: good, watch, attention, not measured;
    `measured_state`: by what is measured alone, whoever answers.
    """

    stage: str
    seq: int
    name: str
    state: str
    why: str
    worst: str | None
    complaints: int | None
    previous: int | None
    touchpoints: int
    measured: int
    gaps: int
    owner: str | None
    measured_state: str = NOT_MEASURED


@memoised
def touchpoint_states(connection: Connection, scope: Scope) -> tuple[TouchpointState, ...]:
    """One state per touchpoint, with who answers for it and what is missing.

    Whatever is measured there is judged in one way (states.judged), and the worst speaks for the touchpoint. KPIs of the last 4
    complete weeks by their targets: attention where the whole interval misses, watch where the value does. Scores of the last
    3 months by the middle of their scale, in the same way; above it one that has become worse is to be watched. Complaints:
    attention where one of these weeks is above the upper process limit (XmR, rule 1) of the 24 weeks before, per exposure
    where every week has one, else counted; good where it is not and there is an exposure; never judged where fewer than 12
    weeks are known or nothing was heard lately. Nothing is judged whose feed is late, has stopped or collapsed (feed_health).
    watch: an open complaint has no owner, or customers feel bad there (below 0, asked of enough of them and not long ago). not
    measured: nothing that can be judged; too few answers, a KPI without a target and silence are not good.
    `why` is what speaks for the state first. Complaints are None where nothing was ever heard.

    Grain: one row per touchpoint, in the order of the journey.
    """
    both = full_weeks(scope, _BASELINE + _NOW)
    cells, _ = counted(both, connection, scope)
    boards: dict[str, list[KpiResult]] = defaultdict(list)
    for kpi in kpi_board(connection, scope, weeks=_NOW):
        boards[kpi.touchpoint].append(kpi)
    ownerless, scored = _ownerless(connection, scope), _by_touchpoint(connection, scope)
    voices_known = coverage(connection, scope, VOICES).of(span(full_weeks(scope, _NOW)))
    emotions = {row.touchpoint: row for row in touchpoint_emotions(connection, scope)}
    lately = covers(heard_to(connection, scope), span(both[-_NOW:]))
    may_judge = {feed: feed_health(connection, scope, feed, part).may_judge for feed, part in _FEEDS}
    rows = []
    for place in journey_map(connection, scope):
        at = place.touchpoint
        if at is None:
            continue
        counts, kpis = [cells[at, week] for week in both], boards[at]
        worked = _of_kpis(kpis) if may_judge["touchpoint_kpis"] else [_doubted("KPIs")] * bool(kpis)
        complained = _of_complaints(counts, lately) if may_judge["voice"] else _doubted("complaints")
        measured = worst([*worked, *scored[at], judged_feeling(emotions[at]), complained])
        judgement = worst([measured, *_of_owners(ownerless[at])])
        rows.append(
            TouchpointState(
                **common_fields(place, TouchpointState),
                name=emotions[at].name,
                state=judgement.state,
                why=judgement.why,
                complaints=sum(count.complaints for count in counts[-_NOW:]) if voices_known else None,
                previous=sum(count.complaints for count in counts[-2 * _NOW : -_NOW]) if voices_known else None,
                open_without_owner=ownerless[at],
                kpis=len(kpis),
                kpis_missed=sum(kpi.meets is False for kpi in kpis),
                no_owner=place.owner is None,
                no_measure=not kpis,
                measured_state=measured.state,
            )
        )
    return tuple(rows)


def worst_touchpoints(connection: Connection, scope: Scope) -> tuple[TouchpointState, ...]:
    """Touchpoints in the order in which they need somebody: priority ones before the others, then the worst by state.

    Of one state first the one whose KPIs miss most targets, then the one with most complaints in four weeks, then in the order
    of the journey.

    Grain: one row per touchpoint.
    """
    states = touchpoint_states(connection, scope)
    return tuple(
        sorted(
            states,
            key=lambda at: (not at.priority, WORST_FIRST.index(at.state), -at.kpis_missed, -(at.complaints or 0)),
        )
    )


_FEEDS = (("voice", "complaint:"), ("touchpoint_kpis", ""))


def _doubted(what: str) -> Judgement:
    """What is measured, and not judged while its feed is late, has stopped or collapsed."""
    return Judgement(NOT_MEASURED, f"{what} are not judged: look at their source")


def _of_kpis(kpis: Sequence[KpiResult]) -> list[Judgement]:
    judgements = []
    for kpi in kpis:
        judgement = judged(kpi.value, kpi.low, kpi.high, state=kpi.state, target=kpi.target, better=kpi.better)
        judgements.append(judgement if kpi.meets is not False else Judgement(judgement.state, f"{kpi.name}: {judgement.why}"))
    return judgements


def _of_owners(ownerless: int) -> list[Judgement]:
    if not ownerless:
        return []
    complaints = "1 open complaint" if ownerless == 1 else f"{ownerless} open complaints"
    return [Judgement(WATCH, f"{complaints} without an owner")]


def _of_complaints(counts: Sequence[Count], lately: bool) -> Judgement:
    """Rule 1 for the last weeks against the weeks before, of rates where every week has an exposure, else of counts."""
    known = counts[next((n for n, count in enumerate(counts) if count.complaints or count.exposed), len(counts)) :]
    baseline, now = known[:-_NOW], known[-_NOW:]
    exposed = any(count.exposed for count in now)
    if len(baseline) < PROVISIONAL or not lately:
        return Judgement(NOT_MEASURED, "too few weeks of complaints to judge by" if now else NOTHING)
    rare = sum(count.complaints for count in baseline) < len(baseline)
    if not rare and _above_usual(known):
        return Judgement(ATTENTION, "more complaints than usual")
    if not exposed or (rare and sum(count.complaints for count in now) > len(now)):
        return Judgement(NOT_MEASURED, "complaints, but nothing to judge them by" if now else NOTHING)
    return Judgement(GOOD, "within normal range")


def _above_usual(known: Sequence[Count]) -> bool:
    rates = [count.complaints / count.exposure for count in known if count.exposure]
    points = rates if len(rates) == len(known) else [float(count.complaints) for count in known]
    limits = xmr(points[:-_NOW], floor=0.0)
    return limits is not None and any(outside(point, limits) == "high" for point in points[-_NOW:])


def _ownerless(connection: Connection, scope: Scope) -> Counter[str]:
    query = select(voice.c.touchpoint, func.count().label("open")).group_by(voice.c.touchpoint)
    nobody = func.coalesce(voice.c.owner, "") == ""
    rows = connection.execute(query.where(*still_open(scope), nobody, voice.c.touchpoint.is_not(None))).all()
    return Counter({row[0]: int(row[1]) for row in rows})


def _by_touchpoint(connection: Connection, scope: Scope) -> dict[str, list[Judgement]]:
    judgements_at: dict[str, list[Judgement]] = defaultdict(list)
    for (_, at), judgements in score_states(connection, scope).items():
        judgements_at[at] += judgements if at else []
    return judgements_at


@memoised
def stage_state(connection: Connection, scope: Scope) -> tuple[StageState, ...]:
    """One state per stage of the journey; a stage without data stands there as 'not measured'.

    A stage is as the worst of what is known of it: its touchpoints (`worst` names the one), what customers answer about the
    stage itself, and how they say they feel there (below 0, asked of enough of them and not long ago: watch). Complaints are all
    of the stage, also those at no touchpoint; None where nothing at all was by_stage at the stage in these or the weeks before.

    Grain: one row per stage, in order; none is left out.
    """
    states = touchpoint_states(connection, scope)
    by_stage = {row.stage: row for row in stage_complaints(connection, scope, weeks=_NOW)}
    scored, emotions = score_states(connection, scope), {row.stage: row for row in emotion_curve(connection, scope)}
    rows = []
    for stage in stages(connection, scope):
        own = [state for state in states if state.stage == stage.stage]
        points = [_of_point(state) for state in own]
        asked_here = [*scored.get((stage.stage, ""), []), judged_feeling(emotions[stage.stage])]
        judgement = worst([*points, *asked_here])
        complaints = by_stage.get(stage.stage)
        named = next((state.name for state, point in zip(own, points, strict=True) if point == judgement), None)
        rows.append(
            StageState(
                **common_fields(stage, StageState),
                state=judgement.state,
                why=judgement.why if own or judgement.state != NOT_MEASURED else "no touchpoint named yet",
                worst=named if judgement.state in (ATTENTION, WATCH) else None,
                complaints=complaints.complaints if complaints else None,
                previous=complaints.previous if complaints else None,
                touchpoints=len(own),
                measured=sum(state.state != NOT_MEASURED for state in own),
                gaps=sum(state.no_owner or state.no_measure for state in own),
                measured_state=worst([*(Judgement(state.measured_state, "") for state in own), *asked_here]).state,
            )
        )
    return tuple(rows)


def _of_point(point: TouchpointState) -> Judgement:
    bad = point.state in (ATTENTION, WATCH)
    return Judgement(point.state, f"{point.name}: {point.why}" if bad else point.why)


def judged_feeling(emotion: StageFeeling | TouchpointFeeling) -> Judgement:
    """A feeling that enough customers were asked for, not long ago; what is assumed judges nothing."""
    known = emotion.feeling if emotion.state == MEASURED and not emotion.stale else None
    judgement = judged(known, floor=_NEUTRAL)
    return Judgement(judgement.state, "how customers feel: " + judgement.why if judgement.state == WATCH else judgement.why)
