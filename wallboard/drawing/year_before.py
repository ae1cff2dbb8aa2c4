"""The same weeks of the year before beside a series: a thin dotted line, and its number in words."""

from collections.abc import Callable, Sequence
from typing import Any

from wallboard.drawing.charts import line
from wallboard.drawing.theme import Theme
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.year_before import CHANGED, NO_SUCH_WEEK, FlowBefore, YearBefore

THIN = 4

_UNKNOWN = {
    CHANGED: "last year was counted differently",
    NO_SUCH_WEEK: "last year had no such week",
    TOO_FEW: "{when} last year: too few to tell",
    NO_CASES: "{when} last year: nobody to count",
    NOT_MEASURED: "{when} last year: not measured",
}


def thin_line(rows: Sequence[YearBefore], theme: Theme, colour: str = "quiet") -> list[dict[str, Any]]:
    """The trace of the year before; none where not a week of it is known. A gap stays a gap."""
    if not any(row.state == MEASURED for row in rows):
        return []
    days = [row.start.isoformat() for row in rows]
    return [line(days, [row.value for row in rows], theme.colours[colour], width=THIN, dash="dot", opacity=0.9)]


def flow_last_year(then: FlowBefore, theme: Theme, when: str = "same weeks") -> str:
    """`same weeks last year: 212 arrived, 208 solved`; why there is no number, or ''."""
    arrived, departed = then.arrived, then.departed
    if arrived is None or departed is None or arrived.value is None or departed.value is None:
        return last_year(arrived, theme.whole, when)
    return f"{last_year(arrived, theme.whole, when)} arrived, {theme.whole(departed.value)} solved"


def last_year(row: YearBefore | None, write: Callable[[float], str], when: str = "same week") -> str:
    """`same week last year: 38`; why there is no number, or '' where the store does not go back so far."""
    if row is None:
        return ""
    if row.value is not None:
        return f"{when} last year: {write(row.value)}"
    return _UNKNOWN.get(row.state, "").format(when=when)
