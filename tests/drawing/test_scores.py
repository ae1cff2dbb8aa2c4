from datetime import date

import pytest

from tests.panels.words import THEME
from wallboard.drawing.scores import counted_words, score_words
from wallboard.metrics.scores import SurveyScore

DAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("formula", "scale", "says", "beside"),
    [
        ("top-2 share", (1, 5), "CSAT, 4–5 of 5", "satisfied"),
        ("top-1 share", (1, 5), "CSAT, 5 of 5", "satisfied (5 of 5)"),
        ("top-1 share", (1, 3), "CSAT, 3 of 3", "satisfied"),
        ("top-2 share", (1, 3), "CSAT, 2–3 of 3", "satisfied (2–3 of 3)"),
        ("top-2 share", (0, 10), "CSAT, 9–10 of 0–10", "satisfied"),
        ("top-3 share", (1, 10), "CSAT, 8–10 of 10", "satisfied (8–10 of 10)"),
    ],
)
def test_a_score_says_which_answers_count_and_stands_with_any_other_choice_than_the_usual(
    formula: str, scale: tuple[int, int], says: str, beside: str
) -> None:
    row = SurveyScore("", "CSAT", formula, 100, 0.4, 0.3, 0.5, "share", *scale, DAY, DAY, DAY, "measured", "watch")
    assert counted_words(row, THEME) == says
    assert score_words(row, THEME)[1].split(" · ")[0] == beside
