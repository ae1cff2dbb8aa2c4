"""What it is worth, stage by stage: what left with customers, what finished improvements brought back, what failures cost.

The three totals stand above their columns; "unattributed" is always a row, and every amount says on which basis it stands. A
red banner says so where the stages do not add up to the lost value of the customer asset. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import bar, metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import CUSTOMERS, VOICES
from wallboard.metrics.failures import FailurePlace, FailureSum, UnitCost, failure_places, unit_costs
from wallboard.metrics.improvements import Recovered, value_recovered
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import NO_CASES, NOT_MEASURED
from wallboard.metrics.valued import known_sum
from wallboard.metrics.worth import LostStage, lost_worth
from wallboard.panel import CUSTOMER_FEED, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    letters: int = Field(150, ge=40, le=400, description="longest list of bases before the rest is counted")


@dataclass(frozen=True, slots=True)
class Worth:
    """The three columns by stage, all in one order, and what one contact costs."""

    lost: tuple[LostStage, ...]
    failures: tuple[FailurePlace, ...]
    recovered: tuple[Recovered, ...]
    costs: tuple[UnitCost, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Worth:
    """All of it."""
    return Worth(
        lost=lost_worth(connection, scope, months=options.months),
        failures=failure_places(connection, scope, months=options.months),
        recovered=value_recovered(connection, scope, months=options.months),
        costs=unit_costs(connection, scope),
    )


def draw(worth: Worth, options: Options, theme: Theme) -> Picture:
    """One row a stage, three columns, and beneath them what the amounts stand on."""
    first = worth.lost[0]
    if first.state == worth.failures[0].state == worth.recovered[0].state == NOT_MEASURED:
        return Picture("What it is worth is not known", nothing("The data loaded does not cover these months."))
    if not first.holds:
        alarm = "The stages do not sum to the value lost. Do not use them; check the state of the data."
        return Picture("The stages do not sum to what we lost", nothing("Check the state of the data: /status"), alarm=alarm)
    amounts = [row.value for row in worth.lost] + [row.value for row in worth.recovered]
    most = max(1.0, *(value or 0.0 for value in amounts))
    worst = _worst(worth.lost)
    places = zip(worth.lost, worth.failures, worth.recovered, strict=True)
    rows = [_heads(worth, theme), *(_row(left, failed, back, left is worst, most, theme) for left, failed, back in places)]
    bases = html.Div(_bases(worth, options, theme), className="basis")
    body = html.Div([html.Ul(rows, className="worths"), bases], className="worth")
    return Picture(_headline(worth.lost, theme), body, note=theme.months(first.period_start, first.period_end))


def _headline(lost: Sequence[LostStage], theme: Theme) -> str:
    first = lost[0]
    if first.state == NOT_MEASURED:
        return "What left with customers is not known yet"
    if first.state == NO_CASES:
        return "No customer left, and nothing left with them"
    worst, nowhere = _worst(lost), lost[-1].value or 0.0
    if first.total_value is None:
        return "What those who left were worth is not known"
    if worst is None or nowhere * 2 > first.total_value:
        return f"Where we lost {theme.narrow_money(nowhere)} is not known"
    most = "costs us most, as far as we know" if nowhere > (worst.value or 0.0) else "costs us most"
    return f"{quote(worst.stage_name)} {most}"


def _worst(lost: Sequence[LostStage]) -> LostStage | None:
    """The stage in which most was lost; None where no stage lost anything."""
    return max((row for row in lost[:-1] if row.value), key=lambda row: row.value or 0.0, default=None)


def _heads(worth: Worth, theme: Theme) -> Component:
    cost = _cost(worth.failures)
    partly = cost is not None and any(row.uncosted for row in worth.failures)
    return html.Li(
        [
            html.Span(),
            _head("left with customers", worth.lost[0].total_value, "lost_value", "loss", theme),
            _head("brought back", known_sum(row.value for row in worth.recovered), "value_recovered", "gain", theme),
            _head("failures, partly costed" if partly else "spent on our failures", cost, "failure_cost", "loss", theme),
        ],
        className="heads",
    )


def _head(words: str, value: float | None, metric: str, tone: str, theme: Theme) -> Component:
    unknown = html.B("not costed" if metric == "failure_cost" else "not known", className="quiet")
    return html.Div([html.Span(words), unknown if value is None else metric_link(theme.narrow_money(value), metric, tone)])


def _row(left: LostStage, failed: FailurePlace, back: Recovered, worst: bool, most: float, theme: Theme) -> Component:
    cells = [
        html.Span(left.stage_name),
        _cell(left.value, most, "loss", theme),
        _cell(back.value, most, "gain", theme, unvalued=back.unvalued or 0),
        _failed(failed, theme),
    ]
    return html.Li(cells, className="rest" if not left.stage else "worst" if worst else "")


def _cell(value: float | None, most: float, tone: str, theme: Theme, unvalued: int = 0) -> Component:
    if value is None:
        return _quiet("not known")
    if not value:
        return _quiet("not valued" if unvalued else "none")
    return html.Div([html.B(theme.narrow_money(value)), bar(Scale("value", most), value, tone)])


def _failed(failed: FailurePlace, theme: Theme) -> Component:
    if failed.state in (NO_CASES, NOT_MEASURED):
        return _quiet("none" if failed.state == NO_CASES else "not known")
    if failed.cost is None:
        return _quiet(theme.plural(failed.failures or 0, "contact", "contacts"))
    return html.Div(html.B(theme.narrow_money(failed.cost)))


def _quiet(words: str) -> Component:
    return html.Div(html.Span(words, className="quiet"))


def _bases(worth: Worth, options: Options, theme: Theme) -> list[Component]:
    """What each column's amounts stand on, in a line."""
    unknown = worth.lost[0].value_unknown
    more = f"; {theme.whole(unknown)} of unknown value not in it" if unknown else ""
    every = list(dict.fromkeys(basis for row in worth.recovered for basis in row.bases.splitlines()))
    ways = theme.listed(every, options.letters) if every else "no finished improvement has a value"
    recurring = worth.lost[0].basis == "annual recurring"
    basis = "annual recurring value" if recurring else "purchases of the twelve months before"
    return [
        html.P([html.B("Left: "), f"{basis} on the day they left{more}"]),
        html.P([html.B("Brought back: "), f"by the year, {ways}"]),
        html.P([html.B("Failures: "), _failure_basis(worth, theme)]),
    ]


def _failure_basis(worth: Worth, theme: Theme) -> str:
    every = FailureSum.of(worth.failures)
    if not worth.costs:
        return f"{theme.plural(every.failures, 'contact', 'contacts')}, not costed: put the cost of one into unit_costs"
    costed = theme.plural(every.failures - every.uncosted, "contact", "contacts")
    since = theme.full_day(max(cost.valid_from for cost in worth.costs))
    parts = [f"{theme.whole(every.uncosted)} uncosted"] if every.uncosted else []
    parts += [f"{theme.whole(every.unclassified)} unclassified"] if every.unclassified else []
    return f"{costed} at unit costs of {since}{'; ' if parts else ''}{', '.join(parts)}"


def _cost(failures: Sequence[FailurePlace]) -> float | None:
    """None where nothing is heard, or none of the failures has a unit cost."""
    every = FailureSum.of(failures)
    uncosted = 0 < every.failures == every.uncosted
    return None if uncosted or failures[0].state == NOT_MEASURED else every.cost


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
        "action",
        "exchange_rate",
    ),
    metrics=("lost_value", "failure_cost", "value_recovered"),
    subject="What it is worth",
    needs=((CUSTOMERS, VOICES),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(
        CUSTOMER_FEED,
        JudgedFeed("voice", monthly=True),
    ),
    smallest=(Smallest(25, 8),),
)
