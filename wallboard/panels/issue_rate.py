"""Is it growing or shrinking? All complaints relative to those who could complain, by week, with natural limits and signals.

The band shows how the weeks of the frozen baseline varied by chance; a week outside it, or eight in a row on one side, is a
signal. The current week, and one that is only partly loaded, is dotted and never judged. For leaders, from four metres.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.limits_chart import limits_chart
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import (
    axis_words,
    band_of,
    firmness,
    rules_words,
    since_headline,
    spots,
    tone_of,
    unit_words,
    usual_words,
    value_words,
    verdict,
    week_words,
)
from wallboard.drawing.words import noun
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import VOICES
from wallboard.metrics.events import COMPLAINTS, Subject
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift, complaint_shifts
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.states import NOT_MEASURED, TOO_FEW
from wallboard.panel import COMPLAINT_FEED, TO_ITS_LAST_FACT, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and against what."""

    weeks: int = Field(52, ge=16, le=104, description="complete weeks to show")
    against: str | None = Field(None, description="touchpoint whose exposure counts; without it orders, else the largest one")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[SignalPoint, ...]:
    """All complaints by week."""
    return issue_signals(connection, scope, weeks=options.weeks, top=0, against=options.against)


def draw(points: tuple[SignalPoint, ...], options: Options, theme: Theme) -> Picture:
    """One line, its band and its last point."""
    if not points:
        return Picture("Nobody has complained", nothing("Customers have been in touch, and none has ever complained."))
    last = next((point for point in reversed(points) if point.complete and point.value is not None), None)
    if last is None:
        return Picture(
            "There is nothing to measure complaints against", _counts(points, theme), note="no rate: the exposure is missing"
        )
    body = html.Div([_chart(points, last, last.value or 0.0, theme), _foot(last, points, theme)], className="rate-chart")
    return Picture(_headline(last, theme), body, note=unit_words(last))


def _headline(point: SignalPoint, theme: Theme) -> Words:
    words, tone = verdict(point, theme)
    if point.state == NOT_MEASURED and point.measured_to:
        return since_headline(point.measured_to, theme)
    if point.firm is None:
        return f"Too early to say whether it is growing or shrinking: {words}"
    if point.state == TOO_FEW:
        return "Too few complaints to say whether they are growing or shrinking"
    if not tone:
        return "Complaints are within their normal range"
    way = "Fewer customers complain: " if tone == "gain" else "More customers complain: "
    return [way, metric_link(words, "complaint_rate", tone), "" if words.endswith("band") else f" {usual_words(point, theme)}"]


def _chart(points: Sequence[SignalPoint], last: SignalPoint, value: float, theme: Theme) -> Component:
    written = value_words(value, last.basis, theme)
    meaning = f"{unit_words(last)}: {written} {week_words(last, points, theme)}"
    before = [point.same_week_last_year for point in points if point.complete]
    drawn = limits_chart(spots(points), band_of(points), theme, meaning, unit=axis_words(last), before=before)
    metric = metric_link(written, "complaint_rate", f"headline-number {tone_of(last.now)}")
    number = html.P([metric, html.Span(week_words(last, points, theme)), *_last_year(last, theme)], className="now")
    return html.Div([drawn, number], className="with-number")


def _last_year(last: SignalPoint, theme: Theme) -> list[Component]:
    words = last_year(last.same_week_last_year, lambda value: value_words(value, last.basis, theme))
    return [html.Span(words, className="last-year")] if words else []


def _dotted(points: Sequence[SignalPoint], theme: Theme) -> str:
    """Which week is dotted, as it still runs or is loaded only in part."""
    known = next((point for point in reversed(points) if point.value is not None), points[-1])
    if known.complete:
        return ""
    dotted = "running" if known.period_end >= theme.today else "loaded in part"
    return f" · dotted: week of {theme.short_day(known.period_start)}, {dotted}"


def _foot(point: SignalPoint, points: Sequence[SignalPoint], theme: Theme) -> Component:
    if point.baseline_start is None or point.baseline_end is None:
        return html.P(firmness(point), className="usual-rules")
    n = theme.whole(point.baseline_n)
    return html.P(
        [
            f"band: {n} weeks, {theme.days(point.baseline_start, point.baseline_end)} ({firmness(point)})",
            html.Br(),
            rules_words() + _dotted(points, theme),
        ],
        className="usual-rules",
    )


def _counts(points: Sequence[SignalPoint], theme: Theme) -> Component:
    last = next((point for point in reversed(points) if point.complete and point.complaints is not None), None)
    if last is None or last.complaints is None:
        return nothing("No exposure covers these weeks: how many orders, boxes or calls there were.")
    number = metric_link(theme.whole(last.complaints), "complaints", "headline-number")
    of = noun(last.complaints, "complaint", "complaints")
    words = html.P([number, f" {of} {week_words(last, points, theme)}"], className="only-count")
    return html.Div([words, nothing("No exposure covers these weeks: how many orders, boxes or calls there were.")])


def _axis(points: tuple[SignalPoint, ...], options: Options) -> TimeAxis | None:
    starts = tuple(point.period_start for point in points)
    return TimeAxis(starts, points[-1].period_end, (Subject(COMPLAINTS),)) if points else None


def _shifts(connection: Connection, scope: Scope, options: Options) -> tuple[Shift, ...]:
    every = complaint_shifts(connection, scope, weeks=options.weeks, against=options.against)
    return tuple(shift for shift in every if shift.issue_type is None)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "kind_week", "exposure", "issue_type", "metric_definition", "employee"),
    metrics=("complaint_rate", "complaints"),
    subject="How many customers complain",
    needs=((VOICES,),),
    feeds=(COMPLAINT_FEED,),
    timeless=TO_ITS_LAST_FACT,
    axis=_axis,
    shifts=_shifts,
    smallest=(
        Smallest(51, 13),
        Smallest(76, 12),
    ),
)
