"""What the walls tell of the demo's issues equals plain SQL on what its exports said."""

from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.demo.conftest import AT, Written
from wallboard.metrics.causes import cross_department, function_effect
from wallboard.metrics.complaint_types import listening
from wallboard.metrics.pareto import issue_costs, issue_stages
from wallboard.metrics.repeats import first_contact
from wallboard.metrics.scope import Scope


@pytest.fixture
def scope(written: Written) -> Scope:
    return Scope.of(written.room.settings, AT)


def _value(connection: Connection, query: str, **given: Any) -> Any:
    return connection.execute(text(query), given).scalar_one()


def _days(row: Any) -> dict[str, str]:
    return {"first": str(row.period_start), "last": str(row.period_end)}


@pytest.mark.req("R4")
def test_contacts_that_cross_departments_equal_sql(connection: Connection, scope: Scope) -> None:
    (row,) = cross_department(connection, scope)
    query = "SELECT COUNT(*) FROM voice WHERE day BETWEEN :first AND :last AND handled_by <> cause"
    assert row.crossed == _value(connection, query, **_days(row)) > 100
    both = "SELECT COUNT(*) FROM voice WHERE day BETWEEN :first AND :last AND handled_by IS NOT NULL AND cause IS NOT NULL"
    assert row.known == _value(connection, both, **_days(row))
    assert row.contacts == _value(connection, "SELECT COUNT(*) FROM voice WHERE day BETWEEN :first AND :last", **_days(row))


@pytest.mark.req("R5")
def test_the_effect_of_a_back_office_equals_sql_and_it_is_traced_to_nothing(connection: Connection, scope: Scope) -> None:
    effects = function_effect(connection, scope)
    hidden = set(connection.scalars(text("SELECT function FROM function WHERE NOT customer_facing")))
    assert {row.function for row in effects} == hidden and len(hidden) == 5
    query = "SELECT COUNT(*) FROM voice WHERE cause = :cause AND complaint AND day BETWEEN :first AND :last"
    leavers = """SELECT COUNT(*), COALESCE(SUM(e.value), 0), COUNT(*) - COUNT(e.value) FROM customer_event e
        WHERE e.kind = 'lost' AND e.day BETWEEN :first AND :last AND EXISTS (SELECT 1 FROM voice v WHERE v.cause = :cause
        AND v.complaint AND NOT COALESCE(v.merged, FALSE) AND v.perimeter = e.perimeter AND v.day BETWEEN date(e.day, '-90 days')
        AND e.day AND COALESCE((SELECT a.customer FROM customer_alias a WHERE a.alias = v.customer), v.customer) = e.customer)"""
    for row in effects:
        count = _value(connection, query, cause=row.function, **_days(row))
        assert row.complaints == (count or None), row.function
        people, value, unknown = connection.execute(text(leavers), {"cause": row.function, **_days(row)}).one()
        expected = row.left or 0, pytest.approx(row.lost_value or 0.0), row.left_unknown or 0
        assert expected == (people, value, unknown), row.function
    assert sum(row.left or 0 for row in effects) > 0
    it = next(row for row in effects if row.function == "it")
    assert (it.complaints, it.words, it.state) == (None, None, "not measured")
    assert sum(row.words is not None for row in effects) == 4


@pytest.mark.req("R82")
def test_cells_of_the_matrix_equal_sql(connection: Connection, scope: Scope) -> None:
    cells = listening(connection, scope)
    query = "SELECT channel, stage, COUNT(*), MAX(day) FROM voice WHERE day BETWEEN :first AND :last GROUP BY 1, 2"
    there = {(r[0], r[1] or ""): (r[2], str(r[3])) for r in connection.execute(text(query), _days(cells[0]))}
    spoken = [row for row in cells if row.kind == "voice" and row.voices]
    assert {(row.channel, row.stage): (row.voices, str(row.latest)) for row in spoken} == there


@pytest.mark.req("R41")
def test_kinds_by_cost_and_by_stage_sum_to_all_complaints(connection: Connection, scope: Scope) -> None:
    query = "SELECT COUNT(*) FROM voice WHERE complaint AND day BETWEEN :first AND :last"
    for costs in (issue_costs(connection, scope), issue_stages(connection, scope)):
        complaints = sum(row.complaints or 0 for row in costs)
        assert complaints == costs[0].total == _value(connection, query, **_days(costs[0])) > 100


def test_customers_come_back_about_the_same_thing_and_what_is_merged_is_told(connection: Connection, scope: Scope) -> None:
    (row,) = first_contact(connection, scope)
    assert row.state == "measured" and row.fcr and 0.8 < row.fcr < 0.97 and row.merged and row.unknown and row.young
    every = "SELECT COUNT(*) FROM voice WHERE day BETWEEN :first AND :last AND merged IS NOT TRUE"
    assert (row.contacts or 0) + row.unknown == _value(connection, every, **_days(row))
