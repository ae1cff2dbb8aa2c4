"""Why customers left, in their words: what the customer said, what staff entered, what was inferred, and what nobody knows.

The four are never mixed, the unknown share is always shown, and one customer speaks. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, said, stacked, told
from wallboard.drawing.words import crop, date_name, plural, whole
from wallboard.metrics.reasons import lost_reasons, lost_words
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, Panel, Picture, Words
from wallboard.panel import Options as Base

SOURCES = (("customer said", "said"), ("staff entered", "entered"), ("inferred", "inferred"), ("unknown", "unknown"))

PLAIN = {"unknown": "we do not know", "other": "other reasons"}


class Options(Base):
    """How far back, and how many reasons."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    top: int = Field(4, ge=1, le=8, description="reasons to name; the rest is 'other'")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Reasons by who says so, and a leaver's words."""
    return {
        "reasons": lost_reasons(connection, scope, months=options.months, top=options.top),
        "words": lost_words(connection, scope, limit=1),
    }


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """One row a reason, its bar split by who says so; beside it one voice."""
    reasons = frames["reasons"]
    if (reasons["state"] == "not measured").all():
        return Picture("Nobody has come or left yet", nothing("Load customers and their contracts or orders, and the reasons."))
    total = int(reasons["customers"].sum())
    if not total:
        return Picture("Nobody has left in these months", nothing("No customer left, so nobody had a reason."))
    wordings = dict(zip(reasons["reason"], reasons["wording"], strict=True)) | PLAIN
    by_reason = reasons.groupby(["reason", "reason_source"], sort=False)["customers"].sum().unstack(fill_value=0)
    most = int(by_reason.sum(axis=1).max())
    rows = [_row(str(reason), wordings[reason], row, most, look) for reason, row in by_reason.iterrows()]
    present = [kind for source, kind in SOURCES if int(by_reason.get(source, pd.Series(dtype=int)).sum())]
    span = f"{plural(total, 'departure', 'departures', look.locale)} in {plural(options.months, 'month', 'months', look.locale)}"
    body = html.Div([html.Ul(rows, className="reasons trim"), _voice(frames["words"], look), _key(present)], className="why")
    return Picture(_headline(by_reason, wordings, total, look), body, note=span)


def _headline(by_reason: pd.DataFrame, wordings: dict[str, str], total: int, look: Look) -> Words:
    unknown = int(by_reason.get("unknown", pd.Series(dtype=int)).sum())
    if unknown * 2 > total:
        return ["Why ", told(whole(unknown, look.locale), "unknown_reason"), " of them left is not known"]
    named = by_reason.drop(index=[key for key in PLAIN if key in by_reason.index]).sum(axis=1)
    return f"“{wordings[str(named.idxmax())]}” is why most left" if named.sum() else "Why they left"


def _row(reason: str, words: str, row: "pd.Series[Any]", most: int, look: Look) -> Component:
    figure = "unknown_reason" if reason == "unknown" else "lost_customers"
    parts = [(int(row.get(source, 0)) / most, kind) for source, kind in SOURCES if row.get(source, 0)]
    return html.Li([html.Span(words), told(whole(int(row.sum()), look.locale), figure), stacked(parts)])


def _voice(words: pd.DataFrame, look: Look) -> Component:
    if words.empty:
        return html.Div("No leaver has told us in their own words.", className="voice quiet")
    one = words.iloc[0]
    return html.Div(
        said(crop(str(one["words"]), 120), f"a customer who left, {date_name(one['day'], look.locale)}"), className="voice"
    )


def _key(kinds: list[str]) -> Component:
    names = {"said": "the customer said", "entered": "we entered", "inferred": "inferred", "unknown": "unknown"}
    return html.P([html.Span([html.I(className=f"part {kind}"), names[kind]]) for kind in kinds], className="key")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("reason_day", "customer_event", "customer_day", "reason"),
    figures=("lost_customers", "unknown_reason"),
)
