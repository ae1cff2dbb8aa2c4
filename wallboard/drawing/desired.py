"""How far a stage is from what it should be: a mark between just so and far from it, with its interval and n."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop

FARTHEST = 4
LONGEST = 64
"""A longer statement is cut at a word: the whole of it stands in the data, and two lines on a wall."""


def statement(row: dict[str, Any]) -> Component:
    """What customers should be able to say of the stage; flagged where nobody has written it down."""
    if not row["desired"]:
        return html.P("nobody has said what it should be", className="wish alert")
    return html.P(crop(row["desired"], LONGEST), className="wish")


def distance_words(row: dict[str, Any], theme: Theme) -> list[str | Component]:
    """How far it is, with n and interval; why nothing is told where there are too few answers, or none."""
    if row["state"] == "measured":
        low, high = (theme.decimal(row[end]) for end in ("nearest", "farthest"))
        number = told(theme.decimal(row["distance"]), "desired_distance", tone(row["distance"]))
        return [number, html.Span(f"{low} to {high}, n\u00a0{theme.whole(row['n'])}", className="quiet small")]
    if row["state"] == "too few":
        return [html.B("too few", className="none"), html.Span(f"n\u00a0{theme.whole(row['n'])}", className="quiet small")]
    last = f"last asked {theme.month(row['newest_day'])}" if row["newest_day"] else "nobody asked"
    return [html.B("not measured", className="none"), html.Span(last, className="quiet small")]


def distance_mark(row: dict[str, Any]) -> Component:
    """The distance on its scale, just so at the left; empty where it is not known."""
    scale = Scale("distance", FARTHEST)
    if row["state"] != "measured":
        return html.Div(className="distance-mark unknown", **{"aria-hidden": "true"})
    distance = row["distance"]
    parts = [
        scale.mark(distance, f"far {tone(distance)}"),
        scale.mark(row["farthest"], "band", start=row["nearest"]),
        scale.point(distance, tone(distance)),
    ]
    return scale.well(parts, "distance-mark")


def tone(distance: float) -> str:
    """Near is good, half of the way is to watch."""
    return "good" if distance < 1 else "loss" if distance < FARTHEST / 2 else "alert"
