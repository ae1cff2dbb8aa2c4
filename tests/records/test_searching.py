from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from tests.metrics import given
from wallboard.records.searching import find_words
from wallboard.records.weight import recent_contacts
from wallboard.store.connections import writing

JUNE = date(2026, 6, 1)


@pytest.fixture
def connection(store: Engine) -> Iterator[Connection]:
    with writing(store) as connection:
        yield connection


def test_a_search_offers_words_that_begin_so_and_of_them_complaints_first(connection: Connection) -> None:
    fields = {
        "A jar of joy.": (20, False), "The jar was broken.": (2, True), "Two jars, both empty.": (5, True),
        "The door was ajar.": (25, True), "Nothing of the kind.": (28, True),
    }  # fmt: skip
    given.complaints(
        connection, *({"day": JUNE.replace(day=day), "words": words, "complaint": bad} for words, (day, bad) in fields.items())
    )
    given.posts(
        connection,
        {"posted_at": given.at(JUNE.replace(day=3)), "words": "Whose JAR is it?", "tone": "negative"},
        {"posted_at": given.at(JUNE.replace(day=29)), "words": "They sell jars too.", "ours": False, "tone": "negative"},
    )
    hits = [word.words for word in find_words(connection, "jar")]
    assert hits == [
        "Two jars, both empty.", "Whose JAR is it?", "The jar was broken.", "A jar of joy.", "The door was ajar.",
    ]  # fmt: skip
    assert [word.words for word in find_words(connection, "jar", most=1)] == hits[:1]
    assert find_words(connection, "  ") == []


def test_the_contacts_behind_an_issue_are_those_of_the_customers_whose_value_is_at_stake(connection: Connection) -> None:
    given.journey(connection)
    given.complaints(connection, *({"day": JUNE, "complaint": False, "issue_type": "bill"} for _ in range(3)))
    assert recent_contacts(connection, date(2026, 6, 10), "north", "bill") == 3
