"""A promise beside what was delivered: its words, where they stand, and the KPI against its target, in number and word."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import told
from wallboard.drawing.words import crop, decimal, month_name, quote, share, whole

KEPT, BROKEN, DOUBTFUL = "kept", "not kept", "nearly kept"
LONGEST = 56
"""A longer promise is cut at a word."""

_MARKS = {KEPT: ("good", "✓"), BROKEN: ("alert", "✕"), DOUBTFUL: ("loss", "≈")}


def verdict(row: dict[str, Any]) -> str:
    """Kept, not kept, or nearly: below its target, but not so far that chance could not have done it; '' where unknown."""
    if row["kept"] is None:
        return ""
    return KEPT if row["kept"] else BROKEN if row["surely"] or row["surely"] is None else DOUBTFUL


def made_words(row: dict[str, Any], look: Look) -> list[str | Component]:
    """Where the promise stands, and beneath it since when."""
    where: list[str | Component] = [row["made_in"] or "nobody says where"]
    return [*where, html.Br(), month_name(row["made_on"], look.locale)] if row["made_on"] else where


def promise_words(row: dict[str, Any]) -> Component:
    """The words of the promise, or that none is made."""
    if row["words"] is None:
        return html.P("nothing promised", className="words quiet")
    return html.P(quote(crop(row["words"], LONGEST)), className="words")


def delivered(row: dict[str, Any], look: Look) -> Component:
    """What customers are given: the number and whether that keeps the promise, else why there is none."""
    if row["words"] is None:
        return html.Div(className="delivered")
    if row["state"] != "measured":
        why = row["state"] if row["kpi_name"] else "not measured"
        beside = f"n\u00a0{whole(row['denominator'], look.locale)}" if row["denominator"] else "nobody knows"
        return html.Div([html.B(why, className="none"), html.Span(beside, className="quiet small")], className="delivered")
    said = verdict(row)
    tone, mark = _MARKS.get(said, ("", ""))
    number = told(value_words(row["value"], row, look), "promise_delivered", tone)
    judged = [html.Span(f"{mark} {said}", className=f"judged {tone}")] if said else []
    return html.Div([html.P([number, *judged]), html.Span(_against(row, look), className="quiet small")], className="delivered")


def value_words(value: float, row: dict[str, Any], look: Look) -> str:
    """A KPI's value in its unit: 92.7%, 4.2."""
    return share(value, look.locale, 1) if row["unit"] == "share" else decimal(value, look.locale)


def _against(row: dict[str, Any], look: Look) -> str:
    n = f"n\u00a0{whole(row['denominator'], look.locale)}"
    if row["target"] is None:
        return f"no target, {n}"
    return f"of {value_words(row['target'], row, look).replace('.0%', '%')}, {n}"
