"""The same weeks of the year before: a thin dotted line, and words that say why there is no number."""

from datetime import date

import pytest

from tests.panels.words import THEME
from wallboard.drawing.year_before import flow_last_year, last_year, thin_line
from wallboard.metrics.year_before import FlowBefore, YearBefore

DAY = date(2026, 1, 5)


def then(value: float | None, state: str = "measured") -> YearBefore:
    return YearBefore(DAY, date(2025, 1, 6), value, state)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (then(38.4), "same week last year: 38"),
        (then(0.0), "same week last year: 0"),
        (then(None, "too few"), "same week last year: too few to tell"),
        (then(None, "no cases"), "same week last year: nobody to count"),
        (then(None, "not measured"), "same week last year: not measured"),
        (then(None, "definition changed"), "last year was counted differently"),
        (then(None, "no such week"), "last year had no such week"),
        (then(None, "not loaded"), "no data a year ago"),
        (then(None, "left-censored"), "same week last year: not measured"),
        (None, ""),
    ],
)
def test_each_reason_has_its_own_words(row: YearBefore | None, words: str) -> None:
    assert last_year(row, THEME.whole) == words


def test_a_flow_says_both_or_why_not() -> None:
    assert flow_last_year(FlowBefore(then(212.0), then(208.0)), THEME) == "same weeks last year: 212 arrived, 208 solved"
    assert flow_last_year(FlowBefore(then(None, "not measured"), then(208.0)), THEME) == "same weeks last year: not measured"
    assert flow_last_year(FlowBefore(None, None), THEME) == ""


def test_the_line_is_thin_dotted_and_absent_where_nothing_is_known() -> None:
    (line,) = thin_line([then(1.0), then(None, "not measured"), then(2.0)], THEME)
    style = line["line"]
    assert line["y"] == [1.0, None, 2.0] and isinstance(style, dict) and style["dash"] == "dot" and style["width"] < 6
    assert thin_line([then(None, "not loaded")], THEME) == []
