"""Dates and times of an export."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from wallboard.loaders.times import When, days, instants, without_never

LONDON = "Europe/London"
NINE = datetime.fromisoformat("2026-06-30T09:00")


def at(text: object, how: str = "iso", zone: str = LONDON) -> str | None:
    (instant,) = instants(pd.Series([text]), When(how, zone))
    return None if pd.isna(instant) else instant.isoformat()


@pytest.mark.parametrize(
    ("text", "how", "utc"),
    [
        ("2026-06-30", "iso", "2026-06-29T23:00:00+00:00"),
        ("2026-06-30 09:00", "iso", "2026-06-30T08:00:00+00:00"),
        (" 2026-06-30T09:00:00,5 ", "iso", "2026-06-30T08:00:00.500000+00:00"),
        ("2026-06-30T09:00:00Z", "iso", "2026-06-30T09:00:00+00:00"),
        ("2026-06-30T09:00:00+02:00", "iso", "2026-06-30T07:00:00+00:00"),
        ("30/06/2026 09:00", "%d/%m/%Y %H:%M", "2026-06-30T08:00:00+00:00"),
        ("30/06/2026 09:00 +0200", "%d/%m/%Y %H:%M %z", "2026-06-30T07:00:00+00:00"),
        ("1782810000", "unix", "2026-06-30T09:00:00+00:00"),
        (1782810000000, "unix-ms", "2026-06-30T09:00:00+00:00"),
        (NINE, "iso", "2026-06-30T08:00:00+00:00"),
        (NINE, "%d/%m/%Y", "2026-06-30T08:00:00+00:00"),
    ],
)
def test_a_time_becomes_an_instant(text: object, how: str, utc: str) -> None:
    assert at(text, how) == utc


@pytest.mark.parametrize("text", ["2026", "2026-13-01", "31/06/2026", "soon", "", "2026-02-30", "20260630"])
def test_what_is_no_iso_date_is_missing(text: str) -> None:
    assert at(text) is None


@pytest.mark.req("S13")
def test_the_hour_that_comes_twice_is_the_first_and_the_one_left_out_moves_on() -> None:
    assert at("2026-10-25 01:30") == "2026-10-25T00:30:00+00:00"
    assert at("2026-03-29 01:30") == "2026-03-29T01:00:00+00:00"


def test_a_day_is_the_day_as_written() -> None:
    cells = pd.Series(["2026-06-30", "2026-06-30 23:59", "2026-06-30T23:30:00Z", None, "9999-12-30"], dtype="str")
    dates = days(cells, When("iso", LONDON))
    assert [None if pd.isna(value) else str(value.date()) for value in dates] == [
        "2026-06-30",
        "2026-06-30",
        "2026-07-01",
        None,
        "9999-12-30",
    ]
    assert days(pd.Series([date(2026, 6, 30)]), When("%d.%m.%y", LONDON))[0].isoformat() == "2026-06-30T00:00:00"


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series(["9999-12-31", "2026-06-30"], dtype="str"),
        pd.Series(["31/12/9999", "2026-06-30"], dtype="str"),
        pd.Series(["99991231", "2026-06-30"], dtype="str"),
        pd.Series([date(9999, 12, 31), date(2026, 6, 30)]),
        pd.Series(["9999-12-31T00:00:00", "2026-06-30"]).astype("datetime64[us]"),
    ],
)
def test_the_last_day_of_all_calendars_means_that_no_end_is_known(cells: "pd.Series[Any]") -> None:
    remaining = without_never(cells)
    assert remaining.isna().tolist() == [True, False]
    assert days(remaining, When("iso", LONDON)).dropna().dt.date.tolist() == [date(2026, 6, 30)]


def test_types_are_always_the_same() -> None:
    for cells in (pd.Series(["2026-06-30"]), pd.Series([], dtype="str"), pd.Series([None]), pd.Series([pd.Timestamp(0)])):
        assert str(instants(cells, When("iso", LONDON)).dtype) == "datetime64[us, UTC]"
        assert str(days(cells, When("iso", LONDON)).dtype) == "datetime64[us]"
