"""How old the facts are: those that were loaded by their cadence, those that the room writes as new as the newest."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from tests.panels.words import LOOK
from tests.records.living import ROOM as SETTINGS
from tests.records.living import Living
from wallboard.clock import stopped
from wallboard.screens.frame import age_words
from wallboard.screens.freshness import RECORDS, ROOM, Freshness, FreshnessBoard, SourceAge
from wallboard.store.guarded import FIXED
from wallboard.store.versions import read_versions

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)


@pytest.fixture
def room(store: Engine) -> Living:
    return Living(store)


def read(room: Living, board: FreshnessBoard | None = None) -> Freshness:
    with room.engine.connect() as connection:
        return (board or FreshnessBoard(SETTINGS, stopped(NOW))).read(connection, read_versions(connection))


def test_the_room_is_no_source_until_somebody_has_written(room: Living) -> None:
    assert not [age for age in read(room).ages if age.source == ROOM]


def test_the_room_is_as_new_as_what_was_written_last_and_never_late(room: Living) -> None:
    issue = room.until("owned")
    written = room.at
    (age,) = read(room).of(("issue_step", "issue"))
    assert (age.source, age.fact_at, age.state) == (ROOM, written, "current"), "three months later"
    board = FreshnessBoard(SETTINGS, stopped(NOW))
    read(room, board)
    room.at += timedelta(days=2)
    room.sat("lena")
    (age,) = read(room, board).of(("issue_step",))
    assert age.fact_at == room.at > written, "a write is seen within the same minute"
    assert room.steps(issue).owner == room.people["tom"]


def test_what_only_the_program_writes_is_not_the_rooms() -> None:
    assert "issue_step" in RECORDS and not RECORDS & set(FIXED)


def test_a_thing_without_a_date_counts_only_where_there_is_nothing_else() -> None:
    dated = SourceAge("tickets", frozenset({"voice"}), NOW, "current")
    undated = SourceAge("stages", frozenset({"stage"}), None, "undated")
    fresh = Freshness((dated, undated))
    assert fresh.of(("voice", "stage")) == (dated,) and fresh.of(("stage",)) == (undated,) and fresh.of(("issue",)) == ()


def test_the_age_of_what_is_judged_is_that_of_the_feed_that_says_least_of_these_days() -> None:
    """Of two files of tickets the newer one; and these, not the orders of today."""
    ages = [("tickets", "voice", 30), ("reviews", "voice", 12), ("shop", "exposure", 0)]
    fresh = Freshness(tuple(SourceAge(name, frozenset({t}), NOW - timedelta(days=d), "current") for name, t, d in ages))
    assert fresh.oldest(["voice", "exposure"]) == NOW - timedelta(days=12)
    assert fresh.oldest([]) is None
    words = age_words(fresh.ages, LOOK, fresh.oldest(["voice", "exposure"]))
    assert words == age_words(fresh.ages[1:2], LOOK), "not as of today"
