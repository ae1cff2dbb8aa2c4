"""The room's people, and issues that live through the real verbs, at the instants that a test names."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from tests.metrics.given import loaded
from wallboard.records import verbs
from wallboard.records.acting import Acting
from wallboard.records.jargon import Reading
from wallboard.records.relay import Evidence, Relayed, judge, relay
from wallboard.records.steps import life
from wallboard.settings import Perimeter, Settings
from wallboard.store.schema import function, mandate, user_account

ROOM = Settings(
    company="C",
    timezone="UTC",
    currency="GBP",
    perimeter={"north": Perimeter(name="North"), "south": Perimeter(name="South")},
)
MAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
PEOPLE = {
    "lena": ("leader", "logistics"),
    "sam": ("leader", "shop"),
    "fay": ("facilitator", "room"),
    "tom": ("team member", "logistics"),
}
DECIDE = ("lena", "sam")
EVERYTHING = ("own", "alleviate", "alleviated", "decide", "answer", "present", "accept")


@dataclass
class Lives:
    """A store with people in it; days are counted from 1 May 2026, 09:00."""

    connection: Connection
    people: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        since = MAY - timedelta(days=90)
        known = set(self.connection.scalars(select(function.c.function)))
        for name in sorted({works_in for _, works_in in PEOPLE.values()} - known if known else ()):
            row = {"function": name, "name": name.title(), "customer_facing": False, "outsourced": False}
            loaded(self.connection, function, row)
        for login, (role, works_in) in PEOPLE.items():
            fields = {
                "login": login,
                "name": login.title(),
                "role": role,
                "function": works_in,
                "password": "",
                "added_at": since,
            }
            made = self.connection.execute(insert(user_account).values(**fields).returning(user_account.c.id)).scalar_one()
            self.connection.execute(insert(mandate).values(user_id=made, function=works_in, since=since))
            self.people[login] = made

    def act(self, day: float, login: str = "fay") -> Acting:
        return replace(Acting(self.connection, ROOM, MAY, None), at=MAY + timedelta(days=day), actor=self.people[login])

    def relayed(self, day: float, words: str | None = "It came late.", **fields: Any) -> tuple[int, str | None]:
        evidence = Evidence("interview", "a visit", MAY + timedelta(days=day - 1), words=words) if words else None
        plain: dict[str, Any] = {"title": "Late", "perimeter": "north", "effect": "strong", "functions": ("logistics", "shop")}
        return relay(self.act(day, "tom"), Relayed(**{**plain, "evidence": evidence, **fields}))

    def admitted(self, day: float, words: str = "It came late.", **fields: Any) -> int:
        number, _ = self.relayed(day, words, **fields)
        made = judge(self.act(day), number, "admitted")
        assert made is not None
        return made

    def closed(self, first: float, last: float, words: str = "It came late.", **fields: Any) -> int:
        """An issue that is admitted on one day and closed on another."""
        issue = self.admitted(first, words, **fields)
        for name in EVERYTHING:
            self.take(issue, name, last)
        return issue

    def take(self, issue: int, name: str, day: float, **says: Any) -> None:
        """One verb at an instant, by somebody who has seen everything."""
        seen, lena = life(self.connection, issue).seq, self.people["lena"]
        act = self.act(day, says.pop("by", "lena"))
        due = (act.at + timedelta(days=says.pop("due", 5))).date()
        steps: dict[str, Callable[[], Any]] = {
            "own": lambda: verbs.own(act, issue, seen, lena),
            "join": lambda: verbs.join(act, issue, seen, self.people["tom"], "logistics"),
            "alleviate": lambda: verbs.alleviate(act, issue, seen, "a call today", self.people["tom"], due),
            "alleviated": lambda: verbs.alleviated(act, issue, seen),
            "plan": lambda: verbs.plan(act, issue, seen, "a new van", lena, due),
            "decide": lambda: verbs.decide(act, issue, seen, "do it", "others wait", self._sit(day), {"parcel": "sooner"}),
            "reverse": lambda: verbs.reverse(act, issue, seen, life(self.connection, issue).of("decided")[-1].seq, "it failed"),
            "answer": lambda: verbs.answer(act, issue, seen, "It comes sooner now.", says.get("read", Reading((), 90.0))),
            "present": lambda: verbs.present(act, issue, seen, "a call", "Mrs. Lee"),
            "accept": lambda: verbs.react(act, issue, seen, "Fine.", True),
            "refuse": lambda: verbs.react(act, issue, seen, "No.", False),
            "reopen": lambda: verbs.reopen(act, issue, seen, "Late again."),
            "escalate": lambda: verbs.escalate(act, issue, seen, says["level"], "stuck"),
            "cause": lambda: verbs.name_cause(act, issue, seen, "no van", "logistics"),
            "acknowledge": lambda: verbs.acknowledge(act, issue, seen, life(self.connection, issue).of("cause")[-1].seq),
        }
        steps[name]()

    def _sit(self, day: float) -> int:
        return verbs.record_attendance(self.act(day), "north", tuple(self.people[login] for login in DECIDE))
