from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wallboard.errors import NotFound
from wallboard.metrics.scope import (
    Scope,
    full_months,
    full_weeks,
    month_before,
    months,
    rolling_months,
    span,
    week_of,
    weeks,
)
from wallboard.settings import Perimeter, Settings


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0, zone: str = "UTC") -> Scope:
    return Scope(datetime(year, month, day, hour, minute, tzinfo=UTC), ZoneInfo(zone), ("all",))


SETTINGS = Settings(
    company="Us",
    timezone="Europe/London",
    small_n=7,
    perimeter={
        "world": Perimeter(name="World"),
        "uk": Perimeter(name="UK", parent="world"),
        "us": Perimeter(name="US", parent="world", timezone="America/Los_Angeles"),
    },
)


@pytest.mark.req("R10")
def test_a_perimeter_is_seen_through_its_leaves() -> None:
    when = datetime(2026, 6, 30, 9, tzinfo=UTC)
    assert Scope.of(SETTINGS, when).perimeters == Scope.of(SETTINGS, when, "world").perimeters == ("uk", "us")
    own = Scope.of(SETTINGS, when, "us")
    assert (own.perimeters, own.zone.key, own.small_n, own.rule) == (("us",), "America/Los_Angeles", 7, "contracts")


def test_an_unknown_perimeter_is_refused_with_the_nearest() -> None:
    with pytest.raises(NotFound, match="Did you mean 'world'"):
        Scope.of(SETTINGS, datetime(2026, 6, 30, tzinfo=UTC), "wrld")


def test_the_last_day_is_over_in_every_perimeter() -> None:
    when = datetime(2026, 6, 30, 3, tzinfo=UTC)
    assert Scope.of(SETTINGS, when, "uk").last_day == date(2026, 6, 29)
    assert Scope.of(SETTINGS, when).last_day == date(2026, 6, 28), "in Los Angeles the 29th is still running"


def test_a_day_is_over_at_local_midnight() -> None:
    assert at(2026, 6, 29, 22, 59, zone="Europe/Vienna").today == date(2026, 6, 30)
    assert at(2026, 6, 29, 21, 59, zone="Europe/Vienna").last_day == date(2026, 6, 28)


def test_the_last_complete_month() -> None:
    assert month_before(at(2026, 6, 30, 9)).name == "2026-05"
    assert month_before(at(2026, 7, 1, 0)).name == "2026-06"
    assert month_before(at(2026, 1, 15, 9)).name == "2025-12"


def test_months_end_with_the_running_one_and_say_so() -> None:
    periods = months(at(2026, 3, 10, 9), 3)
    assert [(m.start, m.end, m.complete) for m in periods] == [
        (date(2026, 1, 1), date(2026, 1, 31), True),
        (date(2026, 2, 1), date(2026, 2, 28), True),
        (date(2026, 3, 1), date(2026, 3, 31), False),
    ]
    assert [m.name for m in full_months(at(2026, 3, 10, 9), 2)] == ["2026-01", "2026-02"]


def test_weeks_are_iso_weeks_and_the_running_one_is_incomplete() -> None:
    periods = weeks(at(2026, 6, 30, 9), 2)
    assert [(w.start, w.name, w.complete) for w in periods] == [
        (date(2026, 6, 22), "2026-W26", True),
        (date(2026, 6, 29), "2026-W27", False),
    ]
    assert weeks(at(2026, 6, 29, 9), 1)[0].complete, "on Monday the week that ended yesterday is the last one"
    assert week_of(at(2027, 1, 10, 9), date(2027, 1, 1)).name == "2026-W53"


def test_a_span_reaches_from_first_to_last_and_holds_its_ends() -> None:
    four = span(full_weeks(at(2026, 6, 30, 9), 4))
    assert (four.start, four.end) == (date(2026, 6, 1), date(2026, 6, 28))
    assert date(2026, 6, 1) in four and date(2026, 6, 28) in four and date(2026, 6, 29) not in four


@pytest.mark.parametrize(
    ("when", "start"), [((2026, 6, 30), date(2026, 3, 30)), ((2026, 5, 31), date(2026, 2, 28)), ((2026, 3, 1), date(2025, 12, 1))]
)
def test_rolling_months_end_with_the_last_day(when: tuple[int, int, int], start: date) -> None:
    scope = at(*when, 9)
    assert (rolling_months(scope, 3).start, rolling_months(scope, 3).end) == (start, scope.last_day)
