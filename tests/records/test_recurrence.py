"""When the sessions of a series take place: as RFC 5545 has it, on the clocks of the place, whatever those do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.living import Living
from tests.records.sessions import seen
from wallboard.errors import RuleRefused
from wallboard.records.recurrence import MOST, occurrences, on_the_weekday
from wallboard.records.sessions import Plan, plan_series

LONDON = ZoneInfo("Europe/London")
FIRST = datetime.fromisoformat("2026-03-03T09:30")


def test_a_session_is_at_the_same_time_of_day_in_summer_and_in_winter() -> None:
    times = occurrences("FREQ=MONTHLY;BYDAY=1TU;COUNT=9", FIRST, LONDON)
    local = [time.astimezone(LONDON) for time in times]
    assert {(time.hour, time.minute, time.weekday()) for time in local} == {(9, 30, 1)} and all(time.day <= 7 for time in local)
    assert {time.astimezone(UTC).hour for time in times} == {8, 9}


def test_an_hour_that_the_clocks_leave_out_is_the_hour_after_it_and_one_that_comes_twice_is_the_first() -> None:
    (spring,) = occurrences("FREQ=DAILY;COUNT=1", datetime.fromisoformat("2026-03-29T01:30"), LONDON)
    (autumn,) = occurrences("FREQ=DAILY;COUNT=1", datetime.fromisoformat("2026-10-25T01:30"), LONDON)
    assert spring.astimezone(LONDON).hour == 2 and autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        ("FREQ=WEEKLY", "never ends"),
        ("every Tuesday", "not a rule of RFC 5545"),
        ("", "not a rule of RFC 5545"),
        ("FREQ=MONTHLY;COUNT=x", "not a rule of RFC 5545"),
        ("FREQ=HOURLY;COUNT=3", "more than once a day"),
        ("FREQ=WEEKLY;COUNT=9999", f"more than {MOST}"),
        ("FREQ=WEEKLY;UNTIL=20200101T000000", "no session at all"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", "no session at all"),
        ("RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20260310T093000", "RFC 5545|more than one rule"),
    ],
)
def test_a_rule_that_is_none_or_never_ends_is_refused(rule: str, refusal: str) -> None:
    with pytest.raises(RuleRefused, match=refusal):
        occurrences(rule, FIRST, LONDON)


@given(st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2031-01-01")))
def test_the_weekday_of_the_first_session_is_that_of_all(first: datetime) -> None:
    rule = on_the_weekday("FREQ=MONTHLY;BYDAY={nth}{weekday};COUNT=6", first)
    times = [time.astimezone(LONDON) for time in occurrences(rule, first.replace(second=0, microsecond=0), LONDON)]
    assert {time.weekday() for time in times} == {first.weekday()} and times[0].date() == first.date()


def test_a_series_is_planned_whole_and_each_of_its_sessions_lives_by_itself(room: Living) -> None:
    what = Plan(perimeter="north", kind="council", title="The council", minutes=90, expected=(room.people["lena"],))
    with room.by("fay") as act:
        numbers = plan_series(act, what, room.at.replace(tzinfo=None) + timedelta(days=1), "FREQ=MONTHLY;COUNT=4")
    views = [seen(room, number) for number in numbers]
    assert len(views) == 4 and len({view.series for view in views}) == 1
    assert all(view.life.expected == [room.people["lena"]] and view.life.status == "planned" for view in views)
    with pytest.raises(RuleRefused, match="never ends"), room.by("fay") as act:
        plan_series(act, what, room.at.replace(tzinfo=None) + timedelta(days=1), "FREQ=MONTHLY")
