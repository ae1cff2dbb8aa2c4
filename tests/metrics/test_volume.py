"""How many complaints, where."""

from datetime import date

import pytest
from sqlalchemy import Connection, func, select

from tests.metrics import given, given_counts
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope
from wallboard.metrics.volume import issue_volume
from wallboard.store.schema import voice

FOUR = given_counts.weeks(4)
SAID = ["stage", "perimeter", "complaints"]


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
    found = issue_volume(connection, scope)
    by_sql = select(func.count()).where(voice.c.complaint, voice.c.day.between(FOUR[0], date(2026, 6, 28)))
    assert found["complaints"].sum() == connection.execute(by_sql).scalar() == 6
    assert found[found["complaints"] > 0][SAID].values.tolist() == [
        ["choose", "south", 1], ["receive", "north", 4], ["", "north", 1]
    ]  # fmt: skip
    assert len(found) == 8 and found[found["stage"] == "choose"]["previous"].tolist() == [1, 0]


@pytest.mark.req("R39")
def test_a_rate_is_hidden_where_the_exposure_is_missing(connection: Connection, scope: Scope) -> None:
    complaints(connection)
    given.exposures(connection, FOUR, 500)
    given.exposures(connection, FOUR[:-1], 500, perimeter="south")
    found = {(row["stage"], row["perimeter"]): row for row in rows_of(issue_volume(connection, scope))}
    said = ("complaints", "per_1000", "exposure", "state")
    assert [found["receive", "north"][name] for name in said] == [4, 2.0, 2000, "measured"]
    assert found["choose", "north"]["per_1000"] == 0
    assert [found["choose", "south"][name] for name in said] == [1, None, None, "not measured"]


def test_orders_come_before_larger_exposures_and_none_is_added_up(connection: Connection, scope: Scope) -> None:
    complaints(connection)
    given.exposures(connection, FOUR, 900, touchpoint="site", kind="visits")
    given.exposures(connection, FOUR, 500)
    assert set(issue_volume(connection, scope)["exposure_kind"]) == {"orders"}
    there = issue_volume(connection, scope, against="site")
    assert there[["exposure_kind", "exposure"]].iloc[0].tolist() == ["visits", 3600]


def test_nothing_heard_is_not_measured(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    found = issue_volume(connection, scope)
    assert set(found["state"]) == {"not measured"} and found["complaints"].isna().all()


def test_where_the_load_has_stopped_no_stage_has_no_complaint(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": date(2026, 5, 30), "stage": "choose"}, {"day": date(2026, 1, 10)})
    given.exposures(connection, FOUR, 500)
    found = issue_volume(connection, scope)
    assert set(found["complaints"]) == {None} and set(found["per_1000"]) == {None} and set(found["state"]) == {"not measured"}
    assert found["previous"].sum() == 1 and set(found["heard_to"]) == {date(2026, 5, 30)}
