"""What failures cost: what counts, what is costed, and what is said about the rest."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_worth
from wallboard.metrics.failures import failure_cost, failure_places, unit_costs
from wallboard.metrics.frames import frame
from wallboard.metrics.scope import Scope
from wallboard.store.schema import issue_type

APRIL, MAY, JUNE = (date(2026, m, 1) for m in (4, 5, 6))


@pytest.fixture
def with_voices(connection: Connection) -> Connection:
    """A journey, something heard since April, and a kind of issue that is no failure."""
    given.journey(connection)
    given.loaded(connection, issue_type, {"issue_type": "advice", "wording": "How do I?", "demand": "value"})
    given_worth.add_voices(connection, APRIL)
    return connection


@pytest.mark.req("R130")
def test_failures_are_costed_by_month_and_the_uncosted_are_told_apart(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, APRIL, "late", 4, 5.0)
    given_worth.contacts(with_voices, MAY, "late", 3, 6.0)
    given_worth.contacts(with_voices, MAY, "bill", 2, None)
    given_worth.contacts(with_voices, MAY, "advice", 50, 6.0, complaint=False)
    given_worth.contacts(with_voices, MAY, "", 7, 6.0)
    given_worth.contacts(with_voices, JUNE, "late", 9, 6.0)
    march, april, may = failure_cost(with_voices, scope, months=3)
    assert (march.state, april.state, may.state) == ("not measured", "measured", "partly costed")
    assert (april.failures, april.cost, april.uncosted, april.unclassified) == (4, 20, 0, 0)
    assert (may.failures, may.cost, may.uncosted, may.unclassified, may.untimed) == (5, 18, 2, 7, 2)
    assert may.customer_hours == 0.5 and may.counted == "failures"
    assert march.cost is None


@pytest.mark.req("R130")
@pytest.mark.parametrize("by", ["stage", "touchpoint", "issue_type"])
def test_stages_touchpoints_and_types_sum_to_the_months(with_voices: Connection, scope: Scope, by: str) -> None:
    given_worth.contacts(with_voices, APRIL, "late", 4, 5.0, stage="receive", touchpoint="parcel")
    given_worth.contacts(with_voices, MAY, "late", 3, 6.0, stage="receive")
    given_worth.contacts(with_voices, MAY, "bill", 2, None, stage="choose", touchpoint="site")
    given_worth.contacts(with_voices, MAY, "broken", 1, 2.0, stage="a stage of old")
    given_worth.contacts(with_voices, MAY, "", 7, 6.0, stage="receive")
    months = frame(failure_cost(with_voices, scope, months=3), failure_cost)
    places = frame(failure_places(with_voices, scope, months=3, by=by), failure_places)  # type: ignore[arg-type]
    for column in ("failures", "uncosted", "unclassified", "untimed"):
        assert places[column].sum() == months[column].dropna().sum(), column
    assert places["cost"].dropna().sum() == months["cost"].dropna().sum() == 40
    assert list(places["name"])[-1] == "unattributed"


def test_no_failures_and_no_unit_cost_are_two_things(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "bill", 2, None, stage="choose")
    given_worth.contacts(with_voices, MAY, "late", 2, 3.0, stage="receive")
    choose, receive, leave, rest = failure_places(with_voices, scope, months=1)
    assert [row.state for row in (choose, receive, leave, rest)] == ["not costed", "measured", "no cases", "no cases"]
    assert choose.cost is None and choose.customer_hours is None
    assert (leave.cost, leave.failures) == (0, 0)


def test_nothing_heard_is_not_measured(connection: Connection, scope: Scope) -> None:
    assert {row.state for row in failure_cost(connection, scope)} == {"not measured"}
    assert [row.state for row in failure_places(connection, scope)] == ["not measured"]


def test_without_any_demand_every_complaint_counts_and_says_so(connection: Connection, scope: Scope) -> None:
    given_worth.add_voices(connection, APRIL)
    given_worth.contacts(connection, MAY, "", 7, 6.0)
    given_worth.contacts(connection, MAY, "", 9, 6.0, complaint=False)
    row = failure_cost(connection, scope, months=1)[0]
    assert (row.failures, row.cost, row.unclassified, row.counted) == (7, 42, 0, "complaints")


def test_a_replay_and_another_perimeter_see_less(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "late", 3, 6.0, perimeter="west")
    given_worth.contacts(with_voices, JUNE, "late", 3, 6.0)
    assert not any(row.failures for row in failure_cost(with_voices, scope, months=2))


def test_the_basis_is_the_newest_unit_cost_of_each_activity(connection: Connection, scope: Scope) -> None:
    given_worth.unit_costs(
        connection,
        {"activity": "phone", "valid_from": date(2025, 4, 1), "amount": 7.0},
        {"activity": "phone", "valid_from": date(2026, 4, 1), "amount": 8.0},
        {"activity": "phone", "valid_from": date(2026, 6, 1), "amount": 9.0},
        {"activity": "phone", "valid_from": date(2026, 4, 1), "amount": 6.0, "perimeter": "south"},
        {"activity": "phone", "valid_from": date(2026, 4, 1), "amount": 99.0, "perimeter": "west"},
    )
    rows = unit_costs(connection, scope)
    assert [(row.amount, row.perimeter) for row in rows] == [(8.0, None), (6.0, "south")]
    assert {row.basis for row in rows} == {"time sheets"}
