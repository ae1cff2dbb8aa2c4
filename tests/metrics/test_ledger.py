"""The ledger of commitments: what each leader promised, what was done and how."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_sessions import fulfilled, promised
from wallboard.metrics.ledger import commitment_ledger, leader_ledger
from wallboard.metrics.scope import Scope

NOW = Scope(MAY + timedelta(days=60), ZoneInfo("UTC"), ("north", "south"), small_n=3)


def test_a_ledger_says_who_did_what_how_and_when(connection: Connection) -> None:
    lives = Lives(connection)
    early, punctual, late, overdue = (promised(lives, "lena", 0, due, words=f"Number {due}") for due in (10, 20, 30, 40))
    open_one = promised(lives, "sam", 50, 30)
    for number, day in ((early, 5), (punctual, 20), (late, 33)):
        fulfilled(lives, number, day)
    states = {row.commitment: (row.state, row.days) for row in commitment_ledger(connection, NOW)}
    assert states == {
        early: ("done", -5),
        punctual: ("done", 0),
        late: ("done late", 3),
        overdue: ("overdue", 20),
        open_one: ("open", -20),
    }
    assert {row.how for row in commitment_ledger(connection, NOW) if row.done_on} == {"One shift earlier."}
    lena, sam = leader_ledger(connection, NOW)
    assert (lena.owner, lena.due, lena.on_time, lena.early, lena.late, lena.overdue, lena.reliability) == (
        *("Lena", 4, 2, 1, 1, 1),
        0.5,
    )
    assert (sam.due, sam.open, sam.reliability) == (0, 1, None)


def test_it_is_a_year_and_what_is_open_and_knows_nothing_of_tomorrow(connection: Connection) -> None:
    lives = Lives(connection)
    old, open_one = promised(lives, "lena", 0, 10), promised(lives, "lena", 0, 12)
    fulfilled(lives, old, 5)
    in_a_year = replace(NOW, as_of=MAY + timedelta(days=500))
    assert [row.commitment for row in commitment_ledger(connection, in_a_year)] == [open_one]
    then = replace(NOW, as_of=MAY + timedelta(days=3))
    assert [row.state for row in commitment_ledger(connection, then)] == ["open", "open"]


def test_nobody_is_ranked(connection: Connection) -> None:
    lives = Lives(connection)
    for login, days in (("tom", 1), ("sam", 2), ("lena", 9)):
        fulfilled(lives, promised(lives, login, 0, 10), days, login)
    assert [row.owner for row in leader_ledger(connection, NOW)] == ["Lena", "Sam", "Tom"], "by name, not by speed"
