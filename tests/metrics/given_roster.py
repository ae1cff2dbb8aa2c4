"""A roster that the people of given_room.py have filled, by day since 1 May 2026."""

from datetime import timedelta

from tests.metrics.given_room import MAY, ROOM, Lives
from wallboard.lifecycle.roster import REMOVED, Remove
from wallboard.records import roster
from wallboard.records.acting import Acting
from wallboard.records.opportunities import Idea, propose
from wallboard.records.roster import Target


def by(lived: Lives, login: str, day: int = 0) -> Acting:
    return Acting(lived.connection, ROOM, MAY + timedelta(days=day), lived.people[login])


def listed(lived: Lives, title: str, sponsor: str = "sam", day: int = 0, perimeter: str = "north") -> int:
    """An opportunity that is proposed and put on the roster: 30 % fewer late orders within 180 days."""
    act = by(lived, "fay", day)
    number = propose(act, perimeter, Idea("improve", "idea", title, "receive"))
    target = Target(issue_type="late", less_by=30, due_on=act.day(perimeter) + timedelta(days=180))
    return roster.select_opportunity(act, number, lived.people[sponsor], target)


def removed(lived: Lives, number: int, day: int) -> None:
    act = by(lived, "fay", day)
    seen = roster.one_item(act.connection, number).life.seq
    roster.take_form(act, REMOVED, number, seen, Remove.read({"words": "Done."}))
