"""A roster that the people of given_room.py have filled, by day since 1 May 2026."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from tests.metrics.given_room import MAY, ROOM, Lives
from tests.metrics.given_sessions import held, planned
from tests.metrics.given_sessions import take as end
from wallboard.lifecycle.decisions import ADOPTED, Settle
from wallboard.lifecycle.roster import BARRIER, REMOVED, Barrier, Remove
from wallboard.records import decisions, roster, sessions, teams
from wallboard.records.acting import Acting
from wallboard.records.decisions import Proposal
from wallboard.records.opportunities import Idea, propose
from wallboard.records.recognitions import recognise
from wallboard.records.roster import Target
from wallboard.records.teams import Task
from wallboard.store.schema import current_experience
from wallboard.voting import SELECTION


def by(lived: Lives, login: str, day: int = 0) -> Acting:
    return Acting(lived.connection, ROOM, MAY + timedelta(days=day), lived.people[login])


def listed(lived: Lives, title: str, sponsor: str = "sam", day: int = 0, perimeter: str = "north") -> int:
    """An opportunity that is proposed and put on the roster: 30 % fewer late orders within 180 days."""
    act = by(lived, "fay", day)
    number = propose(by(lived, "fay", day - 1), perimeter, Idea("improve", "idea", title, "receive"))
    selected(lived, number, day)
    target = Target(issue_type="late", less_by=30, due_on=act.day(perimeter) + timedelta(days=180))
    return roster.select_opportunity(act, number, lived.people[sponsor], target)


def selected(lived: Lives, opportunity: int, day: float) -> None:
    """The vote of the two leaders by which an opportunity may come to the roster, an hour before."""
    at = day - 1 / 24
    session = planned(lived, at + 0.001, made=at, kind="working session", perimeter="all")
    held(lived, session, at + 0.001, "lena", "sam", ends=False)
    act = lived.act(at + 0.002)
    review = act.day("") + timedelta(days=90)
    decision = decisions.propose(
        act,
        session,
        Proposal(kind=SELECTION, opportunity=opportunity, words="It comes first.", implications="Two vans.", review_on=review),
    )
    for login in ("lena", "sam"):
        decisions.vote(lived.act(at + 0.003, login), decision, lived.people[login], "yes")
    seen = decisions.one_decision(act.connection, decision).life.seq
    decisions.take_form(lived.act(at + 0.004), ADOPTED, decision, seen, Settle())
    for login in ("lena", "sam"):
        sessions.leave_uncommitted(lived.act(at + 0.005), session, lived.people[login], "Nothing new.")
    end(lived, session, at + 0.006, "ended")


def removed(lived: Lives, number: int, day: int) -> None:
    act = by(lived, "fay", day)
    seen = roster.one_item(act.connection, number).life.seq
    roster.take_form(act, REMOVED, number, seen, Remove.read({"words": "Done."}))


def tasked(lived: Lives, item: int, day: int = 0, name: str = "The punctual", step_days: int = 30, pilot: bool = False) -> int:
    """A team of Tom, tasked with a roster item."""
    pace = None if step_days == 30 else "It is simple."
    task = Task(name=name, reward="A day at the sea", step_days=step_days, pace=pace, pilot=pilot)
    number = teams.task(by(lived, "fay", day), item, task)
    take(lived, number, "member", day, "fay", user_id=lived.people["tom"], how="tasked", share=40)
    return number


def take(lived: Lives, number: int, kind: str, day: int, login: str = "tom", **says: Any) -> int:
    """A step of a team, by somebody who has seen everything."""
    act = by(lived, login, day)
    life = teams.one_team(act.connection, number).life
    return teams.take(act, kind, number, life.seq, **says)


def rewarded(lived: Lives, number: int, day: int, until: int) -> None:
    """Everything from the first report to the reward, on one day; celebrated until a later one."""
    act, tom = by(lived, "tom", day), lived.people["tom"]
    opportunity = teams.one_team(act.connection, number).opportunity
    what = {"stage": "receive", "words": "It is late.", "voice_source": "s", "voice_key": "k", "quotation": "It came too late!"}
    row = {**what, "media": 1, "artefact": "A card", "at": act.at, "actor": act.actor, "opportunity": opportunity}
    made = act.connection.execute(insert(current_experience).values(row).returning(current_experience.c.id)).scalar_one()
    take(lived, number, "experienced", day, experience=made, user_id=tom)
    base: dict[str, Any] = {"base_weeks": 24, "base_count": 960, "base_exposure": 24.0, "base_dispersion": 1.0}
    first: dict[str, Any] = {"base_from": act.day("north") - timedelta(weeks=24), "base_to": act.day("north")}
    take(lived, number, "analysed", day, words="No slots", how="A count", user_id=tom, **base, **first)
    take(lived, number, "recommended", day, words="Slots", budget=0.0, currency="GBP", user_id=tom)
    take(lived, number, "granted", day, "fay", words="Yes")
    take(lived, number, "acted", day, words="Slots are booked", user_id=tom)
    check: dict[str, Any] = {"verdict": "descending", "week_no": 8, "recent_count": 200, "bound": 0.8}
    take(lived, number, "checked", day, rule="DR-1", version=1, **check)
    until_day = act.day("north") + timedelta(days=until)
    take(lived, number, "rewarded", day, "fay", words="A day at the sea", due_on=until_day, unchanged=True)


def recognised(lived: Lives, day: int, until: int = 30) -> None:
    act = by(lived, "fay", day)
    recognise(act, "He called each of them.", act.day("") + timedelta(days=until), user=lived.people["tom"])


def hindered(lived: Lives, number: int, words: str, day: int = 1) -> None:
    act = by(lived, "fay", day)
    seen = roster.one_item(act.connection, number).life.seq
    roster.take_form(act, BARRIER, number, seen, Barrier.read({"words": words, "how": "finance"}))
