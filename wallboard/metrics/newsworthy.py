"""What rows carry that may be news: a promise with its day, a state, a value of a series. One line for each kind of row.

A panel declares none of it: whatever rows it measured are asked (wallboard.screens.news).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, timedelta
from functools import singledispatch
from types import NoneType
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from wallboard.calendar import last_of
from wallboard.metrics.churn_risk import RiskyCustomer
from wallboard.metrics.counts_down import CountDown
from wallboard.metrics.customers import CustomerPeriod
from wallboard.metrics.definitions import MetricAction
from wallboard.metrics.demand import DemandMonth
from wallboard.metrics.departments import DepartmentMeasure
from wallboard.metrics.emotions import StageFeeling, TouchpointFeeling
from wallboard.metrics.events import Subject
from wallboard.metrics.failures import FailureMonth
from wallboard.metrics.growth import GrowthVerdict
from wallboard.metrics.improvements import ImprovedMonth
from wallboard.metrics.issues import ComplaintWeek
from wallboard.metrics.journey import Place
from wallboard.metrics.kpis import KpiResult
from wallboard.metrics.leading import LeadingSignal
from wallboard.metrics.ledger import LedgerEntry
from wallboard.metrics.milestones import Milestone
from wallboard.metrics.pipeline import TierAction
from wallboard.metrics.promises import Promise
from wallboard.metrics.room_issues import AdmittedIssue
from wallboard.metrics.roster import RosterTarget
from wallboard.metrics.scoreboard import ScoreboardMonth, ScoreboardRow
from wallboard.metrics.scores import SurveyScore
from wallboard.metrics.states import COMPLETE, NOT_MEASURED, WATCH
from wallboard.metrics.team_cards import TeamCard
from wallboard.metrics.touchpoints import StageState, TouchpointState, judged_feeling


@dataclass(frozen=True, slots=True)
class Due:
    """Something that was promised until a day and is not done; `about` and `what` in the words of whoever promised it."""

    about: str
    what: str
    on: date


@dataclass(frozen=True, slots=True)
class KnownState:
    """The state of something at the instant of the measure: by its key; state None: not known.

    kind: turned (one state became another), signal (there was none before). `on` tells apart the periods of one series. `about`:
    what its turn concerns, where it asks for an explanation (state_shifts); None: it asks for none, or its series does.
    """

    key: tuple[str, ...]
    name: str
    state: str | None
    kind: Literal["turned", "signal"] = "turned"
    on: date = date.min
    about: Subject | None = None

    @property
    def id(self) -> str:
        """The key in one word: kpi/pay/paid_first_time."""
        return "/".join(self.key)


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a series, for the period (week, month, quarter, year) that ends with `day`."""

    series: str
    day: date
    value: float
    period: str = "month"


@dataclass(frozen=True, slots=True)
class Best:
    """The best value of a series for so many months, in the month that ends with `day`; it is no chance."""

    series: str
    day: date
    of: int
    in_a_row: int


Newsworthy: TypeAlias = Due | KnownState | Reading | Best


def rows_in(measured: object) -> Iterator[object]:
    """Every row in what a panel measured, however deep it lies; a row before what is in it."""
    waiting = [measured]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple | list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            waiting.extend(reversed(part.values()))
        elif (names := _nesting(type(part))) is not None:
            yield part
            waiting.extend([getattr(part, name) for name in names])


def _nesting(kind: type[object]) -> tuple[str, ...] | None:
    """The fields of a row in which more rows may lie, the last one first; None for what is no row. Found once for each type."""
    if kind not in _NESTING:
        _NESTING[kind] = _nesting_fields(kind) if is_dataclass(kind) else None
    return _NESTING[kind]


_NESTING: dict[type[object], tuple[str, ...] | None] = {}


def _nesting_fields(kind: Any) -> tuple[str, ...]:
    hints = get_type_hints(kind)
    return tuple(field.name for field in reversed(fields(kind)) if not _is_plain(hints[field.name]))


def _is_plain(hint: object) -> bool:
    """Whether nothing of this type holds a row."""
    parts = get_args(hint)
    return get_origin(hint) is Literal or hint in _PLAIN or (bool(parts) and all(map(_is_plain, parts)))


_PLAIN = (str, int, float, bool, date, datetime, timedelta, NoneType, Ellipsis)


@singledispatch
def newsworthy(row: object) -> Iterator[Newsworthy]:
    """What one row carries that may be news."""
    yield from ()


def _period_of(row: CustomerPeriod) -> str:
    days = (row.period_end - row.period_start).days
    return "month" if days < 40 else "quarter" if days < 100 else "year"


@newsworthy.register
def _(row: Place) -> Iterator[Newsworthy]:
    if row.promised_by:
        yield Due(row.touchpoint_name or row.stage_name, row.promised or "what was promised", row.promised_by)


@newsworthy.register
def _(row: TouchpointState) -> Iterator[Newsworthy]:
    about = _place(row.touchpoint, row.stage) if row.state == row.measured_state else None
    yield KnownState(("touchpoint", row.touchpoint), row.name, _known(row.state), about=about)
    if row.promised_by:
        yield Due(row.name, row.promised or "what was promised", row.promised_by)


@newsworthy.register
def _(row: StageState) -> Iterator[Newsworthy]:
    about = _place(None, row.stage) if row.state == row.measured_state else None
    yield KnownState(("stage", row.stage), row.name, _known(row.state), about=about)


@newsworthy.register
def _(row: KpiResult) -> Iterator[Newsworthy]:
    yield KnownState(("kpi", row.touchpoint, row.kpi), row.name, _known(row.judged), about=_place(row.touchpoint))


@newsworthy.register
def _(row: DepartmentMeasure) -> Iterator[Newsworthy]:
    if row.measure:
        yield KnownState(("department", row.function, row.touchpoint_name or "", row.measure), row.measure, _known(row.judged))


@newsworthy.register
def _(row: SurveyScore) -> Iterator[Newsworthy]:
    key = ("score", row.stage or "", row.touchpoint or "", row.survey, row.measure)
    about = None if row.stage or row.touchpoint else _place(None, None, row.measure.lower())  # that of a place makes its state
    yield KnownState(key, row.survey, _known(row.judged), about=about)


@newsworthy.register
def _(row: StageFeeling) -> Iterator[Newsworthy]:
    key, about = ("feeling", row.stage, ""), _place(None, row.stage, "feeling")
    yield KnownState(key, f"how customers feel: {row.name}", _feeling_state(row), about=about)


@newsworthy.register
def _(row: TouchpointFeeling) -> Iterator[Newsworthy]:
    key, about = ("feeling", row.stage, row.touchpoint), _place(row.touchpoint, row.stage, "feeling")
    yield KnownState(key, f"how customers feel: {row.name}", _feeling_state(row), about=about)


@newsworthy.register
def _(row: Promise) -> Iterator[Newsworthy]:
    if row.words and row.touchpoint:
        state = None if row.is_kept is None else "kept" if row.is_kept else "not kept"
        about = _place(row.touchpoint, row.stage, "promise_delivered") if row.surely else None
        yield KnownState(("promise", row.touchpoint, row.words), row.words, state, about=about)


@newsworthy.register
def _(row: LedgerEntry) -> Iterator[Newsworthy]:
    if row.state in ("open", "overdue"):
        yield Due(row.owner, row.words, row.due_on)


@newsworthy.register
def _(row: AdmittedIssue) -> Iterator[Newsworthy]:
    if row.due_on and row.closed_on is None:
        yield Due(row.words, row.doing or "what was promised", row.due_on)


@newsworthy.register
def _(row: RosterTarget) -> Iterator[Newsworthy]:
    if row.change is None or row.change > -row.less_by / 100:
        yield Due(row.title, f"{row.less_by} % fewer complaints", row.due_on)


@newsworthy.register
def _(row: TeamCard) -> Iterator[Newsworthy]:
    if row.rewarded_on is None:
        yield Due(row.name, f"report {row.step}, {row.step_name}", row.due_on)


@newsworthy.register
def _(row: RiskyCustomer) -> Iterator[Newsworthy]:
    if row.due and row.done_on is None:
        yield Due("a customer who may leave", row.action or "what was promised", row.due)


@newsworthy.register
def _(row: MetricAction) -> Iterator[Newsworthy]:
    if row.due_on and row.done_on is None:
        yield Due(row.metric.replace("_", " "), row.what, row.due_on)


@newsworthy.register
def _(row: TierAction) -> Iterator[Newsworthy]:
    if row.due_on and row.done_on is None:
        yield Due(row.tier, row.what, row.due_on)


@newsworthy.register
def _(row: ScoreboardRow) -> Iterator[Newsworthy]:
    reached = None if row.reached is None else "on target" if row.reached else "off target"
    yield KnownState(("target", row.metric), row.name, reached)
    yield KnownState(("signal", row.metric), row.name, row.signal, "signal")
    if row.action_due and row.action_done is None:
        yield Due(row.name, row.action or "what was promised", row.action_due)


@newsworthy.register
def _(row: ScoreboardMonth) -> Iterator[Newsworthy]:
    yield Reading(row.metric.replace("_", " "), last_of(row.month), row.value)


@newsworthy.register
def _(row: GrowthVerdict) -> Iterator[Newsworthy]:
    known = row.state == COMPLETE and row.holds and row.verdict != NOT_MEASURED
    yield KnownState(("growth",), "customer growth", row.verdict if known else None)


@newsworthy.register
def _(row: CountDown) -> Iterator[Newsworthy]:
    down = {"reached": "down to its goal", "falling": "falling", "no forecast": "not in sight"}.get(row.forecast or "")
    yield KnownState(("down", row.issue_type or ""), f"“{row.wording}”", down)


@newsworthy.register
def _(row: LeadingSignal) -> Iterator[Newsworthy]:
    if row.kind and row.name:
        name = f"{row.touchpoint_name}: {row.name}" if row.touchpoint_name else row.name
        yield KnownState(("leading", row.kind, row.subject or row.name), name, row.kind, "signal")


@newsworthy.register
def _(row: CustomerPeriod) -> Iterator[Newsworthy]:
    if row.state != COMPLETE or row.net is None or row.new is None or row.lost is None or not row.opening:
        return
    period = _period_of(row)
    if period == "month":  # the wall answers by the month, and a quarter may say another word of the same number
        turn = "growing" if row.net > 0 else "not growing"
        yield KnownState(("net", period), "the number of customers", turn, on=row.period_end)
    for series, value in (("new customers", row.new), ("customers lost", row.lost), ("net customers", row.net)):
        yield Reading(series, row.period_end, value, period)


@newsworthy.register
def _(row: FailureMonth) -> Iterator[Newsworthy]:
    if row.cost is not None:
        yield Reading("cost of our failures", last_of(row.month), row.cost)


@newsworthy.register
def _(row: DemandMonth) -> Iterator[Newsworthy]:
    if row.share is not None:
        yield Reading("share of failure demand", last_of(row.month), row.share)


@newsworthy.register
def _(row: ImprovedMonth) -> Iterator[Newsworthy]:
    if row.finished is not None:
        yield Reading("improvements finished", last_of(row.month), row.finished)


@newsworthy.register
def _(row: ComplaintWeek) -> Iterator[Newsworthy]:
    if row.complete and row.arrived is not None:
        yield Reading("complaints that arrived", row.week_start + timedelta(days=6), row.arrived, "week")


@newsworthy.register
def _(row: Milestone) -> Iterator[Newsworthy]:
    yield Best(row.name, last_of(row.month), row.best_of, row.in_a_row if row.signal.startswith("run") else 0)


def _place(touchpoint: str | None, stage: str | None = None, metric: str = "early_signals") -> Subject:
    """A state at a touchpoint, or of a stage: what moves it names that place, and no other number than these."""
    return Subject(tuple(dict.fromkeys((metric, "early_signals", "promise_delivered", "feeling"))), None, touchpoint, stage)


def _feeling_state(row: StageFeeling | TouchpointFeeling) -> str | None:
    state = _known(judged_feeling(row).state)
    return "below zero" if state == WATCH else state


def _known(state: str) -> str | None:
    return None if state == NOT_MEASURED else state
