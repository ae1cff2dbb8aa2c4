"""Handoffs: who passes a case to whom, how long it waits there, whether everything came with it, and how many come back.

The handoff from which most comes back stands first. The thicker the arrow, the more cases pass; the one below it is what comes
back. A handoff without cases says so; one that nothing measures is dashed. Shares stand with their cases; below the room's
small n, only the cases do. For leaders, from four metres.
"""

from collections import Counter

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.handing import arrow, back_words, most_handed, passed_on, wait_words, whole_words, worst_first
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import HANDOFFS
from wallboard.metrics.handoffs import READS, Handoff, handoffs
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED
from wallboard.panel import OF_THE_JOURNEY, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

HEADS = ("who hands over to whom", "waits for", "complete", "comes back")


class Options(Base):
    """How far back, and how many handoffs."""

    function: str = Field("", description="only the handoffs that this function affects, giving or taking; without it all")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks in which the cases were handed over")
    rows: int = Field(4, ge=1, le=8, description="handoffs to show, the worst first")
    letters: int = Field(42, ge=20, le=120, description="longest name of what passes before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Handoff, ...]:
    """Every handoff, or those that one function affects."""
    rows = handoffs(connection, scope, weeks=options.weeks)
    return tuple(row for row in rows if not options.function or options.function in (row.from_function, row.to_function))


def draw(measured: tuple[Handoff, ...], options: Options, theme: Theme) -> Picture:
    """A row a handoff, the worst first."""
    rows = worst_first(measured)
    if not rows:
        none = f"No handoff names the function '{options.function}'." if options.function else "No handoff is described."
        return Picture("No case passes between us", nothing(none))
    shown = rows[: theme.rows(options.rows)]
    most = most_handed(rows)
    head = html.Li([html.Span(words) for words in HEADS], className="heads")
    lines = [_row(row, most, options, theme) for row in shown]
    return Picture(
        _headline(rows, theme), html.Ul([head, *lines], className="handoffs trim noted"), note=_note(rows, shown, theme)
    )


def _headline(rows: list[Handoff], theme: Theme) -> str:
    first = rows[0]
    if first.state == MEASURED and first.handed and first.returned:
        cases = f"{theme.whole(first.returned)} of {theme.plural(first.handed, 'case', 'cases')}"
        return f"{first.from_name} passes cases to {first.to_name}: {cases} came back"
    if all(row.state == "not measured" for row in rows):
        return "Nobody has counted what passes between us"
    return passed_on(rows, theme)


def _note(rows: list[Handoff], shown: list[Handoff], theme: Theme) -> str:
    """Those that do not fit stand by what is known of them; those that are not measured are counted wherever they stand."""
    hidden = Counter(row.state for row in rows[len(shown) :])
    counted = (
        (hidden["measured"], "more, none worse"),
        (hidden["too few"], "more with too few cases"),
        (hidden["no cases"], "more without cases"),
        (sum(row.state == "not measured" for row in rows), "not measured"),
    )
    return " · ".join([_span(rows[0], theme), *(f"{theme.number_words(n)} {words}" for n, words in counted if n)])


def _span(row: Handoff, theme: Theme) -> str:
    return theme.days(row.period_start, row.period_end)


def _row(row: Handoff, most: int, options: Options, theme: Theme) -> Component:
    what = crop(row.what, options.letters)
    who = html.Div(
        [
            html.B(row.from_name, className="gives"),
            arrow(row, most, theme),
            html.B(row.to_name, className="takes"),
            html.Span(what, className="what", dir="auto"),
        ],
        className="way",
    )
    if row.state in ("not measured", "no cases"):
        return html.Li([who, html.Div(html.B(row.state), className="none")], className="blind")
    cells = (wait_words(row, theme), whole_words(row, theme), back_words(row, theme))
    sides = [_cell(words, below, back=n == 2) for n, (words, below) in enumerate(cells)]
    return html.Li([who, *sides])


def _cell(words: str, below: str, *, back: bool) -> Component:
    number = metric_link(words, "handoff_bounces", "loss") if back else html.B(words)
    return html.Div([number, html.Span(below)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    metrics=("handoff_bounces",),
    subject="How cases pass between us",
    needs=((HANDOFFS,),),
    feeds=(JudgedFeed("handoff_events"),),
    timeless=OF_THE_JOURNEY,
    smallest=(
        Smallest(25, 16),
        Smallest(76, 5),
    ),
)
