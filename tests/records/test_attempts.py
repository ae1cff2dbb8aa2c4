"""An attempt is kept once, by whoever began it, as long as the room's own clock says."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select, update

from tests.metrics.given import journey
from tests.metrics.given_tasks import steps
from tests.records.living import Living, given_once
from wallboard.errors import NotFound, RuleRefused
from wallboard.records.attempts import Tried, attempted, begun
from wallboard.store.schema import attempt, audit, user_account

DONE = Tried("done", 6, 40, 52)


@pytest.fixture
def asked(room: Living) -> Living:
    _given(room)
    return room


@given_once
def _given(room: Living) -> None:
    with room.engine.begin() as connection:
        journey(connection)
        steps(connection)


def started(room: Living, login: str = "lena", key: str = "ask", at: datetime | None = None) -> str:
    with room.engine.connect() as connection:
        return begun(connection, key, room.people[login], at or room.at)


def kept(room: Living) -> list[tuple[object, ...]]:
    names = ("task", "actor", "started_at", "ended_at", "outcome", "errors", "filled", "fields")
    with room.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*(attempt.c[name] for name in names)).order_by(attempt.c.id))]


@pytest.mark.req("R87")
def test_done_and_given_up_are_both_kept_with_the_times_of_the_server(asked: Living) -> None:
    began, first = started(asked), asked.at
    with asked.by("lena") as act:
        attempted(act, "ask", began, DONE)
    again, second = started(asked), asked.at
    with asked.by("lena") as act:
        attempted(act, "ask", again, Tried("gave up", 2, 3, 52))
    hour, lena = timedelta(hours=1), asked.people["lena"]
    assert kept(asked) == [
        ("ask", lena, first, first + hour, "done", 6, 40, 52),
        ("ask", lena, second, second + hour, "gave up", 2, 3, 52),
    ]
    with asked.engine.connect() as connection:
        assert connection.scalars(select(audit.c.did).where(audit.c.changed == "attempt").order_by(audit.c.id)).all() == [
            "done",
            "gave up",
        ]


def test_an_end_that_is_sent_twice_is_kept_once(asked: Living) -> None:
    began = started(asked)
    with asked.by("lena") as act:
        first = attempted(act, "ask", began, DONE)
    with asked.by("lena") as act:
        assert attempted(act, "ask", began, DONE) == first
    assert len(kept(asked)) == 1


def test_a_watch_tells_the_time_where_the_clock_stands_still_and_cannot_shorten_it(asked: Living) -> None:
    for took, seconds in ((552.0, 3600), (4000.0, 4000)):
        began = started(asked)
        with asked.by("lena") as act:
            attempted(act, "ask", began, DONE, took)
        row = kept(asked)[-1]
        assert row[3] - row[2] == timedelta(seconds=seconds)  # type: ignore[operator]


def test_a_clock_that_was_set_back_loses_no_attempt(asked: Living) -> None:
    began = started(asked, at=asked.at + timedelta(hours=1, minutes=1))
    with asked.by("lena") as act:
        attempted(act, "ask", began, DONE)
    (row,) = kept(asked)
    assert row[2] == row[3] == asked.at


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "|",
        "2026-06-01T09:00:00+00:00|",
        "2026-05-30T09:00:00+00:00|" + "0" * 64,
        "soon|abc",
        "2026-06-01T09:00:00+00:00|\u00e9",
    ],
)
def test_a_beginning_that_the_room_has_not_written_is_refused(asked: Living, broken: str) -> None:
    with pytest.raises(RuleRefused, match="did not see it begin"), asked.by("lena") as act:
        attempted(act, "ask", broken, DONE)
    assert not kept(asked)


def test_nobody_gives_back_an_earlier_or_somebody_elses_beginning(asked: Living) -> None:
    at, _, signed = started(asked).partition("|")
    later = (datetime.fromisoformat(at) + timedelta(minutes=50)).isoformat()
    for began, login, key in ((f"{later}|{signed}", "lena", "ask"), (f"{at}|{signed}", "sam", "ask")):
        with pytest.raises(RuleRefused, match="did not see it begin"), asked.by(login) as act:
            attempted(act, key, began, DONE)
    with pytest.raises(NotFound), asked.by("lena") as act:
        attempted(act, "another", f"{at}|{signed}", DONE)
    with pytest.raises(RuleRefused, match="more than 12 hours ago"), asked.by("lena") as act:
        attempted(act, "ask", started(asked, at=asked.at - timedelta(hours=13)), DONE)
    assert not kept(asked)


@pytest.mark.parametrize(
    "tried", [Tried("won", 0, 0, 0), Tried("done", -1, 0, 0), Tried("done", 0, 3, 2), Tried("done", 10**9, 0, 0)]
)
def test_counts_that_cannot_be_are_refused(asked: Living, tried: Tried) -> None:
    with pytest.raises(RuleRefused), asked.by("lena") as act:
        attempted(act, "ask", started(asked), tried)
    assert not kept(asked)


def test_guests_may_try_whoever_has_left_may_not_and_nothing_is_taken_back(asked: Living) -> None:
    with asked.by("gus") as act:
        attempted(act, "ask", started(asked, "gus", at=act.at), DONE)
    with asked.engine.begin() as connection:
        connection.execute(update(user_account).where(user_account.c.login == "tom").values(left_at=asked.at))
    with pytest.raises(RuleRefused, match="Your role does not try tasks"), asked.by("tom") as act:
        attempted(act, "ask", started(asked, "tom", at=act.at), DONE)
    with pytest.raises(RuleRefused, match="stays written"), asked.by("gus") as act:
        act.connection.execute(delete(attempt))
    assert len(kept(asked)) == 1
