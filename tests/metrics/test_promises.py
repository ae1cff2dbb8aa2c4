from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_journey
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Scope

DAY = date(2026, 6, 10)
SHOWN = ["stage", "touchpoint", "words", "made_in", "is_kept", "surely", "value", "state"]


@pytest.mark.req("R174")
def test_a_promise_stands_beside_what_its_kpi_says_was_delivered(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": 80, "denominator": 100})
    given_journey.promises(connection, {"kpi": "on_time"}, {"words": "A call back", "made_in": None, "kpi": "called_back"})
    rows = [[getattr(row, name) for name in SHOWN] for row in promises(connection, scope, stage="receive")]
    assert rows == [
        ["receive", "parcel", "On the day", "Home page", False, True, 0.8, "measured"],
        ["receive", None, "A call back", None, None, None, None, "not measured"],
    ]


@pytest.mark.parametrize(
    ("numerator", "denominator", "kept", "surely"),
    [(96, 100, True, False), (1000, 1000, True, True), (94, 100, False, False), (80, 100, False, True), (4, 5, None, None)],
)
def test_kept_is_by_value_and_sure_only_with_the_whole_interval(
    connection: Connection, scope: Scope, numerator: int, denominator: int, kept: bool | None, surely: bool | None
) -> None:
    given.journey(connection)
    given.kpis(connection, {"day": DAY, "numerator": numerator, "denominator": denominator})
    given_journey.promises(connection, {"kpi": "on_time", "touchpoint": "parcel"})
    row = promises(connection, scope, stage="receive")[0]
    assert (row.is_kept, row.surely) == (kept, surely)
    assert row.state == ("too few" if denominator < scope.small_n else "measured")


def test_the_stages_own_promise_stands_once_and_a_stage_that_promises_nothing_says_so(
    connection: Connection, scope: Scope
) -> None:
    given.journey(connection)
    given_journey.stage(connection, "choose", promise="You see the price", promise_source="Leaflet")
    given_journey.stage(connection, "receive", promise="on the  day.")
    given_journey.promises(connection, {})
    rows = [[row.stage, row.words, row.made_in] for row in promises(connection, scope)]
    assert rows == [["choose", "You see the price", "Leaflet"], ["receive", "On the day", "Home page"], ["leave", None, None]]


def test_a_promise_of_tomorrow_is_not_made_yet_and_a_kpi_at_two_contacts_tells_both(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.kpis(
        connection,
        {"day": DAY, "numerator": 90, "denominator": 100},
        {"day": DAY, "numerator": 50, "denominator": 100, "touchpoint": "hotline"},
        {"day": DAY, "numerator": 1, "denominator": 100, "touchpoint": "site"},
    )
    given_journey.promises(connection, {"kpi": "on_time"}, {"words": "Later", "made_on": scope.last_day + timedelta(days=1)})
    rows = [[row.words, row.touchpoint, row.touchpoint_name, row.value] for row in promises(connection, scope, stage="receive")]
    assert rows == [["On the day", "parcel", "The parcel arrives", 0.9], ["On the day", "hotline", "I call", 0.5]]
