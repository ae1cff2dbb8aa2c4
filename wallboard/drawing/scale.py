"""Marks whose size or place means a number: a linear scale, the wells that it fills, and the marks in them.

Every well tells its scale, every mark the numbers it stands for (data-scale, data-low, data-high, data-from, data-to), so that a
browser test can measure what is drawn; nothing else in a panel may set a length by a number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any, Literal, TypeAlias

from dash import html
from dash.development.base_component import Component

Along = Literal["x", "-x", "y", "-y"]
Inside: TypeAlias = Sequence[Component | str] | Component | str


_SIDES = {"x": ("left", "right"), "-x": ("right", "left"), "y": ("bottom", "top"), "-y": ("top", "bottom")}
"""Where a way begins, and where it ends."""


@dataclass(frozen=True)
class Scale:
    """What a well stands for, from `low` at its left or bottom to `high`; wells of one name on a panel share one measure.

    `along` is the way in which numbers grow: x to the right, y upwards, -x and -y the other way.
    """

    name: str
    high: float
    low: float = 0.0
    along: Along = "x"

    @classmethod
    def over(cls, name: str, values: Iterable[float | None], along: Along = "x") -> "Scale":
        """The scale that holds nothing and all of these: its ends are the furthest of them on each side of zero."""
        known = [float(value) for value in values if value is not None and value == value]
        low, high = min([0.0, *known]), max([0.0, *known])
        return cls(name, high if high > low else low + 1.0, low, along)

    def share(self, value: float) -> float:
        """Where a value lies, 0 at the low end and 1 at the high one; not beyond the ends."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def well(self, marks: Inside, kind: str = "", **more: object) -> Component:
        """The place that the whole of the scale fills."""
        ends = {"data-scale": self.name, "data-low": _number(self.low), "data-high": _number(self.high), "data-along": self.along}
        return html.Div(marks, className=kind or None, **{"aria-hidden": "true"} | ends | more)

    def mark(self, to: float, kind: str = "", *, start: float = 0.0, inside: Inside | None = None) -> Component:
        """A mark as long as from `start` to `to`; it grows away from `start`, so that a loss lies on the other side of zero."""
        first, last = self.share(start), self.share(to)
        ahead, back = _SIDES[self.along]
        side, at = (ahead, first) if last >= first else (back, 1 - first)
        size = "width" if self.along.endswith("x") else "height"
        where = {side: _percent(at), size: _percent(abs(last - first))}
        numbers = {"data-from": _number(start), "data-to": _number(to)}
        return html.I(inside, className=f"sized {kind}".strip(), style=where, **numbers)

    def point(self, at: float, kind: str = "", *, tag: Any = html.B) -> Component:
        """A mark that stands at a value, centred on it."""
        return tag(className=kind or None, style=self._at(at), **{"data-at": _number(at)})

    def words(self, at: float, words: Inside, kind: str = "", *, tag: Any = html.Span) -> Component:
        """Words that stand beside a value; how far beside it, the style of their kind says."""
        return tag(words, className=kind or None, style=self._at(at))

    def line(self, above: float, here: float) -> Component:
        """The stretch of a line that joins the value of the row above with that of this row."""
        return html.I(className="line", style={"--from": _percent(self.share(above)), "--to": _percent(self.share(here))})

    def _at(self, value: float) -> dict[str, str]:
        return {_SIDES[self.along][0]: _percent(self.share(value))}


def in_period(start: date, *, down: bool = False) -> dict[str, str]:
    """The attributes of what shows one period of a series, by its first day; `down`: the next period stands beneath it.

    By them the room finds where to mark what happened (wallboard.drawing.events).
    """
    return {"data-period": start.isoformat(), **({"data-down": ""} if down else {})}


LABEL = {"data-label": ""}
"""The attributes of what names a period beneath its column: letters of events stand behind it, also where it is empty."""


def columns(
    scale: Scale,
    bars: Iterable[Inside | None],
    kind: str = "",
    *,
    ground: bool = False,
    label: str = "",
    periods: Sequence[date] = (),
) -> Component:
    """Bars side by side in one well, each in a slot of its own; None leaves its slot empty; `ground` draws where zero is.

    Those of a series name the first day of each of their `periods`.
    """
    zero = [scale.point(0, "ground", tag=html.Span)] if ground else []
    spoken = {"role": "img", "aria-label": label, "aria-hidden": "false"} if label else {}
    return scale.well([*slots(list(bars), periods), *zero], f"slots {kind}".strip(), **spoken)


def slots(bars: Sequence[Inside | None], periods: Sequence[date] = ()) -> list[Component]:
    """The places of bars side by side."""
    dated = zip_longest(bars, periods[: len(bars)])
    return [html.I(bar, className="slot", **(in_period(start) if start else {})) for bar, start in dated]


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _number(value: float) -> str:
    return f"{float(value):.10g}"
