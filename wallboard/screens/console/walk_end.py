"""The end of a walk at the presenter's hand: where customers feel worst and where most is lost, each kept with one touch."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.drawing.numbers import Numbers
from wallboard.drawing.words import quote
from wallboard.errors import NotFound
from wallboard.metrics.emerging import LOWEST, Offer, emerging_offers
from wallboard.metrics.scope import Scope
from wallboard.records.acting import Acting
from wallboard.records.opportunities import Idea, propose
from wallboard.records.walks import newest, stand
from wallboard.screens.console.page_context import PageContext
from wallboard.settings import Settings
from wallboard.store.zones import EVERYTHING


def walk_scope(connection: Connection, settings: Settings, at: datetime, perimeter: str | None = None) -> Scope:
    """What the presenter's page looks at: the perimeter of the open walk, else the one that was asked for."""
    now = stand(connection, at)
    return _scope(settings, at, now.perimeter if now is not None else perimeter)


def _scope(settings: Settings, at: datetime, perimeter: str | None) -> Scope:
    """The whole company where a perimeter is none of those that the room knows (any more)."""
    return Scope.of(settings, at, perimeter if perimeter in settings.perimeter else None)


def offers(page: PageContext, scope: Scope) -> Component:
    """What may be kept, each with the two kinds."""
    listed = [html.Li(_offer(page, offer)) for offer in emerging_offers(page.connection, scope)]
    none = html.P(
        "No stage feels worse than neutral and no customer is known to have left for one: only your own marks are listed.",
        className="hint",
    )
    return html.Ul(listed, className="offers") if listed else none


def _offer(page: PageContext, offer: Offer) -> Component:
    words = html.Div([html.Small(_origin(offer)), html.B(title_of(offer), dir="auto"), html.Span(why_of(offer, page.theme))])
    if offer.opportunity:
        return html.Div([words, html.A("saved", href=f"/room/opportunity/{offer.opportunity}")], className="offer kept")
    kinds = [
        html.Button(name, type="button", **{"data-keep": kind, "data-origin": offer.origin, "data-stage": offer.stage})
        for name, kind in (("Improve", "improve"), ("Innovate", "innovate"))
    ]
    return html.Div([words, html.Div(kinds, className="kinds")], className="offer")


def _origin(offer: Offer) -> str:
    return "Customers feel worst here" if offer.origin == LOWEST else "Most is lost here"


def title_of(offer: Offer) -> str:
    """The opportunity in a line."""
    name = quote(offer.stage_name)
    return f"{name} feels bad" if offer.origin == LOWEST else f"{name}: {offer.wording}"


def why_of(offer: Offer, numbers: Numbers) -> str:
    """What speaks for it."""
    if offer.origin == LOWEST:
        feeling = f"{offer.feeling:+.1f}".replace("-", "−")
        return f"{feeling} on a scale from −2 to +2, {offer.basis}, {numbers.sample(offer.n or None)}"
    return f"{numbers.plural(offer.customers or 0, 'customer', 'customers')} left in 12 months for reasons at this stage"


def keep(act: Acting, walked: int, origin: str, place: str, kind: str) -> int:
    """Keep what the end of the newest walk offers, ended or not; `walked` is the open walk that the page saw, else 0.

    Its words and its value are worked out here, for the walk's perimeter, and never taken from a form.
    """
    last = newest(act.connection, act.at)
    if last is None or walked not in (0, last[0]):
        raise NotFound("the walk", "it is not the newest of this room.", "Reload the page.")
    number, perimeter = last
    there = emerging_offers(act.connection, _scope(act.settings, act.at, perimeter))
    offer = next((offer for offer in there if offer.origin == origin and offer.stage == place), None)
    if offer is None:
        raise NotFound("the offer", "it is no longer among those of this walk.", "Reload the page.")
    why = why_of(offer, Numbers(act.settings.locale, act.settings.currency))
    idea = Idea(kind, origin, title_of(offer), place, None, why, offer.value or None, number)
    return propose(act, perimeter if perimeter in act.settings.perimeter else EVERYTHING, idea)
