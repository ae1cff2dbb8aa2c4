"""What moves before complaints rise: contact points that slip, work that waits longer, customers who do less. One sentence each.

A touchpoint's KPI and the waiting work signal by the same rules as complaints; a behaviour where significantly more customers do
less than more. Where nothing moves, that is said, with how much was watched. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.glyphs import metric_link, nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import COMPLAINTS, DEEDS, KPIS, VOICES
from wallboard.metrics.leading import LESS, SLIPPING, WAITING, LeadingSignal, leading_signals
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

LETTERS = 70

FEW = 3
"""So many signals have the room to be written large."""


class Options(Base):
    """How many signals."""

    rows: int = Field(5, ge=1, le=8, description="signals to show at the default screen and distance")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[LeadingSignal, ...]:
    """Every early signal."""
    return leading_signals(connection, scope)


def draw(signals: tuple[LeadingSignal, ...], options: Options, theme: Theme) -> Picture:
    """One sentence a signal."""
    early, watched = [signal for signal in signals if signal.kind], signals[0].watched
    if not watched:
        return Picture("Nothing to watch yet", nothing("Twelve weeks, or months, are needed to know what is normal."))
    seen = f"{theme.plural(watched, 'thing', 'things')} watched"
    if not early:
        return Picture("No early signal", nothing("Nothing has moved the wrong way by more than chance."), note=seen)
    shown = early[: theme.rows(options.rows)]
    style = f"early-signs trim{' few' if len(shown) <= FEW else ''}"
    body = html.Ul([_row(signal, theme) for signal in shown], className=style, **beyond(len(early) - len(shown)))
    return Picture(_headline(len(early), theme), body, note=seen)


def _headline(count: int, theme: Theme) -> Words:
    number = metric_link(f"{theme.whole(count)} early {'signal' if count == 1 else 'signals'}", "early_signals", "loss")
    return [number, ": complaints may rise"]


def _row(signal: LeadingSignal, theme: Theme) -> Component:
    head, detail = _SENTENCES[str(signal.kind)](signal, theme)
    return html.Li([shape("watch"), html.Div([html.B(crop(head, LETTERS)), html.Span(detail, className="quiet")])])


def _slipping(signal: LeadingSignal, theme: Theme) -> tuple[str, str]:
    now, usual = _value(signal.value, signal.unit, theme), _value(signal.usual, signal.unit, theme) + _measured_in(signal, theme)
    return f"{signal.touchpoint_name}: “{signal.name}” slips", f"{now}, usually {usual}; since the week of {_week(signal, theme)}"


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
    return (
        f"“{signal.name}”: {count} less of it",
        f"{of} of those who changed, in {since}",
    )


_SENTENCES = {SLIPPING: _slipping, WAITING: _waiting, LESS: _less}


def _value(value: float | None, unit: str | None, theme: Theme) -> str:
    value = value or 0.0
    return theme.share(value, 1) if unit == "share" else theme.decimal(value)


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
)
