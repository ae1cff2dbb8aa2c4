"""What is wrong with a feed, in sentences: late, stopped, or fallen as a whole, and what to do about it."""

from dataclasses import replace

from wallboard.drawing.absences import source_name, stopped_headline, weekly
from wallboard.drawing.look import Look
from wallboard.drawing.spans import plain_month
from wallboard.metrics.feed_health import COLLAPSED, LATE, STOPPED, Trouble

LOOK = "Look at the export first. If the fall is real, somebody says so in room.toml; then it is judged."


def question(trouble: Trouble, look: Look) -> str:
    """The headline of a panel that may not judge: Feed stale or filtered? 3 a week from tickets since November, 100 before."""
    if trouble.state != COLLAPSED:
        return stopped_headline([trouble], trouble.newest or trouble.since, look)
    since = f" since {plain_month(trouble.since, look.locale, look.today)}" if trouble.since else ""
    before = f", {weekly(trouble.before, look)} before" if trouble.before else ""
    return f"Feed stale or filtered? {weekly(trouble.now, look)} a week from {source_name(trouble, look)}{since}{before}"


def aside(trouble: Trouble, look: Look) -> str:
    """What a number is told without: nothing from tickets of Ireland since 3 May."""
    name = source_name(trouble, look)
    if trouble.state == LATE:
        return f"{name} late"
    day = trouble.newest if trouble.state == STOPPED else trouble.since
    does = "nothing" if trouble.state == STOPPED else f"only {weekly(trouble.now, look)} a week"
    return f"{does} from {name}{f' since {look.day(day)}' if day else ''}"


def neutral(look: Look) -> Look:
    """The same look without the colours that praise or warn."""
    return replace(look, judged=False)
