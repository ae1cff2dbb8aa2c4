"""What moves before complaints rise: touchpoints that slip, work that waits longer, customers who do less. One card each.

A touchpoint's KPI and waiting work signal by the same rules as complaints; a behaviour signals where significantly more
customers do less than do more. A KPI has its weeks beside it, as failures in 1,000 where its share is near 100 %. Where nothing
moves, it says so, and how much was watched. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.diverging import both_ways
from wallboard.drawing.event_marks import BESIDE
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import bar, metric_link, nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.kpi_words import counts_failures, failures, failures_words, value_words
from wallboard.drawing.limits_chart import Band, Spot, limits_chart
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import noted
from wallboard.metrics.availability import COMPLAINTS, DEEDS, KPIS, VOICES
from wallboard.metrics.events import Subject
from wallboard.metrics.kpis import KpiWeek, kpi_trend
from wallboard.metrics.leading import LESS, SLIPPING, WAITING, LeadingSignal, leading_signals
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.shifts import EARLY, early_shifts
from wallboard.metrics.states import MEASURED
from wallboard.metrics.year_before import WEEKS as WEEKS_BEFORE
from wallboard.metrics.year_before import YearBefore, weeks_before
from wallboard.panel import COMPLAINT_FEED, Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

LETTERS, WEEKS, FEW = 52, 26, 3
"""Longest headline of a card, weeks of a KPI beside it, and so many cards as have the room for a picture."""


@dataclass(frozen=True, slots=True)
class Early:
    """One signal, and the weeks of the KPI that slips."""

    signal: LeadingSignal
    weeks: tuple[KpiWeek, ...] = ()
    before: tuple[YearBefore, ...] = ()
    """The same weeks a year before."""


class Options(Base):
    """How many signals."""

    rows: int = Field(5, ge=1, le=8, description="signals to show at the default screen and distance")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Early, ...]:
    """Every early signal, and the weeks of those KPIs that have the room for them."""
    signals = leading_signals(connection, scope)

    def with_weeks(signal: LeadingSignal) -> Early:
        if signal.kind != SLIPPING or len(signals) > FEW:
            return Early(signal)
        read = kpi_trend(connection, scope, touchpoint=signal.touchpoint, kpi=signal.subject, weeks=WEEKS + WEEKS_BEFORE)
        known = {week.week_start: (week.value, week.state) for week in read}
        return Early(signal, read[-WEEKS:], weeks_before(known, [week.week_start for week in read[-WEEKS:]]))

    return tuple(with_weeks(signal) for signal in signals)


def draw(measured: tuple[Early, ...], options: Options, theme: Theme) -> Picture:
    """One card a signal."""
    early, watched = [each for each in measured if each.signal.kind], measured[0].signal.watched
    if not watched:
        return Picture("Nothing to watch yet", nothing("Twelve weeks, or months, are needed to know what is normal."))
    seen = f"{theme.plural(watched, 'indicator', 'indicators')} watched"
    if not early:
        return Picture("No early signal", nothing("Nothing has moved the wrong way by more than chance."), note=seen)
    shown = early[: theme.rows(options.rows)]
    style = f"early-signs trim{' few' if len(shown) <= FEW else ''}"
    seen = noted(seen, _dotted(shown))
    body = html.Ul([_card(each, theme, len(shown) <= FEW) for each in shown], className=style, **beyond(len(early) - len(shown)))
    return Picture(_headline(len(early), theme), body, note=seen)


def _dotted(shown: Sequence[Early]) -> str:
    """What the dotted lines are; that there are none."""
    drawn = [early for early in shown if _shown(early)]
    known = any(row.state == MEASURED for early in drawn for row in early.before)
    return "" if not drawn else "dotted: a year before" if known else "no data a year ago"


def _headline(count: int, theme: Theme) -> Words:
    number = metric_link(f"{theme.whole(count)} early {'signal' if count == 1 else 'signals'}", "early_signals", "loss")
    return [number, ": complaints may rise"]


def _card(early: Early, theme: Theme, roomy: bool) -> Component:
    """The sentence, and beside it the picture where there is room for one."""
    head, detail = _SENTENCES[str(early.signal.kind)](early.signal, theme)
    words = html.Div(
        [html.P([shape("watch"), html.B(crop(head, LETTERS))]), html.Span(detail, className="quiet")], className="sign"
    )
    return html.Li([words, *(_PICTURES[str(early.signal.kind)](early, theme) if roomy else [])])


def _in_failures(signal: LeadingSignal) -> bool:
    return counts_failures(signal.unit, signal.better, signal.usual)


def _shown_value(value: float | None, signal: LeadingSignal) -> float:
    return failures(value or 0.0) if _in_failures(signal) else 100 * (value or 0.0) if signal.unit == "share" else value or 0.0


def _shown(early: Early) -> tuple[KpiWeek, ...]:
    """The weeks that are drawn, from the first that has a number."""
    known = [week for week in early.weeks if week.value is not None]
    if not known or early.signal.usual is None or early.signal.limit is None:
        return ()
    return early.weeks[early.weeks.index(known[0]) :]


def _weeks(early: Early, theme: Theme) -> list[Component]:
    """The KPI week by week, with the range in which it used to move, and the year before."""
    signal = early.signal
    spots = [_spot(week, signal) for week in _shown(early)]
    if not spots:
        return []
    then = [
        replace(row, value=_shown_value(row.value, signal)) if row.state == MEASURED else row
        for row in early.before[-len(spots) :]
    ]
    usual, limit = _shown_value(signal.usual, signal), _shown_value(signal.limit, signal)
    near, far = sorted((max(0.0, 2 * usual - limit), limit))
    band = Band(near, usual, far, spots[0].day, spots[-1].day)
    unit = "fail in 1,000" if _in_failures(signal) else "%" if signal.unit == "share" else ""
    chart = limits_chart(spots, band, theme, f"{signal.name}, by week", unit or "a case", then, named=False)
    return [html.Div(chart, className=f"plot {BESIDE}")]


def _spot(week: KpiWeek, signal: LeadingSignal) -> Spot:
    late = signal.since is not None and week.week_start >= signal.since
    value = None if week.value is None else _shown_value(week.value, signal)
    return Spot(week.week_start, value, "loss" if late and week.complete else "", week.complete)


def _both(early: Early, theme: Theme) -> list[Component]:
    """How many do less, and how many more."""
    less = early.signal.n or 0
    more = round(less / early.signal.value) - less if early.signal.value else 0
    most = max(1, less, more)
    words = (html.B(theme.whole(less), className="loss"), html.B(theme.whole(more), className="gain"))
    bars = both_ways(less, more, most, words, theme.whole(most), f"customers: {early.signal.name}")
    return [html.Div([html.Span("do less"), bars, html.Span("do more")], className="poles")]


def _against_usual(early: Early, theme: Theme) -> list[Component]:
    """For how many weeks of solving they stand, with a mark where that usually is."""
    signal = early.signal
    if signal.value is None or signal.usual is None:
        return []
    scale = Scale.over("weeks of solving", [signal.value, signal.usual])
    key = html.Span("weeks of solving · tick: usual", className="quiet")
    return [html.Div([bar(scale, signal.value, "loss", signal.usual), key], className="usual")]


def _slipping(signal: LeadingSignal, theme: Theme) -> tuple[str, str]:
    now, usual = _value(signal.value, signal, theme), _value(signal.usual, signal, theme)
    unit = " fail in 1,000" if _in_failures(signal) else ""
    since = f"usually {usual}{_measured_in(signal, theme)}; since the week of {_week(signal, theme)}"
    return f"{signal.touchpoint_name}: “{signal.name}” slips", f"{now}{unit}, {since}"


def _measured_in(signal: LeadingSignal, theme: Theme) -> str:
    """The year in which the usual was measured, where it is another than today's."""
    day = signal.usual_to
    return f" ({day.year})" if day and day.year != theme.today.year else ""


def _waiting(signal: LeadingSignal, theme: Theme) -> tuple[str, str]:
    count, since = theme.plural(signal.n or 0, "complaint waits", "complaints wait"), _week(signal, theme)
    usual = None if signal.usual is None else theme.decimal(signal.usual) + _measured_in(signal, theme)
    if signal.value is None:
        before = f"; usually they stand for {usual} weeks of solving" if usual else ""
        return f"{count}, and none is solved", f"none since the week of {since}{before}"
    now = theme.decimal(signal.value)
    return f"{count} longer than usual", f"{now} weeks of solving, usually {usual}; since the week of {since}"


def _week(signal: LeadingSignal, theme: Theme) -> str:
    """The week since when; with the year, where it is another than today's."""
    return theme.short_day(signal.since) if signal.since else ""


def _less(signal: LeadingSignal, theme: Theme) -> tuple[str, str]:
    count = theme.plural(signal.n or 0, "customer does", "customers do")
    of, since = theme.share(signal.value or 0), theme.plain_month(signal.since or theme.today)
    return f"“{signal.name}”: {count} less of it", f"{of} of those who changed, in {since}"


_SENTENCES = {SLIPPING: _slipping, WAITING: _waiting, LESS: _less}
_PICTURES = {SLIPPING: _weeks, WAITING: _against_usual, LESS: _both}


def _value(value: float | None, signal: LeadingSignal, theme: Theme) -> str:
    number = value or 0.0
    return failures_words(number, theme) if _in_failures(signal) else value_words(number, signal.unit, theme)


def _axis(measured: tuple[Early, ...], options: Options) -> TimeAxis | None:
    """The weeks of all, and one chart for each KPI that slips."""
    drawn = [(early.signal, weeks) for early in measured if (weeks := _shown(early))]
    if not drawn or len(measured) > FEW:
        return None
    starts = sorted({week.week_start for _, weeks in drawn for week in weeks})
    subjects = tuple(Subject((EARLY,), None, signal.touchpoint) for signal, weeks in drawn)
    return TimeAxis(tuple(starts), starts[-1] + timedelta(days=6), subjects)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "kpi_day",
        "touchpoint",
        "complaint_day",
        "complaint_month",
        "voice",
        "voice_day",
        "kind_week",
        "exposure",
        "behaviour",
        "behaviour_month",
        "customer_month",
        "metric_definition",
        "employee",
    ),
    metrics=("early_signals",),
    subject="What may change soon",
    needs=((KPIS, VOICES, COMPLAINTS, DEEDS),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(
        COMPLAINT_FEED,
        JudgedFeed("touchpoint_kpis"),
        JudgedFeed("customer_behaviours", monthly=True),
    ),
    verdict=True,
    axis=_axis,
    shifts=lambda connection, scope, _: early_shifts(connection, scope),
    smallest=(
        Smallest(38, 16),
        Smallest(76, 8),
    ),
)
