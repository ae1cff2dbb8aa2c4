"""How long a solved ticket took, and what the next customer may expect: 85 % are solved within so many days.

One column for each few days, in calendar days from the first start to solved: customers wait at weekends too. A ticket that came
back counts with all its days. "Solved" is the helpdesk's word. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.flow_chart import mark, percentiles
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.cycle_times import CycleTimeClass, CycleTimes, cycle_time_classes, cycle_times
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    weeks: int = Field(13, ge=1, le=53, description="full weeks whose solved tickets are counted")


@dataclass(frozen=True, slots=True)
class Measured:
    """The percentiles, and the tickets by days."""

    times: CycleTimes
    classes: tuple[CycleTimeClass, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The percentiles, and the tickets by days."""
    weeks = options.weeks
    return Measured(cycle_times(connection, scope, weeks=weeks)[0], cycle_time_classes(connection, scope, weeks=weeks))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Columns of days with the percentiles across them."""
    times, classes = measured.times, measured.classes
    weeks = theme.plural(options.weeks, "full week", "full weeks")
    if not times.finished:
        return Picture(f"No ticket was solved in {weeks}", nothing("There is nothing to expect the next one by."))
    solved = f"{theme.plural(times.finished, 'ticket', 'tickets')} solved in {weeks}"
    note = f"provisional: only {solved}" if times.provisional else solved
    return Picture(
        _headline(times, theme), html.Div([_columns(classes, times, theme), _axis(classes, theme)], className="cycle"), note
    )


def _headline(times: CycleTimes, theme: Theme) -> Words:
    days = theme.plural(times.p85 or 0, "day", "days")
    return [f"{theme.share(0.85)} of tickets are solved within ", told(days, "ticket_expectation")]


def _columns(classes: Sequence[CycleTimeClass], times: CycleTimes, theme: Theme) -> Component:
    scale = Scale.over("tickets", [step.tickets for step in classes], along="y")
    last = classes[-1].to_days or classes[-1].from_days - 1 + (classes[0].to_days or 1)
    bars = [scale.mark(step.tickets, f"stalk {_tone(step, times)}") for step in classes]
    days = Scale("days", last)
    marks = [
        mark(days, at, [html.B(word), f" in {theme.whole(at)}"], name)
        for name, at, word in percentiles(times.p50, times.p85, times.p95, theme)
    ]
    return html.Div([columns(scale, bars), *marks], className="plot")


def _tone(step: CycleTimeClass, times: CycleTimes) -> str:
    return "good" if step.from_days <= (times.p85 or 0) else "watch" if step.from_days <= (times.p95 or 0) else "attention"


def _axis(classes: Sequence[CycleTimeClass], theme: Theme) -> Component:
    """The first and the last days in words."""
    first, last = classes[0], classes[-1]
    begins = f"{first.from_days}–{first.to_days} days" if first.to_days != 1 else "1 day"
    tickets = theme.plural(last.tickets, "ticket", "tickets")
    end = f"{tickets} over {theme.plural(last.from_days - 1, 'day', 'days')}"
    ends = end if last.to_days is None else theme.plural(last.to_days, "day", "days")
    return html.P([html.Span(begins), html.Span(ends)], className="quiet axis")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "ticket_cycle"),
    figures=("ticket_expectation",),
    subject="How long tickets take",
    needs=((TICKET_LOG,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("ticket_events"),),
)
