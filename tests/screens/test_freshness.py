"""How old the facts are: those that were loaded by their cadence, those that the room writes as new as the newest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert

from tests.panels.words import THEME
from tests.records.living import ROOM as SETTINGS
from tests.records.living import Living
from wallboard.clock import stopped
from wallboard.loaders.feeds import feeds
from wallboard.metrics.feed_health import BY_MONTH
from wallboard.screens.frame import age_words
from wallboard.screens.freshness import RECORDS, ROOM, Freshness, FreshnessBoard, SourceAge
from wallboard.store.guarded import FIXED
from wallboard.store.schema import source_state
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
    room.attendance("lena")
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
    words = age_words(fresh.ages, THEME, fresh.oldest(["voice", "exposure"]))
    assert words == age_words(fresh.ages[1:2], THEME), "not as of today"


def test_a_fact_of_a_month_tells_the_month_to_its_end(room: Living) -> None:
    assert {name for name, feed in feeds().items() if feed.fact == "month"} == BY_MONTH
    july = datetime(2026, 7, 1, tzinfo=SETTINGS.zone()).astimezone(UTC)
    fields = {"source": "ledger", "feed": "customer_money", "fact_at": july, "loaded_at": NOW}
    with room.engine.begin() as connection:
        connection.execute(insert(source_state).values(**fields))
    (age,) = read(room).of(("customer_money",))
    assert age.fact_at and age.fact_at.astimezone(SETTINGS.zone()).date() == date(2026, 7, 31)


def test_the_source_that_is_named_is_the_one_whose_state_is_shown() -> None:
    late = SourceAge("media", frozenset({"media"}), NOW - timedelta(days=40), "late")
    stale = SourceAge("tickets", frozenset({"voice"}), NOW - timedelta(days=30), "stale")
    assert age_words((late, stale), THEME).startswith("tickets stale")
