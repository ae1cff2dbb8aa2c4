"""What our own failures cost: the contacts they caused, at what each costs us, by month and by stage.

It says how many contacts have no unit cost and never counts them as free; the customers' own time is given separately, in
hours. Below stands what one contact costs, and since when. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.calendar import last_of
from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import bar, metric_link, nothing
from wallboard.drawing.scale import LABEL, Scale, in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import VOICES
from wallboard.metrics.events import COMPLAINTS as MOVED_BY
from wallboard.metrics.events import Subject
from wallboard.metrics.failures import (
    COMPLAINTS,
    FAILURES,
    NOT_COSTED,
    FailureMonth,
    FailurePlace,
    UnitCost,
    failure_cost,
    failure_places,
    unit_costs,
)
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import NO_CASES, NOT_MEASURED
from wallboard.metrics.year_before import MONTHS, YearBefore, changed_on, newest_last_year
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    months: int = Field(12, ge=3, le=24, description="complete months to show")
    letters: int = Field(70, ge=40, le=400, description="longest list of unit costs before the rest is counted")


@dataclass(frozen=True, slots=True)
class Failures:
    """Months, the stages of the newest one, and what one contact costs."""

    months: tuple[FailureMonth, ...]
    stages: tuple[FailurePlace, ...]
    costs: tuple[UnitCost, ...]
    last_year: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Failures:
    """All three, and the newest month a year before."""
    read = failure_cost(connection, scope, months=options.months + MONTHS)
    known = {row.month: (row.cost, row.state) for row in read}
    return Failures(
        months=read[MONTHS:],
        stages=failure_places(connection, scope, months=1),
        costs=unit_costs(connection, scope),
        last_year=newest_last_year(known, changed_on(connection, scope, PANEL.metrics)),
    )


def draw(failures: Failures, options: Options, theme: Theme) -> Picture:
    """The newest month as a number, the months before as bars, its stages as rows."""
    months = [row for row in failures.months if row.state != NOT_MEASURED]
    if not months:
        return Picture("No complete month yet", nothing("The contacts loaded begin in the current month."))
    newest = months[-1]
    left = html.Div([_number(newest, theme), _bars(months, theme)], className="by-month")
    parts = [left, _stages(failures.stages, theme), _basis(newest, failures.costs, options, theme)]
    return Picture(_headline(newest, theme), html.Div(parts, className="failing"), note=theme.month(newest.month))


def _headline(newest: FailureMonth, theme: Theme) -> str:
    if newest.state == NO_CASES:
        return f"{'A failure of ours' if newest.counted == FAILURES else 'A complaint'} caused no contact"
    count = theme.plural(newest.failures or 0, "contact", "contacts")
    hours = newest.customer_hours or 0
    time = f" and {theme.plural(round(hours), 'hour', 'hours')} of our customers’ time" if hours >= 1 else ""
    return f"Our failures caused {count}{time}" if newest.counted == FAILURES else f"{count} were complaints{time}"


def _number(newest: FailureMonth, theme: Theme) -> Component:
    if newest.state == NOT_COSTED:
        number = metric_link(theme.whole(newest.failures or 0), "failure_cost", "headline-number huge loss")
        return html.P([number, html.Span("contacts, not costed yet")])
    cost, without = metric_link(theme.money(newest.cost or 0.0), "failure_cost", "headline-number huge loss"), newest.uncosted
    partly = f"{theme.plural(without, 'contact', 'contacts')} not costed" if without else "all costed"
    return html.P([cost, html.Span(partly)])


def _bars(months: Sequence[FailureMonth], theme: Theme) -> Component:
    costs = [row.cost for row in months]
    values = [row.failures for row in months] if costs.count(None) == len(costs) else costs
    scale = Scale.over("a month", values, along="y")
    bars = []
    for ago, (value, row) in reversed([*enumerate(reversed([*zip(values, months, strict=True)]))]):
        name = html.Span("" if ago % 3 else theme.month_label(row.month), **LABEL)
        mark = scale.mark(value) if value is not None else html.Span("?")
        bars.append(html.Li([scale.well(mark), name], className="" if ago else "newest", **in_period(row.month)))
    return html.Ul(bars, className="months")


def _stages(stages: Sequence[FailurePlace], theme: Theme) -> Component:
    by_cost = any(row.cost is not None and row.failures for row in stages) or not any(row.failures for row in stages)
    values = [row.cost if by_cost else row.failures for row in stages]
    scale = Scale.over("stages", values)
    rows = []
    for row, value in zip(stages, values, strict=True):
        if not row.key and not row.failures:
            continue
        words = theme.money if by_cost else theme.whole
        text = "not costed" if value is None else words(value) if value else "none"
        drawn = bar(scale, value, "loss") if value else ""
        rows.append(html.Li([html.Span(row.name), html.B(text, className="" if drawn else "quiet"), drawn]))
    return html.Ul(rows, className="at-stages trim")


def _basis(newest: FailureMonth, costs: Sequence[UnitCost], options: Options, theme: Theme) -> Component:
    words = "Put the cost of a phone call, an email or any contact into unit_costs."
    if costs:
        since = theme.full_day(max(cost.valid_from for cost in costs))
        words = f"Unit costs of {since}: {theme.listed(_prices(costs, theme), options.letters)}"
    lines = [html.P(words)]
    if newest.counted == COMPLAINTS:
        lines.append(html.P("No kind of issue says yet whether it is a failure: every complaint counts."))
    elif newest.unclassified:
        count = theme.plural(newest.unclassified, "more complaint is", "more complaints are")
        lines.append(html.P(f"{count} unclassified and not costed"))
    return html.Div(lines, className="basis")


def _prices(costs: Sequence[UnitCost], theme: Theme) -> list[str]:
    """Each activity with its cost; in brackets where it is another one."""
    amounts: dict[str, list[str]] = {}
    for cost in sorted(costs, key=lambda cost: cost.perimeter or ""):
        amount = theme.money(cost.amount, cost.currency)
        there = f"({theme.perimeters.get(cost.perimeter, cost.perimeter)} {amount})" if cost.perimeter else amount
        amounts.setdefault(cost.activity, []).append(there)
    return [f"{activity} {' '.join(priced)}" for activity, priced in amounts.items()]


def _axis(failures: Failures, options: Options) -> TimeAxis | None:
    months = tuple(row.month for row in failures.months if row.state != NOT_MEASURED)
    return TimeAxis(months, last_of(months[-1]), (Subject((*PANEL.metrics, *MOVED_BY)),)) if months else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type", "stage", "unit_cost", "metric_definition", "employee"),
    metrics=("failure_cost",),
    subject="What our failures cost",
    needs=((VOICES,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("voice", monthly=True),),
    axis=_axis,
    last_year=lambda measured, _, theme: last_year(measured.last_year, theme.money, "same month"),
    smallest=(
        Smallest(25, 8),
        Smallest(38, 7),
        Smallest(76, 6),
    ),
)
