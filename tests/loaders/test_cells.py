"""Cells to canonical types."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.loaders.cells import booleans, coded, numbers, texts, valued


def single(cells: Any) -> Any:
    (cell,) = cells
    return None if pd.isna(cell) else cell


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1234.5", ".", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1.234,5", ".", None),
        ("12,5", ".", None),
        ("1.234,5", ",", 1234.5),
        ("12,5", ",", 12.5),
        ("1 234,5", ",", 1234.5),
        ("\u22123", ".", -3.0),
        ("1e3", ".", 1000.0),
        (".5", ".", 0.5),
        ("", ".", None),
        (".", ".", None),
        ("nan", ".", None),
        ("inf", ".", None),
        ("12 %", ".", None),
        (float("inf"), ".", None),
        (12.5, ",", 12.5),
    ],
)
def test_numbers(text: object, decimal: str, number: float | None) -> None:
    assert single(numbers(pd.Series([text]), decimal)) == number
    assert single(numbers(pd.Series([text], dtype="object"), decimal)) == number


@pytest.mark.parametrize(
    ("text", "expected"), [("yes", True), (" Nein ", False), ("1", True), (0, False), ("maybe", None), (True, True)]
)
def test_yes_and_no(text: object, expected: bool | None) -> None:
    assert single(booleans(pd.Series([text]))) == expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [(12.0, "12"), (1.5, "1.5"), (7, "7"), (True, "true"), ("", None), (" a ", " a "), (date(2026, 6, 30), "2026-06-30")],
)
def test_texts(cell: object, text: str | None) -> None:
    assert single(texts(pd.Series([cell]))) == text


def test_codes_have_no_blanks_around_them() -> None:
    assert list(coded(pd.Series([" A1 ", "b"]))) == ["A1", "b"]
    assert single(coded(pd.Series(["  "]))) is None


def test_value_maps() -> None:
    cells = pd.Series(["late", "early", None, "x"], dtype="str")
    assert list(valued(cells, {"late": "L", "*": "other", "": "none"})) == ["L", "other", "none", "other"]
    kept = valued(cells, {"late": True})
    assert [None if pd.isna(cell) else cell for cell in kept] == ["true", "early", None, "x"]


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_is_read_as_written(number: float) -> None:
    assert single(numbers(pd.Series([repr(number)]), ".")) == number
