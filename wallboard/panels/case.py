"""The case for a customer room on its first day: customers lost, what failures cost, and complaints that nobody is working on.

It needs no more than a file of tickets and a file of invoices; where something is missing, it says what to load. For leaders,
from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, noun, quote
from wallboard.metrics.availability import COMPLAINTS, CUSTOMERS
from wallboard.metrics.case import UnownedComplaint, unowned_complaints
from wallboard.metrics.failures import FailurePlace, FailureSum, UnitCost, failure_places, unit_costs
from wallboard.metrics.issues import OpenSummary, open_summary
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.worth import LostStage, lost_worth
from wallboard.panel import COMPLAINT_FEED, CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

LARGE = "headline-number huge"


class Options(Base):
    """How far back, and how many complaints."""

    months: int = Field(3, ge=1, le=12, description="complete months to sum")
    rows: int = Field(3, ge=1, le=8, description="complaints to show at the default screen and distance")
    letters: int = Field(80, ge=20, le=200, description="longest quote before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Case:
    """What is lost, what failures cost, and who is waiting."""

    lost: tuple[LostStage, ...]
    failures: tuple[FailurePlace, ...]
    costs: tuple[UnitCost, ...]
    open: tuple[OpenSummary, ...]
    unowned: tuple[UnownedComplaint, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Case:
    """All of it."""
    return Case(
        lost=lost_worth(connection, scope, months=options.months),
        failures=failure_places(connection, scope, months=options.months),
        costs=unit_costs(connection, scope),
        open=open_summary(connection, scope),
        unowned=unowned_complaints(connection, scope, limit=options.rows),
    )


def draw(case: Case, options: Options, theme: Theme) -> Picture:
    """Three numbers, each with its sentence, and the oldest complaints beneath."""
    lost, waiting = case.lost[0], case.open[0]
    if lost.state == NOT_MEASURED and waiting.state == NOT_MEASURED:
        return Picture("Nothing to report", nothing("Neither customers nor complaints are loaded for these months."))
    numbers = [_lost(lost, theme), _failed(case.failures, case.costs, theme), _unowned(waiting, theme)]
    body = html.Div([html.Div(numbers, className="numbers"), _oldest(case.unowned, waiting, options, theme)], className="case")
    return Picture(_headline(lost, waiting, options, theme), body, note=f"in {theme.in_months(options.months)}")


def _headline(lost: LostStage, waiting: OpenSummary, options: Options, theme: Theme) -> str:
    parts = []
    if lost.total_customers is not None:
        left = lost.total_customers
        gone = theme.plural(left, "customer", "customers") if left else "nobody"
        parts.append(f"{gone} left us in {theme.in_months(options.months)}")
    if waiting.without_owner is not None:
        alone = waiting.without_owner
        stuck = f"nobody is working on {theme.plural(alone, 'complaint', 'complaints')}"
        parts.append(stuck if alone else "somebody is working on every complaint" if waiting.open else "no complaint is open")
    sentence = ", and ".join(parts)
    return sentence[0].upper() + sentence[1:]


def _lost(lost: LostStage, theme: Theme) -> Component:
    people = lost.total_customers
    if people is None:
        return _number(html.B("?", className=LARGE), "customers left", "Load contracts or orders.")
    basis = "annual recurring value" if lost.basis == "annual recurring" else "purchases of twelve months"
    count = metric_link(theme.whole(people), "lost_customers", f"{LARGE} loss")
    name = noun(people, "customer left", "customers left")
    if lost.total_value is None:
        return _number(count, name, f"What {noun(people, 'this customer was', 'they were')} worth is not known.")
    worth = [metric_link(theme.money(lost.total_value), "lost_value"), f" left with them, {basis}"]
    more = f"; of {theme.whole(lost.value_unknown)} the value is not known" if lost.value_unknown else ""
    return _number(count, name, [*worth, more])


def _failed(failures: Sequence[FailurePlace], costs: Sequence[UnitCost], theme: Theme) -> Component:
    first, every = failures[0], FailureSum.of(failures)
    if first.state == NOT_MEASURED:
        return _number(html.B("?", className=LARGE), "spent on our failures", "Load tickets or complaints.")
    counted = ("complaint", "complaints") if first.counted == "complaints" else ("failure contact", "failure contacts")
    if not every.failures:
        unsaid = every.unclassified
        why = f"{theme.plural(unsaid, 'complaint is', 'complaints are')} unclassified." if unsaid else ""
        return _number(html.B("0", className=LARGE), counted[1], why or "Map the column that says what is a complaint.")
    if every.uncosted == every.failures:
        number = metric_link(theme.whole(every.failures), "failure_cost", f"{LARGE} loss")
        return _number(number, noun(every.failures, *counted), "Not costed yet: put the cost of one into unit_costs.")
    cost = metric_link(theme.money(every.cost or 0.0), "failure_cost", f"{LARGE} loss")
    partly = f"; {theme.whole(every.uncosted)} of them not costed" if every.uncosted else ""
    since = theme.full_day(max(cost.valid_from for cost in costs)) if costs else ""
    return _number(cost, "spent on our failures", f"{theme.plural(every.failures, *counted)}, unit costs of {since}{partly}")


def _unowned(waiting: OpenSummary, theme: Theme) -> Component:
    if waiting.state == NOT_MEASURED:
        return _number(html.B("?", className=LARGE), "unowned complaints", "Load tickets or complaints.")
    nobody, every = waiting.without_owner or 0, waiting.open or 0
    count = html.B(theme.whole(nobody), className=f"{LARGE} loss" if nobody else LARGE)
    name = noun(nobody, "unowned complaint", "unowned complaints")
    if not every:
        return _number(count, name, "No complaint is open.")
    if nobody == every:
        return _number(count, name, "No open complaint names anybody working on it.")
    return _number(count, name, f"out of {theme.plural(every, 'open complaint', 'open complaints')}")


def _number(number: Component, name: str, below: str | list[str | Component]) -> Component:
    return html.Div([number, html.Span(name), html.P(below, className="quiet")])


def _oldest(unowned: Sequence[UnownedComplaint], waiting: OpenSummary, options: Options, theme: Theme) -> Component:
    rows = [_waits(row, options, theme) for row in unowned[: theme.rows(options.rows)]]
    heading = html.P("waiting longest, with nobody working on it", className="quiet") if rows else ""
    listed = html.Ul(rows, className="trim", **beyond((waiting.without_owner or 0) - len(rows)))
    return html.Div([heading, listed], className="oldest")


def _waits(row: UnownedComplaint, options: Options, theme: Theme) -> Component:
    words = html.Span(quote(crop(row.words, options.letters)), dir="auto") if row.words else None
    return html.Li([words or html.Span("no words", className="quiet"), html.B(theme.plural(row.age_days, "day", "days"))])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "reason_day",
        "reason",
        "customer_movement",
        "undated_loss",
        "customer_day",
        "customer_month",
        "stage",
        "contact_month",
        "voice_day",
        "issue_type",
        "unit_cost",
        "voice",
        "complaint_day",
        "complaint_month",
    ),
    metrics=("lost_customers", "lost_value", "failure_cost"),
    subject="What our customers cost us when they leave or wait",
    needs=((CUSTOMERS, COMPLAINTS),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(CUSTOMER_FEED, COMPLAINT_FEED),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 14),
        Smallest(77, 8),
    ),
)
