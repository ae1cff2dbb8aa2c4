"""First-contact resolution as repeats tell it: what is judged, what is too young, and what cannot be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_causes import repeats
from wallboard.metrics.repeats import first_contact, first_contact_types
from wallboard.metrics.scope import Scope

OLD, YOUNG = date(2026, 6, 15), date(2026, 6, 22)
"""Monday 15 June: its week and a whole window are over on 29 June; the week of the 22nd is not a window old."""


@pytest.fixture
def counted(connection: Connection) -> Connection:
    given.journey(connection)
    repeats(connection, OLD, "late", 80, 12, 15)
    repeats(connection, OLD, "bill", 20, 3, 5)
    repeats(connection, OLD, "broken", 4, 4, 4)
    repeats(connection, OLD, "", 0, 0, 0, unknown=30, merged=2)
    repeats(connection, YOUNG, "late", 50, 0)
    return connection


def test_golden_share_with_its_interval(counted: Connection, scope: Scope) -> None:
    (row,) = first_contact(counted, scope, weeks=4)
    assert (row.kind, row.window_days, row.period_end) == ("repeat-based", 7, date(2026, 6, 21))
    assert (row.firsts, row.returned, row.repeats, row.contacts) == (104, 19, 24, 128)
    assert row.fcr == 1 - 19 / 104 and row.repeat_rate == 24 / 128
    assert (row.unknown, row.merged, row.young) == (30, 2, 50)
    bill = next(row for row in first_contact_types(counted, scope, weeks=4) if row.issue_type == "bill")
    assert bill.fcr == 0.85 and bill.low and bill.high and bill.low < 0.85 < bill.high


def test_first_contacts_younger_than_the_window_are_not_judged(counted: Connection, scope: Scope) -> None:
    later = replace(scope, as_of=scope.as_of + timedelta(days=6))
    assert first_contact(counted, later, weeks=4)[0].firsts == 154
    earlier = replace(scope, as_of=scope.as_of - timedelta(days=2))
    (row,) = first_contact(counted, earlier, weeks=4)
    assert row.period_end == date(2026, 6, 14) and row.young == 154 and row.state == "not measured"


def test_kinds_are_worst_first_and_too_few_are_after_them(counted: Connection, scope: Scope) -> None:
    rows = first_contact_types(counted, scope, weeks=4)
    assert [(row.issue_type, row.state, row.fcr) for row in rows] == [
        ("late", "measured", 0.85),
        ("bill", "measured", 0.85),
        ("broken", "too few", None),
    ]
    assert sum(row.firsts or 0 for row in rows) == first_contact(counted, scope, weeks=4)[0].firsts


def test_nothing_counted_and_another_perimeter_are_not_measured(connection: Connection, scope: Scope) -> None:
    assert first_contact(connection, scope)[0].state == "not measured"
    assert first_contact_types(connection, scope) == ()
    repeats(connection, OLD, "late", 50, 5, perimeter="west")
    (row,) = first_contact(connection, scope)
    assert row.state == "not measured" and row.fcr is None
    repeats(connection, OLD - timedelta(weeks=3), "late", 0, 0, unknown=3)
    (row,) = first_contact(connection, scope)
    assert (row.state, row.fcr, row.unknown) == ("no cases", None, 3)
