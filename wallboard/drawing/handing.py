"""One handoff in words and as an arrow: who hands what to whom, how long it waits, how it comes, and what comes back."""

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.drawing.vector import vector
from wallboard.metrics.handoffs import Handoff

DAYS_FROM = 48
"""Hours from which a wait is told in days."""
_THIN, _THICK, _LEAST = 5.0, 26.0, 4.0


def worst_first(rows: Sequence[Handoff]) -> list[Handoff]:
    """What comes back most often first; then what is too few to say, what has no cases, and what nobody measures."""
    states = ("measured", "too few", "no cases", "not measured")
    return sorted(rows, key=lambda row: (states.index(row.state), -(row.bounce_rate or 0), -(row.late_share or 0)))


def wait_words(row: Handoff, theme: Theme) -> tuple[str, str]:
    """How long it waits until somebody takes it, and how many wait too long."""
    hours, late = row.wait_hours, row.late or 0
    if row.max_wait_hours is None:
        below = "no limit is set"
    elif row.late_share is None:
        below = f"{theme.whole(late)} of {theme.whole((row.in_time or 0) + late)} late"
    else:
        below = f"{theme.share(row.late_share)} late" if late else "none late"
    if hours is None:
        return (f"{theme.whole(row.taken or 0)} taken", below)
    if hours >= DAYS_FROM:
        return (f"{theme.decimal(hours / 24)} days", below)
    if hours < 1:
        return (theme.plural(max(1, round(hours * 60)), "minute", "minutes"), below)
    return (theme.plural(round(hours), "hour", "hours"), below)


def whole_words(row: Handoff, theme: Theme) -> tuple[str, str]:
    """How many come with all that is needed, and of how many nobody knows."""
    unknown = f"{theme.whole(row.unknown)} unknown" if row.unknown else "all known"
    if row.completeness is not None:
        return theme.share(row.completeness), unknown
    if not row.complete_known:
        return "not known", ""
    return f"{theme.whole(row.complete or 0)} of {theme.whole(row.complete_known)}", unknown


def back_words(row: Handoff, theme: Theme) -> tuple[str, str]:
    """How many come back to whoever handed them over: the share, and the cases."""
    cases = f"{theme.whole(row.returned or 0)} of {theme.whole(row.handed or 0)}"
    if row.bounce_rate is None:
        return cases, "too few for a rate"
    return theme.share(row.bounce_rate), cases


def most_handed(rows: Iterable[Handoff]) -> int:
    """The cases of the handoff that has most: what the thickest arrow stands for."""
    return max((row.handed or 0 for row in rows), default=0) or 1


def arrow(row: Handoff, most: int, theme: Theme) -> Component:
    """There as thick as many pass, and back in another colour as thick as many come back; dashed where nobody counts.

    A thin line without colour is a handoff that is counted and had no cases.
    """
    handed, back = row.handed, row.returned
    if not handed and row.state != "not measured":
        words, parts = "no cases", [_line(34, _THIN, theme.colours["calm"])]
    elif not handed:
        words, parts = "not measured", [_line(34, 5.0, theme.colours["calm"], 'stroke-dasharray="14 12"')]
    else:
        thick, more = _thick(handed, most)
        words, parts = f"{handed} handed over, {back} back", [_line(34, thick, theme.colours["gain"], more)]
        if back:
            parts.append(_back(*_thick(back, most), theme.colours["loss"]))
    return html.Img(src=vector(parts, size=(240, 110)), alt=words, className="passes")


def passed_on(rows: Sequence[Handoff], theme: Theme) -> str:
    """How many cases were passed on, and how many of them came back."""
    handed, back = sum(row.handed or 0 for row in rows), sum(row.returned or 0 for row in rows)
    if not handed:
        return "Nothing was passed on"
    cases = theme.plural(handed, "case", "cases")
    return f"{theme.whole(back)} of {cases} passed on came back" if back else f"{cases} passed on, none came back"


def _thick(cases: int, most: int) -> tuple[float, str]:
    """How thick so many cases are, on one scale there and back and never too thin to be seen; and the attributes that say so."""
    return max(_LEAST, _THICK * cases / most), f'data-size="{cases}" data-per="{_THICK / most:.10g}" data-least="{_LEAST}"'


def _line(y: float, thick: float, colour: str, more: str = "") -> str:
    tip = max(18.0, thick * 1.15)
    head = f'<path d="M{238 - tip} {y - tip}L238 {y}L{238 - tip} {y + tip}Z" fill="{colour}"/>'
    return f'<path d="M4 {y}H{238 - tip}" stroke="{colour}" stroke-width="{thick:.1f}" {more}/>{head}'


def _back(thick: float, more: str, colour: str) -> str:
    """From the receiver round below and back to the sender."""
    tip = 9 + thick
    line = f'fill="none" stroke="{colour}" stroke-width="{thick:.1f}" stroke-linejoin="round"'
    turn = f'<path d="M206 70V88H{14 + tip}" {line} {more}/>'
    return turn + f'<path d="M{14 + tip} {88 - tip}L10 88L{14 + tip} {88 + tip}Z" fill="{colour}"/>'
