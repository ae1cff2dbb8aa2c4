"""What emerges from a walk: what was marked along the way, where customers feel worst, and where most is lost.

The end of the walkthrough: each item becomes an opportunity to improve or to innovate, with its origin, ready for a vote.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.emerging import LOSS, LOWEST, READS, Annotation, Offer, emerging_annotations, emerging_offers
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


class Options(Base):
    """How much of the worst."""

    worst: int = Field(2, ge=1, le=4, description="most lowest points, and most losses, to show")


@dataclass(frozen=True, slots=True)
class Emerging:
    """Marks of the newest walk, and what else speaks."""

    annotations: tuple[Annotation, ...]
    offers: tuple[Offer, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Emerging:
    """Both."""
    return Emerging(emerging_annotations(connection, scope), emerging_offers(connection, scope, options.worst))


def draw(emerging: Emerging, options: Options, theme: Theme) -> Picture:
    """Marks at the left, numbers that agree or disagree with them at the right."""
    left = html.Div([html.H3("Marked on the way"), *_annotations(emerging.annotations)])
    lowest = [_lowest(offer, theme) for offer in emerging.offers if offer.origin == LOWEST]
    lost = [_lost(offer, theme) for offer in emerging.offers if offer.origin == LOSS]
    right = html.Div(
        [
            html.H3("Where customers feel worst"),
            html.Ul(lowest) if lowest else nothing("No feeling below the middle is known."),
            html.H3("Where most is lost, in 12 months"),
            html.Ul(lost) if lost else nothing("No loss with a reason that customers gave is known."),
        ]
    )
    return Picture(_headline(len(emerging.annotations)), html.Div([left, right], className="emerging"))


def _headline(count: int) -> str:
    if not count:
        return "Nothing has been marked on this walk yet"
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} {'thing' if count == 1 else 'things'} to improve or innovate, seen on this walk"


def _annotations(annotations: tuple[Annotation, ...]) -> Iterator[Component]:
    if not annotations:
        yield nothing("On a walk, whoever is signed in marks what strikes them: improve, or innovate.")
        return
    yield html.Ul([_annotation(annotation) for annotation in annotations], className="trim")


def _annotation(annotation: Annotation) -> Component:
    place = [quote(annotation.stage_name)] if annotation.stage_name else []
    by = " · ".join([annotation.kind, *place, annotation.marked_by])
    return html.Li(
        [html.Span(annotation.words, className="words", dir="auto"), html.Span(by, className=f"quiet {annotation.kind}")]
    )


def _lowest(offer: Offer, theme: Theme) -> Component:
    number = metric_link(theme.decimal(offer.feeling or 0.0), "feeling", "loss")
    words = [
        html.Span(quote(offer.stage_name), className="words"),
        html.Span(f"{offer.basis}, {theme.sample(offer.n or None)}", className="quiet"),
    ]
    return html.Li([number, html.Div(words)])


def _lost(offer: Offer, theme: Theme) -> Component:
    customers = theme.whole(offer.customers or 0)
    if offer.value is None:
        number, left = html.B(customers, className="loss"), "left, value unknown"
    else:
        number = metric_link(theme.short_money(offer.value), "lost_value", "loss")
        left = f"{customers} left and said why"
    return html.Li(
        [number, html.Div([html.Span(quote(offer.stage_name), className="words"), html.Span(left, className="quiet")])]
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    metrics=("feeling", "lost_value"),
    timeless=OF_THE_ROOM,
    smallest=(Smallest(76, 16),),
)
