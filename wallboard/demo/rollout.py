"""How the demo company rolled the room out: awareness workshops, a pilot in Ireland, and Great Britain by what it has learned."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from wallboard.demo.words import read_words
from wallboard.lifecycle.rollout import STEPS
from wallboard.lifecycle.sessions import WORKSHOP
from wallboard.records import rollout, sessions
from wallboard.records.acting import Acting
from wallboard.records.rollout import make_aware, one_rollout
from wallboard.records.sessions import Plan, one_session

FIRST = 300_000
"""Number of the first event, after all others of the same instant."""

BY = "imogen"
_MINUTE = timedelta(minutes=1)
_By = Callable[[str, datetime], Acting]
_Event = tuple[datetime, int, Callable[[datetime], None]]


def rollout_events(by: _By, people: Mapping[str, int], moment: Callable[[int, int], datetime]) -> Iterator[_Event]:
    """Every workshop and every step of the roll-out, with its instant, as `moment` gives it for days ago and a place."""
    words, begun = read_words("rollout"), dict[str, int]()
    happens = [(each["ago"], lambda when, each=each: _hold(by, people, each, when)) for each in words["workshop"]]
    for part in words["part"]:
        for step in part["steps"]:
            taken = lambda when, part=part, step=step: _take(by, people, begun, part["perimeter"], step, when)  # noqa: E731
            happens.append((step["ago"], taken))
    for number, (ago, happening) in enumerate(happens):
        yield moment(ago, 3), FIRST + number, happening


def _hold(by: _By, people: Mapping[str, int], workshop: Mapping[str, Any], when: datetime) -> None:
    """A workshop of two hours, from its plan to its end; who came takes nothing along but what was seen."""

    def at(minutes: int, login: str = BY) -> Acting:
        return by(login, when + minutes * _MINUTE)

    plan = Plan(perimeter="all", kind=WORKSHOP, title=workshop["title"], minutes=120)
    number = sessions.plan(at(0), plan, when + 5 * _MINUTE)
    sessions.take_seen(at(5), number, "begun", one_session(at(5).connection, number).life.seq)
    for login in workshop["came"]:
        sessions.attend(at(6, login), number, people[login])
    for login in workshop["came"]:
        sessions.leave_uncommitted(at(110, login), number, people[login], workshop["why"])
    sessions.take_seen(at(120), number, "ended", one_session(at(120).connection, number).life.seq)


def _take(
    by: _By, people: Mapping[str, int], begun: dict[str, int], perimeter: str, step: Mapping[str, Any], when: datetime
) -> None:
    act = by(BY, when)
    if step["do"] == "aware":
        begun[perimeter] = make_aware(act, perimeter, step["words"])
        return
    kind, number = STEPS.verb(step["do"]), begun[perimeter]
    says = {"user_id": str(people[step["who"]])} if "who" in step else {"words": step["words"], "note": step.get("note", "")}
    if kind.form is not None:
        rollout.take_form(act, kind, number, one_rollout(act.connection, number).life.seq, kind.form.read(says))
