"""Who may leave and who came back."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from tests.metrics import given, given_churn_risk
from wallboard.metrics.churn_risk import at_risk, won_back
from wallboard.metrics.scope import Scope
from wallboard.store import schema

OLD, ASKED = date(2025, 1, 10), date(2026, 6, 10)


@pytest.fixture
def cast(connection: Connection) -> Connection:
    """A shop that has asked to leave, a person somebody works for, and a person at peace."""
    given_churn_risk.people(connection)
    given_churn_risk.listed(
        connection,
        {"customer": "shop", "name": "Corner Shop", "kind": "B2B"},
        {"customer": "ann", "name": "Ann Lee"},
        {"customer": "joe"},
    )
    given.customers(connection, ("shop", OLD, "new", 500.0), ("ann", OLD, "new", 90.0), ("joe", OLD, "new", 70.0))
    fields = {"reason_source": "customer said", "reason_words": "Too late, too often."}
    given_churn_risk.contracts(
        connection, {"customer": "shop", "cancel_requested_on": ASKED, **fields}, {"customer": "ann"}, {"customer": "joe"}
    )
    given_churn_risk.actions(
        connection, {"subject": "ann", "since": ASKED, "what": "Rings her", "why": "moved", "due_on": date(2026, 6, 20)}
    )
    return connection


def test_who_has_asked_and_who_is_worked_for(cast: Connection, scope: Scope) -> None:
    rows = at_risk(cast, scope)
    shop, ann = rows[0], rows[1]
    assert [row.customer for row in rows] == ["shop", "ann"] and {row.total for row in rows} == {2}
    assert (shop.name, shop.value, shop.why, shop.why_source) == (
        "Corner Shop",
        500,
        "Too late, too often.",
        "customer said",
    )
    assert (shop.action, shop.asked_on, shop.unattended, shop.total_value) == (None, ASKED, 1, 190)
    assert (ann.name, ann.action, ann.owner, ann.why_source, ann.overdue) == (
        None,
        "Rings her",
        "Bo Lind",
        "we say",
        True,
    )


def test_only_the_most_valuable_are_listed_and_all_are_counted(cast: Connection, scope: Scope) -> None:
    rows = at_risk(cast, scope, limit=1)
    assert [row.customer for row in rows] == ["shop"] and rows[0].total == 2


@pytest.mark.parametrize(
    "contract",
    [
        {"cancel_requested_on": date(2026, 6, 30)},
        {"cancel_requested_on": date(2025, 5, 1)},
        {"cancel_requested_on": ASKED, "ended_on": date(2026, 6, 29)},
        {"cancel_requested_on": ASKED, "perimeter": "elsewhere"},
    ],
    ids=["asked tomorrow", "asked long ago", "has ended", "in another part"],
)
def test_who_is_not_at_risk(cast: Connection, scope: Scope, contract: dict[str, Any]) -> None:
    given_churn_risk.contracts(cast, {"customer": "joe", **contract})
    assert "joe" not in {row.customer for row in at_risk(cast, scope)}


def test_done_is_told_with_its_outcome_once_it_is_done(cast: Connection, scope: Scope) -> None:
    done = {
        "subject": "shop",
        "since": date(2026, 6, 12),
        "what": "Visits",
        "done_on": date(2026, 6, 20),
        "outcome": "Thinks it over",
    }
    given_churn_risk.actions(cast, done)
    row = at_risk(cast, scope)[0]
    assert (row.action, row.done_on, row.outcome, row.unattended) == (
        "Visits",
        date(2026, 6, 20),
        "Thinks it over",
        1,
    )
    earlier = Scope(scope.as_of - timedelta(days=12), scope.zone, scope.perimeters)
    row = at_risk(cast, earlier)[0]
    assert (row.action, row.done_on, row.outcome, row.unattended) == ("Visits", None, None, 0)


def test_a_merged_customer_is_one(cast: Connection, scope: Scope) -> None:
    given.loaded(
        cast, schema.customer_alias, {"alias": "joe-old", "customer": "joe-mid"}, {"alias": "joe-mid", "customer": "joe"}
    )
    given_churn_risk.contracts(cast, {"customer": "joe-old", "cancel_requested_on": ASKED})
    given_churn_risk.actions(cast, {"subject": "joe-mid", "since": ASKED, "what": "Writes"})
    joe = next(row for row in at_risk(cast, scope) if row.customer == "joe")
    assert (joe.asked_on, joe.action, joe.value) == (ASKED, "Writes", 70)


def test_who_came_back_and_what_was_done(cast: Connection, scope: Scope) -> None:
    left, back = date(2026, 3, 1), date(2026, 5, 20)
    given.customers(cast, ("joe", left, "lost", 70.0), ("joe", back, "won back", 80.0))
    given_churn_risk.actions(
        cast,
        {"subject": "joe", "since": date(2026, 5, 1), "what": "Writes", "done_on": back, "outcome": "Likes the new box"},
        {"subject": "joe", "since": date(2026, 5, 25), "what": "Thanks him", "done_on": date(2026, 5, 26)},
    )
    row = won_back(cast, scope)[0]
    assert (row.customer, row.left_on, row.back_on, row.days_away, row.value) == ("joe", left, back, 80, 80)
    assert (row.action, row.outcome, row.after_action, row.total, row.total_value) == (
        "Writes",
        "Likes the new box",
        1,
        1,
        80,
    )
    assert not won_back(cast, scope, months=1)


def test_an_old_action_does_not_make_who_came_back_a_risk(cast: Connection, scope: Scope) -> None:
    given.customers(cast, ("joe", date(2026, 3, 1), "lost", 70.0), ("joe", date(2026, 5, 20), "won back", 80.0))
    given_churn_risk.actions(cast, {"subject": "joe", "since": date(2026, 5, 1), "what": "Never closed"})
    assert "joe" not in {row.customer for row in at_risk(cast, scope)}
    given_churn_risk.actions(cast, {"subject": "joe", "since": date(2026, 5, 21), "what": "New trouble"})
    assert "joe" in {row.customer for row in at_risk(cast, scope)} and not won_back(cast, scope)


def test_what_happens_later_changes_nothing(cast: Connection, scope: Scope) -> None:
    given.customers(cast, ("joe", date(2026, 3, 1), "lost", 70.0), ("joe", date(2026, 5, 20), "won back", 80.0))
    before = at_risk(cast, scope), won_back(cast, scope)
    given.customers(cast, ("shop", scope.today, "lost", 500.0), ("joe", scope.today, "changed", 5.0))
    given_churn_risk.actions(
        cast,
        {"subject": "joe", "since": scope.today, "what": "Later"},
        {"subject": "shop", "since": scope.today, "what": "Later"},
    )
    assert before == (at_risk(cast, scope), won_back(cast, scope))


def test_contracts_are_found_through_the_index(cast: Connection, scope: Scope) -> None:
    if cast.dialect.name != "sqlite":
        pytest.skip("SQLite tells its plan in words")
    asked: list[tuple[str, Any]] = []

    def record(*args: Any) -> None:
        asked.append((args[2], args[3]))

    event.listen(cast, "before_cursor_execute", record)
    at_risk(cast, scope)
    event.remove(cast, "before_cursor_execute", record)
    for statement, parameters in asked:
        plan = [row[-1] for row in cast.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        scanned = [step for step in plan if step.startswith(("SCAN contract", "SCAN customer_event", "SCAN action"))]
        assert not scanned, statement
