"""Rows that break a rule, at the console: what to do about each, and who says that one may stand."""

import pytest
from sqlalchemy import insert

from tests.screens.console.given import House
from wallboard.store.connections import writing
from wallboard.store.open import migrate
from wallboard.store.rules import take_away
from wallboard.store.schema import evidence
from wallboard.store.violations import broken_rows


@pytest.fixture
def broken(house: House) -> House:
    """A customer's words that nobody can see, written while the rules were put aside."""
    at = house.living.at
    with writing(house.living.engine) as connection:
        take_away(connection)
        row = {"id": 77, "kind": "interview", "channel": "us", "occurred_at": at, "kept_at": at, "words": "\u200b"}
        connection.execute(insert(evidence).values(**row))
    migrate(house.living.engine)
    return house


def test_whoever_leads_says_why_a_row_may_stand_and_everybody_reads_it(broken: House) -> None:
    with broken.living.engine.connect() as connection:
        [row] = broken_rows(connection)
    fay, tom, gus = (broken.at_the_console(login) for login in ("fay", "tom", "gus"))
    page = fay.see("/room/rows")
    assert "evidence (id 77)" in page, page
    assert all(words in page for words in (row.sentence, "put back a copy", "It may stand")), page
    sent = {"rule": row.rule, "row_key": row.key, "words": "An old import; the call is kept."}
    page = tom.see("/room/rows")
    assert "evidence (id 77)" in page and "It may stand" not in page and "does this. You are" in page
    for visitor in (tom, gus):
        assert "Only a facilitator, a leader or the president" in visitor.do("review-row", 0, **sent)["refusal"]
    assert "evidence (id 77)" not in gus.see("/room/rows")
    assert "says nothing" in fay.do("review-row", 0, **sent | {"words": ""})["refusal"]
    assert "does not break that rule" in fay.do("review-row", 0, **sent | {"row_key": "id 78"})["refusal"]
    assert fay.do("review-row", 0, **sent)["message"] == "Written down: evidence (id 77) may stand."
    page = tom.see("/room/rows")
    assert "An old import; the call is kept." in page and "Fay, " in page and "None.\n" in page
    assert "row review" in fay.see("/room/audit")
