"""Is it fixed at the first visit: jobs fixed by one visit of those whose 30 days have passed, and what the others cost.

Month by month with the cases; a month whose jobs are too young says so. Beside it whether whoever came had all information and
the right tools, with what nobody said apart, the customers' own hours, and what better questions on the call would save, with
the extra cost of a call at which it breaks even. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import bar, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VISITS
from wallboard.metrics.failures import UnitCost, unit_costs
from wallboard.metrics.savings import failure_visit_saving
from wallboard.metrics.scope import Scope
from wallboard.metrics.visits import VisitMonth, visit_months
from wallboard.panel import OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and what is assumed of a better call."""

    months: int = Field(6, ge=2, le=12, description="complete months to show")
    better_by: float = Field(0.10, gt=0, le=1, description="what-if: share of jobs that would need no second visit any more")
    extra: float = Field(1.0, ge=0, description="what-if: what better questions cost more a call, in the currency of a visit")
    visit: str = Field("visit", description="activity of the unit costs that is one visit")


@dataclass(frozen=True, slots=True)
class Measured:
    """The months, and what one visit costs."""

    months: tuple[VisitMonth, ...]
    cost: tuple[UnitCost, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The months, and what one visit costs today."""
    costs = (row for row in unit_costs(connection, scope) if row.activity == options.visit and row.perimeter is None)
    return Measured(visit_months(connection, scope, months=options.months), tuple(costs)[:1])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """Months on the left, how prepared and what if on the right."""
    jobs = sum(row.jobs or 0 for row in measured.months)
    fixed = sum(row.fixed_first or 0 for row in measured.months)
    if not jobs:
        return Picture("No job is old enough to be judged", nothing("Their 30 days have not passed yet."))
    span = theme.months(measured.months[0].month, measured.months[-1].month)
    shown = [row for row in measured.months if row.state != "not measured"]
    rows = html.Ul([_month(row, theme) for row in shown], className="months")
    sides = html.Div([*_what_if(measured, jobs, options, theme), *_prepared(measured.months, theme)], className="sides")
    headline = f"{theme.whole(fixed)} of {theme.plural(jobs, 'job', 'jobs')} were fixed at the first visit"
    return Picture(headline, html.Div([rows, sides], className="visits"), f"{span}, nobody came again within 30 days")


def _month(row: VisitMonth, theme: Theme) -> Component:
    name = html.Span(theme.short_month_year(row.month))
    if row.first_time_fix is None:
        words = "30 days have not passed" if row.state == "incomplete" else row.state
        return html.Li([name, html.Span(words, className="quiet none")])
    young = f", {theme.whole(row.young)} too young" if row.young else ""
    cases = html.Span(f"{theme.whole(row.fixed_first or 0)} of {theme.whole(row.jobs or 0)}{young}", className="quiet")
    drawn = bar(Scale("share", 1.0), row.first_time_fix, "good")
    return html.Li([name, html.B(theme.share(row.first_time_fix), className="number"), drawn, cases])


def _prepared(months: Sequence[VisitMonth], theme: Theme) -> list[Component]:
    visits = sum(row.visits or 0 for row in months)
    shut = sum(row.no_access or 0 for row in months)
    lines = []
    for name, yes, known in (
        ("had all information", "informed", "informed_known"),
        ("had the right tools", "equipped", "equipped_known"),
    ):
        had, n = (sum(getattr(row, column) or 0 for row in months) for column in (yes, known))
        value = theme.share(had / n) if n else "not known"
        lines.append(_fact(name, value, f"{theme.whole(had)} of {theme.whole(n)}, {theme.whole(visits - n)} unknown"))
    hours = sum(row.customer_hours or 0.0 for row in months)
    lines.append(_fact("customers’ own time", theme.plural(round(hours), "hour", "hours")))
    lines.append(_fact("nobody let us in", theme.plural(shut, "visit", "visits")))
    return lines


def _what_if(measured: Measured, jobs: int, options: Options, theme: Theme) -> list[Component]:
    if not measured.cost:
        return [_fact("a second visit", "not costed", "no unit cost of a visit is loaded")]
    cost, currency = measured.cost[0].amount, measured.cost[0].currency
    again = 1 - sum(row.fixed_first or 0 for row in measured.months) / jobs
    saving = failure_visit_saving(jobs, again, max(0.0, again - options.better_by), cost, options.extra)
    less = theme.share(max(0.0, again - options.better_by))
    verb = "would save" if saving.net >= 0 else "would cost"
    price, more, even = (theme.money(value, currency) for value in (cost, options.extra, saving.break_even))
    below = f"{price} a visit, {more} more a call; breaks even at {even}"
    name = f"{less} second visits, not {theme.share(again)}, {verb}"
    return [_fact(name, theme.money(abs(saving.net), currency), below)]


def _fact(name: str, value: str, below: str = "") -> Component:
    words = [html.Span(below, className="quiet")] if below else []
    return html.Div([html.Span(name), html.B(value, className="number"), *words], className="fact")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("visit_day", "unit_cost"),
    subject="Whether it is fixed at the first visit",
    needs=((VISITS,),),
    timeless=OF_NAMED_DAYS,
    smallest=(Smallest(76, 14),),
    unmarked="it has six months at most, and each is told by its number",
    no_last_year="six months stand beside each other",
)
