"""Failure demand against value demand, the unclassified apart."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_worth
from wallboard.metrics.demand import demand, demand_types
from wallboard.metrics.scope import Scope
from wallboard.store.schema import issue_type

MARCH, APRIL, MAY = (date(2026, m, 1) for m in (3, 4, 5))


@pytest.fixture
def with_voices(connection: Connection) -> Connection:
    given.journey(connection)
    kinds = (("advice", "How do I?", "value"), ("hm", "Hm", "unclassified"))
    given.loaded(connection, issue_type, *({"issue_type": k, "wording": w, "demand": d} for k, w, d in kinds))
    given_worth.add_voices(connection, MARCH)
    return connection


def test_the_unclassified_are_in_neither_and_the_interval_is_wilsons(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "late", 85, 1.0)
    given_worth.contacts(with_voices, MAY, "advice", 15, 1.0, complaint=False)
    given_worth.contacts(with_voices, MAY, "hm", 30, 1.0)
    given_worth.contacts(with_voices, MAY, "", 7, 1.0)
    given_worth.contacts(with_voices, MAY, "of old", 3, 1.0)
    (row,) = demand(with_voices, scope, months=1)
    assert (row.failure, row.value, row.unclassified, row.n) == (85, 15, 40, 100)
    assert row.share == 0.85 and (round(row.low or 0, 3), round(row.high or 0, 3)) == (0.767, 0.907)


def test_it_is_not_complaints(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, MAY, "late", 10, 1.0, complaint=False)
    given_worth.contacts(with_voices, MAY, "advice", 10, 1.0, complaint=True)
    (row,) = demand(with_voices, scope, months=1)
    assert (row.failure, row.value, row.share) == (10, 10, 0.5)


def test_four_states_and_none_of_them_is_nothing_per_cent(with_voices: Connection, scope: Scope) -> None:
    given_worth.contacts(with_voices, APRIL, "late", 9, 1.0)
    given_worth.contacts(with_voices, MAY, "hm", 9, 1.0)
    rows = demand(with_voices, scope, months=4)
    assert [month.state for month in rows] == ["not measured", "no cases", "too few", "no cases"]
    assert {month.share for month in rows} == {None} and [month.n for month in rows] == [None, 0, 9, 0]


def test_the_kinds_sum_to_the_month(with_voices: Connection, scope: Scope) -> None:
    for kind, number in (("late", 12), ("advice", 30), ("", 4), ("bill", 12)):
        given_worth.contacts(with_voices, MAY, kind, number, 1.0)
    kinds, (row,) = demand_types(with_voices, scope, months=1), demand(with_voices, scope, months=1)
    assert [(kind.wording, kind.demand, kind.contacts) for kind in kinds] == [
        ("How do I?", "value", 30),
        ("My bill is wrong", "failure", 12),
        ("My order is late", "failure", 12),
        ("unclassified", "unclassified", 4),
    ]
    sums = {
        demand: sum(kind.contacts for kind in kinds if kind.demand == demand) for demand in ("failure", "value", "unclassified")
    }
    assert [*sums.values()] == [row.failure, row.value, row.unclassified]
