"""What each figure means here: versions, owners, targets, breaks; and the files and customers behind a number."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from tests.conftest import AS_OF
from tests.examples import at_most
from tests.metrics import given as cast
from tests.metrics.given_definitions import aimed, defined, done, people
from wallboard.catalogue import catalogue
from wallboard.metrics.definitions import DefinedMetric, breaks, definition_versions, definitions, metric_actions
from wallboard.metrics.provenance import loaded_files, provenance_customers
from wallboard.metrics.scope import Scope
from wallboard.settings import Perimeter, Settings
from wallboard.store.schema import load_run

TODAY = date(2026, 6, 30)
LONG_AGO = date(2024, 1, 1)


def of(connection: Connection, scope: Scope, metric: str) -> DefinedMetric:
    """One figure as it is defined."""
    (row,) = [row for row in definitions(connection, scope) if row.metric == metric]
    return row


def test_without_a_declaration_the_programs_own_words_hold_and_nobody_owns(connection: Connection, scope: Scope) -> None:
    rows = definitions(connection, scope)
    assert [row.metric for row in rows] == list(catalogue()) and all(row.priority for row in rows)
    row, own = of(connection, scope, "nps"), catalogue()["nps"]
    assert (row.name, row.definition, row.formula) == (own.name, own.definition, own.formula)
    assert (row.version, row.valid_from, row.owner, row.owner_body, row.target) == (None,) * 5


@pytest.mark.req("R35")
def test_the_newest_version_that_holds_today_comes_before_the_programs_own_words(connection: Connection, scope: Scope) -> None:
    people(connection, ines="Ines Duarte", ben="Ben Okoye")
    defined(connection, "revenue", 1, LONG_AGO, formula="sum of invoices", owner="ben")
    defined(connection, "revenue", 2, date(2026, 6, 30), formula="sum of payments", owner="ines", priority=False)
    defined(connection, "revenue", 3, date(2026, 7, 1), formula="sum of hopes")
    row = of(connection, scope, "revenue")
    assert (row.version, row.valid_from, row.formula) == (2, TODAY, "sum of payments")
    assert (row.owner, row.priority) == ("Ines Duarte", False)
    assert row.definition == catalogue()["revenue"].definition
    before = of(connection, replace(scope, as_of=scope.as_of - timedelta(days=1)), "revenue")
    assert (before.version, before.owner, before.priority) == (1, "Ben Okoye", True)


def test_a_version_that_came_twice_counts_as_it_came_last(connection: Connection, scope: Scope) -> None:
    defined(connection, "nps", 1, LONG_AGO, name="First")
    defined(connection, "nps", 1, LONG_AGO, name="Second")
    assert of(connection, scope, "nps").name == "Second"
    assert len(definition_versions(connection, scope)) == 1


def test_a_declaration_without_owner_has_none_though_an_earlier_one_had(connection: Connection, scope: Scope) -> None:
    people(connection, ben="Ben Okoye")
    defined(connection, "csat", 1, LONG_AGO, owner="ben")
    defined(connection, "csat", 2, date(2026, 1, 1))
    assert of(connection, scope, "csat").owner is None


def test_a_figure_that_the_program_does_not_know_changes_nothing(connection: Connection, scope: Scope) -> None:
    defined(connection, "moon_phase", 1, LONG_AGO)
    assert not definition_versions(connection, scope)
    assert [row.metric for row in definitions(connection, scope)] == list(catalogue())


PARTS = {
    "all": Perimeter(name="All"),
    "isles": Perimeter(name="Isles", parent="all"),
    "ie": Perimeter(name="Ireland", parent="isles"),
    "fr": Perimeter(name="France", parent="all"),
}
ROOM = Settings(company="C", timezone="UTC", perimeter=PARTS)


@pytest.mark.req("R35")
@pytest.mark.parametrize(
    ("perimeter", "targets", "holds"),
    [
        ("ie", {"": 1, "all": 2, "isles": 3, "ie": 4}, 4),
        ("ie", {"": 1, "all": 2, "isles": 3}, 3),
        ("ie", {"": 1, "all": 2}, 2),
        ("ie", {"": 1}, 1),
        ("ie", {"fr": 5}, None),
        ("fr", {"": 1, "isles": 3, "ie": 4}, 1),
        ("isles", {"": 1, "ie": 4}, 1),
        (None, {"": 1, "all": 2, "ie": 4}, 2),
        (None, {"": 1, "ie": 4}, 1),
    ],
)
def test_a_target_is_that_of_the_nearest_place(
    connection: Connection, perimeter: str | None, targets: dict[str, float], holds: float | None
) -> None:
    for place, value in targets.items():
        aimed(connection, "nps", place, LONG_AGO, value)
    assert of(connection, Scope.of(ROOM, AS_OF, perimeter), "nps").target == holds


def test_a_target_holds_from_its_day_until_the_next(connection: Connection, scope: Scope) -> None:
    for day, value in ((TODAY, 40.0), (LONG_AGO, 30.0), (TODAY + timedelta(days=1), 50.0)):
        aimed(connection, "nps", "", day, value)
    row = of(connection, scope, "nps")
    assert (row.target, row.target_from) == (40.0, TODAY)
    assert of(connection, replace(scope, as_of=scope.as_of - timedelta(days=1)), "nps").target == 30.0


def test_the_places_above_a_perimeter_end_at_the_top() -> None:
    assert ROOM.above("ie") == ("ie", "isles", "all") and ROOM.above("all") == ("all",) and ROOM.above(None) == ("all",)
    two = {"a": Perimeter(name="A"), "b": Perimeter(name="B")}
    assert Settings(company="C", timezone="UTC", perimeter=two).above(None) == ()
    assert Settings(company="C", timezone="UTC").above(None) == ()


def test_a_break_is_a_later_version_that_counts_otherwise(connection: Connection, scope: Scope) -> None:
    defined(connection, "nps", 1, date(2026, 2, 1), formula="a")
    defined(connection, "csat", 1, LONG_AGO, formula="a")
    defined(connection, "csat", 2, date(2026, 3, 1), formula="b")
    defined(connection, "ces", 1, LONG_AGO, formula="a")
    defined(connection, "ces", 2, date(2026, 3, 1), formula="a", owner_body="The council", name="Ease")
    defined(connection, "trust", 1, LONG_AGO, formula="a")
    defined(connection, "trust", 2, TODAY + timedelta(days=1), formula="b")
    (rows,) = breaks(connection, scope)
    assert (rows.metric, rows.version, rows.valid_from) == ("csat", 2, date(2026, 3, 1))
    assert (rows.formula_before, rows.formula) == ("a", "b")


@pytest.mark.parametrize(("day", "seen"), [(date(2025, 5, 29), False), (date(2025, 5, 30), True), (TODAY, True)])
def test_a_break_is_told_for_thirteen_months(connection: Connection, scope: Scope, day: date, seen: bool) -> None:
    defined(connection, "csat", 1, LONG_AGO, formula="a")
    defined(connection, "csat", 2, day, formula="b")
    assert len(breaks(connection, scope)) == seen


@settings(max_examples=at_most(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(-900, 60), st.sampled_from("abc")), max_size=6))
def test_what_holds_today_is_among_the_versions_and_breaks_lie_in_the_past(
    connection: Connection, versions: list[tuple[int, str]]
) -> None:
    scope, once = Scope.of(ROOM, AS_OF), connection.begin_nested()
    for number, (days, formula) in enumerate(versions, 1):
        defined(connection, "csat", number, TODAY + timedelta(days=days), formula=formula)
    held = [(number, formula) for number, (days, formula) in enumerate(versions, 1) if days <= 0]
    row = of(connection, scope, "csat")
    assert (row.version, row.formula) == (held[-1] if held else (None, catalogue()["csat"].formula))
    rows = breaks(connection, scope)
    assert all(version.valid_from <= TODAY and version.formula != version.formula_before for version in rows)
    assert len(rows) <= max(0, len(held) - 1)
    once.rollback()


def test_the_last_action_is_the_newest_that_has_begun(connection: Connection, scope: Scope) -> None:
    people(connection, ana="Ana Roth")
    done(connection, "nps", LONG_AGO, "Asked fewer questions", done_on=date(2024, 3, 1), outcome="More answered")
    done(
        connection,
        "nps",
        date(2026, 5, 1),
        "Called back",
        owner="ana",
        due_on=date(2026, 9, 1),
        done_on=date(2026, 7, 9),
        outcome="x",
    )
    done(connection, "nps", TODAY + timedelta(days=1), "Not yet begun")
    done(connection, "nps", TODAY, "Elsewhere", perimeter="west")
    (row,) = metric_actions(connection, scope)
    assert (row.what, row.owner, row.since, row.due_on) == (
        "Called back",
        "Ana Roth",
        date(2026, 5, 1),
        date(2026, 9, 1),
    )
    assert (row.done_on, row.outcome) == (None, None)


def test_the_newest_good_load_of_each_file_is_named(connection: Connection, scope: Scope) -> None:
    plain = {"source": "crm", "feed": "contracts", "started_at": cast.at(TODAY), "rows_read": 5, "rows_new": 5}
    runs = [
        plain | {"file": "a.csv", "status": "ok", "sha256": "1"},
        plain | {"file": "a.csv", "status": "ok", "sha256": "2", "started_at": cast.at(TODAY, 13)},
        plain | {"file": "a.csv", "status": "refused", "sha256": "3", "started_at": cast.at(TODAY, 14)},
        plain | {"file": "b.csv", "status": "ok", "sha256": "4"},
        plain | {"file": "c.csv", "status": "ok", "feed": "posts", "sha256": "5"},
    ]
    for run in runs:
        connection.execute(insert(load_run).values(**run))
    rows = loaded_files(connection, scope, feeds="contracts, orders")
    assert [(row.file, row.sha256, row.files) for row in rows] == [("a.csv", "2", 2), ("b.csv", "4", 2)]
    (first,) = loaded_files(connection, scope, feeds="contracts", limit=1)
    assert (first.file, first.started_at, first.rows_read, first.files) == ("a.csv", cast.at(TODAY, 13), 5, 2)
    assert len(loaded_files(connection, scope)) == 3


def test_behind_a_count_stand_its_customers_of_the_last_complete_month(connection: Connection, scope: Scope) -> None:
    may = date(2026, 5, 12)
    cast.customers(
        connection,
        *((f"n{n}", may + timedelta(days=n % 3), "new", 10.0) for n in range(6)),
        ("april", date(2026, 4, 30), "new", 1.0),
    )
    cast.customers(connection, ("n1", date(2026, 5, 31), "lost", 10.0), ("n2", date(2026, 6, 1), "lost", 10.0))
    cast.customers(connection, ("far", may, "new", 1.0), perimeter="west")
    rows = provenance_customers(connection, scope, kinds="new", limit=4)
    assert [row.customer for row in rows] == ["n2", "n5", "n1", "n4"] and {row.all for row in rows} == {6}
    every = provenance_customers(connection, scope)
    assert [(row.kind, row.customer) for row in every if row.kind != "new"] == [("lost", "n1")]
