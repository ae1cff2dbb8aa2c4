"""What the people of the room have done: users, issues relayed with the customers' own words, and every step since.

It is played through the verbs of the room, step after step at the instants of the story, so that every rule of the store holds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, case, select

from wallboard.app import freezer_of
from wallboard.clock import stopped
from wallboard.demo.council import council_events
from wallboard.demo.lessons import lessons
from wallboard.demo.rollout import rollout_events
from wallboard.demo.sessions import Played, monthly_events, numbered
from wallboard.demo.tasks import try_out
from wallboard.demo.teams import team_events
from wallboard.demo.walks import walk_events
from wallboard.demo.words import read_words
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.records import users, verbs
from wallboard.records.acting import Acting
from wallboard.records.jargon import read_answer
from wallboard.records.passwords import hashed
from wallboard.records.relay import Relayed, judge, relay
from wallboard.records.steps import life
from wallboard.screens.freezing import Freezer
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.limits import keep_limits
from wallboard.store.schema import touchpoint, voice
from wallboard.store.zones import keep_zones

PASSWORD = "kettle-and-fern"
"""Of every user of the demo company."""

CHAIR = "imogen"
"""Admits issues, and is present."""

_OPENS, _BETWEEN = time(9, 30), timedelta(minutes=20)
_LOOKED_BACK = timedelta(days=45)
LAST = 12
"""What is understood on a day is written down after everything that happened on it."""
_Step = dict[str, Any]


@dataclass
class _Stage:
    """Who acts, by login, and the numbers of the issues by their titles."""

    act: Acting
    people: dict[str, int]
    issues: dict[str, int]

    def by(self, login: str, at: datetime) -> Acting:
        return replace(self.act, at=at, actor=self.people[login])


def play(room: Room, engine: Engine, at: datetime) -> None:
    """Fill a loaded store with what the room has done by `at`; the same instant gives the same rows."""
    at = at.astimezone(UTC)
    keep_zones(engine, room.settings, at)
    keep_limits(engine, room.settings)
    with writing(engine) as connection:
        act = Acting(connection, room.settings, at, None)
        stage = _Stage(act, _members(replace(act, at=at - timedelta(days=240))), {})
        walked = walk_events(stage.by, lambda ago, nth: _moment(act, at, ago, nth))
        worked = team_events(stage.by, lambda ago, nth: _moment(act, at, ago, nth))
        freezer = _freezer(room, engine, at)
        zone = act.settings.zone()
        played = Played(stage.by, stage.people, zone, at.astimezone(zone).date(), lambda *session: freezer.content(*session)[1])
        met = numbered((*monthly_events(played), *council_events(played)), at)
        rolled = rollout_events(stage.by, stage.people, lambda ago, nth: _moment(act, at, ago, nth))
        for when, _, happens in sorted((*_events(stage, at), *walked, *worked, *met, *rolled), key=lambda event: event[:2]):
            happens(when)
        try_out(room, act, stage.by)


def _freezer(room: Room, engine: Engine, at: datetime) -> Freezer:
    panels = find_panels()
    return freezer_of(room, engine, stopped(at), panels, read_layouts(room.layouts, panels))


def sign_ins() -> list[tuple[str, str]]:
    """Login and role of every user."""
    return [(user["login"], user["role"]) for user in read_words("room")["user"]]


def _members(act: Acting) -> dict[str, int]:
    known, password = {}, hashed(PASSWORD)
    for user in read_words("room")["user"]:
        held = tuple(user["decides"])
        known[user["login"]] = users.add(act, user["login"], user["name"], user["role"], password, user["function"], held).id
    return known


def _events(stage: _Stage, at: datetime) -> Iterator[tuple[datetime, int, Callable[[datetime], None]]]:
    """Everything that happens, with its instant and a number that keeps the order of a day."""
    words = read_words("room")
    number = 0
    waiting = [{**plan, "waits": True} for plan in words["waiting"]]
    for plan in (*words["issue"], *words["away"], *waiting):
        steps = [{"d": 0, "do": "relay"}, *plan.get("steps", [])]
        for nth, step in enumerate(steps):
            yield _moment(stage.act, at, plan["ago"] - step["d"], nth), number, _happening(stage, plan, step)
            number += 1
    for ago, happens in lessons(stage.by):
        yield _moment(stage.act, at, ago, LAST), number, happens
        number += 1


def _moment(act: Acting, at: datetime, ago: int, nth: int) -> datetime:
    day = at.astimezone(act.settings.zone()).date() - timedelta(days=ago)
    return datetime.combine(day, _OPENS, act.settings.zone()) + nth * _BETWEEN


def _happening(stage: _Stage, plan: dict[str, Any], step: _Step) -> Callable[[datetime], None]:
    if step["do"] == "relay":
        return lambda when: _relay(stage, plan, when)
    return lambda when: _take(stage, plan, step, when)


def _relay(stage: _Stage, plan: dict[str, Any], when: datetime) -> None:
    act = stage.by(plan["by"], when)
    at_touchpoint = plan.get("touchpoint")
    home = select(touchpoint.c.stage).where(touchpoint.c.touchpoint == at_touchpoint)
    relayed = Relayed(
        title=plan["title"],
        perimeter=plan.get("perimeter", "gb"),
        effect=plan["effect"],
        functions=tuple(plan["functions"]),
        origin=_origin(act.connection, plan, when) if "kind" in plan else None,
        stage=act.connection.scalar(home) if at_touchpoint else None,
        touchpoint=at_touchpoint,
        issue_type=plan.get("kind"),
    )
    number, certain = relay(act, relayed)
    if certain is None and not plan.get("waits"):
        chair = stage.by(CHAIR, when + timedelta(minutes=5))
        made = judge(chair, number, plan.get("verdict", "admitted"), plan.get("why"))
        if made is not None:
            stage.issues[plan["title"]] = made


def _origin(connection: Connection, plan: dict[str, object], when: datetime) -> tuple[str, str]:
    """The newest voice of the kind by then, of customers here and in these words where there is one."""
    v = voice.c
    here = case((v.perimeter == plan.get("perimeter", "gb"), 0), else_=1)
    lately = case((v.occurred_at > when - _LOOKED_BACK, 0), else_=1)
    alike = case((v.words.contains(plan["like"]), 0), else_=1) if "like" in plan else lately
    worded = (v.issue_type == plan["kind"], v.occurred_at < when, v.words.is_not(None), v.words != "")
    chosen = select(v.source, v.source_key).where(*worded)
    row = connection.execute(chosen.order_by(here, alike, lately, v.occurred_at.desc(), v.source, v.source_key).limit(1)).one()
    return row.source, row.source_key


def _take(stage: _Stage, plan: dict[str, Any], step: _Step, when: datetime) -> None:
    act, issue = stage.by(step["by"], when), stage.issues[plan["title"]]
    lived = life(act.connection, issue)
    who = stage.people.get(step.get("who", ""), 0)
    due = (when + timedelta(days=step.get("due", 0))).date()
    seen = lived.seq
    match step["do"]:
        case "own":
            verbs.own(act, issue, seen, who)
        case "join":
            verbs.join(act, issue, seen, who, step["function"])
        case "alleviate":
            verbs.alleviate(act, issue, seen, step["what"], who, due)
        case "alleviated":
            verbs.alleviated(act, issue, seen)
        case "plan":
            verbs.plan(act, issue, seen, step["what"], who, due)
        case "decide":
            attendance = verbs.record_attendance(stage.by(CHAIR, when), plan.get("perimeter", "gb"), _present(stage, plan, step))
            verbs.decide(act, issue, seen, step["what"], step["implications"], attendance, step["touched"])
        case "reverse":
            verbs.reverse(act, issue, seen, lived.of("decided")[-1].seq, step["words"])
        case "answer":
            read = read_answer(act.connection, step["text"], act.settings.locale)
            verbs.answer(act, issue, seen, step["text"], read, step.get("note"))
        case "present":
            verbs.present(act, issue, seen, step["how"], step["to"])
        case "accept" | "refuse":
            verbs.react(act, issue, seen, step["words"], step["do"] == "accept")
        case "escalate":
            verbs.escalate(act, issue, seen, step["level"], step["words"])
        case "cause":
            verbs.name_cause(act, issue, seen, step["what"], step["function"])
        case "acknowledge":
            verbs.acknowledge(act, issue, seen, lived.of("cause")[-1].seq)


def _present(stage: _Stage, plan: dict[str, Any], step: _Step) -> tuple[int, ...]:
    """Everybody whose mandate it takes, who writes it down, and the chair."""
    needed = set(plan["functions"])
    deciding = [user["login"] for user in read_words("room")["user"] if needed & set(user["decides"])]
    return tuple(stage.people[login] for login in {*deciding, step["by"], CHAIR})
