"""The clock: running, stopped, and an instant as a person writes it."""

from datetime import UTC, datetime, timedelta

import pytest

from wallboard.clock import elapsed, parse_instant, running, stopped


def test_a_running_clock_says_now_in_utc() -> None:
    before = datetime.now(UTC)
    assert before <= running() <= before + timedelta(seconds=5) and running().tzinfo is UTC


def test_a_stopped_clock_always_says_the_same_in_utc() -> None:
    at = datetime.fromisoformat("2026-06-30T10:00+02:00")
    clock = stopped(at)
    assert clock() == clock() == at and clock().tzinfo is UTC and clock().hour == 8


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-06-30", "2026-06-29T23:00"),
        ("2026-06-30T09:00", "2026-06-30T08:00"),
        ("2026-01-30T09:00", "2026-01-30T09:00"),
        ("2026-06-30T09:00+05:30", "2026-06-30T03:30"),
        ("2026-06-30T09:00Z", "2026-06-30T09:00"),
        ("2026-10-25T01:30", "2026-10-25T00:30"),
    ],
)
def test_an_instant_is_local_time_of_the_room_unless_it_says_otherwise(text: str, utc: str) -> None:
    assert parse_instant(text, "Europe/London").astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "30.06.2026", "2026-02-30", "2026-06-30T25:00"])
def test_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        parse_instant(text, "Europe/London")


def test_elapsed_only_goes_forward() -> None:
    assert elapsed() <= elapsed()
