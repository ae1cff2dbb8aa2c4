"""The customer scoreboard: new, lost, renewed, earned, referred, and who stayed through the whole journey.

Bliss's five guerrilla metrics and one of the whole journey, each with the count of customers first, its target, whether its trend
is a signal, who answers for it and what is being done. Nobody answering shows as "no owner". For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.drawing.worth import doubt
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import customer_flow, whole_periods
from wallboard.metrics.scope import Scope
from wallboard.metrics.scoreboard import PARTS, scoreboard, scoreboard_trend
from wallboard.metrics.states import LEFT_CENSORED
from wallboard.panel import CUSTOMER_FEED, Connection, Options, Panel, Picture

NAMES = {
    "new_customers": "came",
    "lost_customers": "left",
    "renewal_rate": "renewed",
    "profit": "earned from",
    "referral_rate": "sent a friend",
    "retention_rate": "stayed a year",
}
SIGNALS = {"better": "better", "worse": "worse", "": "as usual"}
STATES = {LEFT_CENSORED: "records too young", "incomplete": "so far", "too few": "too few to judge"}
MONTHS = 12
OWNING, MEANING, DOING = 18, 28, 32
"""How many characters of who answers, of what a figure means, and of what is being done fit on a line."""


def measure(connection: Connection, scope: Scope, options: Options) -> dict[str, Any]:
    """The figures, and their months."""
    return {
        "board": scoreboard(connection, scope),
        "trend": scoreboard_trend(connection, scope),
        "flow": whole_periods(customer_flow(connection, scope, months=2))[-1:],
    }


def draw(frames: dict[str, Any], options: Options, theme: Theme) -> Picture:
    """A row a figure."""
    board = frames["board"]
    if board.empty or (board["state"] == "not measured").all():
        return Picture("No figure can be told", nothing("What is loaded covers no complete month."))
    trend = frames["trend"]
    rows = [_row(row, trend[trend["figure"] == row["figure"]], theme) for _, row in board.iterrows()]
    body = html.Ul(rows, className="scoreboard trim")
    month = frames["flow"]
    if not month:
        return Picture(_headline(board, theme), body)
    note = f"customers on {theme.short_day(month[0].closing_day)}"
    return Picture(_headline(board, theme), body, note=note, alarm=doubt(month, theme))


def _headline(board: pd.DataFrame, theme: Theme) -> str:
    nobody = board[board["owner"].isna() & board["owner_body"].isna()]
    aimed = board[board["reached"].notna()]
    if len(nobody):
        return f"Nobody answers for {theme.plural(len(nobody), 'figure', 'figures')}"
    if aimed.empty:
        return "No figure has a target yet"
    missed = int((aimed["reached"] == False).sum())  # noqa: E712
    return f"{theme.whole(len(aimed) - missed)} of {theme.whole(len(aimed))} figures with a target reach it"


def _row(row: "pd.Series[Any]", months: pd.DataFrame, theme: Theme) -> Component:
    figure = str(row["figure"])
    known = row["state"] != "not measured"
    tone = {"better": "gain", "worse": "loss"}.get(str(row["signal"]), "") if known else "quiet"
    number = "–" if pd.isna(row["count"]) or _too_early(row) else theme.whole(int(row["count"]))
    return html.Li(
        [
            html.Div([html.P(NAMES[figure], className="name"), html.P(_owner(row), className="quiet")]),
            told(number, figure, tone),
            html.Div([html.P(crop(_meaning(row, theme), MEANING)), html.P(_done(row, theme), className="quiet")]),
            html.Div([_months(months, figure), html.P(_aim(row, theme), className="quiet")], className="trendlet"),
        ]
    )


def _owner(row: "pd.Series[Any]") -> str | Component:
    if pd.isna(row["owner"]) and pd.isna(row["owner_body"]):
        return html.Span("no owner", className="gap")
    return crop(str(row["owner_body"] or row["owner"]), OWNING)


def _too_early(row: "pd.Series[Any]") -> bool:
    """Whether the records are too young for the figure: of nobody it can be told."""
    return bool(row["state"] == LEFT_CENSORED and row["out_of"] == 0)


def _meaning(row: "pd.Series[Any]", theme: Theme) -> str:
    if row["state"] == "not measured":
        return "not measured"
    if _too_early(row):
        return "the records are too young"
    parts = []
    if pd.notna(row["out_of"]):
        parts.append(f"of {theme.whole(int(row['out_of']))}")
    if pd.notna(row["value"]) and row["unit"] == "share":
        parts.append(theme.share(float(row["value"])))
    if row["state"] not in ("measured", "complete"):
        parts.append(STATES.get(str(row["state"]), str(row["state"])))
    if pd.notna(row["worth"]) and row["figure"] != "retention_rate":
        parts.append(theme.money(float(row["worth"])))
    if row["detail"]:
        parts.append(f"“{row['detail']}”" if row["figure"] == "lost_customers" else f"most: {row['detail']}")
    return " · ".join(parts)


def _done(row: "pd.Series[Any]", theme: Theme) -> str:
    if pd.isna(row["action"]):
        return "nothing is being done"
    when = row["action_done"] if pd.notna(row["action_done"]) else row["action_due"]
    word = "done" if pd.notna(row["action_done"]) else "by"
    dated = f", {word} {theme.short_day(when)}" if pd.notna(when) else ""
    return f"{crop(str(row['action']), DOING - len(dated))}{dated}"


def _aim(row: "pd.Series[Any]", theme: Theme) -> str:
    signal = f"{SIGNALS[row['signal']]} · " if pd.notna(row["signal"]) and row["state"] != "not measured" else ""
    if pd.isna(row["target"]):
        return f"{signal}no aim"
    target = float(row["target"])
    written = theme.share(target) if row["unit"] == "share" else theme.whole(target)
    if row["unit"] == "money":
        written = theme.short_money(target)
    reached = "" if pd.isna(row["reached"]) else " ✓" if row["reached"] else " ✗"
    return f"{signal}aim {written}{reached}"


def _months(months: pd.DataFrame, figure: str) -> Component:
    points = [float(value) for value in months["value"].tail(MONTHS)]
    if len(points) < 2:
        return html.Div(className="slots spark")
    scale = Scale.over(figure, points, along="y")
    return columns(scale, [scale.mark(value) for value in points], "spark")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "customer_day",
        "customer_month",
        "customer_movement",
        "undated_loss",
        "reason_day",
        "reason",
        "renewal_month",
        "retention_month",
        "tier_month",
        "referral_month",
        "metric_definition",
        "target",
        "action",
        "person",
    ),
    figures=PARTS,
    subject="How the figures stand",
    needs=((CUSTOMERS,),),
    feeds=(CUSTOMER_FEED,),
    timeless="it names the months or the day that it tells",
)
