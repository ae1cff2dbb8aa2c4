"""What the end of a walk offers: the numbers that its page shows are those that are kept, for its part of the business, once."""

from datetime import date

import pytest
from sqlalchemy import delete, insert

from tests.metrics.given import customers, loaded
from tests.screens.console.given import House
from wallboard.records import opportunities as records
from wallboard.records.opportunities import Opportunity, opportunities
from wallboard.screens.console import opportunity_pages
from wallboard.store.connections import writing
from wallboard.store.schema import media, opportunity, reason


@pytest.fixture
def losing(house: House) -> House:
    """One customer of the north left for 30 a year, two of the south for 500 each."""
    with writing(house.living.engine) as connection:
        loaded(connection, reason, {"reason": "late", "wording": "It came late", "stage": "receive"})
        fields = {"reason": "late", "reason_source": "customer said", "reason_words": "w"}
        for perimeter, names, value in (("north", ("a",), 30.0), ("south", ("b", "c"), 500.0)):
            customers(connection, *((name, date(2026, 1, 5), "new", value) for name in names), perimeter=perimeter)
            lost = [(name, date(2026, 4, 12), "lost", value) for name in names]
            customers(connection, *lost, perimeter=perimeter, fields=fields)
    return house


def kept(house: House) -> list[Opportunity]:
    with house.living.engine.connect() as connection:
        return opportunities(connection)


LOSS = {"origin": "largest loss", "stage": "receive", "kind": "improve"}


@pytest.mark.parametrize("finished", [False, True])
@pytest.mark.req("R89")
def test_what_is_kept_is_what_the_page_of_the_walk_showed_also_after_its_end_and_once(losing: House, finished: bool) -> None:
    fay = losing.at_the_console("fay")
    assert "2 customers left" not in fay.see("/room/walk", "?perimeter=north")
    assert fay.post("/walk/do/begin", perimeter="north").get_json()["ok"]
    for search in ("", "?perimeter=south", "?perimeter=north"):
        page = fay.see("/room/walk", search)
        assert "1 customer left in 12 months" in page and "3 customers" not in page
    if finished:
        assert fay.post("/walk/do/end").get_json()["ok"]
    assert fay.do("keep", 0 if finished else 1, **LOSS)["ok"]
    (saved,) = kept(losing)
    assert (saved.walk, saved.perimeter, saved.value_at_stake) == (1, "north", 30.0)
    assert "kept already" in fay.do("keep", 0, **LOSS)["refusal"] and len(kept(losing)) == 1


def test_nothing_is_kept_without_a_walk_or_for_an_old_one(losing: House) -> None:
    fay = losing.at_the_console("fay")
    assert "not the newest of this room" in fay.do("keep", 0, **LOSS)["refusal"]
    fay.post("/walk/do/begin")
    fay.post("/walk/do/end")
    fay.post("/walk/do/begin")
    assert "not the newest of this room" in fay.do("keep", 1, **LOSS)["refusal"]
    assert not kept(losing)


FORGED: tuple[tuple[str, int, dict[str, str], str], ...] = (
    ("propose", 0, {"title": "t", "origin": "largest loss"}, "is kept at the end of a walk"),
    ("propose", 0, {"title": "t", "perimeter": "mars"}, "'mars' is not known"),
    ("propose", 0, {"title": "t", "touchpoint": "moon"}, "'moon' is not known"),
    ("mark", 1, {"words": "w", "stage": "mars"}, "'mars' is not known"),
    ("mark", 1, {"words": "w", "media": "99999"}, "there is no number 99999"),
    ("mark", 77, {"words": "w"}, "there is no number 77"),
)


def test_a_forged_form_is_refused_in_a_sentence(losing: House) -> None:
    fay = losing.at_the_console("fay")
    assert "'mars' is not known" in fay.post("/walk/do/begin", perimeter="mars").get_json()["refusal"]
    fay.post("/walk/do/begin")
    for verb, number, fields, sentence in FORGED:
        assert sentence in fay.do(verb, number, kind="improve", **fields)["refusal"], fields
        assert not kept(losing), fields


def test_a_list_that_is_cut_says_so(losing: House, monkeypatch: pytest.MonkeyPatch) -> None:
    fay = losing.at_the_console("fay")
    for origin in ("customer", "idea", "idea"):
        fay.do("propose", 0, kind="improve", title=f"A card of {origin}", origin=origin)
    assert "stand here." not in fay.see("/room/opportunities")
    monkeypatch.setattr(records, "NEWEST", 2)
    page = fay.see("/room/opportunities")
    assert "The newest 2 of 3 are shown here." in page and "A card of customer" not in page
    assert opportunity_pages.FROM["customer"] in page.split("The newest 2")[0], "its origin may still be chosen"


def test_a_file_that_is_gone_is_not_shown_with_a_report(losing: House) -> None:
    tom = losing.at_the_console("tom")
    with writing(losing.living.engine) as connection:
        fields = {"at": losing.living.at, "day": losing.living.today, "perimeter": "north", "kind": "improve", "origin": "idea"}
        connection.execute(insert(opportunity).values(actor=losing.living.people["tom"], title="t", **fields))
    page = tom.see("/room/opportunity/1", "?stage=receive")
    assert "help/call.ogg" in page
    with losing.living.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT source, source_key FROM voice").one()
    assert tom.do("report", 1, stage="receive", words="Wet.", voice=f"{row[0]}|{row[1]}", media=1)["ok"]
    assert "It is no longer shown." not in tom.see("/room/opportunity/1")
    with writing(losing.living.engine) as connection:
        connection.execute(delete(media))
    assert "It is no longer shown." in tom.see("/room/opportunity/1")
