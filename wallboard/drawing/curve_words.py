"""The emotion curve with its values beside its points, as words that keep the wall's type while the picture stretches."""

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve import CurvePoint, curve, curve_points, height, peaks, place
from wallboard.drawing.evidence import asked_words, value_of
from wallboard.drawing.theme import Theme
from wallboard.metrics.emotions import StageFeeling
from wallboard.metrics.states import NOT_MEASURED

TONES = {"lowest": "loss", "highest": "gain", "last": ""}


def labelled_curve(rows: Sequence[StageFeeling], theme: Theme, *, peak_words: bool = False) -> Component:
    """The curve with a value at each point, above a peak and below a valley; `peak_words` names what is remembered."""
    return html.Div([curve(rows, theme), *_values(rows, theme, named=peak_words)], className="curve-in-words")


def _values(rows: Sequence[StageFeeling], theme: Theme, *, named: bool) -> Iterator[Component]:
    points = curve_points(rows)
    peak_of = peaks(points)
    for n, (row, point) in enumerate(zip(rows, points, strict=True)):
        tone = "unknown" if point.feeling is None else TONES.get(peak_of.get(point.stage, ""), "")
        word = asked_words(row, theme) if point.hollow else peak_of.get(point.stage, "") if named else ""
        quiet = [html.Span(word, className="n")] if word else []
        words = [NOT_MEASURED] if point.feeling is None else [html.B(value_of(row, theme)), *quiet]
        where = {"left": f"{place(n, len(points)):.2f}%", "top": f"{height(point.feeling or 0):.2f}%"}
        yield html.Span(words, style=where, className=f"value {'above' if above(points, n) else 'below'} {tone}".strip())


def above(points: Sequence[CurvePoint], n: int) -> bool:
    """Whether a value stands above its point: where the lines that meet there come from below; else beneath it."""
    own = points[n].feeling
    if own is None:
        return True
    near = [points[k].feeling for k in (n - 1, n + 1) if 0 <= k < len(points)]
    known = [feeling for feeling in near if feeling is not None]
    return own >= sum(known) / len(known) if known else own >= 0
