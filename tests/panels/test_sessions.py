"""What the walls say of sessions and commitments: held as planned or not, with the president or without, and who did what how."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection

from tests.metrics.given_room import MAY, Lives
from tests.metrics.given_sessions import fulfilled, held, planned, promised, take
from tests.panels.words import picture, words_of
from wallboard.metrics.scope import Scope

NOW = Scope(MAY + timedelta(days=60), ZoneInfo("UTC"), ("north", "south"))


def words_on(connection: Connection, name: str, scope: Scope = NOW) -> str:
    return words_of(picture(connection, name, scope))


def test_a_cancelled_session_and_a_missing_president_stand_on_the_wall(connection: Connection) -> None:
    lives = Lives(connection)
    first, second = planned(lives, 0, title="The room in May"), planned(lives, 28)
    held(lives, first, 0, "lena")
    take(lives, second, 20, "cancelled", words="The carrier is on strike.")
    text = words_on(connection, "session_cadence")
    assert "1 of 2 sessions were held as planned" in text and "longest gap 60 days" in text
    assert "cancelled" in text and "The carrier is on strike." in text
    assert "without the president" in text and "The room in May" in text


@pytest.mark.parametrize(("day", "words"), [(0, "today"), (1, "tomorrow"), (5, "in 5 days")], ids=["today", "tomorrow", "later"])
def test_the_foot_says_when_the_room_meets_again(connection: Connection, day: int, words: str) -> None:
    lives = Lives(connection)
    assert words_on(connection, "next_session") == "no session planned"
    planned(lives, 60.01 + day)
    drawn: Any = picture(connection, "next_session", NOW).body
    assert words_of(drawn) == f"session {words}"
    assert getattr(drawn, "data-session") == (MAY + timedelta(days=60.01 + day)).isoformat()


@pytest.mark.req("R28")
def test_the_ledger_says_what_was_done_and_how_and_keeps_what_is_overdue(connection: Connection) -> None:
    lives = Lives(connection)
    fulfilled(lives, promised(lives, "sam", 0, 20), 10, "sam")
    promised(lives, "lena", 0, 30, words="Call the carrier.")
    text = words_on(connection, "leader_ledger")
    assert "1 commitment is overdue" in text and "Call the carrier." in text and "30 days late" in text
    assert "We pack at six. How: One shift earlier." in text and "1 of 1 on time" in text
    assert text.index("Lena") < text.index("Sam"), "what is overdue stands first"
    later = replace(NOW, as_of=MAY + timedelta(days=300))
    assert "Call the carrier." in words_on(connection, "leader_ledger", later), "it stays until it is done or dropped"
