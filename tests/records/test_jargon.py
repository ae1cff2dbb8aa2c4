"""Golden rule 4: what a customer may not understand is found, with what a customer would say."""

import pytest
from sqlalchemy import Engine

from tests.metrics import given as stored
from wallboard.records.jargon import Hit, hits_in, lingo, read_answer, reading_ease
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
        Hit("carrier exception", "banned term", "the lorry was held up", ("Carrier Exception",)),
        Hit("RMA", "unexplained acronym", "return label", ("RMA",)),
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


@pytest.mark.req("R24")
def test_each_kind_of_lingo_is_told_with_what_a_customer_would_say() -> None:
    """Abbreviations with an ampersand, dots, a digit or small letters, and terms of trades, as people spell them."""
    missing, agreed = "part of your order is missing", "what you agreed to when you ordered"
    for text, *hits in (
        ("There was a short shipment.", ("short shipment", "trade term", missing)),
        ("Two Short-Shipments happened.", ("short shipment", "trade term", missing)),
        ("See our T&C.", ("T&C", "trade term", agreed)),
        ("See our T & Cs, or the T and C.", ("T&C", "trade term", agreed)),
        ("Our R&D says so", ("R&D", "unexplained acronym", None)),
        ("The E.T.A. is unknown", ("E.T.A.", "unexplained acronym", None)),
        ("a 3PL, a PoD and the IoT", ("3PL", "trade term", "the company that stores and sends for us"),
         ("POD", "trade term", "the proof that it arrived"), ("IoT", "unexplained acronym", None)),
        ("sent w/o a note", ("w/o", "unexplained acronym", None)),
        ("lead times and a short shipment", ("lead time", "trade term", "how long it takes"),
         ("short shipment", "trade term", missing)),
        ("Your T&C (what you agreed to) say so",),
        ("Call us at 9AM on Monday & I answer. PayPal, McCoy and a shipment in short.",),
    ):  # fmt: skip
        hits_there = [(hit.term, hit.kind, hit.instead) for hit in hits_in(text, {}, {}, lingo("en-GB"))]
        assert hits_there == hits, text


def test_the_rooms_glossary_goes_before_the_terms_of_trades() -> None:
    text = "A short shipment, and two short shipments more; see the T&Cs."
    ours = {"Short Shipment": "a box too few"}
    banned = hits_in(text, ours, ours, lingo("en"))
    assert banned[0] == Hit("Short Shipment", "banned term", "a box too few", ("short shipment", "short shipments"))
    assert banned[1].spelled == ("T&Cs",)
    allowed = hits_in(text, {}, ours | {"T&C": None}, lingo("en"))
    assert [(hit.term, hit.kind) for hit in allowed] == [("T&C", "unexplained acronym")], "a term that we may say is no hit"
    assert [hit.term for hit in hits_in("Eine Minderlieferung", {}, {}, lingo("de-DE"))] == ["Minderlieferung"]
    assert lingo("fi") == {}


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
