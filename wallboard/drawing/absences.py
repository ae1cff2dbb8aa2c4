"""The words of a panel that cannot be measured: what is not known, and what a person can do about it."""

from datetime import date

from wallboard.drawing.look import Look
from wallboard.metrics.availability import Absence
from wallboard.metrics.feed_health import STOPPED


def absent(subject: str, found: Absence, look: Look) -> tuple[str, str]:
    """The headline and the sentence beneath; `subject` is what is not known, such as "How long tickets take"."""
    if found.state == STOPPED and found.known_to is not None:
        since = not_since(found.known_to, look)
        return f"{since[0].upper()}{since[1:]}", f"{subject} is no longer known. {STATE_OF_DATA}"
    return f"{subject} is not known", _remedy(found, look)


NOT_WHOLE = "What is loaded of customers does not cover one from its first day to its last."
STATE_OF_DATA = "Nothing newer is loaded: the state of the data (/status) says why."


def not_since(day: date, look: Look) -> str:
    """That nothing was measured after a day; with the year, where it is another than today's."""
    return f"not measured since {look.day(day)}"


def _remedy(found: Absence, look: Look) -> str:
    if found.begins is not None:
        return f"What is loaded begins on {look.day(found.begins)}."
    what = "; and ".join(found.load)
    if found.elsewhere:
        return f"It is loaded for other perimeters only. Load {what} for this one."
    return f"Load {what}."
