"""How many complaints, where."""

from datetime import date

import pytest
from sqlalchemy import Connection, func, select

from tests.metrics import cells_of, given, given_counts
from wallboard.metrics.scope import Scope
from wallboard.metrics.volume import issue_volume
from wallboard.store.schema import voice

FOUR = given_counts.weeks(4)


def complaints(connection: Connection) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        *[{"day": FOUR[0], "touchpoint": "parcel"}] * 3,
        {"day": date(2026, 6, 28), "stage": "receive"},
        {"day": date(2026, 6, 10), "stage": "choose", "perimeter": "south"},
        {"day": date(2026, 6, 10)},
        {"day": date(2026, 6, 29), "stage": "choose"},
        {"day": date(2026, 5, 31), "stage": "choose"},
        {"day": date(2026, 1, 10)},
    )


@pytest.mark.req("R39")
def test_the_totals_are_those_of_sql(connection: Connection, scope: Scope) -> None:
    complaints(connection)
    given.exposures(connection, FOUR, 500)
    rows = issue_volume(connection, scope)
    by_sql = select(func.count()).where(voice.c.complaint, voice.c.day.between(FOUR[0], date(2026, 6, 28)))
    assert sum(row.complaints or 0 for row in rows) == connection.execute(by_sql).scalar() == 6
    assert cells_of([row for row in rows if row.complaints], "stage", "perimeter", "complaints") == [
        ["choose", "south", 1], ["receive", "north", 4], ["", "north", 1]
    ]  # fmt: skip
    assert len(rows) == 8 and [row.previous for row in [row for row in rows if row.stage == "choose"]] == [1, 0]


@pytest.mark.req("R39")
def test_a_rate_is_hidden_where_the_exposure_is_missing(connection: Connection, scope: Scope) -> None:
    complaints(connection)
    given.exposures(connection, FOUR, 500)
    given.exposures(connection, FOUR[:-1], 500, perimeter="south")
    by_stage = {(row.stage, row.perimeter): row for row in issue_volume(connection, scope)}
    places = by_stage["receive", "north"], by_stage["choose", "south"]
    cells = cells_of(places, "complaints", "per_1000", "exposure", "state")
    assert cells == [[4, 2.0, 2000, "measured"], [1, None, None, "not measured"]]
    assert by_stage["choose", "north"].per_1000 == 0


def test_orders_come_before_larger_exposures_and_none_is_added_up(connection: Connection, scope: Scope) -> None:
    complaints(connection)
    given.exposures(connection, FOUR, 900, touchpoint="site", kind="visits")
    given.exposures(connection, FOUR, 500)
    assert {row.exposure_kind for row in issue_volume(connection, scope)} == {"orders"}
    there = issue_volume(connection, scope, against="site")
    assert (there[0].exposure_kind, there[0].exposure) == ("visits", 3600)


def test_nothing_heard_is_not_measured(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    rows = issue_volume(connection, scope)
    assert {row.state for row in rows} == {"not measured"} and all(row.complaints is None for row in rows)


def test_where_the_load_has_stopped_no_stage_has_no_complaint(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": date(2026, 5, 30), "stage": "choose"}, {"day": date(2026, 1, 10)})
    given.exposures(connection, FOUR, 500)
    rows = issue_volume(connection, scope)
    assert {(row.complaints, row.per_1000, row.state) for row in rows} == {(None, None, "not measured")}
    assert sum(row.previous or 0 for row in rows) == 1 and {row.heard_to for row in rows} == {date(2026, 5, 30)}
