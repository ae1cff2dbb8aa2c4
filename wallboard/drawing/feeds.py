"""What is wrong with a feed, in sentences: late, stopped, or fallen as a whole, and what to do about it."""

from dataclasses import replace

from wallboard.drawing.look import Look
from wallboard.drawing.spans import plain_month
from wallboard.drawing.words import decimal, whole
from wallboard.metrics.feed_health import LATE, STOPPED, Trouble

LOAD = "Nothing is judged until what is missing has been loaded."
LOOK = "Look at the export first. If the fall is real, somebody says so in room.toml; then it is judged."


def question(trouble: Trouble, look: Look) -> str:
    """The headline of a panel that may not judge: Feed stale or filtered? 3 a week from tickets since November, 100 before."""
    name = _named(trouble, look)
    if trouble.state == LATE:
        newest = f": the newest are of {look.day(trouble.newest)}" if trouble.newest else ""
        return f"No verdict while {name} {'are' if name.endswith('s') else 'is'} late{newest}"
    since = f" since {plain_month(trouble.since, look.locale, look.today)}" if trouble.since else ""
    before = f", {_weekly(trouble.before, look)} before" if trouble.before else ""
    if trouble.state == STOPPED:
        last = f" since {look.day(trouble.newest)}" if trouble.newest else since
        often = f", {_weekly(trouble.before, look)} a week before" if trouble.before else ""
        return f"Feed stopped? Nothing from {name}{last}{often}"
    now = _weekly(trouble.now or 0.0, look)
    return f"Feed stale or filtered? {now} a week from {name}{since}{before}"


def remedy(trouble: Trouble) -> str:
    """What to do about it."""
    return LOAD if trouble.state == LATE else LOOK


def aside(trouble: Trouble, look: Look) -> str:
    """What a number is told without: tickets of Ireland stopped on 3 May."""
    name = _named(trouble, look)
    if trouble.state == LATE:
        return f"{name} late"
    day = trouble.newest if trouble.state == STOPPED else trouble.since
    does = "nothing" if trouble.state == STOPPED else f"only {_weekly(trouble.now or 0.0, look)} a week"
    return f"{does} from {name}{f' since {look.day(day)}' if day else ''}"


def neutral(look: Look) -> Look:
    """The same look without the colours that praise or warn."""
    return replace(look, judged=False)


def _named(trouble: Trouble, look: Look) -> str:
    source = trouble.source.replace("_", " ") or "all sources"
    return f"{source} of {look.perimeters.get(trouble.perimeter, trouble.perimeter)}" if trouble.perimeter else source


def _weekly(volume: float | None, look: Look) -> str:
    number = volume or 0.0
    return whole(number, look.locale) if number >= 1 or not number else decimal(number, look.locale)
