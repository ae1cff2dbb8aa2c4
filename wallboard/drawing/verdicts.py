"""What a series of complaints says, in words and a shape: down, up, or within normal range."""

from collections.abc import Sequence
from datetime import date, timedelta

from wallboard.drawing.absences import not_since
from wallboard.drawing.limits_chart import Band, Spot
from wallboard.drawing.theme import Theme
from wallboard.metrics.signals import SignalPoint
from wallboard.metrics.states import NOT_JUDGED, NOT_MEASURED, TOO_FEW
from wallboard.metrics.statistics import FIRM, PROVISIONAL, RUN

SIGNS = {"gain": "↓", "loss": "↑", "": "●"}
"""The shape of a verdict beside its colour; fewer complaints are better."""

SIGNALS = {
    "high": "above its normal range",
    "low": "below its normal range",
    "run high": "eight in a row above its average",
    "run low": "eight in a row below its average",
}
"""What a signal of a series says."""


def tone_of(signal: str) -> str:
    """gain for a signal downwards, loss for one upwards, '' for nlast."""
    return "gain" if signal.endswith("low") else "loss" if signal.endswith("high") else ""


def verdict(point: SignalPoint, theme: Theme) -> tuple[str, str]:
    """What the newest signal of a series says, and its tone: gain, loss, '' for within normal range, quiet for no verdict."""
    if point.state == NOT_JUDGED:
        return "no verdict", "quiet"
    if point.state == NOT_MEASURED:
        since = point.measured_to
        return not_since(since, theme) if since else "no rate: the exposure is missing", "quiet"
    if point.firm is None:
        return f"limits after {PROVISIONAL} weeks" if point.size == 1 else f"limits after {PROVISIONAL} times 4 weeks", "quiet"
    if point.state == TOO_FEW:
        return "too few to judge", "quiet"
    tone = tone_of(point.now)
    if not tone:
        return "within normal range", ""
    side = "below" if tone == "gain" else "above"
    if point.side == side and point.streak >= RUN:
        return f"{weeks_words(point.streak * point.size, theme)} {side}", tone
    return f"{side} the band", tone


def since_headline(day: date, theme: Theme) -> str:
    """The same as a headline."""
    sentence = not_since(day, theme)
    return f"{sentence[0].upper()}{sentence[1:]}"


def week_words(point: SignalPoint, points: Sequence[SignalPoint], theme: Theme) -> str:
    """Which week a number is of: the last complete one, or by the day on which it begins."""
    newest = next((newer for newer in reversed(points) if newer.period_end < theme.today), point)
    return "in the last complete week" if point is newest else f"in the week of {theme.short_day(point.period_start)}"


def weeks_words(number: int, theme: Theme) -> str:
    """1 week, 9 weeks."""
    return theme.plural(number, "week", "weeks")


def value_words(value: float, basis: str, theme: Theme) -> str:
    """A rate or a count as it is written on a wall: one digit below ten."""
    return theme.decimal(value) if basis == "rate" and value < 10 else theme.whole(value)


def unit_words(point: SignalPoint) -> str:
    """What the numbers are: per 1,000 of what, or counts that no exposure adjusts."""
    by = "by week" if point.size == 1 else f"by {point.size} weeks"
    if point.basis == "count":
        return f"complaints {by}, not adjusted for volume"
    return f"complaints per 1,000 {point.exposure_kind}, {by}"


def axis_words(point: SignalPoint) -> str:
    """The same where there is little room, beside an axis: per 1,000 orders."""
    return "complaints" if point.basis == "count" else f"per 1,000 {point.exposure_kind}"


def spots(points: Sequence[SignalPoint]) -> list[Spot]:
    """The points of a series as they are drawn; a run is marked from its first point, so that the dots are those it speaks of."""
    run = _run(points)
    return [
        Spot(point.period_start, point.value, tone_of(point.signal) or run.get(n, ""), point.complete)
        for n, point in enumerate(points)
    ]


def _run(points: Sequence[SignalPoint]) -> dict[int, str]:
    """The points of the newest run by their place, with its tone; none where there is no run, or it is no signal."""
    last = points[-1]
    tone = tone_of(last.now)
    if not tone or last.streak < RUN or last.side != ("below" if tone == "gain" else "above"):
        return {}
    whole_ones = [n for n, point in enumerate(points) if point.complete and point.value not in (None, last.mean)]
    return dict.fromkeys(whole_ones[-last.streak :], tone)


def signal_begun(points: Sequence[SignalPoint]) -> tuple[date, str] | None:
    """Since which day the signal of a series has been known, and what it says; None where it has none, or may not be judged.

    A period is known on the day after its end; the signal begins with the first of the newest points that carry it.
    """
    if not points or points[-1].state in (NOT_JUDGED, NOT_MEASURED, TOO_FEW) or not (tone := tone_of(points[-1].now)):
        return None
    judged = [point for point in points if point.complete and point.value is not None]
    newest = next((n for n in range(len(judged) - 1, -1, -1) if tone_of(judged[n].signal) == tone), None)
    if newest is None:
        return None
    first = newest
    while first and tone_of(judged[first - 1].signal) == tone:
        first -= 1
    name = "All complaints" if points[-1].issue_type is None else f"“{points[-1].wording}”"
    verb = "are" if points[-1].issue_type is None else "is"
    return judged[first].period_end + timedelta(days=1), f"{name} {verb} {'falling' if tone == 'gain' else 'growing'}"


def usual_words(point: SignalPoint, theme: Theme) -> str:
    """The usual, with the year in which it was measured where that is another than today's."""
    year = point.baseline_end.year if point.baseline_end else theme.today.year
    return "normal" if year == theme.today.year else f"the normal of {year}"


def band_of(points: Sequence[SignalPoint]) -> Band | None:
    """The limits from the first judged point on."""
    last = points[-1]
    if last.baseline_start is None or last.lower is None or last.mean is None or last.upper is None:
        return None
    since = max(points[0].period_start, last.baseline_start)
    until = next((point.period_start for point in reversed(points) if point.in_baseline), since)
    return Band(last.lower, last.mean, last.upper, since, until)


def rules_words() -> str:
    """The detection rules, as they stand on the picture."""
    return f"a signal: outside the band, or {RUN} in a row on one side"


def firmness(point: SignalPoint) -> str:
    """How firm the baseline is, in words."""
    if point.firm is None:
        return f"no limits yet: {point.baseline_n} of {PROVISIONAL} points"
    return "firm" if point.baseline_n >= FIRM else f"provisional: {point.baseline_n} of {FIRM} points"
