"""A promise beside what was delivered: its words, where they stand, and the KPI against its target, in number and word."""

from collections import Counter
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.kpi_words import KpiWords, kpi_words
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop, quote
from wallboard.metrics.promises import Promise

KEPT, BROKEN, DOUBTFUL = "kept", "not kept", "nearly kept"
SOON = 30
"""Days before a promise falls due from which on it is to be watched."""

LONGEST = 56
"""A longer promise is cut at a word."""

WORST_FIRST = (BROKEN, DOUBTFUL, "", KEPT)
NO_TARGET = "no target"
_UNKNOWN = ("not measured", "no cases", "too few", NO_TARGET)

_GLYPHS = {KEPT: ("good", "✓"), BROKEN: ("alert", "✕"), DOUBTFUL: ("loss", "≈")}


def verdict(row: Promise) -> str:
    """Kept, not kept, or nearly: below its target, but not so far that chance could not have done it; '' where unknown."""
    if row.is_kept is None:
        return ""
    return KEPT if row.is_kept else BROKEN if row.surely or row.surely is None else DOUBTFUL


def by_promise(rows: Sequence[Promise]) -> list[list[Promise]]:
    """The rows of each promise, in their order: one that is measured at several touchpoints of a stage is one promise."""
    promises: dict[tuple[str, str], list[Promise]] = {}
    for row in rows:
        if row.words:
            promises.setdefault((row.stage, row.words), []).append(row)
    return list(promises.values())


def verdict_of(promise: Sequence[Promise]) -> str:
    """One promise is as well kept as at the touchpoint where it is kept worst; '' where nowhere is known."""
    known = {verdict(row) for row in promise} - {""}
    return min(known, key=WORST_FIRST.index, default="")


def worst(promise: Sequence[Promise]) -> Promise:
    """The row of a promise that gives its verdict; the first of one that has none."""
    return next(row for row in promise if verdict(row) == verdict_of(promise))


def verdicts(made: Sequence[Sequence[Promise]]) -> Counter[str]:
    """How many promises are kept, nearly kept and not kept; '' counts those of which nobody knows."""
    return Counter(verdict_of(promise) for promise in made)


def kept_words(made: Sequence[Sequence[Promise]], theme: Theme) -> str:
    """How many of the promises that are measured are kept, as a headline."""
    if not made:
        return "No promise to customers has been written down"
    counts = verdicts(made)
    judged = len(made) - counts[""]
    if not judged:
        are = "it is" if len(made) == 1 else "they are"
        return f"{theme.plural(len(made), 'promise', 'promises')}, and nobody knows whether {are} kept"
    if judged == 1:
        return f"The one promise that is measured is {verdict_of(next(promise for promise in made if verdict_of(promise)))}"
    nearly = f", {theme.whole(counts[DOUBTFUL])} nearly" if counts[DOUBTFUL] else ""
    are = "is" if counts[KEPT] == 1 else "are"
    number = theme.whole(counts[KEPT]) if counts[KEPT] else "None"
    return f"{number} of {theme.whole(judged)} measured promises {are} kept{nearly}"


def unknown_words(made: Sequence[Sequence[Promise]], theme: Theme) -> str:
    """How many promises have no verdict, by why: not measured, no cases, too few, or measured without a target; '' for none."""
    why = Counter(_why(promise) for promise in made if not verdict_of(promise))
    return " · ".join(f"{theme.whole(why[reason])} {reason}" for reason in _UNKNOWN if why[reason])


def _why(promise: Sequence[Promise]) -> str:
    """What comes nearest to a verdict."""
    states = [NO_TARGET if row.state == "measured" else str(row.state) for row in promise]
    return max(states, key=_UNKNOWN.index)


def made_words(row: Promise, theme: Theme) -> list[str | Component]:
    """Where the promise stands, and beneath it since when."""
    where: list[str | Component] = [row.made_in or "nobody says where"]
    return [*where, html.Br(), theme.month(row.made_on)] if row.made_on else where


def promise_words(row: Promise) -> Component:
    """The words of the promise, or that none is made."""
    if row.words is None:
        return html.P("nothing promised", className="words quiet")
    return html.P(quote(crop(row.words, LONGEST)), className="words")


def delivered(row: Promise, theme: Theme) -> Component:
    """What customers are given: the number and whether that keeps the promise, else why there is none."""
    if row.words is None:
        return html.Div(className="delivered")
    if row.value is None:
        why = row.state if row.kpi_name else "not measured"
        beside = theme.sample(row.denominator) if row.denominator else "nobody knows"
        return html.Div([html.B(why, className="none"), html.Span(beside, className="quiet small")], className="delivered")
    judgement = verdict(row)
    tone, mark = _GLYPHS.get(judgement, ("", ""))
    words = kpi_words(row.value, row.target, row.unit, row.better, theme)
    fail, _, of_how_many = words.unit.partition(" ")
    number = [metric_link(words.number, "promise_delivered", tone), *([html.Span(f" {fail}", className="small")] if fail else [])]
    judged = [html.Span(f"{mark} {judgement}", className=f"judged {tone}")] if judgement else []
    return html.Div(
        [html.P([*number, *judged]), html.Span(_against(row, words, of_how_many, theme), className="quiet small")],
        className="delivered",
    )


def _against(row: Promise, words: KpiWords, of_how_many: str, theme: Theme) -> str:
    aim = f"target {words.target}" if words.target else "no target"
    if of_how_many:
        aim = f"{of_how_many} ({words.target or aim})"
    return f"{aim}, {theme.sample(row.denominator or 0)}"
