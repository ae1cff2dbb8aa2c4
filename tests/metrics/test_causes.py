"""What crosses departments, and the effect of those who never meet a customer."""

from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_worth
from tests.metrics.given_causes import add_voices, functions, left, traced
from wallboard.metrics.causes import cross_causes, cross_department, function_effect
from wallboard.metrics.scope import Scope

FEBRUARY, MAY, JUNE = (date(2026, m, 1) for m in (2, 5, 6))


@pytest.fixture
def with_voices(connection: Connection) -> Connection:
    functions(connection)
    given_worth.add_voices(connection, date(2025, 11, 5))
    return connection


@pytest.mark.req("R4")
def test_crossed_are_those_of_another_cause_than_who_heard(with_voices: Connection, scope: Scope) -> None:
    traced(with_voices, MAY, "care", "store", 7)
    traced(with_voices, MAY, "care", "store", 2, complaint=False)
    traced(with_voices, MAY, "care", "care", 3)
    traced(with_voices, MAY, "care", "", 11)
    traced(with_voices, MAY, "", "bank", 4)
    traced(with_voices, MAY, "store", "bank", 1, perimeter="south")
    traced(with_voices, FEBRUARY, "care", "bank", 5)
    traced(with_voices, JUNE, "care", "store", 99)
    traced(with_voices, MAY, "care", "store", 50, perimeter="west")
    given_worth.contacts(with_voices, MAY, "", 40, 5.0)
    (row,) = cross_department(with_voices, scope, months=3)
    assert (row.crossed, row.known, row.unknown, row.contacts) == (10, 13, 27, 40)
    assert (row.previous_crossed, row.previous_known, row.state) == (5, 5, "measured")
    causes = cross_causes(with_voices, scope, months=3)
    assert [(cause.name, cause.crossed, cause.own) for cause in causes] == [("Store", 9, 0), ("Bank", 1, 0), ("Care", 0, 3)]
    assert sum(cause.crossed for cause in causes) == row.crossed
    assert sum(cause.crossed + cause.own for cause in causes) == row.known


def test_nothing_traced_is_not_nothing_crossed(connection: Connection, scope: Scope) -> None:
    assert [(row.crossed, row.state) for row in cross_department(connection, scope)] == [(None, "not measured")]
    given_worth.add_voices(connection, date(2025, 11, 5))
    assert [(row.crossed, row.state) for row in cross_department(connection, scope)] == [(0, "no cases")]
    assert cross_causes(connection, scope) == () == function_effect(connection, scope)


@pytest.mark.req("R5")
def test_functions_that_never_meet_a_customer_see_their_effect_and_no_trace_is_no_zero(
    with_voices: Connection, scope: Scope
) -> None:
    traced(with_voices, MAY, "care", "store", 7)
    traced(with_voices, MAY, "", "store", 2, complaint=False, cost=0.0, uncosted=2)
    traced(with_voices, MAY, "care", "bank", 3, cost=0.0, uncosted=3)
    traced(with_voices, MAY, "care", "care", 30)
    hostile = "<script>alert(1)</script> " + "Broken again. " * 40
    day = {"day": date(2026, 5, 9), "cause": "store"}
    add_voices(with_voices, {**day, "words": hostile}, {**day, "day": date(2026, 5, 20), "words": "Nice.", "complaint": False})
    rows = function_effect(with_voices, scope, months=3)
    assert [(row.name, row.complaints, row.contacts, row.cost, row.uncosted, row.state) for row in rows] == [
        ("Store", 7, 9, 35.0, 2, "measured"),
        ("Bank", 3, 3, None, 3, "measured"),
        ("Carrier", None, None, None, None, "not measured"),
    ]
    words = rows[0].words or ""
    assert words.startswith("<script>") and words.endswith("…") and rows[0].abridged
    assert len(words) <= 120 and rows[1].words is None


@pytest.mark.req("R5")
def test_who_left_after_a_complaint_is_told_with_what_they_took(with_voices: Connection, scope: Scope) -> None:
    for cause in ("store", "bank"):
        traced(with_voices, MAY, "care", cause, 7)
    rows = function_effect(with_voices, scope)
    assert [row.name for row in rows] == ["Bank", "Store", "Carrier"]
    assert {(row.left, row.lost_value, row.left_unknown) for row in rows} == {(None, None, None)}, "no customer came or left"
    given.customers(with_voices, ("a", date(2025, 1, 5), "new", 20.0))
    left(with_voices, MAY, "store", 3, 50.0, unknown=1)
    left(with_voices, date(2026, 4, 1), "store", 1, 10.0, perimeter="south")
    left(with_voices, JUNE, "store", 9, 90.0)
    left(with_voices, MAY, "store", 9, 90.0, perimeter="west")
    left(with_voices, MAY, "carrier", 1, 5.0)
    effects = [(row.name, row.left, row.lost_value, row.left_unknown) for row in function_effect(with_voices, scope, months=3)]
    assert effects == [("Bank", 0, 0, 0), ("Store", 4, 60.0, 1), ("Carrier", 1, 5.0, 0)]
