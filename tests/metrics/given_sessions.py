"""Sessions and commitments that live through the real verbs, at the instants that a test names."""

from datetime import timedelta
from typing import Any

from tests.metrics.given_room import MAY, Lives
from wallboard.lifecycle.commitments import STEPS
from wallboard.records import commitments, sessions
from wallboard.records.sessions import Plan, one_session


def planned(lives: Lives, day: float, made: float = -30, **fields: Any) -> int:
    """A session on a day of May, planned long before."""
    plan = {"perimeter": "north", "kind": "monthly", "title": "The room", "minutes": 60, **fields}
    return sessions.plan(lives.act(made), Plan(**plan), MAY + timedelta(days=day))


def take(lives: Lives, number: int, day: float, kind: str, **says: Any) -> None:
    """A step of a session on a day."""
    seen = one_session(lives.connection, number).life.seq
    sessions.take_seen(lives.act(day), number, kind, seen, **says)


def held(lives: Lives, number: int, day: float, *present: str, ends: bool = True) -> None:
    """A session that is held on a day, where nobody promises anything."""
    take(lives, number, day, "begun")
    for login in present:
        sessions.attend(lives.act(day), number, lives.people[login])
        if ends:
            sessions.leave_uncommitted(lives.act(day), number, lives.people[login], "Nothing new.")
    if ends:
        take(lives, number, day, "ended")


def postponed(lives: Lives, number: int, day: float, to: float) -> None:
    """A session that was moved on a day."""
    take(lives, number, day, "postponed", words="Half of us are away.", moved_to=MAY + timedelta(days=to))


def promised(lives: Lives, login: str, day: float, due: int, words: str = "Pack earlier.", **fields: Any) -> int:
    """What somebody promises on a day, to be done so many days later."""
    act = lives.act(day, login)
    return commitments.commit(act, lives.people[login], words, (act.at + timedelta(days=due)).date(), **fields)


def fulfilled(lives: Lives, number: int, day: float, login: str = "lena") -> None:
    """A commitment that is done on a day."""
    kind = STEPS.verb("fulfil")
    assert kind.form is not None
    form = kind.form.read({"words": "We pack at six.", "how": "One shift earlier."})
    commitments.take_form(
        lives.act(day, login), kind, number, commitments.one_commitment(lives.connection, number).life.seq, form
    )
