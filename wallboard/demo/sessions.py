"""The monthly sessions of the demo company's room, on the days of the leaders' calendar, and what was promised in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from wallboard.demo.meetings import days_late, second_tuesday
from wallboard.demo.words import read_words
from wallboard.lifecycle.agenda import STEPS as ITEM_STEPS
from wallboard.lifecycle.commitments import STEPS
from wallboard.lifecycle.decisions import ADOPTED, Settle
from wallboard.lifecycle.entries.questions import QUESTION, REPLIED
from wallboard.records import agenda, commitments, decisions, entries, sessions
from wallboard.records.acting import Acting
from wallboard.records.decisions import Proposal
from wallboard.records.sessions import Plan, one_session
from wallboard.records.snapshots import SnapshotContent, keep_snapshot

FIRST = 200_000
"""Number of the first event, after all others of the same instant."""

BEGAN, SERIES, OPENS = 7, 11, time(9, 30)
"""Months ago of the first session, how many there are in the series, and when each begins."""

BY, COUNCIL = "imogen", -99
_MINUTE = timedelta(minutes=1)
_By = Callable[[str, datetime], Acting]
Happens = Callable[[datetime], None]


@dataclass
class Played:
    """The series as it is played: numbers of the sessions by months ago, and of the commitments by what was promised.

    `frozen`: what the walls show when a session begins.
    """

    by: _By
    people: Mapping[str, int]
    zone: ZoneInfo
    today: date
    frozen: Callable[[Connection, int], SnapshotContent]
    words: Mapping[str, Any] = field(default_factory=lambda: read_words("sessions"))
    numbers: dict[int, int] = field(default_factory=dict)
    promised: dict[str, int] = field(default_factory=dict)
    decided: dict[str, int] = field(default_factory=dict)

    def at(self, day: date, minutes: int = 0) -> datetime:
        """So many minutes after the opening of a day."""
        return datetime.combine(day, OPENS, self.zone) + minutes * _MINUTE

    def planned(self, when: datetime) -> None:
        """The series, and the council's two sessions."""
        expected = tuple(self.people[login] for login in self.words["present"])
        what = Plan(perimeter="all", kind="monthly", title=self.words["title"], minutes=60, expected=expected)
        first = datetime.combine(second_tuesday(self.today, BEGAN), OPENS)
        made = sessions.plan_series(self.by(BY, when), what, first, f"FREQ=MONTHLY;BYDAY=2TU;COUNT={SERIES}")
        self.numbers |= {BEGAN - nth: number for nth, number in enumerate(made)}
        act = self.by(BY, when)
        if template := agenda.template_for(act, "monthly"):
            for number in made:
                agenda.lay(act, number, template)
        council = Plan(perimeter="all", kind="council", title=self.words["council"], minutes=120, expected=expected)
        self.numbers[COUNCIL] = sessions.plan(
            self.by(BY, when), council, self.at(second_tuesday(self.today, 4) + timedelta(days=16))
        )

    def take(self, ago: int, kind: str, **says: Any) -> Happens:
        """A step of the session of so many months ago, by whoever has seen everything."""

        def happens(when: datetime) -> None:
            act = self.by(BY, when)
            seen = one_session(act.connection, self.numbers[ago]).life.seq
            sessions.take_seen(act, self.numbers[ago], kind, seen, **says)

        return happens

    def come(self, ago: int, login: str) -> Happens:
        """Most sign in by themselves; the president is ticked."""
        by = BY if login == "miriam" else login

        def happens(when: datetime) -> None:
            sessions.attend(self.by(by, when), self.numbers[ago], self.people[login])

        return happens

    def commit(self, promise: Mapping[str, Any]) -> Happens:
        """What somebody promises."""

        def happens(when: datetime) -> None:
            act = self.by(promise["who"], when)
            session = one_session(act.connection, self.numbers[promise["ago"]])
            due = session.at.astimezone(self.zone).date() + timedelta(days=promise["due"])
            owner, place = self.people[promise["who"]], promise.get("touchpoint")
            self.promised[promise["what"]] = commitments.commit(act, owner, promise["what"], due, session, place)

        return happens

    def without(self, ago: int, login: str) -> Happens:
        """Whoever promises nothing."""
        why = self.words["why"]

        def happens(when: datetime) -> None:
            sessions.leave_uncommitted(self.by(login, when), self.numbers[ago], self.people[login], why)

        return happens

    def freeze(self, ago: int) -> Happens:
        """The numbers of the walls stand still."""

        def happens(when: datetime) -> None:
            act, number = self.by(BY, when), self.numbers[ago]
            keep_snapshot(act, number, self.frozen(act.connection, number))

        return happens

    def item(self, ago: int, key: str, verb: str, **says: str) -> Happens:
        """A step of an item of the agenda, by its key in the template; nothing where the room has another template."""

        def happens(when: datetime) -> None:
            act, kind = self.by(BY, when), ITEM_STEPS.verb(verb)
            for view in agenda.items(act.connection, self.numbers[ago]):
                if view.template == key and kind.form:
                    agenda.take_form(act, kind, view.number, view.life.seq, kind.form.read(says))

        return happens

    def propose(self, decision: Mapping[str, Any]) -> Happens:
        """What is to be decided."""

        def happens(when: datetime) -> None:
            texts = {name: decision[name] for name in ("kind", "words", "implications", "touchpoint")}
            what = Proposal(**texts, review_on=when.date() + timedelta(days=decision["review"]))
            self.decided[decision["words"]] = decisions.propose(self.by(BY, when), self.numbers[decision["ago"]], what)

        return happens

    def vote(self, decision: Mapping[str, Any], login: str) -> Happens:
        """A leader's vote; the president's is said aloud."""

        def happens(when: datetime) -> None:
            act, number = self.by(BY if login == "miriam" else login, when), self.decided[decision["words"]]
            decisions.vote(act, number, self.people[login], decision["votes"][login])

        return happens

    def adopt(self, decision: Mapping[str, Any]) -> Happens:
        """The votes are counted."""

        def happens(when: datetime) -> None:
            act, number = self.by(BY, when), self.decided[decision["words"]]
            seen = decisions.one_decision(act.connection, number).life.seq
            decisions.take_form(act, ADOPTED, number, seen, Settle())

        return happens

    def ask(self, ago: int) -> Happens:
        """The session asks its leaders the next question."""

        def happens(when: datetime) -> None:
            entries.ask_next(self.by(BY, when), self.numbers[ago])

        return happens

    def answer(self, ago: int, login: str, words: str) -> Happens:
        """A leader answers it."""

        def happens(when: datetime) -> None:
            act = self.by(login, when)
            (question,) = entries.entries_of(act.connection, self.numbers[ago], QUESTION)
            entries.take(act, REPLIED, question.number, question.life.seq, user_id=self.people[login], words=words)

        return happens

    def report(self, promise: Mapping[str, Any], verb: str, **says: str) -> Happens:
        """A step of a commitment."""
        kind = STEPS.verb(verb)

        def happens(when: datetime) -> None:
            act, number = self.by(promise["who"], when), self.promised[promise["what"]]
            seen = commitments.one_commitment(act.connection, number).life.seq
            if kind.form:
                commitments.take_form(act, kind, number, seen, kind.form.read(says))

        return happens


def numbered(events: Iterable[tuple[datetime, Happens]], at: datetime) -> Iterator[tuple[datetime, int, Happens]]:
    """Everything that happens by `at`, with its instant and a number that keeps the order of a moment."""
    for number, (when, happens) in enumerate(events):
        if when < at:
            yield when, FIRST + number, happens


def monthly_events(played: Played) -> Iterator[tuple[datetime, Happens]]:
    """The series, from the day on which it was planned, and what became of each promise."""
    yield played.at(played.today - timedelta(days=239)), played.planned
    cancelled = played.at(second_tuesday(played.today, 4) + timedelta(days=10))
    yield cancelled, played.take(COUNCIL, "cancelled", words=played.words["cancelled"])
    for ago in range(BEGAN, -1, -1):
        yield from _session(played, ago)
    for promise in played.words["promise"]:
        day = _held(played, promise["ago"])
        if "so_far" in promise:
            yield played.at(day + timedelta(days=20), 200), played.report(promise, "progress", words=promise["so_far"])
        if "done" in promise:
            fulfilled = played.report(promise, "fulfil", words=promise["did"], how=promise["how"])
            yield played.at(day + timedelta(days=promise["done"]), 210), fulfilled


def _held(played: Played, ago: int) -> date:
    return second_tuesday(played.today, ago) + timedelta(days=days_late(ago))


def _worked_through(played: Played, ago: int, day: date) -> Iterator[tuple[datetime, Happens]]:
    """The items of the agenda about which something was said, one after the other, and what was decided."""
    for nth, (key, words) in enumerate(played.words["notes"].items()):
        begins = 8 + 9 * nth
        yield played.at(day, begins), played.item(ago, key, "open-item")
        yield played.at(day, begins + 7), played.item(ago, key, "minute-item", words=words)
        yield played.at(day, begins + 8), played.item(ago, key, "finish-item", words="")
    for decision in (decision for decision in played.words["decision"] if decision["ago"] == ago):
        yield played.at(day, 36), played.propose(decision)
        for login in decision["votes"]:
            yield played.at(day, 37), played.vote(decision, login)
        yield played.at(day, 38), played.adopt(decision)


def _session(played: Played, ago: int) -> Iterator[tuple[datetime, Happens]]:
    """One monthly session, from its postponement to its rating."""
    words, day = played.words, _held(played, ago)
    if day >= played.today:
        return
    if days_late(ago):
        moved = played.take(ago, "postponed", words=words["late"], moved_to=played.at(day))
        yield played.at(second_tuesday(played.today, ago), -60), moved
    yield played.at(day), played.take(ago, "begun")
    if ago == 0 or _held(played, ago - 1) >= played.today:  # one to be looked at again is enough: freezing takes seconds
        yield played.at(day), played.freeze(ago)
    away = {*words["away"].get(str(ago), ()), *(["miriam"] if ago in words["alone"] else [])}
    present = [login for login in words["present"] if login not in away]
    yield from _worked_through(played, ago, day)
    yield played.at(day, 7), played.ask(ago)
    who, reply = words["reply"][ago % len(words["reply"])]
    if who in present:
        yield played.at(day, 9), played.answer(ago, who, reply)
    promises = [promise for promise in words["promise"] if promise["ago"] == ago]
    for nth, login in enumerate(present):
        yield played.at(day, 1 + nth), played.come(ago, login)
    for nth, promise in enumerate(promises):
        yield played.at(day, 40 + nth), played.commit(promise)
    for nth, login in enumerate(login for login in present if login not in {promise["who"] for promise in promises}):
        yield played.at(day, 50 + nth), played.without(ago, login)
    yield played.at(day, 60), played.take(ago, "ended")
