"""What a series of complaints says, in words and a shape: down, up, or no more than chance."""

from datetime import date
from typing import Any

from wallboard.drawing.absences import not_since
from wallboard.drawing.limits_chart import Band, Spot
from wallboard.drawing.theme import Theme
from wallboard.metrics.statistics import FIRM, PROVISIONAL, RUN

SIGNS = {"gain": "▼", "loss": "▲", "": "●"}
"""The shape of a verdict beside its colour; fewer complaints are better."""


def tone_of(signal: str) -> str:
    """gain for a signal downwards, loss for one upwards, '' for none."""
    return "gain" if signal.endswith("low") else "loss" if signal.endswith("high") else ""


def verdict(row: dict[str, Any], theme: Theme) -> tuple[str, str]:
    """What the newest signal of a series says, and its tone: gain, loss, '' for no more than chance, quiet for no verdict."""
    if row["state"] == "not judged":
        return "no verdict", "quiet"
    if row["state"] == "not measured":
        since = row["measured_to"]
        return not_since(since, theme) if since else "no rate: the exposure is missing", "quiet"
    if row["firm"] is None:
        return f"limits after {PROVISIONAL} weeks" if row["size"] == 1 else f"limits after {PROVISIONAL} times 4 weeks", "quiet"
    if row["state"] == "too few":
        return "too few to judge", "quiet"
    tone = tone_of(row["now"])
    if not tone:
        return "no more than chance", ""
    side = "below" if tone == "gain" else "above"
    if row["side"] == side and row["streak"] >= RUN:
        return f"{weeks_words(row['streak'] * row['size'], theme)} {side}", tone
    return f"{side} the band", tone


def since_headline(day: date, theme: Theme) -> str:
    """The same as a headline."""
    said = not_since(day, theme)
    return f"{said[0].upper()}{said[1:]}"


def week_words(row: dict[str, Any], rows: list[dict[str, Any]], theme: Theme) -> str:
    """Which week a number is of: the last complete one, or by the day on which it begins."""
    newest = next((one for one in reversed(rows) if one["period_end"] < theme.today), row)
    return "in the last complete week" if row is newest else f"in the week of {theme.short_day(row['period_start'])}"


def weeks_words(number: int, theme: Theme) -> str:
    """1 week, 9 weeks."""
    return theme.plural(number, "week", "weeks")


def value_words(value: float, basis: str, theme: Theme) -> str:
    """A rate or a count as it is written on a wall: one digit below ten."""
    return theme.decimal(value) if basis == "rate" and value < 10 else theme.whole(value)


def unit_words(row: dict[str, Any]) -> str:
    """What the numbers are: per 1,000 of what, or counts that no exposure adjusts."""
    by = "by week" if row["size"] == 1 else f"by {row['size']} weeks"
    if row["basis"] == "count":
        return f"complaints {by}, not adjusted for volume"
    return f"complaints per 1,000 {row['exposure_kind']}, {by}"


def spots(rows: list[dict[str, Any]]) -> list[Spot]:
    """The points of a series as they are drawn; a run is marked from its first point, so that the dots are those it speaks of."""
    run = _run(rows)
    return [Spot(row["value"], tone_of(row["signal"]) or run.get(n, ""), row["complete"]) for n, row in enumerate(rows)]


def _run(rows: list[dict[str, Any]]) -> dict[int, str]:
    """The points of the newest run by their place, with its tone; none where there is no run, or it is no signal."""
    one = rows[-1]
    tone = tone_of(one["now"])
    if not tone or one["streak"] < RUN or one["side"] != ("below" if tone == "gain" else "above"):
        return {}
    whole_ones = [n for n, row in enumerate(rows) if row["complete"] and row["value"] not in (None, one["mean"])]
    return dict.fromkeys(whole_ones[-one["streak"] :], tone)


def usual_words(row: dict[str, Any], theme: Theme) -> str:
    """The usual, with the year in which it was measured where that is another than today's."""
    year = row["baseline_end"].year if row["baseline_end"] else theme.today.year
    return "the usual" if year == theme.today.year else f"the usual of {year}"


def band_of(rows: list[dict[str, Any]]) -> Band | None:
    """The limits from the first judged point on."""
    one = rows[-1]
    if one["firm"] is None:
        return None
    since = next((n for n, row in enumerate(rows) if row["period_start"] >= one["baseline_start"]), 0)
    until = next((n for n, row in reversed(list(enumerate(rows))) if row["in_baseline"]), since)
    return Band(one["lower"], one["mean"], one["upper"], since, until)


def rules_words() -> str:
    """The detection rules, as they stand on the picture."""
    return f"a signal: outside the band, or {RUN} in a row on one side"


def firmness(row: dict[str, Any]) -> str:
    """How firm the baseline is, in words."""
    if row["firm"] is None:
        return f"no limits yet: {row['baseline_n']} of {PROVISIONAL} points"
    return "firm" if row["baseline_n"] >= FIRM else f"provisional: {row['baseline_n']} of {FIRM} points"
