"""A KPI near 100 % is said as its failures in 1,000, on every panel the same."""

import pytest

from tests.panels.words import THEME
from wallboard.drawing.kpi_words import KpiWords, kpi_words


@pytest.mark.parametrize(
    ("value", "target", "unit", "better", "words"),
    [
        (0.9902, 0.995, "share", "up", KpiWords("9.8", "fail in 1,000", "≤\u00a05")),
        (0.9, None, "share", "up", KpiWords("100", "fail in 1,000", "")),
        (0.719, 0.75, "share", "up", KpiWords("71.9%", "", "75%")),
        (0.775, 0.95, "share", "up", KpiWords("77.5%", "", "95%")),
        (0.95, 0.9, "share", "down", KpiWords("95.0%", "", "90%")),
        (4.2, 3.5, "days", "down", KpiWords("4.2", "", "3.5")),
        (0.5, 0.625, "share", "up", KpiWords("50.0%", "", "62.5%")),
    ],
)
def test_a_share_near_all_is_said_as_its_failures(
    value: float, target: float | None, unit: str, better: str, words: KpiWords
) -> None:
    assert kpi_words(value, target, unit, better, THEME) == words
