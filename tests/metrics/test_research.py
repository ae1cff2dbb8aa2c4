"""The shelf: what was studied, and what waits to be reviewed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_handoffs
from wallboard.metrics.research import research_shelf, unreviewed
from wallboard.metrics.scope import Scope

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


@pytest.fixture
def shelf(connection: Connection) -> Connection:
    given.journey(connection)
    given_handoffs.studies(
        connection,
        {"study": "new", "finished_on": JUNE, "stage": "receive", "n": None},
        {"study": "old", "finished_on": MAY},
        {"study": "seen", "finished_on": MAY, "n": 0},
        {"study": "later", "finished_on": date(2026, 6, 30)},
    )
    given_handoffs.reviewed(connection, "seen", given.at(JUNE), "First words.")
    given_handoffs.reviewed(connection, "seen", given.at(date(2026, 6, 9)), "Second words.")
    return connection


@pytest.mark.req("R161")
def test_a_study_says_how_it_was_made_and_whether_it_was_reviewed(shelf: Connection, scope: Scope) -> None:
    rows = research_shelf(shelf, scope)
    assert [(row.study, row.reviewed, row.n) for row in rows] == [
        ("old", False, 12),
        ("new", False, None),
        ("seen", True, 0),
    ]
    assert (rows[1].method, rows[1].summary, rows[1].stage_name) == ("Talks", "They wait for a word.", "I get my order")
    assert (rows[2].reviews, rows[2].reviewed_by, rows[2].review_words) == (2, "Fay", "Second words.")
    assert research_shelf(shelf, scope, stage="receive")[0].study == "new"


@pytest.mark.req("R161")
def test_what_nobody_reviewed_waits_the_oldest_first_until_it_is(shelf: Connection, scope: Scope) -> None:
    rows = unreviewed(shelf, scope)
    assert [(row.study, row.days_waiting) for row in rows] == [("old", 57), ("new", 29)]
    given_handoffs.reviewed(shelf, "old", scope.as_of)
    assert [row.study for row in unreviewed(shelf, scope)] == ["new"]
    before = replace(scope, as_of=scope.as_of - timedelta(seconds=1))
    assert [row.study for row in unreviewed(shelf, before)] == ["old", "new"]


def test_an_empty_shelf_has_no_row(connection: Connection, scope: Scope) -> None:
    assert research_shelf(connection, scope) == () == unreviewed(connection, scope)
