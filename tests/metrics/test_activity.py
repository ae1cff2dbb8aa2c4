"""What has happened in the room since this morning, of issues, decisions and commitments."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tests.metrics.given_room import EVERYTHING, MAY, Lives
from tests.metrics.given_sessions import fulfilled, promised
from wallboard.metrics.activity import acceptances, happened_today
from wallboard.metrics.scope import Scope

NOON = Scope(MAY + timedelta(days=20, hours=3), ZoneInfo("UTC"), ("north",))


def counts(connection: Connection, scope: Scope) -> dict[str, int]:
    return {row.kind: row.count for row in happened_today(connection, scope)}


def test_it_is_what_was_written_since_midnight_and_by_now(connection: Connection) -> None:
    lives = Lives(connection)
    lives.closed(2, 19)
    assert counts(connection, NOON) == {}
    issue = lives.closed(3, 20)
    fulfilled(lives, promised(lives, "lena", 10, 30), 20)
    promised(lives, "sam", 20, 3)
    expected = {"accepted": 1, "presented": 1, "decided": 1, "promised": 2, "done": 2}
    assert counts(connection, NOON) == expected and list(expected) == [row.kind for row in happened_today(connection, NOON)]
    assert counts(connection, replace(NOON, as_of=MAY + timedelta(days=19, hours=23))) == {}, "it lies ahead"
    assert counts(connection, replace(NOON, perimeters=("south",))) == {"promised": 1, "done": 1}, "promises are the room's"
    (yes,) = acceptances(connection, NOON)
    assert (yes.issue, yes.words, yes.complaint, yes.days) == (issue, "Fine.", "It came late.", 18)
    assert yes.functions in ("logistics, shop", "Logistics, Shop")


def test_late_is_what_was_due_yesterday_and_nobody_has_done(connection: Connection) -> None:
    lives = Lives(connection)
    for due, is_done in ((9, False), (9, True), (8, False), (10, False)):
        number = promised(lives, "lena", 10, due)
        if is_done:
            fulfilled(lives, number, 12)
    issue = lives.admitted(10)
    lives.take(issue, "own", 11)
    lives.take(issue, "alleviate", 11, due=8)
    assert counts(connection, NOON) == {"late": 2}
    lives.take(issue, "alleviated", 20)
    assert counts(connection, NOON) == {"done": 1, "late": 1}
    other = lives.admitted(10)
    for name in EVERYTHING:
        lives.take(other, name, 12)
    assert counts(connection, NOON)["late"] == 1
