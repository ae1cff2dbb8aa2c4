"""What warns before complaints rise."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert

from tests.metrics import cells_of, given, given_counts
from wallboard.metrics.leading import leading_signals
from wallboard.metrics.scope import Scope
from wallboard.metrics.signals import issue_signals
from wallboard.store import schema

CALM = (0.95, 0.96, 0.94, 0.955, 0.945, 0.95) * 4
STEADY = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41)


@pytest.mark.req("R179")
def test_drift_warns_before_the_complaint_count_changes(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": STEADY * 2 + STEADY[:8]})
    given_counts.kpi(connection, (*CALM, *(0.943,) * 8))
    row = leading_signals(connection, scope)[0]
    assert cells_of([row], "kind", "touchpoint_name", "name", "rule")[0] == [
        "slipping", "The parcel arrives", "On the promised day", "run low"
    ]  # fmt: skip
    assert row.since == given_counts.weeks(8)[0] and row.value and row.usual and row.value < row.usual
    assert {point.now for point in issue_signals(connection, scope)} == {""}, "complaints themselves say nothing yet"


@pytest.mark.req("R179")
def test_nothing_moves(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, CALM)
    rows = leading_signals(connection, scope)
    assert cells_of(rows, "kind", "watched") == [[None, 1]]


def test_what_gets_better_does_not_warn_and_what_has_come_back_neither(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*CALM, *(0.99,) * 8))
    assert leading_signals(connection, scope)[0].kind is None


def test_a_slip_that_is_over_no_longer_warns(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*CALM, *(0.943,) * 8, 0.96))
    assert leading_signals(connection, scope)[0].kind is None


def test_a_kpi_that_should_be_low_warns_when_it_rises(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    values = (*(1 - share for share in CALM), 0.12)
    rows = zip(given_counts.weeks(25), values, strict=True)
    given.kpis(
        connection, *({"day": m, "numerator": 1000 * v, "denominator": 1000, "better": "down", "kpi": "lost"} for m, v in rows)
    )
    assert cells_of(leading_signals(connection, scope), "kind", "rule")[0] == ["slipping", "high"]


def test_work_that_waits_longer_warns(connection: Connection, scope: Scope) -> None:
    given_counts.flow(connection, [(60, 20), *((40 + n % 3, 40 + (n + 1) % 3) for n in range(30)), (40, 20), (40, 20), (40, 18)])
    row = leading_signals(connection, scope)[0]
    assert (
        cells_of([row], "kind", "rule", "better")[0] == ["waiting", "high", "down"]
        and row.value
        and row.limit
        and row.value > row.limit
    )


def test_a_behaviour_that_customers_leave_warns(connection: Connection, scope: Scope) -> None:
    fields = {"unit": "times", "compared_with": "month before", "grows_at": 1.0, "is_key": True}
    given.loaded(connection, schema.behaviour, *({**fields, "behaviour": k, "name": k.title()} for k in ("visit", "gift")))
    plain = {"month": date(2026, 5, 1), "perimeter": "north", "customer_group": "", "stable": 100, "new": 0}
    connection.execute(
        insert(schema.behaviour_month),
        [
            {**plain, "behaviour": "visit", "growing": 40, "declining": 90},
            {**plain, "behaviour": "gift", "growing": 60, "declining": 66},
        ],
    )
    rows = leading_signals(connection, scope)
    assert cells_of(rows, "kind", "subject", "n", "watched") == [["less", "visit", 90, 2]]


def test_an_empty_store_watches_nothing(connection: Connection, scope: Scope) -> None:
    assert cells_of(leading_signals(connection, scope), "kind", "watched") == [[None, 0]]


def test_nothing_later_than_the_scope_warns(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*CALM, 0.5), last=given_counts.MONDAY + timedelta(weeks=1))
    assert leading_signals(connection, scope)[0].kind is None


def test_a_slip_begins_in_weeks_that_follow_each_other(connection: Connection, scope: Scope) -> None:
    """The baseline ended more than two years ago, on the bad side: `since` does not reach back into it."""
    given.journey(connection)
    given_counts.weekly(connection, {"late": STEADY * 13})
    given_counts.kpi(connection, (*CALM[:18], *(0.943,) * 6), last=given_counts.weeks(133)[0])
    given_counts.kpi(connection, (0.943,) * 26)
    row = leading_signals(connection, scope)[0]
    assert cells_of([row], "kind", "rule", "since")[0] == ["slipping", "run low", given_counts.weeks(26)[0]]


def test_a_run_of_the_newest_weeks_takes_none_from_the_baseline(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.weekly(connection, {"late": STEADY * 13})
    given_counts.kpi(connection, (*CALM[:18], *(0.943,) * 6), last=given_counts.weeks(133)[0])
    given_counts.kpi(connection, (0.943,) * 4)
    assert cells_of(leading_signals(connection, scope), "kind", "watched") == [[None, 1]]


@pytest.mark.req("R179")
def test_a_contact_point_of_which_nothing_is_known_any_more_does_not_slip(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given_counts.kpi(connection, (*CALM, *(0.943,) * 8), last=given_counts.weeks(13)[0])
    assert cells_of(leading_signals(connection, scope), "kind", "watched") == [[None, 0]]


@pytest.mark.req("R179")
def test_nothing_solved_in_four_weeks_is_a_signal_of_its_own(connection: Connection, scope: Scope) -> None:
    given_counts.flow(connection, [(60, 20), *((40 + n % 3, 40 + (n + 1) % 3) for n in range(30)), *((40, 0),) * 6])
    row = leading_signals(connection, scope)[0]
    assert cells_of([row], "kind", "rule", "value", "since")[0] == ["waiting", "none solved", None, given_counts.weeks(6)[0]]
    assert row.n and row.n > 240 and row.usual and row.usual > 0


def test_where_nothing_waits_nothing_need_be_solved(connection: Connection, scope: Scope) -> None:
    given_counts.flow(connection, [*((40, 40),) * 30, *((0, 0),) * 5, (1, 1)])
    assert leading_signals(connection, scope)[0].kind is None
