"""Loads that stopped or are late: a half-loaded week is never judged, silence is no zero, and gaps join nothing."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert

from tests.metrics import cells_of, given, given_counts
from wallboard.metrics.scope import Scope
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.store import schema

CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
SUNDAY = given_counts.MONDAY + timedelta(days=6)
TUESDAY = given_counts.MONDAY + timedelta(days=1)


def days(weeks: int, last: date) -> list[date]:
    """Every day from the first of so many weeks up to the last."""
    first = given_counts.weeks(weeks)[0]
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def voices(connection: Connection, those: Iterable[date], complaints: int = 1, voices: int = 1, **other: object) -> None:
    plain = {
        "perimeter": "north",
        "stage": "",
        "channel": "helpdesk",
        "with_words": 0,
        "touchpoint": "",
        "issue_type": "late",
    }
    rows = [{**plain, "day": day, "complaints": complaints + day.day % 3, "voices": voices + 2, **other} for day in those]
    connection.execute(insert(schema.voice_day), rows)
    given.weeks_of_voices(connection)


def last(connection: Connection, scope: Scope) -> SignalPoint:
    """The newest week of all complaints that is over."""
    return [point for point in issue_signals(connection, scope, top=0) if point.period_end <= scope.last_day][-1]


@pytest.mark.req("R51")
def test_a_week_in_which_voices_stop_is_shown_and_not_judged(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    voices(connection, days(30, TUESDAY), 5)
    given.exposures(connection, days(30, SUNDAY), 200)
    week = last(connection, scope)
    assert week.period_start == given_counts.MONDAY and week.value is not None
    assert (week.complete, week.signal, week.now) == (False, "", "")


@pytest.mark.req("R51")
def test_a_week_in_which_the_exposure_stops_is_shown_and_not_judged(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    voices(connection, days(30, SUNDAY), 5)
    given.exposures(connection, days(30, SUNDAY), 200, perimeter="south")
    given.exposures(connection, days(30, TUESDAY), 200)
    week = last(connection, scope)
    assert week.value is not None and (week.complete, week.signal, week.now) == (False, "", "")


def test_facts_that_come_on_one_day_a_week_are_whole_weeks(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    voices(connection, days(30, SUNDAY), 5)
    given.exposures(connection, given_counts.weeks(30), 1400)
    assert last(connection, scope).complete


@pytest.mark.req("R39")
def test_a_perimeter_whose_exposure_is_late_is_missed_though_it_is_silent(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM})
    given.exposures(connection, given_counts.weeks(24)[:-1], 3000, perimeter="south")
    rows = issue_signals(connection, scope, top=0)
    both = [row.per_1000 for row in rows if row.complete][-2:]
    assert both == [CALM[-2] / 4, None] and {row.now for row in rows} == {""}


def test_a_signal_is_no_news_where_nothing_was_measured_for_long(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, 41, 90), "": (2,) * 26}, last=given_counts.weeks(6)[0])
    old = issue_signals(connection, scope, top=0)[-1]
    assert (old.now, old.state, old.unclassified, old.recent_complaints) == ("", "not measured", None, None)
    assert old.measured_to == given_counts.weeks(6)[0] + timedelta(days=6)


def test_a_signal_is_news_for_four_weeks(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, 41, 90)}, last=given_counts.weeks(4)[0])
    assert cells_of(issue_signals(connection, scope, top=0), "now", "state")[-1] == ["high", "measured"]


def test_what_is_too_few_to_judge_has_no_signal(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    rare = (*(0,) * 30, 1, *(0,) * 21, 1, *(0,) * 6, 3)
    given_counts.weekly(connection, {"late": (30,) * len(rare), "bill": rare})
    frame = issue_signals(connection, scope)
    bill = [row for row in frame if row.issue_type == "bill"]
    assert cells_of(bill, "state", "now")[-1] == ["too few", ""] and {row.signal for row in bill} == {""}


@pytest.mark.parametrize(("weeks", "expected"), [(132, ("run low", 134)), (240, ("", 0))])
def test_a_run_counts_from_a_baseline_that_is_not_too_old(
    connection: Connection, scope: Scope, weeks: int, expected: tuple[str, int]
) -> None:
    """A run counts as long as it is compared with what was usual before it; after three years that has been measured again."""
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, *(30,) * weeks)})
    row = issue_signals(connection, scope, top=0)[-1]
    assert (row.now, row.streak) == expected


def test_no_run_goes_on_across_a_gap(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (*CALM, *(38,) * 12)}, exposed=None)
    there = given_counts.weeks(36)
    given.exposures(connection, [*there[:29], *there[32:]], 1000)
    frame = issue_signals(connection, scope, top=0)
    assert cells_of(frame, "streak", "side")[-1] == [4, "below"] and {row.signal for row in frame} == {""}


def test_the_baseline_begins_with_the_first_complaint(connection: Connection, scope: Scope) -> None:
    """50 weeks of praise before the helpdesk was loaded are no baseline of zero complaints."""
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM[:20]})
    given.exposures(connection, given_counts.weeks(70)[:50], 1000)
    praise = [{"day": day, "issue_type": "", "complaints": 0} for day in given_counts.weeks(70)[:50]]
    plain = {"perimeter": "north", "stage": "", "channel": "reviews", "with_words": 0, "touchpoint": "", "voices": 3}
    connection.execute(insert(schema.voice_day), [{**plain, **row} for row in praise])
    given.weeks_of_voices(connection)
    signal = issue_signals(connection, scope, top=0)[-1]
    assert signal.baseline_start == given_counts.weeks(20)[0] and signal.mean and signal.mean > 30 and signal.now == ""


def test_praise_alone_begins_no_baseline(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    plain = {"perimeter": "north", "stage": "", "channel": "reviews", "with_words": 0, "touchpoint": "", "issue_type": ""}
    connection.execute(insert(schema.voice_day).values(**plain, day=TUESDAY, voices=2, complaints=0))
    given.weeks_of_voices(connection)
    assert not issue_signals(connection, scope)
