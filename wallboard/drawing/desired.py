"""How far a stage is from what it should be: a mark between just right and far from it, with its interval and n."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.desired import DesiredDistance
from wallboard.metrics.states import TOO_FEW
from wallboard.metrics.statistics import Interval

FARTHEST = 4
LONGEST = 64
"""A longer statement is cut at a word: the whole of it stands in the data, and two lines on a wall."""


def statement(row: DesiredDistance) -> Component:
    """What customers should be able to say of the stage; flagged where nobody has written it down."""
    if not row.desired:
        return html.P("nobody has said what it should be", className="wish alert")
    return html.P(crop(row.desired, LONGEST), className="wish")


def distance_words(row: DesiredDistance, theme: Theme) -> list[str | Component]:
    """How far it is, with n and interval; why nothing is told where there are too few answers, or none."""
    n = theme.sample(row.n)
    if far := Interval.of(row.distance, row.nearest, row.furthest):
        number = metric_link(theme.decimal(far.value), "desired_distance", tone(far.value))
        return [number, html.Span(f"{theme.decimal(far.low)} to {theme.decimal(far.high)}, {n}", className="quiet small")]
    if row.state == TOO_FEW:
        return [html.B("too few", className="none"), html.Span(n, className="quiet small")]
    last = f"last asked {theme.month(row.newest_day)}" if row.newest_day else "nobody asked"
    return [html.B("not measured", className="none"), html.Span(last, className="quiet small")]


def distance_mark(row: DesiredDistance) -> Component:
    """The distance on its scale, just right at the left; empty where it is not known."""
    scale = Scale("distance", FARTHEST)
    far = Interval.of(row.distance, row.nearest, row.furthest)
    if far is None:
        return html.Div(className="distance-mark unknown", **{"aria-hidden": "true"})
    parts = [
        scale.mark(far.value, f"far {tone(far.value)}"),
        scale.mark(far.high, "band", start=far.low),
        scale.point(far.value, tone(far.value)),
    ]
    return scale.well(parts, "distance-mark")


def tone(distance: float) -> str:
    """Near is good, half of the way is to watch."""
    return "good" if distance < 1 else "loss" if distance < FARTHEST / 2 else "alert"
