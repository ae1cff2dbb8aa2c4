"""The end of a walk at the presenter's hand: where customers feel worst and where most is lost, each kept with one touch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.drawing.numbers import Numbers
from wallboard.drawing.words import quote
from wallboard.errors import NotFound
from wallboard.metrics.emerging import LOWEST, emerging_offers
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope
from wallboard.records.acting import EVERYTHING, Acting
from wallboard.records.opportunities import Idea, propose
from wallboard.records.walks import newest, stand
from wallboard.screens.console.page_context import PageContext
from wallboard.settings import Settings

_Row = Mapping[str, Any]


def walk_scope(connection: Connection, settings: Settings, at: datetime, asked: str | None = None) -> Scope:
    """What the presenter's page looks at: the perimeter of the open walk, else the one that was asked for."""
    now = stand(connection, at)
    return _scope(settings, at, now.perimeter if now is not None else asked)


def _scope(settings: Settings, at: datetime, perimeter: str | None) -> Scope:
    """The whole company where a perimeter is none of those that the room knows (any more)."""
    return Scope.of(settings, at, perimeter if perimeter in settings.perimeter else None)


def offers(page: PageContext, scope: Scope) -> Component:
    """What may be kept, each with the two kinds."""
    rows = rows_of(emerging_offers(page.connection, scope))
    if not rows:
        return html.P("No feeling below the middle and no loss is known: only what you marked emerges.", className="hint")
    return html.Ul([html.Li(_offer(page, row)) for row in rows], className="offers")


def _offer(page: PageContext, row: _Row) -> Component:
    words = html.Div([html.Small(_origin(row)), html.B(title_of(row), dir="auto"), html.Span(why_of(row, page.theme))])
    if row["opportunity"]:
        return html.Div([words, html.A("kept", href=f"/room/opportunity/{row['opportunity']}")], className="offer kept")
    kinds = [
        html.Button(name, type="button", **{"data-keep": kind, "data-origin": row["origin"], "data-stage": row["stage"]})
        for name, kind in (("Improve", "improve"), ("Innovate", "innovate"))
    ]
    return html.Div([words, html.Div(kinds, className="kinds")], className="offer")


def _origin(row: _Row) -> str:
    return "Customers feel worst here" if row["origin"] == LOWEST else "Most is lost here"


def title_of(row: _Row) -> str:
    """The opportunity in a line."""
    name = quote(str(row["stage_name"]))
    return f"{name} feels bad" if row["origin"] == LOWEST else f"{name}: {row['wording']}"


def why_of(row: _Row, numbers: Numbers) -> str:
    """What speaks for it."""
    if row["origin"] == LOWEST:
        feeling = f"{row['feeling']:+.1f}".replace("-", "−")
        asked = f"n {row['n']}" if row["n"] else "n not known"
        return f"{feeling} on a scale from −2 to +2, {row['basis']}, {asked}"
    return f"{numbers.plural(int(row['customers']), 'customer', 'customers')} left in 12 months for reasons of this stage"


def keep(act: Acting, walked: int, origin: str, place: str, kind: str) -> int:
    """Keep what the end of the newest walk offers, ended or not; `walked` is the open walk that the page saw, else 0.

    Its words and its value are worked out here, for the walk's perimeter, and never taken from a form.
    """
    last = newest(act.connection, act.at)
    if last is None or walked not in (0, last[0]):
        raise NotFound("the walk", "it is not the newest of this room.", "Open the page anew.")
    number, perimeter = last
    rows = rows_of(emerging_offers(act.connection, _scope(act.settings, act.at, perimeter)))
    row = next((one for one in rows if one["origin"] == origin and one["stage"] == place), None)
    if row is None:
        raise NotFound("the offer", "it is not among those of this walk any more.", "Open the page anew.")
    value = float(row["value"]) if row["value"] else None
    said = Idea(
        kind, origin, title_of(row), place, None, why_of(row, Numbers(act.settings.locale, act.settings.currency)), value, number
    )
    return propose(act, perimeter if perimeter in act.settings.perimeter else EVERYTHING, said)
