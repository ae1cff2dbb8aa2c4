"""What a session must refuse is refused of any writer: through a bare connection, in a sentence, with nothing half-written."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from tests.metrics.given import journey
from tests.records.sessions import begun, planned
from tests.records.sessions import seen as session
from tests.records.teams import stands as team
from tests.records.teams import tasked, until
from tests.records.test_agenda import listed
from tests.records.test_agenda import step as agenda_step
from tests.records.test_decisions import proposed, voted
from tests.store.by_hand import Handled, by_hand, refused
from wallboard.lifecycle.team_cycles import STEPS as TEAM_STEPS
from wallboard.store.connections import writing
from wallboard.store.schema import (
    agenda_item_step,
    commitment,
    decision_step,
    issue_step,
    metadata,
    room_session,
    room_session_step,
    session_series,
    snapshot,
    team_cycle_step,
)

Tried = tuple[Table, dict[str, Any], str]
"""A row, and what the store says to it."""


def row(room: Handled, **values: Any) -> dict[str, Any]:
    return {"at": room.at, "day": room.today, "actor": room.people["fay"], **values}


def follows(step: Any) -> dict[str, Any]:
    return {"refers": step.seq, "refers_kind": step.kind, "refers_at": step.at}


def running(room: Handled) -> int:
    """The session that runs, with two leaders in it."""
    with by_hand(room) as connection:
        number = connection.scalar(select(func.max(room_session.c.id)))
    return int(number) if number else begun(room, "lena", "sam")


def without_a_mandate(room: Handled) -> Tried:
    issue = room.until("alleviation")
    planned_now = room.steps(issue).newest("alleviation")
    says = {"words": "A day earlier.", "implications": "None.", "attendance": room.attendance("tom")}
    return issue_step, row(room, issue=issue, seq=4, kind="decided", **follows(planned_now), **says), "Golden rule 3"


def without_owner(room: Handled) -> Tried:
    return commitment, row(room, perimeter="north", words="Call.", due_on=room.today, user_id=None), "cannot make a commitment"


def without_day(room: Handled) -> Tried:
    return commitment, row(room, perimeter="north", words="Call.", due_on=None, user_id=room.people["tom"]), "Say by when"


def _vote(room: Handled, number: int, seq: int, login: str) -> dict[str, Any]:
    first = {"refers": 1, "refers_kind": "proposed_here", "refers_at": room.at}
    says = {"user_id": room.people[login], "vote": "yes", "how": "said aloud"}
    return row(room, decision=number, seq=seq, kind="voted", **first, **says)


def absent(room: Handled) -> Tried:
    return decision_step, _vote(room, proposed(room, session=running(room)), 2, "ada"), "Only somebody who is present votes"


def second_vote(room: Handled) -> Tried:
    number = proposed(room, session=running(room))
    at = room.at
    voted(room, number, "lena")
    again = _vote(room, number, 3, "lena") | {"refers_at": at}
    return decision_step, again, "has voted already"


def reported_empty(room: Handled) -> Tried:
    number = _team(room, 1)
    before = team(room, number).life.newest(TEAM_STEPS.verb("report-step-1").kind)
    kind = TEAM_STEPS.verb("report-step-2").kind
    values = row(room, team_cycle=number, seq=team(room, number).life.seq + 1, kind=kind, **follows(before), words=" ", how="x")
    return team_cycle_step, values | {"user_id": room.people["tom"], "actor": room.people["tom"]}, "Its values do not go together"


def baseline_twice(room: Handled) -> Tried:
    number = _team(room, 2)
    life = team(room, number).life
    kind = TEAM_STEPS.verb("report-step-2").kind
    second = life.newest(kind)
    first = life.newest(TEAM_STEPS.verb("report-step-1").kind)
    says = {name: getattr(second, name) for name in ("words", "how", "user_id")} | {"actor": room.people["tom"]}
    return team_cycle_step, row(room, team_cycle=number, seq=life.seq + 1, kind=kind, **follows(first)) | says, "done already"


def _team(room: Handled, reached: int) -> int:
    with writing(room.engine) as connection:
        journey(connection)
    number = tasked(room, "tom")
    until(room, number, reached)
    return number


def frozen_twice(room: Handled) -> Tried:
    number = running(room)
    moment = session(room, number).life.newest("begun")
    assert moment is not None
    head = row(room, room_session=number, as_of=moment.at, panels=0, walls="[]", freshness="{}")
    with by_hand(room) as connection:
        connection.execute(insert(snapshot).values(**head))
    return snapshot, head, "snapshot is only ever added to"


def _step_of_session(room: Handled, number: int, kind: str, after: str, **says: Any) -> dict[str, Any]:
    life = session(room, number).life
    return row(room, room_session=number, seq=life.seq + 1, kind=kind, **follows(life.newest(after)), **says)


def without_a_commitment(room: Handled) -> Tried:
    return room_session_step, _step_of_session(room, running(room), "ended", "begun"), "Nobody leaves without"


def never_ends(room: Handled) -> Tried:
    described = {"perimeter": "north", "kind": "monthly", "title": "The month", "zone": "Europe/London"}
    says = row(room, **described, recurrence="FREQ=WEEKLY", first_at="2026-06-09T09:30")
    return session_series, says, "A series of sessions ends"


def customer_too_early(room: Handled) -> Tried:
    number = planned(room)
    return room_session_step, _step_of_session(room, number, "customer_asked", "planned", words="Mrs. Lee"), "not mature enough"


def two_tablets(room: Handled) -> Tried:
    number = listed(room, running(room))
    at = room.at
    agenda_step(room, number, "open-item")
    first = {"refers": 1, "refers_kind": "listed", "refers_at": at}
    says = row(room, agenda_item=number, seq=2, kind="deferred", words="No.", **first)
    return agenda_item_step, says, "is only ever added to"


def clock_set_back(room: Handled) -> Tried:
    number = running(room)
    late = _step_of_session(room, number, "attended", "begun", user_id=room.people["tom"], how="ticked")
    return (
        room_session_step,
        late | {"at": session(room, number).life.steps[-1].at - timedelta(minutes=1)},
        "cannot have happened before",
    )


SESSION = (absent, second_vote, frozen_twice, two_tablets, clock_set_back, without_a_commitment)
BESIDE = (never_ends, without_a_mandate, without_owner, without_day, customer_too_early, baseline_twice)


@pytest.mark.slow
@pytest.mark.parametrize("tries", [SESSION, BESIDE, (reported_empty,)], ids=["in a session", "beside it", "of a team"])
def test_a_bare_connection_writes_nothing_that_a_session_must_refuse(
    room: Handled, tries: tuple[Callable[[Handled], Tried], ...]
) -> None:
    for tried in tries:
        table, values, sentence = tried(room)
        before = _rows(room)
        answer = refused(room, table, **values)
        assert sentence in answer, (tried.__name__, answer)
        assert _rows(room) == before, f"{tried.__name__}: nothing half-written"


def _rows(room: Handled) -> dict[str, int]:
    with by_hand(room) as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in metadata.tables.items()}
