"""A line of a wall becomes an item of the next agenda, a commitment or an issue in one touch, for roles that may."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.drawing.charts import plain_words
from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.metrics.scoreboard import ScoreboardRow
from wallboard.records.users import User, may

LONGEST = 200
"""Letters of the words with which a line is taken up."""


@dataclass(frozen=True)
class TakeUp:
    """The words of a line with its number and period, the wall and scene where it stands, and what this person may make of it."""

    words: str
    scene: str
    perimeter: str
    offers: tuple[str, ...]


OFFERS = {"item": "listed", "commitment": "promised", "issue": "relayed"}
"""What a line becomes, and the kind of step that a role must be able to take for it."""


def take_up(
    connection: Connection, me: User | None, placed: Placed, measured: object, metric: str | None, at: str, theme: Theme
) -> TakeUp | None:
    """What somebody may make of a touched line; None for visitors and guests. `at`: the perimeter."""
    offers = tuple(kind for kind, step in OFFERS.items() if me and not me.relays_only and may(connection, me, step))
    words = line_words(placed, measured, metric, theme) if offers else ""
    layout, scene, *_ = [*placed.id.split("--"), ""]
    return TakeUp(words, f"{layout}/{scene}", at, offers) if words else None


def line_words(placed: Placed, measured: object, metric: str | None, theme: Theme) -> str:
    """New customers: 120 of 2,313 (October 2026); of a panel its headline and its period."""
    row = next((row for row in _rows(measured) if row.metric == metric), None)
    if row is not None and row.count is not None:
        number = theme.whole(row.count) + (f" of {theme.whole(row.out_of)}" if row.out_of is not None else "")
        share = f", {theme.share(row.value)}" if row.unit == "share" and row.value is not None else ""
        return f"{row.name}: {number}{share}" + (f" ({_period(row.period_name, theme)})" if row.period_name else "")
    picture = placed.panel.draw(measured, placed.options, theme)
    period = plain_words(picture.note).split(" · ")[0] if picture.note else ""
    return (plain_words(picture.headline) + (f" ({period})" if period else ""))[:LONGEST]


def _period(name: str, theme: Theme) -> str:
    """A month by its name: May 2026 of 2026-05; any other period as it is called."""
    year, _, month = name.partition("-")
    return theme.month(date(int(year), int(month), 1)) if year.isdecimal() and month.isdecimal() else name


def _rows(measured: object) -> Iterator[ScoreboardRow]:
    """The lines of a scoreboard among what a panel measured."""
    parts = [getattr(measured, field.name) for field in fields(measured)] if is_dataclass(measured) else [measured]
    for part in parts:
        yield from (row for row in (part if isinstance(part, tuple) else ()) if isinstance(row, ScoreboardRow))


def take_up_section(offer: TakeUp) -> Component:
    """The buttons: two do it at once, the third opens the form for the customer's own words."""
    says = {"data-words": offer.words, "data-scene": offer.scene, "data-perimeter": offer.perimeter}
    buttons = {"item": "Put it on the agenda", "commitment": "I will see to it"}
    made: list[Component] = [
        html.Button(words, type="button", **{"data-take-up": kind}, **says)
        for kind, words in buttons.items()
        if kind in offer.offers
    ]
    if "issue" in offer.offers:
        made.append(html.A("Relay it as an issue", href=f"/room/relay?{urlencode({'title': offer.words})}"))
    status = html.P("", role="status", className="taken-up")
    return html.Section([html.P(offer.words), html.Div(made, className="take-up"), status], id="sheet-take-up")
