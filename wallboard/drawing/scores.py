"""A survey score in words and on its scale: the number, its band with n, what was counted, and what has changed."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.marks import told
from wallboard.drawing.scale import Scale
from wallboard.drawing.words import decimal, share, signed, whole
from wallboard.scales import LESS, MEAN, TOP_BOXES, ends, usual_share

NAMES = {"NPS": "NPS", "CSAT": "satisfied", "CES": "found it easy", "trust": "trust", "rating": ""}
"""What a score says, before its band."""

NO_CHANGE = {
    "no change": "none", "too few": "too few to tell", "not comparable": "not comparable", "not asked before": "not asked before"
}  # fmt: skip


def score_words(row: "pd.Series[Any]", look: Look) -> tuple[str, str, float | None]:
    """The value as written on a wall, the quiet words beneath it, and its place between the ends of its scale (0 to 1)."""
    n = f"n\u00a0{whole(int(row['n']), look.locale)}"
    if row["state"] != "measured":
        return str(row["state"]), n, None
    mean = f"of {whole(float(row['scale_max']), look.locale)}" if row["unit"] == "mean" else ""
    name = "easy less hard" if (row["measure"], row["unit"]) == ("CES", "points") else NAMES.get(row["measure"], "")
    usual = usual_share(float(row["scale_min"]), float(row["scale_max"]))
    boxes = f"({boxes_words(row, look)})" if row["unit"] == "share" and row["formula"] != usual else ""
    says = " ".join(part for part in (name, mean, boxes) if part)
    low, high = (value_words(row[name], row, look) for name in ("low", "high"))
    return value_words(row["score"], row, look), " · ".join(filter(None, (says, f"{low} to {high}", n))), place(row["score"], row)


def value_words(value: float, row: "pd.Series[Any]", look: Look) -> str:
    """A value of a score in its unit: +12, 63%, 3.8."""
    if row["unit"] == "points":
        return signed(round(value), look.locale)
    return share(value, look.locale) if row["unit"] == "share" else decimal(value, look.locale)


def place(value: float, row: "pd.Series[Any]") -> float:
    """Where a value lies between the ends of its scale, 0 to 1."""
    return scale_of(row).share(value)


def scale_of(row: "pd.Series[Any]") -> Scale:
    """The whole of the scale on which it was asked: points from −100 to 100, a share from none to all, a mean from end to end."""
    ends = {"points": (-100.0, 100.0), "share": (0.0, 1.0)}
    bottom, top = ends.get(row["unit"], (float(row["scale_min"]), float(row["scale_max"])))
    return Scale(f"{row['unit']} {bottom:g} to {top:g}", top if top > bottom else bottom + 1, bottom)


def counted_words(row: "pd.Series[Any]", look: Look) -> str:
    """What was asked on which scale, and which answers count: CES, 4–5 of 5; never without its scale."""
    bottom, top = (whole(float(row[name]), look.locale) for name in ("scale_min", "scale_max"))
    how = f"{bottom} to {top}"
    if row["formula"] == MEAN:
        how = f"mean of {bottom}–{top}"
    elif row["formula"] == LESS:
        how = f"{_from_to(high_of(row), row['scale_max'], look)} less {_from_to(row['scale_min'], low_of(row), look)}"
    elif row["formula"] in TOP_BOXES:
        how = boxes_words(row, look)
    return f"{row['measure']}, {how}"


def boxes_words(row: "pd.Series[Any]", look: Look) -> str:
    """The answers that count as satisfied, of their scale: 4–5 of 5, 3 of 3, 9–10 of 0–10."""
    bottom, top = float(row["scale_min"]), float(row["scale_max"])
    scale = whole(top, look.locale) if bottom == 1 else _from_to(bottom, top, look)
    return f"{_from_to(high_of(row), top, look)} of {scale}"


def high_of(row: "pd.Series[Any]") -> float:
    """From where on an answer counts as high."""
    return ends(row["formula"], float(row["scale_min"]), float(row["scale_max"]))[0]


def low_of(row: "pd.Series[Any]") -> float:
    """Up to where an answer counts as low."""
    return ends(row["formula"], float(row["scale_min"]), float(row["scale_max"]))[1]


def _from_to(first: float, last: float, look: Look) -> str:
    told = whole(float(first), look.locale), whole(float(last), look.locale)
    return told[0] if first == last else f"{told[0]}–{told[1]}"


def on_scale(row: "pd.Series[Any]") -> Component:
    """The score as a mark within its band, on the whole of its scale; a scale that has a middle shows it."""
    scale = scale_of(row)
    middle = [scale.point(0, "middle", tag=html.I)] if row["unit"] == "points" else []
    return scale.well([*middle, scale.mark(row["high"], "band", start=row["low"]), scale.point(row["score"])], "scale")


def score_cells(row: "pd.Series[Any]", look: Look, figure: str) -> list[Component]:
    """The score, its band on its scale and what has changed, as the cells of a row; the state where there is no score."""
    if row["state"] != "measured":
        return [
            html.Span(
                "nobody was asked" if row["state"] == "not measured" and not row["n"] else row["state"], className="none quiet"
            )
        ]
    low, high = (html.Span(value_words(row[end], row, look), className=f"quiet {end}") for end in ("low", "high"))
    value, (change, tone) = value_words(row["score"], row, look), change_words(row, look)
    score = html.Span(told(value, figure) if figure else html.B(value), className="number score")
    return [score, low, on_scale(row), high, html.Span(change, className=f"change {tone}")]


def change_words(row: "pd.Series[Any]", look: Look) -> tuple[str, str]:
    """A change that chance alone would rarely make, and its tone; else why none is told."""
    change = str(row["change"])
    if change not in ("up", "down"):
        return NO_CHANGE.get(change, ""), "quiet"
    size = abs(float(row["difference"])) * (100 if row["unit"] == "share" else 1)
    points = decimal(size, look.locale) if row["unit"] == "mean" else whole(max(1, size), look.locale)
    sign, tone = ("▲", "gain") if change == "up" else ("▼", "loss")
    return f"{sign} {change} {points} {'point' if points == '1' else 'points'}", tone
