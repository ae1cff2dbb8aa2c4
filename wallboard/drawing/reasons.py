"""Why customers came or left, drawn: a row a reason, split by who says so, and one customer who speaks."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import nothing, said, stacked, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop

SOURCES = (("customer said", "said"), ("staff entered", "entered"), ("inferred", "inferred"), ("unknown", "unknown"))
PLAIN = {"unknown": "we do not know", "other": "other reasons"}
KEY = {"said": "the customer said", "entered": "we entered", "inferred": "inferred", "unknown": "unknown"}


def by_reason(reasons: pd.DataFrame) -> pd.DataFrame:
    """Customers of each reason, in the order of the reasons, one column for each who says so."""
    return reasons.groupby(["reason", "reason_source"], sort=False)["customers"].sum().unstack(fill_value=0)


def wordings(reasons: pd.DataFrame) -> dict[str, str]:
    """Each reason in the customer's wording."""
    return dict(zip(reasons["reason"], reasons["wording"], strict=True)) | PLAIN


@dataclass(frozen=True)
class Side:
    """Whose reasons they are, in words: those who left, or those who came."""

    verb: str
    noun: tuple[str, str]
    speaker: str
    figure: str
    style: str


LEFT = Side("left", ("departure", "departures"), "a customer who left", "lost_customers", "left")
CAME = Side("came", ("customer", "customers"), "a customer who came", "new_customers", "joined")


def reasons_drawn(
    reasons: pd.DataFrame, words: pd.DataFrame, months: int, side: Side, theme: Theme
) -> tuple[str, Component, str]:
    """Headline, body and note: a row a reason, its bar split by who says so; beside it one voice; beneath it the key."""
    if (reasons["state"] == "not measured").all():
        return (
            f"Why customers {side.verb} cannot be told",
            nothing("What is loaded of customers does not cover these months."),
            "",
        )
    total = int(reasons["customers"].sum())
    if not total:
        return f"Nobody {side.verb} in these months", nothing(f"No customer {side.verb}, so nobody had a reason."), ""
    note = f"{theme.plural(total, *side.noun)} in {theme.plural(months, 'month', 'months')}"
    return _headline(reasons, side, theme), _body(reasons, words, side, theme), note


def _body(reasons: pd.DataFrame, words: pd.DataFrame, side: Side, theme: Theme) -> Component:
    table, named = by_reason(reasons), wordings(reasons)
    stages = dict(zip(reasons["reason"], reasons["stage"], strict=True))
    scale = Scale.over("customers", table.sum(axis=1))
    rows = [_row(str(reason), named[str(reason)], stages, row, scale, side.figure, theme) for reason, row in table.iterrows()]
    present = [kind for source, kind in SOURCES if int(table.get(source, pd.Series(dtype=int)).sum())]
    listed = html.Ul(rows, className="reasons trim")
    return html.Div([listed, _voice(words, side.speaker, theme), _key(present)], className=f"why {side.style}")


def _headline(reasons: pd.DataFrame, side: Side, theme: Theme) -> str:
    """The commonest reason; where more than half are unknown, that."""
    table, named = by_reason(reasons), wordings(reasons)
    nobody = int(table.get("unknown", pd.Series(dtype=int)).sum())
    if nobody * 2 > int(table.to_numpy().sum()):
        return f"Why {theme.whole(nobody)} of them {side.verb} is not known"
    known = table.drop(index=[key for key in PLAIN if key in table.index]).sum(axis=1)
    return f"“{named[str(known.idxmax())]}” is the commonest reason" if known.sum() else f"Why they {side.verb}"


def _row(
    key: str, words: str, stages: dict[str, Any], row: "pd.Series[Any]", scale: Scale, figure: str, theme: Theme
) -> Component:
    parts = [(int(row.get(source, 0)), kind) for source, kind in SOURCES if row.get(source, 0)]
    stage = stages.get(key)
    named = html.A(words, href=f"/journey/{stage}") if isinstance(stage, str) and key not in PLAIN else html.Span(words)
    opens = "unknown_reason" if key == "unknown" else figure
    return html.Li([named, told(theme.whole(int(row.sum())), opens), stacked(scale, parts)])


def _voice(words: pd.DataFrame, by: str, theme: Theme) -> Component:
    if words.empty:
        return html.Div("Nobody has told us in their own words.", className="voice quiet")
    one = words.iloc[0]
    return html.Div(said(crop(str(one["words"]), 120), f"{by}, {theme.day(one['day'])}"), className="voice")


def _key(kinds: list[str]) -> Component:
    return html.P([html.Span([html.I(className=f"part {kind}"), KEY[kind]]) for kind in kinds], className="key")
