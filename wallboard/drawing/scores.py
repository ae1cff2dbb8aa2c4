"""A survey score in words and on its scale: the number, its band with n, what was counted, and what has changed."""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.scales import LESS, MEAN, TOP_BOXES, ends, usual_share

NAMES = {"NPS": "NPS", "CSAT": "satisfied", "CES": "found it easy", "trust": "trust", "rating": ""}
"""What a score says, before its band."""

NO_CHANGE = {
    "no change": "none", "too few": "too few to tell", "not comparable": "not comparable", "not asked before": "not asked before"
}  # fmt: skip


def score_words(row: "pd.Series[Any]", theme: Theme) -> tuple[str, str, float | None]:
    """The value as written on a wall, the quiet words beneath it, and its place between the ends of its scale (0 to 1)."""
    n = f"n\u00a0{theme.whole(int(row['n']))}"
    if row["state"] != "measured":
        return str(row["state"]), n, None
    mean = f"of {theme.whole(float(row['scale_max']))}" if row["unit"] == "mean" else ""
    name = "easy less hard" if (row["measure"], row["unit"]) == ("CES", "points") else NAMES.get(row["measure"], "")
    usual = usual_share(float(row["scale_min"]), float(row["scale_max"]))
    boxes = f"({boxes_words(row, theme)})" if row["unit"] == "share" and row["formula"] != usual else ""
    says = " ".join(part for part in (name, mean, boxes) if part)
    low, high = (value_words(row[name], row, theme) for name in ("low", "high"))
    return (
        value_words(row["score"], row, theme),
        " · ".join(filter(None, (says, f"{low} to {high}", n))),
        place(row["score"], row),
    )


def value_words(value: float, row: "pd.Series[Any]", theme: Theme) -> str:
    """A value of a score in its unit: +12, 63%, 3.8."""
    if row["unit"] == "points":
        return theme.signed(round(value))
    return theme.share(value) if row["unit"] == "share" else theme.decimal(value)


def place(value: float, row: "pd.Series[Any]") -> float:
    """Where a value lies between the ends of its scale, 0 to 1."""
    return scale_of(row).share(value)


def scale_of(row: "pd.Series[Any]") -> Scale:
    """The whole of the scale on which it was asked: points from −100 to 100, a share from none to all, a mean from end to end."""
    ends = {"points": (-100.0, 100.0), "share": (0.0, 1.0)}
    bottom, top = ends.get(row["unit"], (float(row["scale_min"]), float(row["scale_max"])))
    return Scale(f"{row['unit']} {bottom:g} to {top:g}", top if top > bottom else bottom + 1, bottom)


def counted_words(row: "pd.Series[Any]", theme: Theme) -> str:
    """What was asked on which scale, and which answers count: CES, 4–5 of 5; never without its scale."""
    bottom, top = (theme.whole(float(row[name])) for name in ("scale_min", "scale_max"))
    how = f"{bottom} to {top}"
    if row["formula"] == MEAN:
        how = f"mean of {bottom}–{top}"
    elif row["formula"] == LESS:
        how = f"{_from_to(high_of(row), row['scale_max'], theme)} less {_from_to(row['scale_min'], low_of(row), theme)}"
    elif row["formula"] in TOP_BOXES:
        how = boxes_words(row, theme)
    return f"{row['measure']}, {how}"


def boxes_words(row: "pd.Series[Any]", theme: Theme) -> str:
    """The answers that count as satisfied, of their scale: 4–5 of 5, 3 of 3, 9–10 of 0–10."""
    bottom, top = float(row["scale_min"]), float(row["scale_max"])
    scale = theme.whole(top) if bottom == 1 else _from_to(bottom, top, theme)
    return f"{_from_to(high_of(row), top, theme)} of {scale}"


def high_of(row: "pd.Series[Any]") -> float:
    """From where on an answer counts as high."""
    return ends(row["formula"], float(row["scale_min"]), float(row["scale_max"]))[0]


def low_of(row: "pd.Series[Any]") -> float:
    """Up to where an answer counts as low."""
    return ends(row["formula"], float(row["scale_min"]), float(row["scale_max"]))[1]


def _from_to(first: float, last: float, theme: Theme) -> str:
    told = theme.whole(float(first)), theme.whole(float(last))
    return told[0] if first == last else f"{told[0]}–{told[1]}"


def on_scale(row: "pd.Series[Any]") -> Component:
    """The score as a mark within its band, on the whole of its scale; a scale that has a middle shows it."""
    scale = scale_of(row)
    middle = [scale.point(0, "middle", tag=html.I)] if row["unit"] == "points" else []
    return scale.well([*middle, scale.mark(row["high"], "band", start=row["low"]), scale.point(row["score"])], "scale")


def score_cells(row: "pd.Series[Any]", theme: Theme, figure: str) -> list[Component]:
    """The score, its band on its scale and what has changed, as the cells of a row; the state where there is no score."""
    if row["state"] != "measured":
        return [
            html.Span(
                "nobody was asked" if row["state"] == "not measured" and not row["n"] else row["state"], className="none quiet"
            )
        ]
    low, high = (html.Span(value_words(row[end], row, theme), className=f"quiet {end}") for end in ("low", "high"))
    value, (change, tone) = value_words(row["score"], row, theme), change_words(row, theme)
    score = html.Span(told(value, figure) if figure else html.B(value), className="number score")
    return [score, low, on_scale(row), high, html.Span(change, className=f"change {tone}")]


def change_words(row: "pd.Series[Any]", theme: Theme) -> tuple[str, str]:
    """A change that chance alone would rarely make, and its tone; else why none is told."""
    change = str(row["change"])
    if change not in ("up", "down"):
        return NO_CHANGE.get(change, ""), "quiet"
    size = abs(float(row["difference"])) * (100 if row["unit"] == "share" else 1)
    points = theme.decimal(size) if row["unit"] == "mean" else theme.whole(max(1, size))
    sign, tone = ("▲", "gain") if change == "up" else ("▼", "loss")
    return f"{sign} {change} {points} {'point' if points == '1' else 'points'}", tone
