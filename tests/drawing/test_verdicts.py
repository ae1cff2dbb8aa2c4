"""What the words of a series say is what its dots show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from wallboard.drawing.verdicts import spots
from wallboard.metrics.signals import SignalPoint

WEEK = SignalPoint(
    place=0, issue_type=None, wording="all complaints", size=1, period_start=date(2026, 6, 1), period_end=date(2026, 6, 7),
    period_name="2026-W23", complaints=8, exposure=1000.0, exposure_kind="orders", per_1000=8.0, value=8.0, basis="rate",
    complete=True, in_baseline=False,
    baseline_start=date(2025, 12, 1), baseline_end=date(2026, 5, 17), baseline_n=24, firm="firm",
    mean=10.0, lower=6.0, upper=14.0, signal="", now="run low", measured_to=date(2026, 6, 7), streak=9, side="below",
    recent_complaints=32, unclassified=0, state="measured",
)  # fmt: skip


def points(values: Sequence[float | None], signals: dict[int, str], now: str = "run low", streak: int = 9) -> list[SignalPoint]:
    """A series of weeks around 10; the newest one still runs."""
    last = len(values) - 1
    return [
        replace(WEEK, now=now, streak=streak, value=value, signal=signals.get(n, ""), complete=n < last)
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize("gap", [[], [None], [10.0]])
def test_a_run_of_nine_weeks_has_nine_dots(gap: Sequence[float | None]) -> None:
    weeks = [12.0, 11.0, *[8.0] * 4, *gap, *[8.0] * 5, 30.0]
    last = len(weeks) - 2
    shown = spots(points(weeks, {last - 1: "run low", last: "low"}))
    assert [spot.tone for spot in shown].count("gain") == 9
    assert shown[1].tone == shown[-1].tone == ""


def test_what_is_no_run_keeps_the_dots_of_its_signals() -> None:
    weeks = [12.0, 11.0, 9.0, 2.0, 9.0]
    assert [spot.tone for spot in spots(points(weeks, {3: "low"}, now="low", streak=2))] == ["", "", "", "gain", ""]
    assert {spot.tone for spot in spots(points(weeks, {}, now="", streak=9))} == {""}
