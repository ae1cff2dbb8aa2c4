"""A room with people in it, and issues that live through the real verbs as far as a test wants them to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, insert

from tests.templates import filled
from wallboard.clock import stopped
from wallboard.lifecycle.life import Life
from wallboard.records import verbs
from wallboard.records.acting import Acting, acting
from wallboard.records.jargon import read_answer
from wallboard.records.relay import Evidence, Relayed, judge, relay
from wallboard.records.steps import life
from wallboard.settings import Perimeter, Settings, open_room
from wallboard.store.connections import writing
from wallboard.store.limits import keep_limits
from wallboard.store.schema import mandate, user_account
from wallboard.store.zones import keep_zones

P = ParamSpec("P")
T = TypeVar("T")
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
ROOM = Settings(
    company="C",
    timezone="Europe/London",
    currency="GBP",
    perimeter={"north": Perimeter(name="North"), "south": Perimeter(name="South")},
    agenda=open_room(Path(__file__).parents[2]).settings.agenda,
)
EVIDENCE = Evidence(
    "interview", "a visit", MONDAY - timedelta(days=2), words="The box was late again, and nobody told me.", said_by="Mrs. Lee"
)
PEOPLE = {
    "ada": ("president", "board", ()),
    "lena": ("leader", "logistics", ("logistics",)),
    "sam": ("leader", "shop", ("shop",)),
    "fay": ("facilitator", "room", ()),
    "tom": ("team member", "logistics", ()),
    "gus": ("guest", None, ()),
}
STAGES = ("admitted", "owned", "alleviation", "decided", "answered", "presented", "accepted")


def given_once(give: Callable[Concatenate["Living", P], T]) -> Callable[Concatenate["Living", P], T]:
    """What is given to a room whose store nobody has opened yet is given once a process, and copied then (see filled)."""

    @wraps(give)
    def given(room: "Living", /, *args: P.args, **named: P.kwargs) -> T:
        name = f"{give.__module__}.{give.__qualname__} at {room.at} {args} {named}"
        result, room.at = filled(room.engine, name, lambda _: (give(room, *args, **named), room.at))
        return result

    return given


@dataclass
class Living:
    """A store, its users by login, and a clock that moves on by an hour with every step."""

    engine: Engine
    at: datetime = MONDAY
    people: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.people:
            self.people = filled(self.engine, f"people since {self.at}", partial(_people, at=self.at))

    @contextmanager
    def by(self, login: str) -> Iterator[Acting]:
        """A transaction of somebody, an hour after the last one."""
        self.at += timedelta(hours=1)
        with acting(self.engine, ROOM, stopped(self.at), self.people[login]) as act:
            yield act

    def relayed(self, login: str = "tom", **fields: Any) -> tuple[int, str | None]:
        plain: dict[str, Any] = {
            "title": "Late boxes",
            "perimeter": "north",
            "effect": "strong",
            "functions": ("logistics", "shop"),
        }
        with self.by(login) as act:
            return relay(act, Relayed(**{**plain, "evidence": EVIDENCE, **fields}))

    def admitted(self) -> int:
        number, verdict = self.relayed()
        assert verdict is None
        return self.judged(number)

    def judged(self, number: int) -> int:
        with self.by("fay") as act:
            made = judge(act, number, "admitted")
        assert made is not None
        return made

    def steps(self, issue: int) -> Life:
        with self.engine.connect() as connection:
            return life(connection, issue)

    def take(self, issue: int, verb: Callable[..., int], *args: Any, login: str = "fay", **named: Any) -> int:
        """One verb, by somebody who has seen everything."""
        seen = self.steps(issue).seq
        with self.by(login) as act:
            return verb(act, issue, seen, *args, **named)

    def attendance(self, *logins: str) -> int:
        with self.by("fay") as act:
            return verbs.record_attendance(act, "north", tuple(self.people[login] for login in (*logins, "fay")))

    @property
    def today(self) -> date:
        return self.at.date()

    def decide(self, issue: int, attendance: int | None = None, **named: Any) -> int:
        where = attendance if attendance is not None else self.attendance("lena", "sam")
        fields = {"touched": {"parcel": "boxes leave a day earlier"}, **named}
        return self.take(issue, verbs.decide, "We send a day earlier.", "The packers begin at six.", where, **fields)

    def answer(self, issue: int, text: str = "Your box now leaves a day earlier.", **named: Any) -> int:
        seen = self.steps(issue).seq
        with self.by("fay") as act:
            return verbs.answer(act, issue, seen, text, read_answer(act.connection, text), **named)

    @given_once
    def until(self, stage: str) -> int:
        """An issue that has come as far as `stage`."""
        issue = self.admitted()
        verbs_by_stage: dict[str, Callable[[], int]] = {
            "owned": lambda: self.take(issue, verbs.own, self.people["tom"]),
            "alleviation": lambda: self.take(
                issue, verbs.alleviate, "Call each of them today.", self.people["tom"], self.today + timedelta(days=1)
            ),
            "decided": lambda: self.decide(issue),
            "answered": lambda: self.answer(issue, internal="carrier exception"),
            "presented": lambda: self.take(issue, verbs.present, "by telephone", "Mrs. Lee"),
            "accepted": lambda: self.take(issue, verbs.react, "Thank you, that helps.", True),
        }
        for name in STAGES[1 : STAGES.index(stage) + 1]:
            verbs_by_stage[name]()
        return issue


def _people(engine: Engine, at: datetime) -> dict[str, int]:
    """The people of a room, and the numbers of their accounts by login."""
    before = at - timedelta(days=9)
    keep_zones(engine, ROOM, before)
    keep_limits(engine, ROOM)
    people: dict[str, int] = {}
    with writing(engine) as connection:
        for login, (role, function, mandates) in PEOPLE.items():
            fields = {
                "login": login,
                "name": login.title(),
                "role": role,
                "function": function,
                "password": "",
                "added_at": before,
            }
            made = connection.execute(insert(user_account).values(**fields).returning(user_account.c.id)).scalar_one()
            held = [{"user_id": made, "function": key, "since": before} for key in mandates]
            if held:
                connection.execute(insert(mandate), held)
            people[login] = made
    return people
