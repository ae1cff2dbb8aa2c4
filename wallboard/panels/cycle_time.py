"""How long a solved ticket took, and what the next customer can expect: 85 % are solved within this many days.

One column for every few days, in calendar days from first start to solved: customers wait at weekends too. A ticket that came
back counts with all its days. "Solved" is the helpdesk's word. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.charts import Ticks, chart, count_ticks, figure, room_beside, rule, words
from wallboard.drawing.flow_chart import percentiles
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.cycle_times import CycleTimeClass, CycleTimes, cycle_time_classes, cycle_times
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

PLOT = 400
"""The least width of the columns in canvas pixels."""

LEVEL = 0.3
"""How much lower the word of each percentile stands than the one before it, as a share of the chart: one line of a low chart."""

HEAD = 1.12
"""Room above the highest column, as a multiple of it."""


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
        return Picture(f"No ticket was solved in {weeks}", nothing("So there is no time to expect for the next one."))
    solved = f"{theme.plural(times.finished, 'ticket', 'tickets')} solved in {weeks}"
    note = f"provisional: only {solved}" if times.provisional else solved
    return Picture(_headline(times, theme), _columns(classes, times, theme), note)


def _headline(times: CycleTimes, theme: Theme) -> Words:
    days = theme.plural(times.p85 or 0, "day", "days")
    return [f"{theme.share(0.85)} of tickets are solved within ", metric_link(days, "ticket_expectation")]


def _columns(classes: Sequence[CycleTimeClass], times: CycleTimes, theme: Theme) -> Component:
    width, most = classes[0].to_days or 1, max(step.tickets for step in classes)
    last = classes[-1].to_days or classes[-1].from_days - 1 + width
    bars = {
        "type": "bar",
        "x": [step.from_days - 1 + width / 2 for step in classes],
        "y": [step.tickets for step in classes],
        "width": 0.84 * width,
        "marker": {"color": [theme.colours[_tone(step, times)] for step in classes]},
    }
    marks = list(enumerate(percentiles(times.p50, times.p85, times.p95, theme)))
    top = {"yref": "paper", "xanchor": "left", "yanchor": "top", "xshift": 8}
    named = [words(f"<b>{word}</b> in {theme.whole(days)}", days, 1 - LEVEL * n, **top) for n, (days, word) in marks]
    beside = room_beside(named[-1:], theme) - PLOT * (1 - marks[-1][1][0] / last)
    drawn = figure(
        [bars],
        shapes=[rule(days, theme.colours["ink"], "x", y1=1 - LEVEL * n) for n, (days, _) in marks],
        annotations=named,
        margin={"r": max(8, round(beside))},
        xaxis={"range": [0, last], **_days(classes, last, theme)},
        yaxis={"range": [0, most * HEAD], "title": {"text": "tickets"}, **count_ticks(most, theme, 3)},
    )
    return chart(drawn, "; ".join(f"{word} in {theme.whole(days)} days" for _, (days, word) in marks), theme)


def _tone(step: CycleTimeClass, times: CycleTimes) -> str:
    return "good" if step.from_days <= (times.p85 or 0) else "watch" if step.from_days <= (times.p95 or 0) else "bad"


def _days(classes: Sequence[CycleTimeClass], last: int, theme: Theme) -> Ticks:
    """A few round days, the first with its unit, and at the end what took longer than all classes."""
    longest = classes[-1].from_days - 1
    is_open = classes[-1].to_days is None
    ticks = count_ticks(longest * 0.7, theme, 2) if is_open else count_ticks(last, theme, 3)
    first, *more = ticks["ticktext"]
    beyond = ((last, f"over {theme.whole(longest)}"),) if is_open else ()
    return {
        "tickvals": [*ticks["tickvals"], *(at for at, _ in beyond)],
        "ticktext": [f"{first} days", *more, *(label for _, label in beyond)],
    }


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "ticket_cycle"),
    metrics=("ticket_expectation",),
    subject="How long tickets take",
    needs=((TICKET_LOG,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("ticket_events"),),
    smallest=(
        Smallest(25, 5),
        Smallest(38, 3),
        Smallest(76, 2),
    ),
)
