"""What the owners of touchpoints have promised, and by when: overdue first, then what is due next.

One row for each promise: what, who, at which touchpoint, and how many days it is overdue or has left. For leaders, from four
metres.
"""

from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.promised import SOON
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import STAGES
from wallboard.metrics.journey import Place, journey_map
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(5, ge=1, le=10, description="promises to show at the default screen and distance, late ones first")
    letters: int = Field(34, ge=20, le=120, description="longest promise, and name of a touchpoint, before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Place, ...]:
    """The touchpoints of the journey."""
    return tuple(place for place in journey_map(connection, scope) if place.touchpoint)


def draw(places: tuple[Place, ...], options: Options, theme: Theme) -> Picture:
    """A row a promise."""
    promised = [place for place in places if place.promised]
    if not promised:
        return Picture("Nobody has promised anything yet", nothing("Write into the touchpoints what their owners promise."))
    promised.sort(key=lambda place: (place.promised_by is None, place.promised_by or date.max))
    shown = promised[: theme.rows(options.rows)]
    rows = [_row(place, options, theme) for place in shown]
    body = html.Ul(rows, className="promised trim noted", **beyond(len(promised) - len(rows)))
    return Picture(_headline(promised, theme), body)


def _headline(promised: list[Place], theme: Theme) -> Words:
    late = sum(place.promised_by is not None and place.promised_by < theme.today for place in promised)
    every = theme.plural(len(promised), "promise", "promises")
    if late:
        return [html.B(f"{theme.whole(late)} of our {every}", className="alert"), f" {'is' if late == 1 else 'are'} overdue"]
    return f"None of our {every} is overdue" if len(promised) > 1 else "Our one promise is not overdue"


def _row(place: Place, options: Options, theme: Theme) -> Component:
    who = html.Span(place.owner, className="quiet") if place.owner else html.Span("nobody", className="alert")
    where = html.Span(" · " + crop(place.touchpoint_name or "", options.letters), className="quiet", dir="auto")
    words = html.Div([html.B(crop(place.promised or "", options.letters)), html.P([who, where])])
    return html.Li([words, _due(place.promised_by, theme)])


def _due(day: date | None, theme: Theme) -> Component:
    if day is None:
        return html.Span("no date", className="days quiet")
    left = (day - theme.today).days
    if left < 0:
        return html.Span([shape("attention"), html.B(f"{theme.plural(-left, 'day', 'days')} late")], className="days alert")
    words = "due today" if left == 0 else f"in {theme.plural(left, 'day', 'days')}"
    return html.Span([shape("watch" if left < SOON else "good"), words], className="days")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "touchpoint", "employee", "function"),
    subject="What was promised",
    needs=((STAGES,),),
    timeless="it shows what is written down, up to now",
    smallest=(
        Smallest(25, 12),
        Smallest(38, 7),
        Smallest(51, 5),
    ),
)
