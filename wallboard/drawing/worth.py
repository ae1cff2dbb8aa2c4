"""What customers are worth, with how many of them it is not known, and who left on a day that nobody wrote down."""

from collections.abc import Sequence

from wallboard.drawing.theme import Theme
from wallboard.metrics.customers import CountedPeriod
from wallboard.metrics.long_view import CustomerYear
from wallboard.metrics.parts import CustomerPart

NOT_KNOWN = "value not known"
BROKEN = "These numbers do not add up. Do not use them; check the state of the data."


Balance = CountedPeriod | CustomerPart | CustomerYear
"""Customers in and out: whether they add up (holds), what they come to (net), and who left on an unknown day (undated)."""


def worth(value: float | None, unknown: int | None, theme: Theme) -> str:
    """A sum of what is known, and of how many customers it is not known; never a zero for what nobody knows."""
    if value is None:
        return NOT_KNOWN
    amount = theme.money(value)
    return f"{amount}, {theme.whole(unknown)} not known" if unknown else amount


def unvalued(unknown: int | None, theme: Theme) -> str:
    """How many customers are in no sum of value: 7 of unknown value; empty for none."""
    return f"{theme.whole(unknown)} of unknown value" if unknown else ""


def noted(*parts: str) -> str:
    """What there is to note of several things."""
    return " · ".join(filter(None, parts))


def yearly(value: float | None, unknown: int | None, theme: Theme) -> str:
    """The same by the year: £4,200 a year (3 not known)."""
    if value is None:
        return NOT_KNOWN
    amount = f"{theme.money(value)} a year"
    return f"{amount} ({theme.whole(unknown)} not known)" if unknown else amount


def lacking(partly_costed: int, theme: Theme) -> str:
    """How many customers' profit is too high, because a cost of theirs is missing; empty for none."""
    return f" · {theme.whole(partly_costed)} without a cost" if partly_costed else ""


def doubt(rows: Sequence[Balance], theme: Theme) -> str:
    """The alarm over customers in and out: what does not add up, or who has left and could turn any answer round."""
    if not all(row.holds for row in rows):
        return BROKEN
    undated = rows[-1].undated
    if not undated or undated < abs(rows[-1].net):
        return ""
    return f"{theme.plural(undated, 'more customer', 'more customers')} left, nobody wrote down when: not counted here."


def beside(row: Balance, theme: Theme) -> str:
    """The same as a note, where they are too few to turn the answer round; empty where there are none."""
    return f"{theme.whole(row.undated)} more left on an unknown date" if 0 < row.undated < abs(row.net) else ""
