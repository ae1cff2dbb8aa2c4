"""The numbers that the room has before it when it decides; they are kept with the decision as they are at that moment."""

from datetime import date

from sqlalchemy import Connection

from wallboard.drawing.numbers import Numbers
from wallboard.records.issue_views import IssueView, open_issues
from wallboard.records.weight import recent_contacts, value_at_stake
from wallboard.settings import Settings

UNKNOWN = "not known"


def known_now(connection: Connection, settings: Settings, today: date, view: IssueView) -> dict[str, tuple[float | None, str]]:
    """By name: the value (contacts, days, a year's money, issues), and as it is said."""
    numbers = Numbers(settings.locale, settings.currency)
    behind = recent_contacts(connection, today, view.perimeter, view.issue_type)
    value = value_at_stake(connection, settings, today, view.perimeter, view.issue_type)
    days, alike = (today - view.admitted_on).days, _alike(connection, view)
    return {
        "contacts behind it": (behind, UNKNOWN if behind is None else f"{numbers.whole(behind)} in 13 weeks"),
        "open for": (days, numbers.plural(days, "day", "days")),
        "value at stake": (value, UNKNOWN if value is None else f"{numbers.money(value)} a year"),
        "open issues of this kind": (alike, UNKNOWN if alike is None else numbers.whole(alike)),
    }


def _alike(connection: Connection, view: IssueView) -> int | None:
    """The room's open issues of the same kind, this one among them."""
    if view.issue_type is None:
        return None
    return sum(other.issue_type == view.issue_type for other in open_issues(connection, [view.perimeter]))
