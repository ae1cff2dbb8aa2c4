"""A cumulative flow diagram of the helpdesk: all tickets that arrived, how far they have got, and all that were solved.

The lines never fall; the gap between the first and the last is what is open. A ticket that has reached a status stays counted
there, and one that comes back is a new arrival. "Solved" is the helpdesk's word, and comes earlier than the customer's. For
leaders, from four metres.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.charts import Trace, chart, count_ticks, day_ticks, figure, line, words
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.flow_chart import swatch, toned
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import noted
from wallboard.drawing.year_before import flow_last_year
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.events import Subject
from wallboard.metrics.flow import LINES, ReachedStatus, cumulative_flow, throughput
from wallboard.metrics.scope import Scope, and_running, full_weeks, span
from wallboard.metrics.states import LEFT_CENSORED, MEASURED
from wallboard.metrics.year_before import WEEKS, FlowBefore, changed_on, flow_before
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

AREAS = (("new", "loss", 0.95), ("in work", "gain", 0.85), ("waiting", "gain", 0.6), ("waiting for the customer", "gain", 0.36))
"""What lies between two lines: as far as these tickets have got, in which colour."""

TOP = 0.04
"""The share of the picture that stays free above its highest point."""

WORDS = {"new": "new", "in work": "in work", "waiting": "waiting", "waiting for the customer": "with the customer"}


class Options(Base):
    """How far back."""

    weeks: int = Field(12, ge=2, le=52, description="full weeks to show; the running one follows them")


@dataclass(frozen=True, slots=True)
class Measured:
    """The lines, and what arrived and was solved in the same weeks a year before."""

    rows: tuple[ReachedStatus, ...]
    last_year: FlowBefore


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The lines, week by week."""
    before = flow_before(throughput(connection, scope, weeks=and_running(scope, options.weeks) + WEEKS), options.weeks,
                         changed_on(connection, scope, PANEL.metrics))  # fmt: skip
    return Measured(cumulative_flow(connection, scope, weeks=and_running(scope, options.weeks)), before)


class _End(NamedTuple):
    """The end of one week: what was open, and how many had reached each status."""

    day: date
    open: int
    state: str
    lines: tuple[int, ...]


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Areas on the left, what is open and how far it has got on the right."""
    rows = measured.rows
    ends = (rows[n : n + len(LINES)] for n in range(0, len(rows), len(LINES)))
    known = [
        _End(first.day, first.open, first.state, tuple(row.reached or 0 for row in (first, *others)))
        for first, *others in ends
        if first.open is not None
    ]
    if len(known) < 2:
        return Picture("One week is not enough to show a flow", nothing("The log of ticket events begins in the last week."))
    body = html.Div([_picture(known, theme), _now(known[-1], theme)], className="cumulative")
    weeks = theme.plural(min(options.weeks, round((known[-1].day - known[0].day).days / 7)), "week", "weeks")
    return Picture(_headline(known, weeks, theme), body, note=noted("tickets by day", _note(known, theme)))


def _headline(ends: Sequence[_End], weeks: str, theme: Theme) -> Words:
    now, then = ends[-1].open, ends[0].open
    change = f"{theme.whole(abs(now - then))} {'more' if now > then else 'fewer'} than" if now != then else "as many as"
    tone = "loss" if now > then else "gain" if now < then else ""
    return [metric_link(theme.whole(now), "tickets_open", tone), f" open, {change} {weeks} ago"]


def _note(ends: Sequence[_End], theme: Theme) -> str:
    then = f"{theme.whole(ends[0].open)} open then"
    if ends[0].state != LEFT_CENSORED:
        return then
    begins = next((end.day for end in ends if end.state == MEASURED), None)
    return f"the log begins by {theme.full_day(begins)}" if begins else f"{then}, from before the log begins"


def _picture(ends: Sequence[_End], theme: Theme) -> Component:
    most = max(ends[-1].lines[0], 1)
    placed = {"xref": "paper", "yref": "paper", "bgcolor": theme.colours["panel"], "borderpad": 0}
    drawn = figure(
        list(_areas(ends, theme)),
        annotations=[
            words("arrived", 0.04, 0.98, xanchor="left", **placed),
            words("solved", 0.98, 0.02, xanchor="right", yanchor="bottom", **placed),
        ],
        xaxis=day_ticks([end.day for end in ends], theme, 2),
        yaxis={"range": [0, most / (1 - TOP)], "title": {"text": "tickets"}, **count_ticks(most, theme)},
    )
    arrived, solved = (theme.whole(ends[-1].lines[n] - ends[0].lines[n]) for n in (0, -1))
    label = f"{arrived} arrived, {solved} were solved; {ends[0].open} open before, {ends[-1].open} now"
    return chart(drawn, label, theme)


def _areas(ends: Sequence[_End], theme: Theme) -> Iterator[Trace]:
    """From the ground up: each area from one line down to the one below it; the first line and the last are drawn."""
    days = [end.day.isoformat() for end in ends]
    tones = [*((tone, strength) for _, tone, strength in AREAS), ("calm", 0.34)]
    last = len(LINES) - 1
    for n in range(last, -1, -1):
        tone, strength = tones[n]
        fill = {"fill": "tozeroy" if n == last else "tonexty", "fillcolor": toned(theme.colours[tone], strength)}
        mode = "lines" if n in (0, last) else "none"
        yield line(days, [end.lines[n] for end in ends], theme.colours["ink"], mode=mode, **fill)


def _now(end: _End, theme: Theme) -> Component:
    counts = [above - below for above, below in zip(end.lines, end.lines[1:], strict=False)]
    rows = [
        html.Li([swatch(theme.colours[tone], strength), html.B(theme.whole(count)), html.Span(WORDS[status])])
        for count, (status, tone, strength) in zip(counts, AREAS, strict=True)
    ]
    head = html.P([html.B(theme.whole(end.open), className="headline-number"), html.Span("open, by status")], className="gap")
    return html.Div([head, html.Ul(rows)], className="now")


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    days = sorted({row.day for row in measured.rows if row.open is not None})
    return TimeAxis(tuple(days), days[-1], (Subject(PANEL.metrics),)) if len(days) > 1 else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "metric_definition", "employee"),
    metrics=("tickets_open",),
    subject="How work flows through the helpdesk",
    needs=((TICKET_LOG,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("ticket_events"),),
    axis=_axis,
    last_year=lambda measured, _, theme: flow_last_year(measured.last_year, theme),
    smallest=(
        Smallest(38, 16),
        Smallest(51, 12),
        Smallest(76, 11),
        Smallest(77, 8),
    ),
)
