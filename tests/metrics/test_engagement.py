"""Who takes part: counts of the logs, delegates that do not count, absent levels and functions, and work across functions."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from tests.metrics.given import journey, loaded
from tests.records.living import ROOM, Living
from tests.records.sessions import attended, begun, planned, promised, take
from wallboard.metrics.collaboration import Collaboration, collaboration
from wallboard.metrics.engagement import attendance_by_part, leader_engagement, working_sessions
from wallboard.metrics.scope import Scope
from wallboard.records import walks
from wallboard.records.attendances import attendance_of
from wallboard.store.connections import writing
from wallboard.store.schema import employee


@pytest.fixture
def room(sqlite_store: Engine) -> Living:
    return Living(sqlite_store)


def now(room: Living) -> Scope:
    return Scope.of(ROOM, room.at)


@pytest.mark.req("R74", "R175")
def test_a_leader_counts_who_came_in_person_and_no_delegate(room: Living) -> None:
    first = begun(room, "lena")
    promised(room, "lena", first)
    take(room, first, "ended")
    second = planned(room, "lena", "sam", at=room.at + timedelta(days=1))
    take(room, second, "begun")
    attended(room, second, "sam", by="sam")
    take(room, second, "delegate_came", user_id=room.people["lena"], words="Her deputy")
    with room.engine.connect() as connection:
        rows = {row.leader: row for row in leader_engagement(connection, now(room))}
    assert [*rows] == ["Ada", "Lena", "Sam"], "leaders and the president, by name: no ranking"
    assert (rows["Lena"].held, rows["Lena"].attended, rows["Lena"].delegated) == (2, 1, 1)
    assert (rows["Sam"].held, rows["Sam"].attended, rows["Sam"].delegated) == (1, 1, 0)
    assert (rows["Ada"].held, rows["Ada"].attended) == (0, 0)


@pytest.mark.req("R114")
def test_levels_and_functions_that_never_came_are_named(room: Living) -> None:
    with writing(room.engine) as connection:
        journey(connection)
        people = {"hr": ("Hana", "clerk"), "lena": ("Lena", "director"), "tom": ("Tom", "clerk")}
        rows = ({"employee": key, "name": name, "seniority": level} for key, (name, level) in people.items())
        loaded(connection, employee, *rows)
    number = begun(room, "lena")
    with room.engine.connect() as connection:
        before = {(row.by, row.part): row for row in attendance_by_part(connection, now(room))}
    assert before["level", "clerk"].attended == 0 and before["level", "clerk"].last_on is None
    assert (before["level", "director"].attended, before["level", "director"].last_on) == (1, room.today)
    assert before["function", "Logistics"].attended == 1
    attended(room, number, "tom")
    with room.engine.connect() as connection:
        assert next(row for row in attendance_by_part(connection, now(room)) if row.part == "clerk").attended == 1


@pytest.mark.req("R112")
def test_a_working_session_of_one_function_is_flagged(room: Living) -> None:
    alone = begun(room, "lena", "tom", kind="working session")
    promised(room, "lena", alone)
    promised(room, "tom", alone)
    take(room, alone, "ended")
    begun(room, "lena", "sam", kind="working session")
    with room.engine.connect() as connection:
        rows = working_sessions(connection, now(room))
    assert [(row.functions, row.people, row.one_function) for row in rows] == [
        ("logistics, shop", 2, False),
        ("logistics", 2, True),
    ]


@pytest.mark.req("R66")
def test_two_functions_at_work_age_out_after_thirty_days(room: Living) -> None:
    scope = ROOM.model_copy(update={"small_n": 1})
    with room.engine.connect() as connection:
        assert collaboration(connection, now(room)) == (Collaboration(0, 0, 0, None, "no cases"),)
    room.until("owned")
    room.until("alleviation")
    with room.engine.connect() as connection:
        (row,) = collaboration(connection, Scope.of(scope, room.at))
        assert (row.issues, row.shared, row.share) == (2, _shared(room), _shared(room) / 2)
        (later,) = collaboration(connection, Scope.of(scope, room.at + timedelta(days=31)))
        assert (later.issues, later.shared, later.share) == (2, 0, 0.0)
        (few,) = collaboration(connection, now(room))
        assert (few.share, few.state) == (None, "too few")


def _shared(room: Living) -> int:
    """The same in SQL."""
    counted = """SELECT count(*) FROM (SELECT s.issue FROM issue_step s JOIN user_account u ON u.id = s.actor
    GROUP BY s.issue HAVING count(DISTINCT u.function) >= 2)"""
    with room.engine.connect() as connection:
        return int(connection.exec_driver_sql(counted).scalar_one())


@pytest.mark.req("R74")
def test_a_walk_to_its_end_counts_for_whoever_led_it_and_for_whoever_was_there(room: Living) -> None:
    with room.by("lena") as act:
        walks.begin(act, "north")
    with room.by("lena") as act:
        attendance_of(act, "north", (room.people["lena"],))
        walks.end(act)
    with room.engine.connect() as connection:
        rows = {row.leader: row.walks for row in leader_engagement(connection, now(room))}
    assert rows == {"Ada": 0, "Lena": 1, "Sam": 0}
