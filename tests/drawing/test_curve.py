"""The emotion curve: never over a gap, dashed where it is assumed, and what is remembered stands out."""

import re
from base64 import b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from tests.panels.words import THEME, words_of
from wallboard.drawing.curve import HIGHEST, LAST, LOWEST, CurvePoint, curve, feeling_words, height, joined, peaks
from wallboard.drawing.curve_words import above, labelled_curve
from wallboard.metrics.emotions import StageFeeling

POINTS = st.lists(
    st.tuples(st.none() | st.floats(-2, 2), st.booleans()).map(lambda pair: CurvePoint("", *pair)), min_size=1, max_size=12
).map(lambda points: [CurvePoint(str(n), point.feeling, point.assumed) for n, point in enumerate(points)])


def state(basis: str | None, asked: int | None) -> str:
    return "not measured" if basis is None else "too few" if basis == "measured" and (asked or 0) < 10 else basis


def stages(*args: tuple[float | None, str | None, int | None]) -> list[StageFeeling]:
    return [
        StageFeeling(f"s{seq}", seq, f"Stage {seq}", feeling, n, basis, None, None, None, state(basis, n))
        for seq, (feeling, basis, n) in enumerate(args)
    ]


def through(points: list[CurvePoint]) -> list[StageFeeling]:
    measured = (
        (point.feeling, None if point.feeling is None else "assumed" if point.assumed else "measured", 90) for point in points
    )
    return stages(*measured)


def drawn(points: list[StageFeeling]) -> str:
    source: str = curve(points, THEME).src
    return b64decode(source.partition(",")[2]).decode()


SEGMENT = re.compile(r'<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+" stroke="[^"]+" stroke-width="6" (stroke-dasharray)?')


@settings(max_examples=at_most(60))
@given(POINTS)
def test_a_line_joins_neighbours_that_are_both_known_and_nothing_else(points: list[CurvePoint]) -> None:
    wide = 1000 / len(points)
    lines = SEGMENT.findall(drawn(through(points)))
    by_key = {(round(float(start) / wide - 0.5), round(float(end) / wide - 0.5)): bool(dashed) for start, end, dashed in lines}
    wanted = {
        (n, n + 1): points[n].assumed or points[n + 1].assumed
        for n in range(len(points) - 1)
        if points[n].feeling is not None and points[n + 1].feeling is not None
    }
    assert by_key == wanted == {(n, n + 1): dashed for n, dashed in joined(points)}


@settings(max_examples=at_most(40))
@given(POINTS)
def test_what_is_remembered_was_measured(points: list[CurvePoint]) -> None:
    known = {point.stage: point.feeling for point in points if point.feeling is not None and not point.assumed}
    peak_of = peaks(points)
    assert set(peak_of) <= set(known)
    kinds = {kind: known[stage] for stage, kind in peak_of.items()}
    if LOWEST in kinds:
        assert kinds[LOWEST] == min(known.values()) and len(known) > 1
    if HIGHEST in kinds:
        assert kinds[HIGHEST] == max(known.values())
    if LAST in kinds:
        assert peak_of.get(max(known, key=int)) == LAST


def test_a_gap_says_that_it_is_not_measured_and_a_guess_that_it_is_assumed() -> None:
    words = words_of(labelled_curve(stages((1.0, "assumed", None), (None, None, None), (-1.4, "measured", 212)), THEME))
    assert "+1.0 assumed" in words and "not measured" in words and "−1.4" in words
    assert curve(stages((None, None, None)), THEME).alt == "Stage 0: not measured"


def test_one_customer_is_no_peak_and_is_drawn_hollow_with_the_count() -> None:
    points = [CurvePoint("a", -1.8, few=True), CurvePoint("b", 0.5), CurvePoint("c", 1.0)]
    assert peaks(points) == {"b": LOWEST, "c": HIGHEST}
    assert list(joined(points)) == [(0, True), (1, False)]
    curved = stages((-1.8, "measured", 1), (0.5, "measured", 40), (1.0, "measured", 40))
    assert (
        "−1.8 n = 1" in words_of(labelled_curve(curved, THEME)).replace("\u00a0", " ")
        and "−1.8 too few" in curve(curved, THEME).alt
    )
    full = drawn(stages((-1.8, "measured", 40), (0.5, "measured", 40), (1.0, "measured", 40)))
    assert drawn(curved).count(THEME.colours["ground"]) == full.count(THEME.colours["ground"]) + 1


def test_where_all_feel_the_same_there_is_no_lowest_and_no_highest() -> None:
    assert peaks([CurvePoint("a", -1.0), CurvePoint("b", -1.0)]) == {"b": LAST}


def test_the_scale_runs_from_two_above_to_two_below_zero_in_the_middle() -> None:
    assert height(0) == 50 and 0 < height(2) < height(1) < 50 < height(-2) < 100


@pytest.mark.parametrize(("feeling", "sentence"), [(1.25, "+1.2"), (-0.4, "−0.4"), (0.0, "0.0"), (-0.04, "0.0"), (0.04, "0.0")])
def test_a_feeling_carries_its_sign(feeling: float, sentence: str) -> None:
    assert feeling_words(feeling, THEME) == sentence


def test_a_value_stands_above_a_peak_and_below_a_valley() -> None:
    points = [CurvePoint("a", 1.0), CurvePoint("b", -1.0), CurvePoint("c", 0.5), CurvePoint("d", None), CurvePoint("e", -0.5)]
    assert [above(points, n) for n in range(5)] == [True, False, True, True, False]
