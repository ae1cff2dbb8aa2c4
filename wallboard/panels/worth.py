"""What it is worth, stage by stage: what left with customers, what finished improvements brought back, what failures cost.

The three totals stand above their columns; "unattributed" is always a row, and every amount says on which basis it stands. A red
banner says so where the stages do not sum to the lost value of the customer asset. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import bar, nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import CUSTOMERS, VOICES
from wallboard.metrics.failures import failure_places, unit_costs
from wallboard.metrics.improvements import value_recovered
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.worth import lost_worth
from wallboard.panel import CUSTOMER_FEED, Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    letters: int = Field(150, ge=40, le=400, description="longest list of bases before the rest is counted")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The three columns by stage, and what one contact costs."""
    return {
        "lost": lost_worth(connection, scope, months=options.months),
        "failures": failure_places(connection, scope, months=options.months),
        "recovered": value_recovered(connection, scope, months=options.months),
        "costs": unit_costs(connection, scope),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One row a stage, three columns, and beneath them what the amounts stand on."""
    lost, failures, recovered = frames["lost"], frames["failures"], frames["recovered"]
    if all(part["state"].iloc[0] == "not measured" for part in (lost, failures, recovered)):
        return Picture("What it is worth cannot be told", nothing("What is loaded does not cover these months."))
    one = lost.iloc[0]
    if not one["holds"]:
        alarm = "The stages do not sum to the value lost. Do not use them; look at the state of the data."
        return Picture("The stages do not sum to what we lost", nothing("See the state of the data: /status"), alarm=alarm)
    most = max(1.0, *lost["value"].fillna(0), *recovered["value"].fillna(0))
    rows = [_heads(lost, failures, recovered, theme)]
    worst = _worst(lost)
    key = None if worst is None else worst["stage"]
    places = zip(lost.to_dict("records"), failures.to_dict("records"), recovered.to_dict("records"), strict=True)
    rows += [_row(left, failed, back, left["stage"] == key, most, theme) for left, failed, back in places]
    body = html.Div(
        [html.Ul(rows, className="worths"), html.Div(_bases(frames, options, theme), className="basis")], className="worth"
    )
    return Picture(_headline(lost, theme), body, note=theme.months(one["period_start"], one["period_end"]))


def _headline(lost: pd.DataFrame, theme: Theme) -> str:
    one, unattributed = lost.iloc[0], lost.iloc[-1]
    if one["state"] == "not measured":
        return "What left with customers is not known yet"
    if one["state"] == "no cases":
        return "No customer left, and nothing left with them"
    worst = _worst(lost)
    if pd.isna(one["total_value"]):
        return "What those who left were worth is not known"
    nowhere = float(unattributed["value"] or 0)
    if worst is None or nowhere * 2 > one["total_value"]:
        return f"Where we lost {_money(nowhere, theme)} is not known"
    most = "Most of what is known:" if nowhere > worst["value"] else "We lose most at"
    return f"{most} {quote(worst['stage_name'])}"


def _worst(lost: pd.DataFrame) -> "pd.Series[Any] | None":
    """The stage in which most was lost; None where no stage lost anything."""
    named = lost.iloc[:-1].dropna(subset="value")
    return None if named.empty or not named["value"].max() else named.iloc[int(named["value"].astype(float).argmax())]


def _heads(lost: pd.DataFrame, failures: pd.DataFrame, recovered: pd.DataFrame, theme: Theme) -> Component:
    return html.Li(
        [
            html.Span(),
            _head("left with customers", lost["total_value"].iloc[0], "lost_value", "loss", theme),
            _head("brought back", _sum(recovered["value"]), "value_recovered", "gain", theme),
            _head(_failure_head(failures), _cost(failures), "failure_cost", "loss", theme),
        ],
        className="heads",
    )


def _head(words: str, value: float | None, figure: str, tone: str, theme: Theme) -> Component:
    amount = html.B("not costed" if figure == "failure_cost" else "not known", className="quiet") if pd.isna(value) else None
    return html.Div([html.Span(words), amount or told(_money(value, theme), figure, tone)])


def _failure_head(failures: pd.DataFrame) -> str:
    partly = _cost(failures) is not None and failures["uncosted"].sum() > 0
    return "failures, partly costed" if partly else "spent on our failures"


def _row(left: dict[Any, Any], failed: dict[Any, Any], back: dict[Any, Any], worst: bool, most: float, theme: Theme) -> Component:
    cells = [
        html.Span(left["stage_name"]),
        _cell(left["value"], most, "loss", theme),
        _cell(back["value"], most, "gain", theme, unvalued=int(back["unvalued"] or 0)),
        _failed(failed, theme),
    ]
    return html.Li(cells, className="rest" if not left["stage"] else "worst" if worst else "")


def _cell(value: float | None, most: float, tone: str, theme: Theme, unvalued: int = 0) -> Component:
    if pd.isna(value):
        return _quiet("not known")
    if not value:
        return _quiet("value not known" if unvalued else "none")
    return html.Div([html.B(_money(value, theme)), bar(Scale("value", most), float(value), tone)])


def _failed(failed: dict[Any, Any], theme: Theme) -> Component:
    if failed["state"] in ("no cases", "not measured"):
        return _quiet("none" if failed["state"] == "no cases" else "not known")
    if pd.isna(failed["cost"]):
        return _quiet(theme.plural(int(failed["failures"]), "contact", "contacts"))
    return html.Div(html.B(_money(failed["cost"], theme)))


def _quiet(words: str) -> Component:
    return html.Div(html.Span(words, className="quiet"))


def _bases(frames: Frames, options: Options, theme: Theme) -> list[Component]:
    """What each column's amounts stand on, in a line."""
    one, bases = frames["lost"].iloc[0], frames["recovered"]["bases"]
    unknown = int(one["value_unknown"] or 0)
    more = f"; {theme.whole(unknown)} of unknown value not in it" if unknown else ""
    every = list(dict.fromkeys(basis for some in bases for basis in some.splitlines()))
    ways = theme.listed(every, options.letters) if every else "no finished improvement has a value"
    basis = "annual recurring value" if one["basis"] == "annual recurring" else "purchases of the twelve months before"
    return [
        html.P([html.B("Left: "), f"{basis} on the day they left{more}"]),
        html.P([html.B("Brought back: "), f"by the year, {ways}"]),
        html.P([html.B("Failures: "), _failure_basis(frames["failures"], frames["costs"], theme)]),
    ]


def _failure_basis(failures: pd.DataFrame, costs: pd.DataFrame, theme: Theme) -> str:
    count, uncosted, unsaid = (int(failures[name].fillna(0).sum()) for name in ("failures", "uncosted", "unclassified"))
    if costs.empty:
        return f"{theme.plural(count, 'contact', 'contacts')}, not costed: write what one costs into unit_costs"
    costed, since = (
        theme.plural(count - uncosted, "contact", "contacts"),
        theme.full_day(max(costs["valid_from"])),
    )
    parts = [f"{theme.whole(uncosted)} uncosted"] if uncosted else []
    parts += [f"{theme.whole(unsaid)} unclassified"] if unsaid else []
    return f"{costed} at unit costs of {since}{'; ' if parts else ''}{', '.join(parts)}"


def _cost(failures: pd.DataFrame) -> float | None:
    """None where nothing is heard, or none of the failures has a unit cost."""
    if failures["state"].iloc[0] == "not measured" or 0 < failures["failures"].sum() == failures["uncosted"].sum():
        return None
    return _sum(failures["cost"])


def _sum(values: "pd.Series[Any]") -> float | None:
    return None if values.isna().all() else float(values.fillna(0).sum())


def _money(value: float | None, theme: Theme) -> str:
    return theme.narrow_money(float(value or 0))


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
    figures=("lost_value", "failure_cost", "value_recovered"),
    subject="What it is worth",
    needs=((CUSTOMERS, VOICES),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(
        CUSTOMER_FEED,
        JudgedFeed("voice", monthly=True),
    ),
)
