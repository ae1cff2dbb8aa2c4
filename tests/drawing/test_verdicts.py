"""What the words of a series say is what its dots show."""

from collections.abc import Sequence
from typing import Any

import pytest

from wallboard.drawing.verdicts import spots


def rows(values: Sequence[float | None], signals: dict[int, str], **one: Any) -> list[dict[str, Any]]:
    """A series of weeks around 10; the newest one still runs."""
    shared = {"mean": 10.0, "now": "run low", "streak": 9, "side": "below"} | one
    last = len(values) - 1
    return [
        {**shared, "value": value, "signal": signals.get(n, ""), "complete": n < last, "in_baseline": False}
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize("gap", [[], [None], [10.0]])
def test_a_run_of_nine_weeks_has_nine_dots(gap: Sequence[float | None]) -> None:
    weeks = [12.0, 11.0, *[8.0] * 4, *gap, *[8.0] * 5, 30.0]
    last = len(weeks) - 2
    shown = spots(rows(weeks, {last - 1: "run low", last: "low"}))
    assert [spot.tone for spot in shown].count("gain") == 9
    assert shown[1].tone == shown[-1].tone == ""


def test_what_is_no_run_keeps_the_dots_of_its_signals() -> None:
    weeks = [12.0, 11.0, 9.0, 2.0, 9.0]
    assert [spot.tone for spot in spots(rows(weeks, {3: "low"}, now="low", streak=2))] == ["", "", "", "gain", ""]
    assert {spot.tone for spot in spots(rows(weeks, {}, now="", streak=9))} == {""}
