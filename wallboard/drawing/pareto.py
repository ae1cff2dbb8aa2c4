"""A Pareto of rows: bars from the left, and a line through what they come to together, which ends at all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote

PLAIN = ("unclassified", "other")
_WIDE = 0.8
"""The first bar's own label stands behind it while there is room; it says no more than the bar does."""


@dataclass(frozen=True)
class Kind:
    """One row: what customers say, its number in words, its share of all, and what it comes to with those above."""

    wording: str
    number: str
    part: float
    together: float
    aside: str = ""
    before: float | None = None
    tone: str = "calm"
    opens: Mapping[str, str] = field(default_factory=dict)


def pareto(kinds: Sequence[Kind], theme: Theme) -> Component:
    """The rows, all on one scale from nothing to all; where there is no room for the line, on one that ends with the longest."""
    above: list[float | None] = [None, *(kind.together for kind in kinds)]
    scale = Scale("share", max([1.0, *(kind.before or 0.0 for kind in kinds)]))
    short = Scale.over("bar", [value for kind in kinds for value in (kind.part, kind.before)])
    rows = [_row(kind, before, scale, short, theme) for kind, before in zip(kinds, above, strict=False)]
    return html.Ul(rows, className="kinds trim")


def _row(kind: Kind, above: float | None, scale: Scale, short: Scale, theme: Theme) -> Component:
    plain = kind.wording in PLAIN
    words = html.Span(kind.wording if plain else quote(kind.wording), className="quiet" if plain else "", dir="auto")
    parts = [
        words,
        html.B(kind.number),
        _well(kind, above, scale, theme),
        _bar(kind, short),
        html.Span(kind.aside, className="aside"),
    ]
    return html.Li(parts, **kind.opens)


def _bar(kind: Kind, scale: Scale) -> Component:
    before = [] if kind.before is None else [scale.point(kind.before, "was", tag=html.I)]
    return scale.well([scale.mark(kind.part, f"part-of {kind.tone}"), *before], "well short")


def _well(kind: Kind, above: float | None, scale: Scale, theme: Theme) -> Component:
    parts: list[Component] = [scale.mark(kind.part, f"part-of {kind.tone}")]
    if kind.before is not None:
        parts.append(scale.point(kind.before, "was", tag=html.I))
    if above is not None:
        parts.append(scale.line(above, kind.together))
    parts.append(scale.point(kind.together, "point", tag=html.I))
    label = theme.share(kind.together)
    if above is not None:
        parts.append(scale.words(kind.together, label, "together before"))
    elif (free := max(kind.together, kind.before or 0.0)) < _WIDE:
        parts.append(scale.words(free, label, "together after"))
    return scale.well(parts, "well")
