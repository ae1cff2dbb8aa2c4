from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.complaints import complaint_rate, complaint_trend, stage_complaints
from wallboard.metrics.scope import Scope

EVERY_WEEK = [date(2026, 5, 6) + timedelta(weeks=n) for n in range(8)]


AROUND = {"day": date(2026, 1, 10)}, {"day": date(2026, 6, 29)}
"""Long before the weeks that are looked at, and after them: so what is heard covers them."""


@pytest.mark.req("R48")
def test_complaints_per_thousand_exposed(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        *[{"day": date(2026, 6, 10), "touchpoint": "parcel"}] * 3,
        {"day": date(2026, 5, 10), "touchpoint": "parcel"},
        *AROUND,
    )
    given.exposures(connection, EVERY_WEEK, 250)
    (row,) = complaint_rate(connection, scope, touchpoint="parcel")
    assert (row.complaints, row.exposure, row.exposure_kind, row.per_1000, row.state) == (3, 1000, "orders", 3.0, "measured")
    assert (row.previous_complaints, row.previous_exposure, row.previous_per_1000) == (1, 1000, 1.0)


@pytest.mark.req("R48")
def test_a_rate_is_absent_where_the_exposure_is_missing(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": date(2026, 6, 10), "touchpoint": "parcel"}, *AROUND)
    rows = complaint_rate(connection, scope)
    assert [row.touchpoint for row in rows] == ["site", "parcel", "hotline"], "no touchpoint is left out"
    assert (rows[1].complaints, rows[1].per_1000, rows[1].state) == (1, None, "not measured")
    given.exposures(connection, EVERY_WEEK[:-1], 250)
    assert complaint_rate(connection, scope, touchpoint="parcel")[0].per_1000 is None, "one week is missing"


def test_complaints_of_a_perimeter_without_exposure_do_not_raise_the_rate(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.exposures(connection, EVERY_WEEK, 250)
    fields = {"touchpoint": "parcel", "day": date(2026, 6, 10)}
    given.complaints(connection, {**fields, "perimeter": "south"}, *AROUND)
    (row,) = complaint_rate(connection, scope, touchpoint="parcel")
    assert (row.per_1000, row.state) == (None, "not measured")
    (north,) = complaint_rate(connection, Scope(scope.as_of, scope.zone, ("north",)), touchpoint="parcel")
    assert north.per_1000 == 0


def test_zero_no_cases_and_too_few_are_told_apart(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, *AROUND)
    for touchpoint, quantity in (("site", 0), ("parcel", 2), ("hotline", 100)):
        given.exposures(connection, EVERY_WEEK, quantity, touchpoint=touchpoint)
    rates = sorted(complaint_rate(connection, scope), key=lambda row: row.exposure or 0)
    assert [(row.per_1000, row.state) for row in rates] == [(None, "no cases"), (None, "too few"), (0.0, "measured")]


def test_kinds_of_exposure_are_never_added_up(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": date(2026, 6, 10), "touchpoint": "parcel"})
    given.exposures(connection, EVERY_WEEK, 50, kind="calls")
    given.exposures(connection, EVERY_WEEK, 250)
    (row,) = complaint_rate(connection, scope, touchpoint="parcel")
    assert (row.exposure, row.exposure_kind) == (1000, "orders")


@pytest.mark.req("R48")
def test_the_trend_is_weekly(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.exposures(connection, EVERY_WEEK, 250)
    given.complaints(
        connection, {"day": date(2026, 6, 17), "touchpoint": "parcel"}, {"day": date(2026, 6, 29), "touchpoint": "parcel"}
    )
    rows = complaint_trend(connection, scope, touchpoint="parcel", weeks=4)
    assert [(row.complaints, row.exposure, row.per_1000, row.complete, row.state) for row in rows] == [
        (None, 250, None, True, "not measured"),
        (1, 250, 4.0, True, "measured"),
        (0, 250, 0.0, True, "measured"),
        (1, None, None, False, "not measured"),
    ]


def test_stages_count_what_their_touchpoints_hear(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(
        connection,
        {"day": date(2026, 6, 24), "touchpoint": "parcel"},
        {"day": date(2026, 6, 24), "stage": "receive"},
        {"day": date(2026, 5, 10), "stage": "choose"},
        {"day": date(2026, 6, 24)},
    )
    rows = stage_complaints(connection, scope)
    assert [(row.stage, row.complaints, row.previous) for row in rows] == [("", 1, 0), ("choose", 0, 1), ("receive", 2, 0)]


def test_where_the_load_has_stopped_no_stage_has_no_complaint(connection: Connection, scope: Scope) -> None:
    """Voices until the end of May: four weeks of silence are not four weeks without a complaint."""
    given.journey(connection)
    given.complaints(connection, *[{"day": date(2026, 5, 28), "stage": "receive"}] * 3, AROUND[0])
    (row,) = stage_complaints(connection, scope)
    assert (row.stage, row.complaints, row.previous, row.heard_to) == ("receive", None, 3, date(2026, 5, 28))


def test_exposure_in_one_of_the_weeks_covers_only_that_week(connection: Connection, scope: Scope) -> None:
    """The south complains every week, and its exposure is there in one of them: no rate of all."""
    given.journey(connection)
    given.exposures(connection, EVERY_WEEK, 250)
    given.exposures(connection, EVERY_WEEK[-1:], 250, perimeter="south")
    days = [day + timedelta(weeks=4) for day in EVERY_WEEK[:4]]
    given.complaints(connection, *({"day": day, "touchpoint": "parcel", "perimeter": "south"} for day in days))
    (row,) = complaint_rate(connection, scope, touchpoint="parcel")
    assert (row.complaints, row.exposure, row.per_1000, row.state) == (4, None, None, "not measured")


def test_a_silent_perimeter_whose_exposure_is_late_is_missed(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, *({"day": day, "touchpoint": "parcel"} for day in EVERY_WEEK))
    given.exposures(connection, EVERY_WEEK, 250)
    given.exposures(connection, EVERY_WEEK[:-1], 750, perimeter="south")
    weeks = complaint_trend(connection, scope, touchpoint="parcel", weeks=6)
    assert [week.per_1000 for week in weeks][2:] == [1.0, 1.0, None, None]
