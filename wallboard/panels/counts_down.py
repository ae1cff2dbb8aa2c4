"""How long until the counts are down: for each kind of issue, the weeks it took to halve, or has taken so far.

One row for each kind, in the customer's wording: the weeks as the largest number, how far the count has fallen, and when the
goal will be reached. There is a forecast only where a signal points down and the fall continues. For leaders, from four metres.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import STATE_OF_DATA, not_since
from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import SIGNS, since_headline, value_words
from wallboard.drawing.words import crop, quote
from wallboard.metrics.availability import KINDS, VOICES
from wallboard.metrics.counts_down import CountDown, counts_down
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.shifts import Shift, complaint_shifts
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

LETTERS = 39


class Options(Base):
    """How many kinds, from when on, and the goal."""

    rows: int = Field(6, ge=1, le=8, description="kinds of issue at the default screen and distance")
    since: Literal["baseline", "peak"] = Field(
        "baseline", description="count the weeks from the baseline's end, or from the peak"
    )
    goal: int = Field(50, ge=5, le=95, description="the goal, in per cent of what it was")
    against: str | None = Field(None, description="touchpoint whose exposure counts; without it orders, else the largest one")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[CountDown, ...]:
    """The commonest kinds."""
    return counts_down(connection, scope, top=options.rows, since=options.since, goal=options.goal, against=options.against)


def draw(kinds: tuple[CountDown, ...], options: Options, theme: Theme) -> Picture:
    """One row a kind."""
    if not kinds:
        return Picture("There are no kinds of complaint to count", nothing("No complaint has been classified yet."))
    known = [kind for kind in kinds if kind.state == MEASURED]
    if not known:
        if since := _since(kinds):
            return Picture(since_headline(since, theme), nothing(STATE_OF_DATA))
        return Picture(
            "Too early to say when the counts are down",
            nothing("Twelve complete weeks with exposure are needed to know what is normal."),
        )
    shown = kinds[: theme.rows(options.rows)]
    heads = ("", "weeks", "", f"against {_before(options)}", f"goal: {theme.share(options.goal / 100)}")
    head = html.Li([html.Span(word) for word in heads], className="head")
    body = html.Ul(
        [head, *(_row(kind, theme) for kind in shown)], className="counts-down trim", **beyond(len(kinds) - len(shown))
    )
    return Picture(_headline(known, theme), body, note=_note(known, options, theme))


def _since(kinds: Sequence[CountDown]) -> date | None:
    """Since when nothing is measured any more; None where something is, or never was."""
    days = [kind.measured_to for kind in kinds if kind.state == NOT_MEASURED and kind.measured_to]
    return max(days, default=None)


def _before(options: Options) -> str:
    return "the peak" if options.since == "peak" else "before"


def _note(known: Sequence[CountDown], options: Options, theme: Theme) -> str:
    if options.since == "peak":
        return "weeks since the peak"
    ends = {kind.reference_end for kind in known if kind.reference_end}
    day = f" ({theme.day(max(ends))})" if len(ends) == 1 else ""
    return f"weeks since the baseline ended{day}"


def _headline(known: Sequence[CountDown], theme: Theme) -> Words:
    halved = [kind for kind in known if kind.halved_after is not None]
    if not halved:
        weeks = max(kind.weeks or 0 for kind in known)
        return ["None has halved yet, after ", metric_link(theme.plural(weeks, "week", "weeks"), "weeks_to_halve")]
    number = metric_link(f"{theme.whole(len(halved))} of {theme.whole(len(known))}", "weeks_to_halve", "gain")
    return [number, " have halved" if len(halved) > 1 else " has halved"]


def _row(kind: CountDown, theme: Theme) -> Component:
    name = html.Span(quote(crop(kind.wording, LETTERS)), className="wording", dir="auto")
    if since := _since([kind]):
        return html.Li([name, html.Span(not_since(since, theme), className="quiet none")])
    if kind.state != MEASURED:
        count = theme.whole(kind.complaints or 0)
        return html.Li([name, html.Span(f"{kind.state}: {count} in the last four weeks", className="quiet none")])
    done = kind.halved_after is not None
    weeks = (kind.halved_after if done else kind.weeks) or 0
    number = metric_link(theme.whole(weeks), "weeks_to_halve", "number gain" if done else "number")
    words = "not halved yet" if not done else "at most, to halve" if kind.at_most else "to halve"
    state = html.Span(words, className="gain" if done else "quiet")
    return html.Li([name, number, state, _change(kind, theme), _forecast(kind, theme)])


def _change(kind: CountDown, theme: Theme) -> Component:
    if kind.down is None:
        return html.Span("none before", className="quiet")
    size = theme.share(abs(kind.down))
    words = f"{size} {'less' if kind.down >= 0 else 'more'}"
    if kind.down <= -1:
        words = f"{theme.decimal(1 - kind.down)} times"
    tone = ("gain" if kind.down >= 0 else "loss") if kind.signal else ""
    now = value_words(kind.rate_4w or 0.0, kind.basis, theme)
    return html.Span([f"{SIGNS[tone]} ", html.B(words)], title=now, className=tone or "calm")


def _forecast(kind: CountDown, theme: Theme) -> Component:
    if kind.forecast == "reached":
        return html.Span("reached", className="gain")
    if kind.forecast == "falling":
        weeks = kind.forecast_weeks or 0
        return html.Span(f"in {theme.whole(weeks)} {'week' if weeks == 1 else 'weeks'}")
    return html.Span("no forecast", className="quiet")


def _shifts(connection: Connection, scope: Scope, options: Options) -> tuple[Shift, ...]:
    every = complaint_shifts(connection, scope, top=options.rows, against=options.against)
    return tuple(shift for shift in every if shift.issue_type is not None)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "kind_week", "exposure", "issue_type", "metric_definition", "employee"),
    metrics=("weeks_to_halve",),
    subject="When the counts are down",
    needs=((VOICES,), (KINDS,)),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(COMPLAINT_FEED,),
    verdict=True,
    shifts=_shifts,
    smallest=(
        Smallest(38, 16),
        Smallest(76, 6),
    ),
)
