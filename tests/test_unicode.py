"""Texts that a person cannot tell apart are one text; texts that a person can tell apart stay two."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.unicode import nfc, same_as, skeleton, tidied


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (normalize("NFD", "Jäger"), "Jäger"),
        ("\ufeffA\u200b1\u00ad ", "A1"),
        ("A\u00a01", "A 1"),
        ("A \t 1", "A 1"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("m²", "m²"),
    ],
)
def test_a_name_is_kept_in_one_spelling(written: str, kept: str) -> None:
    assert tidied(written) == kept


def test_what_looks_alike_is_found_and_what_does_not_is_not() -> None:
    known = ["Call us", "1O", "10", "Jäger", "x-ray"]
    assert [same_as(spelling, known) for spelling in ("Саll us", "Call\u00a0us", "x‑ray", normalize("NFD", "Jäger"))] == [
        "Call us", "Call us", "x-ray", "Jäger",
    ]  # fmt: skip
    assert [same_as(spelling, known) for spelling in ("call us", "Jager", "1o", "l0", "")] == [None] * 5
    assert same_as("Аnna", ["Anna", "Аnnа"]) is None, "two known names that look alike: nobody can say which"


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert tidied(tidied(text)) == tidied(text)
    assert skeleton(skeleton(text)) == skeleton(text)
    assert tidied(normalize("NFD", text)) == tidied(text)
