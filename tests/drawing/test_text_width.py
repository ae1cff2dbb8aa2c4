"""Words are as wide as the typeface makes them, in any alphabet; what is fitted is no wider than its place."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.advances import measured
from wallboard.drawing.charts import room_beside, words
from wallboard.drawing.diverging import both_ways
from wallboard.drawing.text_width import ADVANCES, BOLD, LIGHT, SQUARE, advances, fitted, text_width

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NAMES = st.lists(
    st.sampled_from(["late", "Lieferung", "Заказ", "荷物", "iiiii", "WWWW", "تسليم", "παραγγελία"]), min_size=2, max_size=9
)


@pytest.mark.slow
def test_the_advance_widths_are_those_of_the_font_that_is_served() -> None:
    assert orjson.loads(ADVANCES.read_bytes()) == orjson.loads(orjson.dumps(measured()))


@given(TEXTS, st.integers(LIGHT, BOLD))
def test_a_text_is_as_wide_as_its_letters_and_grows_with_its_size(text: str, weight: int) -> None:
    width = text_width(text, 100, weight)
    assert width >= 0 and text_width(text, 50, weight) == pytest.approx(width / 2)
    assert text_width(f"{text} x", 100, weight) == pytest.approx(width + text_width(" x", 100, weight))


@given(NAMES.map(" ".join), st.integers(200, 1200), st.sampled_from([LIGHT, 600]))
def test_what_is_fitted_is_no_wider_than_its_place_and_has_as_many_words_as_it_holds(name: str, width: int, weight: int) -> None:
    kept = fitted(name, width, 40, weight)
    assert kept == name if text_width(name, 40, weight) <= width else kept.endswith("…") and name.startswith(kept[:-1])
    assert text_width(kept, 40, weight) <= width or len(kept) == 2
    more = name.removeprefix(kept[:-1]).split()
    assert kept == name or not more or text_width(f"{kept[:-1]} {more[0]}…", 40, weight) > width


def test_narrow_letters_need_less_room_than_wide_ones_and_another_alphabet_is_no_guess() -> None:
    assert 2 * text_width("iiiiii", 40) < text_width("mmmmmm", 40) < text_width("mmmmmm", 40, BOLD)
    assert "Ж" in advances() and "ω" in advances() and text_width("é", 40) == text_width("e\u0301", 40)
    assert text_width("荷物", 40) == 2 * 40 * SQUARE and text_width("\u200b\u0301", 40) == 0
    assert text_width("1111", 40, tabular=True) == text_width("8888", 40, tabular=True) > text_width("1111", 40)
    assert text_width("תודה", 40) > 0


def test_what_stands_beside_a_chart_gets_the_room_that_its_words_take() -> None:
    from tests.panels.words import THEME

    size = THEME.size("quiet")
    narrow, wide = (room_beside([words(text, 1, 1)], THEME) for text in ("lilii", "WWWWW"))
    assert narrow < 0.5 * wide and room_beside([], THEME) == 8
    assert room_beside([words("a long line<br>b", 1, 1)], THEME) == room_beside([words("a long line", 1, 1)], THEME)
    assert room_beside([words("<b>limit</b> 7", 1, 1)], THEME) > text_width("limit 7", size, BOLD)


def test_bars_leave_their_numbers_the_room_that_they_take() -> None:
    bars = both_ways(1, 2, 3, (None, None), "1,234")
    assert bars.style == {"--words": f"{text_width('1,234', 1, BOLD, tabular=True):.2f}em"}
