"""From where we were to where we are, in customers and in what they are worth: who came, who came back, who left.

Opening + new + won back + grown − shrunk − lost = closing, with the date at each end. The steps start at the level of the
opening, which is why it has no bar. For leaders, from four metres.
"""

from datetime import timedelta
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import NOT_WHOLE
from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.steps import Step, bridge
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import beside, doubt, noted, unvalued
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, customer_flow, whole_periods
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

BASIS = {"annual recurring": "worth a year", "trailing 12m revenue": "twelve months’ purchases"}
UNTOLD = {
    "left-censored": "Their worth is not known yet: the records go back less than a year.",
    "not measured": "Their worth is not known: load amounts, or a rate for their currency.",
}
METRICS = (
    "active_customers", "customer_value", "new_customers", "new_value", "won_back_customers", "lost_customers", "lost_value",
    "net_customers", "net_value",
)  # fmt: skip


class Options(Base):
    """Over which span."""

    unit: Literal["month", "quarter", "year"] = Field("month", description="month, or quarter or year of the fiscal year")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[CustomerPeriod, ...]:
    """The last periods, the last complete one among them."""
    return customer_flow(connection, scope, months=2, unit=options.unit)


def draw(flow: tuple[CustomerPeriod, ...], options: Options, theme: Theme) -> Picture:
    """Two bridges, one above the other: people, and what they are worth."""
    done = whole_periods(flow)
    if not done or not done[-1].opening + done[-1].new:
        return Picture(f"No whole {options.unit} to show yet", nothing(NOT_WHOLE))
    row = done[-1]
    alarm = doubt([row], theme)
    if not row.holds:
        return Picture("Opening, in and out are not closing", nothing("Check the state of the data: /status"), alarm=alarm)
    body = html.Div([_people(row, theme), _value(row, theme)], className="bridges")
    note = noted(_span(row, options, theme), unvalued(max(row.opening_unknown, row.closing_unknown), theme), beside(row, theme))
    return Picture(_headline(row, options, theme), body, note=note, alarm=alarm)


def _headline(row: CountedPeriod, options: Options, theme: Theme) -> str:
    came, left = row.new + row.won_back, row.lost
    more = theme.plural(abs(came - left), "customer", "customers")
    if came == left:
        return f"As many came as left in this {options.unit}"
    fewer = "more" if came > left else "fewer"
    number, _, noun = more.partition(" ")
    return f"{number} {fewer} {noun} at the end of the {options.unit} than at its start"


def _span(row: CountedPeriod, options: Options, theme: Theme) -> str:
    first = theme.month(row.period_start)
    return first if options.unit == "month" else f"{first} to {theme.month(row.period_end)}"


def _people(row: CountedPeriod, theme: Theme) -> Component:
    steps = [
        Step("came", row.new, theme.signed(row.new), "new_customers"),
        Step("came back", row.won_back, theme.signed(row.won_back), "won_back_customers"),
        Step("left", -row.lost, theme.signed(-row.lost), "lost_customers"),
    ]
    ends = [(f"customers\n{day}", theme.whole(n)) for n, day in zip((row.opening, row.closing), _days(row, theme), strict=True)]
    return bridge(ends[0], steps, ends[1], "active_customers", "customers")


def _days(row: CountedPeriod, theme: Theme) -> list[str]:
    """The days at whose end opening and closing stood."""
    return [theme.short_day(day) for day in (row.period_start - timedelta(days=1), row.closing_day)]


def _value(row: CountedPeriod, theme: Theme) -> Component:
    if row.value_state not in ("measured", "in part"):
        return nothing(UNTOLD[row.value_state])
    steps = [
        _step("came", row.new_value, "new_value", theme),
        _step("came back", row.won_back_value, "net_value", theme),
        _step("grew", row.expansion_value, "customer_value", theme),
        _step("shrank", row.contraction_value, "customer_value", theme, -1),
        *([_step("newly known", row.revalued_value, "customer_value", theme)] if row.revalued_value else []),
        _step("left", row.lost_value, "lost_value", theme, -1),
    ]
    worth = (row.opening_value or 0.0, row.closing_value or 0.0)
    written = [theme.short_money(value) for value in worth]
    if written[0] == written[1] and worth[0] != worth[1]:
        written = [theme.short_money(value, 3) for value in worth]
    ends = [(f"{BASIS[row.basis]}\n{day}", words) for words, day in zip(written, _days(row, theme), strict=True)]
    return bridge(ends[0], steps, ends[1], "customer_value", "value")


def _step(word: str, size: float | None, metric: str, theme: Theme, sign: int = 1) -> Step:
    return Step(word, sign * (size or 0.0), _amount(None if size is None else sign * size, theme), metric)


def _amount(size: float | None, theme: Theme) -> str:
    if size is None:
        return "not known"
    if not round(size):
        return "0"
    written = theme.short_money(size)
    return f"+{written}" if size > 0 else written


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("customer_day", "customer_month", "customer_movement", "undated_loss"),
    metrics=METRICS,
    subject="Who came and who left",
    needs=((CUSTOMERS,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(CUSTOMER_FEED,),
    smallest=(Smallest(76, 10),),
)
