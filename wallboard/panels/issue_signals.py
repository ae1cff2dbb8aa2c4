"""Each common kind of issue, in the customer's wording: is it growing, shrinking, or within normal range?

One small chart for each kind, with the band in which its baseline moved; beside it the verdict as a shape and words. Kinds with
fewer than one complaint a week are drawn in steps of four weeks, and say so. For leaders, from four metres.
"""

from collections.abc import Sequence
from itertools import groupby

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.event_marks import BESIDE
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.limits_chart import limits_chart
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import (
    SIGNS,
    band_of,
    rules_words,
    since_headline,
    spots,
    tone_of,
    unit_words,
    value_words,
    verdict,
)
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import VOICES
from wallboard.metrics.events import COMPLAINTS, Subject
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift, complaint_shifts
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.panel import COMPLAINT_FEED, TO_ITS_LAST_FACT, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

LETTERS = 36


class Options(Base):
    """How many kinds, how far back, and against what."""

    top: int = Field(6, ge=2, le=6, description="kinds of issue to show")
    weeks: int = Field(52, ge=16, le=104, description="complete weeks to show")
    against: str | None = Field(None, description="touchpoint whose exposure counts; without it orders, else the largest one")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[SignalPoint, ...]:
    """The commonest kinds by week."""
    return issue_signals(connection, scope, weeks=options.weeks, top=options.top, against=options.against)


def draw(points: tuple[SignalPoint, ...], options: Options, theme: Theme) -> Picture:
    """One cell a kind."""
    kinds = [list(its) for place, its in groupby(points, key=lambda point: point.place) if place]
    if not points:
        return Picture("Nobody has complained", nothing("Customers have been in touch, and none has ever complained."))
    if not kinds:
        return Picture("There are no kinds of complaint to tell apart", nothing("No complaint has been classified yet."))
    shown = kinds[: 2 * (theme.rows(options.top) // 2) or 1]
    cells = html.Div(
        [_cell(its, theme) for its in shown], className=f"multiples trim noted {'three' if len(shown) > 4 else 'two'}"
    )
    usual = min((its[-1] for its in shown), key=lambda point: point.size)
    unknown = _unclassified(shown[0][-1].unclassified, theme)
    since = f"each from 0 and since {theme.short_day(shown[0][0].period_start)}"
    rules = html.P(
        [html.I(className="band"), f"usual · {_dotted(shown)} · {since} · {rules_words()} · {unknown}"], className="usual-rules"
    )
    body = html.Div([cells, rules], className="issue-signals")
    return Picture(_headline([its[-1] for its in shown], theme), body, note=unit_words(usual))


def _dotted(shown: Sequence[Sequence[SignalPoint]]) -> str:
    """What the dotted lines are; that there are none."""
    known = any(point.year_before is not None for its in shown for point in its)
    return "dotted: a year before" if known else "no data a year ago"


def _unclassified(number: int | None, theme: Theme) -> str:
    return "unclassified: not measured" if number is None else f"{theme.whole(number)} unclassified"


def _unsaid(kinds: Sequence[SignalPoint], theme: Theme) -> str | None:
    """Why nothing can be said of any kind; None where something can."""
    states = {kind.state for kind in kinds}
    if states == {NOT_MEASURED} and (days := [kind.measured_to for kind in kinds if kind.measured_to]):
        return since_headline(max(days), theme)
    if not any(kind.firm for kind in kinds):
        return "Too early to say what is growing and what is shrinking"
    return None if MEASURED in states else "Too few complaints to say what is growing and what is shrinking"


def _headline(kinds: Sequence[SignalPoint], theme: Theme) -> Words:
    if unsaid := _unsaid(kinds, theme):
        return unsaid
    down, up = ([kind for kind in kinds if tone_of(kind.now) == tone] for tone in ("gain", "loss"))
    if not down and not up:
        return "Nothing is growing or shrinking beyond its normal range"
    of = f" of {theme.whole(len(kinds))}"
    parts: list[str | Component] = []
    if down:
        does = "is shrinking" if len(down) == 1 else "are shrinking"
        parts.append(metric_link(f"{theme.whole(len(down))}{of} {does}", "complaint_rate", "gain"))
    if up:
        does = "is growing" if len(up) == 1 else "are growing"
        parts += [", "] * bool(down)
        parts.append(metric_link(f"{theme.whole(len(up))}{'' if down else of} {does}", "complaint_rate", "loss"))
    return parts


def _cell(points: Sequence[SignalPoint], theme: Theme) -> Component:
    newest = points[-1]
    words, tone = verdict(newest, theme)
    named = html.P(quote(crop(newest.wording, LETTERS)), className="wording", dir="auto")
    last = next((point.value for point in reversed(points) if point.complete and point.value is not None), None)
    if last is None:
        recent = newest.recent_complaints
        count = [] if recent is None else [f"{theme.plural(recent, 'complaint', 'complaints')} in four weeks"]
        return html.Div([named, *(html.P(line, className="quiet") for line in (*count, words))])
    value = value_words(last, newest.basis, theme)
    by = f" by {newest.size} weeks" if newest.size > 1 else ""
    judged = html.P(
        [
            html.Span([f"{SIGNS.get(tone, '')} ", html.B(words), by], className=tone or "calm"),
            metric_link(value, "complaint_rate", tone),
        ],
        className="verdict",
    )
    meaning = f"{newest.wording}: {words}, {value} {unit_words(newest)}"
    before = [point.same_week_last_year for point in points if point.complete]
    drawn = limits_chart(spots(points), band_of(points), theme, meaning, before=before)
    return html.Div([named, judged, html.Div(drawn, className=f"plot {BESIDE}")])


def _axis(points: tuple[SignalPoint, ...], options: Options) -> TimeAxis | None:
    """The weeks of all kinds together, and one chart a kind that is not put together by fours."""
    every = [point for point in points if not point.place]
    charts = [list(its) for place, its in groupby(points, key=lambda point: point.place) if place]
    subjects = tuple(Subject(COMPLAINTS, its[0].issue_type) for its in charts if any(point.value is not None for point in its))
    starts = tuple(point.period_start for point in every)
    return TimeAxis(starts, every[-1].period_end, subjects) if subjects else None


def _shifts(connection: Connection, scope: Scope, options: Options) -> tuple[Shift, ...]:
    every = complaint_shifts(connection, scope, weeks=options.weeks, top=options.top, against=options.against)
    return tuple(shift for shift in every if shift.issue_type is not None)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "kind_week", "exposure", "issue_type", "metric_definition", "employee"),
    metrics=("complaint_rate",),
    subject="Which complaints become more or less frequent",
    needs=((VOICES,),),
    feeds=(COMPLAINT_FEED,),
    timeless=TO_ITS_LAST_FACT,
    axis=_axis,
    shifts=_shifts,
    smallest=(
        Smallest(25, 13),
        Smallest(77, 8),
    ),
)
