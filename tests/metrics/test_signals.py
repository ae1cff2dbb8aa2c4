"""Limits of the baseline, and when a series says that it has shifted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.examples import at_most
from tests.metrics import cells_of, given, given_counts
from wallboard.metrics.scope import Scope
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.statistics import signals, xmr
from wallboard.store import schema

TWELVE = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41)
CALM = TWELVE * 2


def series(points: Iterable[SignalPoint], kind: str | None = "late") -> list[SignalPoint]:
    return [point for point in points if point.issue_type == kind]


def measured(connection: Connection, scope: Scope, counts: tuple[int, ...], exposed: float | None = 1000) -> list[SignalPoint]:
    given.journey(connection)
    given_counts.weekly(connection, {"late": counts}, exposed)
    return series(issue_signals(connection, scope))


@pytest.mark.req("R51")
def test_the_limits_are_those_of_the_golden_vector_and_freeze_after_24_points(connection: Connection, scope: Scope) -> None:
    info = measured(connection, scope, TWELVE)[-1]
    assert cells_of([info], "firm", "baseline_n", "state")[0] == ["provisional", 12, "measured"]
    assert [round(limit, 2) for limit in cells_of([info], "lower", "mean", "upper")[0]] == [29.24, 41.33, 53.42]


@pytest.mark.req("R51")
def test_a_baseline_is_firm_from_17_points_and_frozen_at_24(connection: Connection, scope: Scope) -> None:
    frame = measured(connection, scope, CALM + (30,) * 6)
    point = frame[-1]
    whole = xmr([float(n) for n in CALM])
    assert whole is not None and cells_of([point], "firm", "baseline_n", "upper")[0] == ["firm", 24, whole.upper]
    assert sum(row.in_baseline for row in frame) == 24 and point.baseline_end == given_counts.weeks(7)[0] + timedelta(days=6)


@pytest.mark.req("R51")
def test_one_week_outside_is_a_signal_by_rule_1(connection: Connection, scope: Scope) -> None:
    frame = measured(connection, scope, (*CALM, 41, 60))
    assert [row.signal for row in [row for row in frame if row.complete]][-2:] == ["", "high"]
    assert frame[-1].now == "high"


@pytest.mark.req("R51")
def test_a_small_shift_is_a_signal_by_rule_2_in_its_eighth_week_not_before(connection: Connection, scope: Scope) -> None:
    by_key = {n: measured_after(connection, scope, n) for n in (7, 8)}
    assert by_key[7] == ("", "below", 7) and by_key[8] == ("run low", "below", 8)


def measured_after(connection: Connection, scope: Scope, n: int) -> tuple[str, str, int]:
    with connection.begin_nested() as mine:
        frame = measured(connection, scope, (*CALM, 42, *(36,) * n))
        mine.rollback()
    last = [row for row in frame if row.complete][-1]
    return last.now, last.side, last.streak


def test_a_lower_limit_of_nothing_gives_no_signal_downwards(connection: Connection, scope: Scope) -> None:
    last = measured(connection, scope, (*(1, 9, 2, 8) * 6, 0, 0))[-1]
    assert last.lower == 0 and last.now == ""


def test_below_twelve_weeks_there_are_no_limits(connection: Connection, scope: Scope) -> None:
    last = measured(connection, scope, TWELVE[:11])[-1]
    assert cells_of([last], "firm", "upper", "now", "state")[0] == [None, None, "", "too few"]


@pytest.mark.req("R39")
def test_a_rate_is_absent_where_the_exposure_is_missing_and_the_counts_stay(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM}, exposed=None)
    given.exposures(connection, [m for m in given_counts.weeks(24) if m != date(2026, 6, 8)], 2000)
    by_period_start = {row.period_start: row for row in series(issue_signals(connection, scope), None)}
    both = by_period_start[date(2026, 6, 8)], by_period_start[date(2026, 6, 15)]
    rate = CALM[-2] / 2
    assert cells_of(both, "complaints", "per_1000", "value") == [[CALM[-3], None, None], [CALM[-2], rate, rate]]


@pytest.mark.req("R39")
def test_a_perimeter_that_complains_without_exposure_hides_the_rate(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM})
    given_counts.weekly(connection, {"late": (5,)}, exposed=None, perimeter="south")
    frame = series(issue_signals(connection, scope), None)
    assert cells_of([row for row in frame if row.complete], "complaints", "per_1000")[-1] == [CALM[-1] + 5, None]
    assert issue_signals(connection, scope.only("north"))[23].per_1000 == CALM[-1]


def test_without_any_exposure_counts_are_judged_and_said_to_be_counts(connection: Connection, scope: Scope) -> None:
    last = measured(connection, scope, (*CALM, 70), exposed=None)[-1]
    assert cells_of([last], "basis", "now", "state", "per_1000")[0] == ["count", "high", "measured", None]


def test_a_running_week_is_drawn_but_not_judged(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM})
    given_counts.weekly(connection, {"late": (400,)}, last=date(2026, 6, 29))
    sunday = replace(scope, as_of=datetime(2026, 7, 5, 9, tzinfo=scope.zone))
    last = series(issue_signals(connection, sunday))[-1]
    assert cells_of([last], "value", "complete", "signal", "now")[0] == [400.0, False, "", ""]


def test_weeks_after_the_newest_fact_are_silent_not_zero(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM}, last=date(2026, 6, 1))
    by_period_start = {row.period_start: row for row in series(issue_signals(connection, scope))}
    assert by_period_start[date(2026, 6, 8)].complaints is None and by_period_start[date(2026, 6, 8)].now == ""


def test_a_rare_issue_is_drawn_by_four_weeks(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (30,) * 52, "bill": (1, 0, 0, 1) * 13})
    rare = series(issue_signals(connection, scope), "bill")
    assert [row.size for row in rare] == [4] * 13 and {row.complaints for row in rare} == {2}
    assert cells_of(rare, "firm", "baseline_n", "state", "per_1000")[-1] == ["provisional", 13, "measured", 0.5]


def test_an_issue_rarer_than_that_is_too_few_to_judge(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (30,) * 52, "bill": (1, *(0,) * 25) * 2})
    assert series(issue_signals(connection, scope), "bill")[-1].state == "too few"


def test_a_newly_declared_version_of_the_figure_begins_a_new_baseline(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": (20,) * 24 + CALM})
    plain = {"metric": "complaint_rate", "priority": True}
    given.loaded(
        connection,
        schema.metric_definition,
        {**plain, "version": 1, "valid_from": date(2025, 1, 1)},
        {**plain, "version": 2, "valid_from": given_counts.weeks(24)[0] - timedelta(days=3)},
    )
    last = series(issue_signals(connection, scope))[-1]
    assert last.baseline_start == given_counts.weeks(24)[0] and last.now == ""


def test_the_past_is_shown_as_it_was(connection: Connection, scope: Scope) -> None:
    frame = measured(connection, replace(scope, as_of=scope.as_of - timedelta(weeks=2)), (*CALM, 41, 90))
    assert frame[-1].now == "" and max(row.complaints or 0 for row in frame) == 46


def test_what_nobody_classified_is_counted(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": CALM, "": (2,) * 24})
    frame = issue_signals(connection, scope)
    assert {row.unclassified for row in frame} == {8} and {row.place for row in frame} == {0, 1}
    assert frame[-1].recent_complaints == sum(CALM[-4:])


def test_nothing_heard_is_an_empty_frame(connection: Connection, scope: Scope) -> None:
    assert not issue_signals(connection, scope)


@pytest.mark.slow
@settings(max_examples=at_most(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@drawn(st.lists(st.integers(0, 60), min_size=13, max_size=40))
def test_what_is_judged_is_what_the_rules_say_of_the_points(connection: Connection, scope: Scope, counts: list[int]) -> None:
    counts = [*counts[:-1], max(counts[-1], 1)]
    with connection.begin_nested() as mine:
        given_counts_of(connection, counts)
        frame = series(issue_signals(connection, scope, top=0), None)
        mine.rollback()
    judged = [row for row in frame if row.complete and row.value is not None]
    values = [float(n) for n in counts[next(i for i, n in enumerate(counts) if n) :]]
    limits = xmr(values[:24], floor=0)
    if len(values) >= 12 and limits and judged[0].size == 1:
        assert [row.signal for row in judged] == signals(values, limits)
    assert sum(row.complaints or 0 for row in judged) == sum(counts) or judged[0].size == 4


def given_counts_of(connection: Connection, counts: list[int]) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": counts})
