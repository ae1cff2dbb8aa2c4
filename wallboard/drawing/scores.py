"""A survey score in words and on its scale: the number, its band with n, what was counted, and what has changed."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.satisfaction import QuestionScore
from wallboard.metrics.scores import SurveyScore
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.statistics import Interval
from wallboard.metrics.trust import PartnerTrust
from wallboard.scales import LESS, MEAN, TOP_BOXES, ends, usual_share

ScoreRow = SurveyScore | QuestionScore | PartnerTrust

NAMES = {"NPS": "NPS", "CSAT": "satisfied", "CES": "found it easy", "trust": "trust", "rating": ""}
"""What a score says, before its band."""

NO_CHANGE = {"no change": "no clear change", "too few": "too few to tell"} | {
    change: change for change in ("not comparable", "not asked before")
}


def score_words(row: ScoreRow, theme: Theme) -> tuple[str, str, float | None]:
    """The value as written on a wall, the quiet words beneath it, and its place between the ends of its scale (0 to 1)."""
    n = theme.sample(row.n)
    score = Interval.of(row.score, row.low, row.high)
    if score is None:
        return row.state, n, None
    bottom, top = _ends(row)
    mean = f"of {theme.whole(top)}" if row.unit == "mean" else ""
    name = "easy less hard" if (row.measure, row.unit) == ("CES", "points") else NAMES.get(row.measure, "")
    boxes = f"({boxes_words(row, theme)})" if row.unit == "share" and row.formula != usual_share(bottom, top) else ""
    says = " ".join(part for part in (name, mean, boxes) if part)
    value, low, high = (value_words(number, row, theme) for number in (score.value, score.low, score.high))
    return value, " · ".join(filter(None, (says, f"{low} to {high}", n))), place(score.value, row)


def value_words(value: float, row: ScoreRow, theme: Theme) -> str:
    """A value of a score in its unit: +12, 63%, 3.8."""
    if row.unit == "points":
        return theme.signed(round(value))
    return theme.share(value) if row.unit == "share" else theme.decimal(value)


def place(value: float, row: ScoreRow) -> float:
    """Where a value lies between the ends of its scale, 0 to 1."""
    return scale_of(row).share(value)


def scale_of(row: ScoreRow) -> Scale:
    """The whole of the scale on which it was asked: points from −100 to 100, a share from none to all, a mean from end to end."""
    bottom, top = {"points": (-100.0, 100.0), "share": (0.0, 1.0)}.get(row.unit or "", _ends(row))
    return Scale(f"{row.unit} {bottom:g} to {top:g}", top if top > bottom else bottom + 1, bottom)


def counted_words(row: ScoreRow, theme: Theme) -> str:
    """What was asked on which scale, and which answers count: CES, 4–5 of 5; never without its scale."""
    bottom, top = _ends(row)
    formula = f"{theme.whole(bottom)} to {theme.whole(top)}"
    if row.formula == MEAN:
        formula = f"mean of {theme.whole(bottom)}–{theme.whole(top)}"
    elif row.formula == LESS:
        formula = f"{_from_to(high_of(row), top, theme)} less {_from_to(bottom, low_of(row), theme)}"
    elif row.formula in TOP_BOXES:
        formula = boxes_words(row, theme)
    return f"{row.measure}, {formula}"


def boxes_words(row: ScoreRow, theme: Theme) -> str:
    """The answers that count as satisfied, of their scale: 4–5 of 5, 3 of 3, 9–10 of 0–10."""
    bottom, top = _ends(row)
    scale = theme.whole(top) if bottom == 1 else _from_to(bottom, top, theme)
    return f"{_from_to(high_of(row), top, theme)} of {scale}"


def high_of(row: ScoreRow) -> float:
    """From where on an answer counts as high."""
    return ends(row.formula or "", *_ends(row))[0]


def low_of(row: ScoreRow) -> float:
    """Up to where an answer counts as low."""
    return ends(row.formula or "", *_ends(row))[1]


def _ends(row: ScoreRow) -> tuple[float, float]:
    """The lowest and the highest answer of its scale."""
    return float(row.scale_min or 0), float(row.scale_max or 0)


def _from_to(first: float, last: float, theme: Theme) -> str:
    return theme.whole(first) if first == last else f"{theme.whole(first)}–{theme.whole(last)}"


def on_scale(score: Interval, row: ScoreRow) -> Component:
    """The score as a mark within its band, on the whole of its scale; a scale that has a middle shows it."""
    scale = scale_of(row)
    middle = [scale.point(0, "middle", tag=html.I)] if row.unit == "points" else []
    return scale.well([*middle, scale.mark(score.high, "band", start=score.low), scale.point(score.value)], "scale")


def score_card(
    row: QuestionScore | PartnerTrust, head: list[Component], facts: list[str | Component], theme: Theme, metric: str
) -> Component:
    """One score in a list: what was asked, the score with its band on its scale and its change, and what stands behind it.

    Where there is no score its state stands in its place.
    """
    known = Interval.of(row.score, row.low, row.high)
    question, below = html.P(head, className="survey-question"), html.P(facts, className="facts quiet")
    if known is None:
        nobody = row.state == NOT_MEASURED and not row.n
        return html.Li([question, html.P("nobody was asked" if nobody else row.state, className="none quiet"), below])
    low, high = (
        html.Span(value_words(end, row, theme), className=f"quiet {name}")
        for name, end in (("low", known.low), ("high", known.high))
    )
    value, (change, tone) = value_words(known.value, row, theme), change_words(row, theme)
    score = html.Span(metric_link(value, metric) if metric else html.B(value), className="number score")
    changed = html.Span(change, className=f"change {tone}")
    return html.Li([question, html.Div([score, low, on_scale(known, row), high, changed], className="measured"), below])


def change_words(row: QuestionScore | PartnerTrust, theme: Theme) -> tuple[str, str]:
    """A change that chance alone would rarely make, and its tone; else why none is told."""
    if row.change not in ("up", "down") or row.difference is None:
        return NO_CHANGE.get(row.change or "", ""), "quiet"
    size = abs(row.difference) * (100 if row.unit == "share" else 1)
    points = theme.decimal(size) if row.unit == "mean" else theme.whole(max(1, size))
    sign, tone = ("↑", "gain") if row.change == "up" else ("↓", "loss")
    return f"{sign} {points} {'point' if points == '1' else 'points'}", tone
