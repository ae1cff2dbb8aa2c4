"""First-time fix: what one visit is, when a job is over, and what nobody said."""

from datetime import date, timedelta

import pandas as pd
import pytest

from wallboard.loaders.facts.visits import counted

DAY = date(2026, 3, 2)


def counts_of(*visits: tuple[int, str, bool | None]) -> dict[str, float]:
    """The counts of the day on which one job began, from (days after it, result, full information)."""
    rows = [
        {
            "id": n,
            "job": "j",
            "day": pd.Timestamp(DAY + timedelta(days=day)),
            "perimeter": "all",
            "touchpoint": "home",
            "started_at": pd.Timestamp(DAY + timedelta(days=day), tz="UTC") + timedelta(hours=9 + n),
            "result": result,
            "full_information": informed,
            "right_tools": None,
            "customer_minutes": None if result == "no access" else 240.0,
        }
        for n, (day, result, informed) in enumerate(visits)
    ]
    frame = pd.DataFrame(rows).astype({"customer_minutes": "float64", "full_information": "boolean", "right_tools": "boolean"})
    first = counted(frame).iloc[0]
    return {str(name): value for name, value in first.items() if value and name not in ("day", "perimeter", "touchpoint")}


@pytest.mark.req("R134")
def test_a_job_is_fixed_at_the_first_visit_where_one_fixed_it_and_nobody_came_again_in_its_window() -> None:
    plain = {"visits": 1, "minutes": 240, "timed": 1, "jobs": 1}
    cases: dict[str, tuple[tuple[tuple[int, str], ...], dict[str, int]]] = {
        "fixed at once": (((0, "fixed"),), {**plain, "fixed_first": 1}),
        "attended, not fixed": (((0, "not fixed"),), plain),
        "again on the 30th day": (((0, "fixed"), (30, "fixed")), {**plain, "returns": 1}),
        "again on the 31st day is another failure": (((0, "fixed"), (31, "fixed")), {**plain, "fixed_first": 1}),
        "twice on one day": (((0, "not fixed"), (0, "fixed")), {**plain, "visits": 2, "minutes": 480, "timed": 2, "returns": 1}),
        "nobody let us in": (((0, "no access"),), {"no_access": 1}),
        "in after one without access": (((0, "no access"), (0, "fixed")), {**plain, "no_access": 1, "fixed_first": 1}),
    }
    for name, (visits, expected) in cases.items():
        assert counts_of(*((day, result, None) for day, result in visits)) == expected, name


@pytest.mark.req("R133")
def test_what_nobody_said_is_not_complete() -> None:
    counts = counts_of((0, "not fixed", True), (0, "not fixed", False), (0, "fixed", None))
    assert (counts["visits"], counts["informed"], counts["informed_known"]) == (3, 1, 2)
    assert "equipped_known" not in counts
