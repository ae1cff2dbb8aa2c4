"""What was finished, what it brought back on which basis, and what customers have been shown."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_worth
from wallboard.metrics.improvements import improvements_by_month, value_recovered, you_said
from wallboard.metrics.scope import Scope
from wallboard.store.schema import exchange_rate

APRIL, MAY, JUNE = date(2026, 4, 20), date(2026, 5, 20), date(2026, 6, 20)


@pytest.mark.req("R79")
def test_only_what_is_finished_brings_back_value_and_its_basis_is_listed(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.loaded(connection, exchange_rate, {"currency": "GBP", "valid_from": date(2020, 1, 1), "rate": 2.0})
    given_worth.improvements(
        connection,
        {"stage": "receive", "done_on": MAY, "value": 100.0, "basis": "boxes saved"},
        {"stage": "receive", "done_on": MAY, "value": 50.0, "basis": "calls saved", "currency": "GBP"},
        {"stage": "receive", "done_on": MAY, "value": 70.0, "basis": "in shells", "currency": "XXX"},
        {"stage": "receive", "done_on": MAY},
        {"stage": "receive", "value": 1000.0, "basis": "a hope"},
        {"stage": "receive", "done_on": JUNE, "value": 1000.0, "basis": "not this month"},
        {"about": "customer", "subject": "c1", "done_on": MAY, "value": 5.0, "basis": "stayed"},
        {"stage": "receive", "done_on": MAY, "value": 9.0, "basis": "elsewhere", "perimeter": "west"},
    )
    by_stage = {row.stage: row for row in value_recovered(connection, scope, months=1)}
    row = by_stage["receive"]
    assert (row.finished, row.unvalued, row.value, row.bases) == (4, 2, 200, "boxes saved\ncalls saved")
    assert (by_stage[""].value, by_stage[""].stage_name) == (5, "unattributed")
    assert (by_stage["leave"].finished, by_stage["leave"].value) == (0, 0)


def test_nothing_known_nothing_finished_and_something_finished_are_three_things(connection: Connection, scope: Scope) -> None:
    assert [row.state for row in value_recovered(connection, scope)] == ["not measured"]
    given_worth.improvements(connection, {})
    assert [row.state for row in value_recovered(connection, scope)] == ["no cases"]
    given_worth.improvements(connection, {"done_on": MAY})
    assert [row.state for row in value_recovered(connection, scope)] == ["measured"]


@pytest.mark.req("R115")
def test_only_what_customers_were_shown_appears_newest_first(connection: Connection, scope: Scope) -> None:
    given_worth.improvements(
        connection,
        {"quotation": "late", "what": "first", "presented_on": APRIL, "done_on": APRIL},
        {"quotation": "broken", "what": "second", "presented_on": MAY},
        {"quotation": "never shown", "what": "x", "done_on": MAY},
        {"quotation": None, "what": "nobody said it", "presented_on": MAY},
        {"quotation": "tomorrow", "what": "y", "presented_on": date(2026, 6, 30)},
    )
    rows = you_said(connection, scope)
    assert [(row.what, row.total) for row in rows] == [("second", 2), ("first", 2)]
    assert [row.what for row in you_said(connection, replace(scope, as_of=datetime(2026, 5, 3, tzinfo=UTC)))] == ["first"]
    assert [row.total for row in you_said(connection, scope, limit=1)] == [2]


@pytest.mark.req("R115")
def test_finished_by_month_leaves_out_what_is_done_for_one_customer(connection: Connection, scope: Scope) -> None:
    given_worth.improvements(
        connection,
        {"since": date(2026, 3, 20), "done_on": APRIL, "presented_on": MAY},
        {"since": date(2026, 3, 20), "done_on": MAY, "about": "reason"},
        {"since": date(2026, 3, 20), "done_on": MAY, "about": "customer"},
        {"since": date(2026, 3, 20), "done_on": JUNE},
    )
    rows = improvements_by_month(connection, scope, months=4)
    assert [(row.finished, row.presented) for row in rows] == [(None, None), (0, 0), (1, 0), (1, 1)]
