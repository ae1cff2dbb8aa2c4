"""How old the open tickets are, status by status, against how long solved ones took.

Each mark is as wide as the number of tickets of that age; lines mark the ages by which half, 85 % and 95 % of solved tickets
were done. Old open tickets stay in sight, however quick the finished ones look. Shape and word say it before colour does. For
leaders, from four metres.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.charts import Trace, chart, count_ticks, figure, room_beside, rule, side_words, words
from wallboard.drawing.flow_chart import percentiles
from wallboard.drawing.glyphs import metric_link, nothing, shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.ageing import STEPS, AgeingStep, AgeingSummary, ageing_summary, ageing_wip
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

STATUSES = {"new": "new", "in work": "in work", "waiting": "waiting", "waiting for the customer": "with the<br>customer"}
TONES = {"within half": "good", "within 85": "good", "within 95": "watch", "beyond 95": "attention"}
COLOURS = {"good": "good", "watch": "watch", "attention": "bad"}
CORNERS = {"good": 11, "watch": 3, "attention": 0}
"""How round a mark is, in canvas pixels: its shape says what its colour says."""

WIDEST, LEAST = 0.86, 0.07
"""The width of the most tickets of one age as a share of a column, and of a few as a share of that."""

TOP = STEPS + 1
"""The scale has one more step, for all that is older."""


class Options(Base):
    """What the open ones are held against."""

    weeks: int = Field(13, ge=1, le=53, description="full weeks whose solved tickets give the percentiles")


@dataclass(frozen=True, slots=True)
class Measured:
    """Open tickets by status and age, and all of them together."""

    open: tuple[AgeingStep, ...]
    sum: AgeingSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Open tickets by status and age, and the percentiles."""
    weeks = options.weeks
    return Measured(ageing_wip(connection, scope, weeks=weeks), ageing_summary(connection, scope, weeks=weeks)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """A column a status, ages upwards; in words on the right what the lines mean."""
    summary = measured.sum
    if not summary.open:
        return Picture("No ticket is open", nothing("The helpdesk has marked every ticket solved."))
    body = html.Div([_columns(measured.open, summary, theme), _counts(summary, theme)], className="ageing")
    return Picture(_headline(summary, theme), body, note=_note(summary, theme))


def _headline(summary: AgeingSummary, theme: Theme) -> Words:
    count = theme.whole(summary.open or 0)
    tickets = "ticket" if summary.open == 1 else "tickets"
    if summary.p85 is None:
        days = theme.plural(summary.oldest_days or 0, "day", "days")
        return f"The oldest of {count} open {tickets} is {'at least ' if summary.at_least else ''}{days} old"
    late = summary.beyond_85
    if not late:
        return ["None of ", metric_link(count, "tickets_open"), f" open {tickets} is older than it should be"]
    are = "is" if late == 1 else "are"
    days = theme.plural(summary.p85, "day", "days")
    return [metric_link(theme.whole(late), "tickets_beyond", "alert"), f" of {count} open {are} older than {days}"]


def _note(summary: AgeingSummary, theme: Theme) -> str:
    if summary.p85 is None:
        return "nothing was solved to compare them with"
    solved = f"{theme.share(0.85)} of tickets are solved in that time"
    return f"{solved}, provisional: only {theme.whole(summary.finished or 0)}" if summary.provisional else solved


def _columns(steps: Sequence[AgeingStep], summary: AgeingSummary, theme: Theme) -> Component:
    days, most = summary.step_days, max(_widths(steps).values())
    lines = list(percentiles(summary.p50, summary.p85, summary.p95, theme))
    named = [side_words(f"{word} <b>{theme.whole(at)}</b>", at, theme.colours["quiet"]) for at, word in lines]
    drawn = figure(
        [_pills(tone, steps, days, most, theme) for tone in CORNERS],
        barmode="overlay",
        shapes=[rule(at, theme.colours["calm"]) for at, _ in lines],
        annotations=[*named, *_oldest(steps, theme)],
        margin={"r": room_beside(named, theme), "t": theme.size("quiet") + 14},
        xaxis={"range": [-0.5, len(STATUSES) - 0.5], "tickvals": list(range(len(STATUSES))), "ticktext": list(STATUSES.values())},
        yaxis={"range": [0, days * TOP], "title": {"text": "days old"}, "showgrid": False, **count_ticks(days * STEPS, theme, 3)},
    )
    counts = Counter(dict.fromkeys(STATUSES, 0))
    for step in steps:
        counts[step.status] += step.tickets
    return chart(drawn, "; ".join(f"{status}: {count} open" for status, count in counts.items()), theme)


def _widths(steps: Sequence[AgeingStep]) -> Counter[tuple[str, int]]:
    """The tickets of each status and step, of all bands together."""
    counted: Counter[tuple[str, int]] = Counter()
    for step in steps:
        counted[step.status, step.from_days] += step.tickets
    return counted


def _pills(tone: str, steps: Sequence[AgeingStep], days: int, most: int, theme: Theme) -> Trace:
    """The tickets of one tone: each as wide as they are many, never narrower than a dot, centred in the column of its status."""
    worst = {(step.status, step.from_days): TONES[step.band] for step in steps}
    places, shown = list(STATUSES), [(at, count) for at, count in _widths(steps).items() if worst[at] == tone]
    widths = [max(count / most, LEAST) * WIDEST for _, count in shown]
    return {
        "type": "bar",
        "orientation": "h",
        "base": [places.index(status) - width / 2 for ((status, _), _), width in zip(shown, widths, strict=True)],
        "x": widths,
        "y": [min(since - 1, STEPS * days) + days / 2 for (_, since), _ in shown],
        "width": 0.86 * days,
        "marker": {"color": theme.colours[COLOURS[tone]], "cornerradius": CORNERS[tone]},
    }


def _oldest(steps: Sequence[AgeingStep], theme: Theme) -> Iterator[Trace]:
    """Above each column how old its oldest ticket is, where the scale does not reach so far."""
    for place, status in enumerate(STATUSES):
        if older := [step for step in steps if step.status == status and step.to_days is None]:
            last = max(older, key=lambda step: step.oldest_days)
            text = f"{'over' if last.at_least else 'to'} {theme.whole(last.oldest_days)}"
            font = {"color": theme.colours["bad"], "weight": 640}
            yield words(text, place, 1, yref="paper", yanchor="bottom", font=font)


def _counts(summary: AgeingSummary, theme: Theme) -> Component:
    beyond, late = summary.beyond_95, summary.beyond_85
    if summary.open is None or summary.p85 is None or summary.p95 is None or beyond is None or late is None:
        return html.Ul([], className="counts")
    rows = [
        (beyond, "attention", f"over {theme.whole(summary.p95)} days"),
        (late - beyond, "watch", f"over {theme.whole(summary.p85)}"),
        (summary.open - late, "good", "younger"),
    ]
    return html.Ul(
        [html.Li([shape(state), html.B(theme.whole(n)), html.Span(words)]) for n, state, words in rows], className="counts"
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "ticket_move", "ticket_open", "ticket_cycle"),
    metrics=("tickets_beyond", "tickets_open"),
    subject="How old the open tickets are",
    needs=((TICKET_LOG,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(JudgedFeed("ticket_events"),),
    smallest=(
        Smallest(25, 6),
        Smallest(38, 5),
        Smallest(51, 4),
        Smallest(76, 3),
    ),
)
