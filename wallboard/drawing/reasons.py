"""Why customers came or left, drawn: a row a reason, split by who says so, and one customer who speaks."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import said, stacked, told
from wallboard.drawing.words import crop, date_name, whole

SOURCES = (("customer said", "said"), ("staff entered", "entered"), ("inferred", "inferred"), ("unknown", "unknown"))
PLAIN = {"unknown": "we do not know", "other": "other reasons"}
KEY = {"said": "the customer said", "entered": "we entered", "inferred": "inferred", "unknown": "unknown"}


def by_reason(reasons: pd.DataFrame) -> pd.DataFrame:
    """Customers of each reason, in the order of the reasons, one column for each who says so."""
    return reasons.groupby(["reason", "reason_source"], sort=False)["customers"].sum().unstack(fill_value=0)


def wordings(reasons: pd.DataFrame) -> dict[str, str]:
    """Each reason in the customer's wording."""
    return dict(zip(reasons["reason"], reasons["wording"], strict=True)) | PLAIN


def reason_rows(reasons: pd.DataFrame, words: pd.DataFrame, by: str, figure: str, which: str, look: Look) -> Component:
    """The rows, the voice and the key; `by` says whose words they are, `figure` what the counts are, `which` whether
    they left or joined."""
    table, named = by_reason(reasons), wordings(reasons)
    stages = dict(zip(reasons["reason"], reasons["stage"], strict=True))
    most = int(table.sum(axis=1).max())
    rows = [_row(str(reason), named[str(reason)], stages, row, most, figure, look) for reason, row in table.iterrows()]
    present = [kind for source, kind in SOURCES if int(table.get(source, pd.Series(dtype=int)).sum())]
    listed = html.Ul(rows, className="reasons trim")
    return html.Div([listed, _voice(words, by, look), _key(present)], className=f"why {which}")


def headline(reasons: pd.DataFrame, most: str, unknown: str, look: Look) -> str:
    """The commonest reason as a sentence ending in `most`; where more than half are unknown, a sentence ending in `unknown`."""
    table, named = by_reason(reasons), wordings(reasons)
    nobody = int(table.get("unknown", pd.Series(dtype=int)).sum())
    if nobody * 2 > int(table.to_numpy().sum()):
        return f"Why {whole(nobody, look.locale)} {unknown} is not known"
    known = table.drop(index=[key for key in PLAIN if key in table.index]).sum(axis=1)
    return f"“{named[str(known.idxmax())]}” is why most {most}" if known.sum() else f"Why they {most}"


def _row(key: str, words: str, stages: dict[str, Any], row: "pd.Series[Any]", most: int, figure: str, look: Look) -> Component:
    parts = [(int(row.get(source, 0)) / most, kind) for source, kind in SOURCES if row.get(source, 0)]
    stage = stages.get(key)
    named = html.A(words, href=f"/journey/{stage}") if isinstance(stage, str) and key not in PLAIN else html.Span(words)
    opens = "unknown_reason" if key == "unknown" else figure
    return html.Li([named, told(whole(int(row.sum()), look.locale), opens), stacked(parts)])


def _voice(words: pd.DataFrame, by: str, look: Look) -> Component:
    if words.empty:
        return html.Div("Nobody has told us in their own words.", className="voice quiet")
    one = words.iloc[0]
    return html.Div(said(crop(str(one["words"]), 120), f"{by}, {date_name(one['day'], look.locale)}"), className="voice")


def _key(kinds: list[str]) -> Component:
    return html.P([html.Span([html.I(className=f"part {kind}"), KEY[kind]]) for kind in kinds], className="key")
