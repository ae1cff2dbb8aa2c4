"""A team that is tasked and reports through the real verbs, as far as a test wants it."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from tests.records.living import Living, given_once
from tests.records.rosters import listed, proposed
from wallboard.lifecycle.team_cycles import STEPS
from wallboard.records import teams
from wallboard.records.teams import Task, TeamView
from wallboard.store.connections import writing
from wallboard.store.schema import current_experience

BASELINE: dict[str, Any] = {
    "base_from": date(2025, 12, 15), "base_to": date(2026, 5, 31), "base_weeks": 24, "base_count": 960, "base_exposure": 24000.0,
    "base_dispersion": 1.2,
}  # fmt: skip
DESCENDING: dict[str, Any] = {
    "rule": "DR-1", "version": 1, "verdict": "descending", "week_start": date(2026, 7, 20), "week_no": 8, "recent_count": 200,
    "recent_exposure": 8000.0, "bound": 0.74,
}  # fmt: skip


def experience(room: Living, opportunity: int) -> int:
    """A report of what customers experience today."""
    what = {"stage": "receive", "words": "It is late.", "voice_source": "s", "voice_key": "k", "quotation": "Late!"}
    row = {**what, "media": 1, "artefact": "A card", "at": room.at, "actor": room.people["tom"], "opportunity": opportunity}
    with writing(room.engine) as connection:
        return int(connection.execute(insert(current_experience).values(row).returning(current_experience.c.id)).scalar_one())


@given_once
def tasked(room: Living, /, *members: str, by: str = "fay", item: int | None = None, share: int = 20, **fields: Any) -> int:
    """A team that is tasked with an item of the roster, and its members."""
    on = item if item is not None else listed(room, proposed(room, f"Boxes on time {room.at}", stage="receive"))
    what: dict[str, Any] = {"name": "The punctual", "reward": "A day at the sea"} | fields
    with room.by(by) as act:
        number = teams.task(act, on, Task(**what))
    for login in members:
        step(room, number, "join-team", user_id=room.people[login], how="tasked", share=share)
    return number


def stands(room: Living, number: int) -> TeamView:
    with room.engine.connect() as connection:
        return teams.one_team(connection, number)


def step(room: Living, number: int, verb: str, login: str = "fay", beside: dict[str, Any] | None = None, **says: Any) -> int:
    """A step of a cycle, as its form says it, by somebody who has seen everything; `beside` is what the room adds."""
    kind = STEPS.verb(verb)
    assert kind.form is not None
    form = kind.form.read({name: value if isinstance(value, bool) else str(value) for name, value in says.items()})
    with room.by(login) as act:
        return teams.take_form(act, kind, number, stands(room, number).life.seq, form, **(beside or {}))


def checked(room: Living, number: int, **says: Any) -> int:
    with room.by("fay") as act:
        view = teams.one_team(act.connection, number)
        begun = view.life.begun
        return teams.take(act, "checked", number, view.life.seq, begun.seq if begun else None, **{**DESCENDING, **says})


def until(room: Living, number: int, reached: int, baseline: dict[str, Any] | None = None) -> None:
    """Tom's team reports its steps up to one of them."""
    tom, view = room.people["tom"], stands(room, number)
    if reached >= 1:
        made = experience(room, view.opportunity)
        step(room, number, "report-step-1", "tom", experience=made, user_id=tom)
    if reached >= 2:
        causes = {"words": "No slots.", "how": "Complaints a week.", "user_id": tom}
        step(room, number, "report-step-2", "tom", baseline or BASELINE, **causes)
    if reached >= 3:
        step(room, number, "report-step-3", "tom", {"currency": "GBP"}, words="Slots.", budget="2,500", note="", user_id=tom)
    if reached >= 4:
        recommended = stands(room, number).life.undecided[0]
        granted = step(room, number, "grant", "lena", refers=recommended.seq, words="Yes.")
        step(room, number, "report-step-4", "tom", refers=granted, words="Slots are booked.", user_id=tom)


def rewarded(room: Living, number: int, login: str = "lena", **says: Any) -> int:
    newest = stands(room, number).life.newest("checked")
    what = {"refers": newest.seq if newest else 0, "unchanged": True, "words": "A day at the sea", "due_on": room.today}
    return step(room, number, "reward-team", login, **{**what, **says})


def later(room: Living, days: int) -> None:
    room.at += timedelta(days=days)
