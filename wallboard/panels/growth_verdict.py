"""Did we earn the right to customer growth? Yes, no or not yet, for the last complete month, with the numbers in the sentence.

The answer is the largest thing on the wall. Yes only where both customers and their value grew; a mixed result is "Not yet",
and the sentence says which of the two fell. For leaders, from four metres.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import BROKEN
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.growth import GrowthVerdict, growth_verdict
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import NOT_JUDGED, NOT_MEASURED
from wallboard.panel import CUSTOMER_FEED, Answer, Connection, Options, Panel, Picture, Words

ANSWERS = {"yes": "Yes.", "no": "No.", "not yet": "Not yet.", "not measured": "Unclear."}
_PLAIN = 4
"""So many parts has a sentence that fits in large letters."""

BASIS = {"annual recurring": "a year", "trailing 12m revenue": "in twelve months’ purchases"}


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[GrowthVerdict, ...]:
    """The verdict of the last complete month."""
    return growth_verdict(connection, scope)


def answer(rows: tuple[GrowthVerdict, ...], options: Options, theme: Theme) -> Answer:
    """Not yet. 19 fewer customers."""
    row = rows[0]
    if row.state != "complete":
        return Answer("We cannot say yet.", "", "No complete month is loaded", NOT_MEASURED)
    if not row.holds:
        return Answer("We cannot say.", "", "The numbers contradict each other", NOT_JUDGED)
    net = row.net_customers or 0
    if row.verdict == "not measured" and row.undated:
        gone = theme.plural(row.undated, "customer", "customers").partition(" ")
        return Answer(ANSWERS[row.verdict], gone[0], f"{gone[2]} left on an unknown day", NOT_MEASURED)
    number, _, noun = theme.plural(abs(net), "customer", "customers").partition(" ")
    worth = ", worth less" if row.fell == "value" else ""
    change = f"{'fewer' if net < 0 else 'more'} {noun}" if net else f"{noun} gained"
    return Answer(ANSWERS[row.verdict], number, change + worth)


def draw(rows: tuple[GrowthVerdict, ...], options: Options, theme: Theme) -> Picture:
    """The answer, the sentence that carries its numbers, and beneath it where we stand today."""
    row = rows[0]
    if row.state != "complete":
        return Picture("", nothing("No answer: the customer data loaded does not cover a whole month."))
    if not row.holds:
        return Picture("", nothing("No answer: the numbers contradict each other."), alarm=BROKEN)
    answer = html.P(ANSWERS[row.verdict], className="answer")
    parts = _sentence(row, theme)
    sentence = html.P(parts, className="sentence long" if len(parts) > _PLAIN else "sentence")
    return Picture(
        "",
        html.Div([answer, sentence, html.P(_stocks(row, theme), className="stocks")], className="verdict"),
        number=ANSWERS[row.verdict],
    )


def _sentence(row: GrowthVerdict, theme: Theme) -> Words:
    value = row.net_value
    if row.undated and row.verdict == "not measured":
        gone = theme.plural(row.undated, "customer has", "customers have")
        return [
            metric_link(gone, "lost_customers", "loss"),
            " left on an unknown date: this month cannot be judged.",
        ]
    people = _people(row.net_customers or 0, theme)
    if value is None:
        return [people, " than a month before; what they are worth is not known yet."]
    but = ", but" if row.verdict == "not yet" else " and"
    words: list[str | Component] = [
        people,
        f" than a month before{but} together worth ",
        _worth(value, BASIS[row.basis], theme),
    ]
    without = value - (row.changed_value or 0.0)
    if (value > 0) != (without > 0) and round(without) != round(value):
        words.append(f", only because those who stayed took {'more' if value > without else 'less'}")
    if row.value_unknown:
        words.append(f"; of {theme.whole(row.value_unknown)} the value is not known")
    return [*words, "."]


def _stocks(row: GrowthVerdict, theme: Theme) -> Words:
    """How many customers there were at the end of the month that is judged, and how it has gone on since."""
    closing: Words = [metric_link(theme.whole(row.closing or 0), "active_customers"), f" on {theme.short_day(row.period_end)}"]
    if row.running_day is None:
        return closing
    return [*closing, f"; {theme.whole(row.running_closing or 0)} on {theme.short_day(row.running_day)}"]


def _people(net: int, theme: Theme) -> Component:
    if net == 0:
        return metric_link("Not one customer more", "net_customers", "loss")
    words = theme.plural(abs(net), "customer", "customers")
    number, _, noun = words.partition(" ")
    return metric_link(f"{number} {'more' if net > 0 else 'fewer'} {noun}", "net_customers", "gain" if net > 0 else "loss")


def _worth(net: float, basis: str, theme: Theme) -> Component:
    if net == 0:
        return metric_link("neither more nor less", "net_value", "loss")
    amount = theme.money(abs(net))
    return metric_link(f"{amount} {'more' if net > 0 else 'less'} {basis}", "net_value", "gain" if net > 0 else "loss")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss"),
    metrics=("net_customers", "net_value", "active_customers", "lost_customers"),
    bare=True,
    subject="Whether we have more customers",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    verdict=True,
    answer=answer,
    smallest=(
        Smallest(25, 5),
        Smallest(38, 4),
        Smallest(51, 3),
    ),
)
