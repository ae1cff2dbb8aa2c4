"""What is wrong with a feed, in sentences: late, stopped, or fallen as a whole, and what to do about it."""

from dataclasses import replace

from wallboard.drawing.absences import source_name, stopped_headline, weekly
from wallboard.drawing.theme import Theme
from wallboard.metrics.feed_health import COLLAPSED, LATE, STOPPED, Trouble

THEME = "Look at the export first. If the fall is real, somebody says so in room.toml; then it is judged."


def question(trouble: Trouble, theme: Theme) -> str:
    """The headline of a panel that may not judge: Feed stale or filtered? 3 a week from tickets since November, 100 before."""
    if trouble.state != COLLAPSED:
        return stopped_headline([trouble], trouble.newest or trouble.since, theme)
    since = f" since {theme.plain_month(trouble.since)}" if trouble.since else ""
    before = f", {weekly(trouble.before, theme)} before" if trouble.before else ""
    return f"Feed stale or filtered? {weekly(trouble.now, theme)} a week from {source_name(trouble, theme)}{since}{before}"


def aside(trouble: Trouble, theme: Theme) -> str:
    """What a number is told without: nothing from tickets of Ireland since 3 May."""
    name = source_name(trouble, theme)
    if trouble.state == LATE:
        return f"{name} late"
    day = trouble.newest if trouble.state == STOPPED else trouble.since
    does = "nothing" if trouble.state == STOPPED else f"only {weekly(trouble.now, theme)} a week"
    return f"{does} from {name}{f' since {theme.day(day)}' if day else ''}"


def neutral(theme: Theme) -> Theme:
    """The same look without the colours that praise or warn."""
    return replace(theme, judged=False)
