"""What says so: how many were asked, by what, and from when; evidence that has grown old says so before anything else."""

from datetime import date

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.curve import feeling_words
from wallboard.drawing.theme import Theme
from wallboard.metrics.emotions import ASSUMED, StageFeeling, TouchpointFeeling
from wallboard.metrics.states import NOT_MEASURED

Feeling = StageFeeling | TouchpointFeeling


def dated(day: date | None, stale: bool | None, theme: Theme, *, short: bool = False) -> Component | None:
    """From when the evidence is: quietly, or flagged where it is older than the room's visible_days; None where undated."""
    if day is None:
        return None
    month = theme.short_month_year(day) if short else theme.month(day)
    return html.Span(f"from {month}", className="from stale") if stale else html.Span(month, className="from quiet")


def stale_only(day: date | None, stale: bool | None, theme: Theme, *, short: bool = False) -> list[Component]:
    """The date of evidence that has grown old; nothing for fresh evidence."""
    component = dated(day, stale, theme, short=short) if stale else None
    return [component] if component else []


def value_of(row: Feeling, theme: Theme) -> str:
    """A feeling as it stands on a wall, or that nobody measured it."""
    return NOT_MEASURED if row.feeling is None else feeling_words(row.feeling, theme)


def asked_words(row: Feeling, theme: Theme) -> str:
    """How many customers stand behind a feeling: n = 212, or that it is only assumed."""
    if row.basis == ASSUMED:
        return ASSUMED
    return "" if row.n is None else theme.sample(row.n)


def tone_of(feeling: float | None) -> str:
    """Gain above zero, loss below it."""
    return "quiet" if feeling is None else "loss" if feeling < 0 else "gain"


def truth() -> Component:
    """The mark of a moment of truth."""
    return html.I(className="shape truth", title="moment of truth", role="img", **{"aria-label": "moment of truth"})
