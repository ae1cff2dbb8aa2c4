"""What is new since the room met: exactly that, and nothing before or after."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from tests.metrics import given, given_handoffs
from wallboard.metrics.learned import Learned, learned
from wallboard.metrics.scope import Scope
from wallboard.store import schema

MET = date(2026, 6, 15)
BEFORE, AFTER = MET - timedelta(days=1), MET + timedelta(days=3)


@pytest.fixture
def room(connection: Connection) -> Connection:
    given.journey(connection)
    given_handoffs.attendance(connection, MET - timedelta(days=30))
    given_handoffs.attendance(connection, MET)
    return connection


def of(connection: Connection, scope: Scope, kind: str) -> list[Learned]:
    return [row for row in learned(connection, scope) if row.kind == kind]


@pytest.mark.req("R29")
def test_voices_are_those_since_by_stage_with_the_stages_where_nothing_is_new(room: Connection, scope: Scope) -> None:
    given.complaints(room, {"day": BEFORE, "stage": "receive"}, {"day": MET, "touchpoint": "parcel", "stage": "receive"},
                     {"day": AFTER, "stage": "receive", "complaint": False}, {"day": AFTER, "touchpoint": "site"}, {"day": AFTER},
                     {"day": AFTER, "stage": "receive", "perimeter": "west"}, {"day": date(2026, 6, 30)})  # fmt: skip
    rows = of(room, scope, "voices")
    assert [(row.key, row.n, row.bad) for row in rows] == [
        ("choose", 1, 1),
        ("receive", 2, 1),
        ("leave", 0, 0),
        ("", 1, 1),
    ]
    assert {row.since_day for row in rows} == {MET}
    assert [row.day for row in rows] == [AFTER, AFTER, None, AFTER]


@pytest.mark.req("R29")
def test_research_lessons_and_tries_are_those_since(room: Connection, scope: Scope) -> None:
    given_handoffs.studies(room, *({"study": f"s{n}", "finished_on": MET + timedelta(days=n)} for n in (-1, 0, 9, 15)))
    assert [row.key for row in of(room, scope, "research")] == ["s0", "s9"]
    noon = given.at(MET)
    for moment, words in (
        (noon, "in it"),
        (noon + timedelta(seconds=1), "after it"),
        (scope.as_of + timedelta(seconds=1), "ahead"),
    ):
        given_handoffs.wrote(room, moment, words, "receive")
        given_handoffs.tried(room, moment, "gave up")
    given_handoffs.tried(room, scope.as_of)
    (entry,), (tries,) = of(room, scope, "learned"), of(room, scope, "tried")
    assert (entry.what, entry.detail, entry.stage_name) == ("after it", "Fay", "I get my order")
    assert (tries.what, tries.n, tries.bad, tries.stage) == ("Send it back", 2, 1, "receive")


@pytest.mark.req("R29")
def test_a_signal_is_news_where_it_begins(room: Connection, scope: Scope) -> None:
    monday = date(2026, 6, 22) - timedelta(weeks=30)
    for week in range(31):
        day = monday + timedelta(weeks=week)
        number = 40 if week == 30 else 5 + week % 3
        given.complaints(room, *[{"day": day, "issue_type": "late"}] * number)
    raised = of(room, scope, "signal")
    assert [(row.key, row.detail, row.n, row.day) for row in raised] == [
        ("", "high", 40, date(2026, 6, 28)),
        ("late", "high", 40, date(2026, 6, 28)),
    ]
    given_handoffs.attendance(room, date(2026, 6, 29))
    assert of(room, scope, "signal") == []


def test_today_s_sitting_is_not_the_last_one_and_another_business_s_is_none(room: Connection, scope: Scope) -> None:
    given_handoffs.attendance(room, scope.today)
    given_handoffs.attendance(room, AFTER, "west")
    assert of(room, scope, "voices")[0].since_day == MET
    earlier = replace(scope, as_of=given.at(MET))
    assert of(room, earlier, "voices")[0].since_day == MET - timedelta(days=30)


def test_a_room_that_never_sat_has_learned_since_nothing(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    assert learned(connection, scope) == ()


def late_run(connection: Connection, started: datetime) -> int:
    fields = {"source": "tests", "feed": "tests", "file": "late.csv", "started_at": started, "status": "ok"}
    return int(connection.execute(insert(schema.load_run).values(**fields).returning(schema.load_run.c.id)).scalar_one())


@pytest.mark.req("R29")
def test_voices_and_research_that_were_loaded_after_the_meeting_are_new(room: Connection, scope: Scope) -> None:
    """30 voices of the days before it were on no wall when people met; what was corrected since was; what is older is left."""
    given.complaints(room, {"day": BEFORE, "stage": "receive"}, {"day": BEFORE, "stage": "choose"})
    given_handoffs.studies(room, {"study": "known", "finished_on": MET - timedelta(days=9)})
    run = late_run(room, given.at(MET, 13))
    room.execute(update(schema.voice).where(schema.voice.c.stage == "receive").values(load_run_id=run))
    given.complaints(room, *[{"day": BEFORE, "stage": "leave", "load_run_id": run}] * 30)
    given.complaints(room, {"day": MET - timedelta(days=93), "stage": "leave", "load_run_id": run})
    given.complaints(room, {"day": BEFORE, "touchpoint": "site", "complaint": False, "load_run_id": run})
    given_handoffs.studies(room, {"study": "late", "finished_on": MET - timedelta(days=200), "load_run_id": run})
    rows = {row.key: (row.n, row.bad, row.day) for row in of(room, scope, "voices")}
    none = (0, 0, None)
    assert rows == {"choose": (1, 0, BEFORE), "receive": none, "leave": (30, 30, BEFORE), "": none}
    assert [row.key for row in of(room, scope, "research")] == ["late"]
    given_handoffs.attendance(room, MET + timedelta(days=2))
    assert {row.n for row in of(room, scope, "voices")} == {0} and of(room, scope, "research") == []


def test_where_all_was_loaded_after_the_sitting_the_days_alone_tell_what_is_new(room: Connection, scope: Scope) -> None:
    """A store that was filled anew knows of no load before: it does not call three months new."""
    run = late_run(room, given.at(MET, 13))
    plain = {"stage": "receive", "load_run_id": run}
    given.complaints(room, {"day": BEFORE, **plain}, {"day": AFTER, **plain})
    assert [row.n for row in of(room, scope, "voices")] == [0, 1, 0, 0]


def test_too_few_complaints_raise_no_signal(room: Connection, scope: Scope) -> None:
    plain = {"touchpoint": "parcel", "issue_type": "bill"}
    given.complaints(room, *({"day": date(2026, 6, 25) - timedelta(weeks=n), **plain} for n in (60, 30, 0, 0, 0)))
    assert of(room, scope, "signal") == []
