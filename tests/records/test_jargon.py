"""Golden rule 4: what a customer may not understand is found, with what a customer would say."""

import pytest
from sqlalchemy import Engine

from tests.metrics import given as stored
from wallboard.records.jargon import Hit, hits_in, read_answer, reading_ease
from wallboard.store.connections import writing
from wallboard.store.schema import glossary_term

BANNED = {"carrier exception": "the lorry was held up", "SKU": None}


@pytest.mark.req("R24")
def test_a_banned_term_and_an_acronym_are_two_hits_and_a_clean_text_none(store: Engine) -> None:
    rows = (
        {"term": "carrier exception", "instead": "the lorry was held up", "banned": True},
        {"term": "RMA", "instead": "return label", "banned": False},
    )
    with writing(store) as connection:
        stored.loaded(connection, glossary_term, *rows)
        readability = read_answer(connection, "Due to a Carrier Exception please use the RMA.")
        clean = read_answer(connection, "The lorry was held up. Please use the return label (RMA).")
    assert readability.hits == (
        Hit("carrier exception", "banned term", "the lorry was held up"),
        Hit("RMA", "unexplained acronym", "return label"),
    )
    assert clean.hits == ()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Each SKU and every SKUs of the SKU", ["SKU"]),
        ("A skunk is no sku-like thing", ["SKU"]),
        ("The ETA is unknown; the ETA slips", ["ETA"]),
        ("The ETA (the day it arrives) is Monday", []),
        ("The day it arrives (ETA) is Monday", []),
        ("I am A. OK", ["OK"]),
        ("we use URLs", ["URL"]),
        ("", []),
    ],
)
def test_terms_are_whole_words_each_once(text: str, terms: list[str]) -> None:
    assert [hit.term for hit in hits_in(text, BANNED, {})] == terms


def test_short_sentences_of_short_words_are_easier_in_each_language() -> None:
    for locale, easy, hard in (
        (
            "en-GB",
            "Your box is late. We are sorry.",
            "Notwithstanding operational considerations, consignments accumulate indefinitely.",
        ),
        (
            "de-DE",
            "Ihr Paket kommt spät. Das tut uns leid.",
            "Ungeachtet betrieblicher Unzulänglichkeiten verzögert sich die Auslieferung.",
        ),
    ):
        gentle, stiff = reading_ease(easy, locale), reading_ease(hard, locale)
        assert gentle is not None and stiff is not None and gentle > 60 > stiff + 20
        assert 0 <= stiff <= gentle <= 100
    assert reading_ease("…", "en") is None and reading_ease("Hello.", "ja") is None


def test_flesch_of_a_counted_sentence() -> None:
    """Forty words of one syllable each in one sentence: 206.835 − 1.015 × 40 − 84.6 × 1."""
    assert reading_ease(" ".join(["tea"] * 40) + ".") == pytest.approx(81.635)
    assert reading_ease("The cat sat on the mat.") == 100
