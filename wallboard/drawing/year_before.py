"""The same weeks of the year before beside a series: a thin dotted line, and its number in words."""

from collections.abc import Callable, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.charts import Trace, line
from wallboard.drawing.theme import Theme
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.year_before import CHANGED, NO_SUCH_WEEK, NOT_LOADED, FlowBefore, YearBefore

THIN = 4

LAST_YEAR = "last year"
"""The name of the trace, and with a hyphen the class of the words."""

_UNKNOWN = {
    CHANGED: "last year was counted differently",
    NO_SUCH_WEEK: "last year had no such week",
    TOO_FEW: "{when}: too few to tell",
    NO_CASES: "{when}: nobody to count",
    NOT_MEASURED: "{when}: not measured",
    NOT_LOADED: "no data a year ago",
}


def thin_line(rows: Sequence[YearBefore], theme: Theme, colour: str = "quiet") -> list[Trace]:
    """The trace of the year before; none where not a week of it is known. A gap stays a gap."""
    if not any(row.state == MEASURED for row in rows):
        return []
    days = [row.start.isoformat() for row in rows]
    return [line(days, [row.value for row in rows], theme.colours[colour], width=THIN, dash="dot", opacity=0.9, name=LAST_YEAR)]


def flow_last_year(then: FlowBefore, theme: Theme, when: str = "same weeks") -> str:
    """`same weeks last year: 212 arrived, 208 solved`; why there is no number, or ''."""
    arrived, departed = then.arrived, then.departed
    if arrived is None or departed is None or arrived.value is None or departed.value is None:
        return last_year(arrived, theme.whole, when)
    return f"{last_year(arrived, theme.whole, when)} arrived, {theme.whole(departed.value)} solved"


def a_year_ago(row: YearBefore | None, write: Callable[[float], str]) -> Component:
    """The number of the year before for a cell beneath the words "a year ago"; why there is none in a word or two."""
    words = write(row.value) if row is not None and row.value is not None else _BRIEFLY.get(row.state if row else NOT_LOADED, "?")
    return html.Span(words, className="last-year quiet")


_BRIEFLY = {
    CHANGED: "other count",
    NO_SUCH_WEEK: "no week 53",
    TOO_FEW: "too few",
    NO_CASES: "no cases",
    NOT_MEASURED: "not measured",
    NOT_LOADED: "no data",
}


def last_year(row: YearBefore | None, write: Callable[[float], str], when: str = "same week") -> str:
    """`same week last year: 38`; why there is no number, or '' where there is nothing yet to compare."""
    if row is None:
        return ""
    when = f"{when} last year" if when else "a year ago"
    if row.value is not None:
        return f"{when}: {write(row.value)}"
    return _UNKNOWN.get(row.state, _UNKNOWN[NOT_MEASURED]).format(when=when)
