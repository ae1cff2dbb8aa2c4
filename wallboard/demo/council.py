"""The working session and the council of the demo company: reports, a best practice that travels, measures reviewed, an idea."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from wallboard.demo.meetings import second_tuesday
from wallboard.demo.sessions import BY, Happens, Played
from wallboard.demo.words import read_words
from wallboard.lifecycle.entries import ENTRIES, STEPS
from wallboard.lifecycle.entries.ideas import IDEA, RESPONDED
from wallboard.records import agenda, entries, sessions
from wallboard.records.sessions import Plan
from wallboard.screens.console.entry_actions import raise_now

MONTHS_AGO = 2
WORKING, COUNCIL = -98, -97
"""What stands for the two sessions among the months ago of the series."""

Event = tuple[datetime, Happens]


def council_events(played: Played) -> Iterator[Event]:
    """Everything of the two sessions, with its instant."""
    words = read_words("council")
    held = second_tuesday(played.today, MONTHS_AGO) + timedelta(days=16)
    yield from _working(played, words, held - timedelta(days=7))
    yield from _council(played, words, held)


def _working(played: Played, words: Mapping[str, Any], day: date) -> Iterator[Event]:
    yield played.at(day - timedelta(days=7)), _planned(played, WORKING, "working session", words["working"], words["team"], day)
    yield from _attended(played, WORKING, words["team"], day)
    yield played.at(day, 20), _idea(played, words["idea"])
    yield from _left(played, WORKING, words["team"], day, words["why"])


def _council(played: Played, words: Mapping[str, Any], day: date) -> Iterator[Event]:
    yield played.at(day - timedelta(days=21)), _planned(played, COUNCIL, "council", words["title"], words["present"], day)
    yield from _attended(played, COUNCIL, words["present"], day)
    yield played.at(day, 12), _tabled(played)
    yield played.at(day, 13), played.ask(COUNCIL)
    for nth, (login, answer) in enumerate(words["answers"].items()):
        yield played.at(day, 14 + nth), played.answer(COUNCIL, login, answer)
    minute = 20
    for name in ("report", "practice", "measure"):
        for what in words[name]:
            yield from _raised(played, name, what, day, minute)
            minute += 4
    yield played.at(day, minute), _responded(played, words["answer"])
    for nth, (key, note) in enumerate(words["notes"].items()):
        begins = minute + 1 + 6 * nth
        yield played.at(day, begins), played.item(COUNCIL, key, "open-item")
        yield played.at(day, begins + 4), played.item(COUNCIL, key, "minute-item", words=note)
        yield played.at(day, begins + 5), played.item(COUNCIL, key, "finish-item", words="")
    yield from _left(played, COUNCIL, words["present"], day, words["why"])


def _planned(played: Played, key: int, kind: str, title: str, logins: list[str], day: date) -> Happens:
    def happens(when: datetime) -> None:
        act, expected = played.by(BY, when), tuple(played.people[login] for login in logins)
        plan = Plan(perimeter="all", kind=kind, title=title, minutes=120, expected=expected)
        played.numbers[key] = sessions.plan(act, plan, played.at(day))
        if template := agenda.template_for(act, kind):
            agenda.lay(act, played.numbers[key], template)

    return happens


def _attended(played: Played, key: int, logins: list[str], day: date) -> Iterator[Event]:
    yield played.at(day), played.take(key, "begun")
    yield from ((played.at(day, 1 + nth), played.come(key, login)) for nth, login in enumerate(logins))


def _left(played: Played, key: int, logins: list[str], day: date, why: str) -> Iterator[Event]:
    def without(login: str) -> Happens:
        return lambda when: _without(played, key, login, why, when)

    yield from ((played.at(day, 116 + nth), without(login)) for nth, login in enumerate(logins))
    yield played.at(day, 130), played.take(key, "ended")


def _without(played: Played, key: int, login: str, why: str, when: datetime) -> None:
    sessions.leave_uncommitted(played.by(login, when), played.numbers[key], played.people[login], why)


def _idea(played: Played, words: str) -> Happens:
    def happens(when: datetime) -> None:
        entries.raise_entry(played.by("mateusz", when), played.numbers[WORKING], IDEA, words)

    return happens


def _tabled(played: Played) -> Happens:
    def happens(when: datetime) -> None:
        entries.table_ideas(played.by(BY, when), played.numbers[COUNCIL])

    return happens


def _responded(played: Played, words: str) -> Happens:
    def happens(when: datetime) -> None:
        act = played.by("miriam", when)
        for idea in entries.entries_of(act.connection, played.numbers[COUNCIL], IDEA):
            entries.take(act, RESPONDED, idea.number, idea.life.seq, words=words)

    return happens


def _raised(played: Played, name: str, what: Mapping[str, Any], day: date, minute: int) -> Iterator[Event]:
    """An entry as its form says it, and its steps one after the other."""
    kind, made, steps = ENTRIES[name], list[int](), dict[str, int]()

    def raising(when: datetime) -> None:
        assert kind.form is not None
        made.append(raise_now(played.by(what["by"], when), played.numbers[COUNCIL], kind, kind.form.read(what)))

    def taking(step: Mapping[str, Any]) -> Happens:
        def happens(when: datetime) -> None:
            act, of = played.by(BY, when), steps.get(step.get("of", ""))
            view = entries.one_entry(act.connection, made[0])
            fields = {name: step[name] for name in ("words", "function") if name in step}
            steps[step["verb"]] = entries.take(act, STEPS.verb(step["verb"]), made[0], view.life.seq, of, **fields)

        return happens

    yield played.at(day, minute), raising
    for nth, step in enumerate(what.get("steps", ())):
        later = timedelta(days=step.get("d", 0), seconds=20 * (nth + 1))
        yield played.at(day, minute) + later, taking(step)
