"""What a session keeps, at the console: each kind by its form, from the agenda's item to the minutes."""

from typing import Any

import pytest

from tests.records.entries import stands
from tests.screens.console.given import House
from tests.screens.console.test_meeting import COUNCIL, begun
from wallboard.lifecycle.entries import ENTRIES
from wallboard.records.entries import entries_of


def only(house: House, session: int, name: str) -> int:
    """The number of the newest entry of a kind."""
    with house.living.engine.connect() as connection:
        return entries_of(connection, session, ENTRIES[name])[-1].number


def step(house: House, login: str, verb: str, number: int, **fields: Any) -> dict[str, Any]:
    seen = stands(house.living, number).life.seq
    return house.at_the_console(login).do(verb, number, seen=seen, **fields)


@pytest.mark.req("R156", "R177")
def test_a_council_keeps_its_reports_and_says_who_said_what(house: House) -> None:
    fay, number = begun(house, "lena", "sam", **COUNCIL)
    page = fay.see(f"/room/session/{number}")
    assert "Question for leaders" in page and "Whom outside your own function did you help" in page
    assert (
        "0 departments have reported, 0 of them completely" in page and "Without a customer measure: Logistics, The shop." in page
    )
    tom = house.at_the_console("tom")
    assert tom.do("report-department", number, subject="logistics", words="")["ok"]
    page = fay.see(f"/room/session/{number}")
    assert "Incomplete: it does not say what they are doing to improve." in page and "Has no customer measure" in page
    assert "1 department has reported, 0 of them completely" in page
    assert step(house, "lena", "say-doing", only(house, number, "report"), words="Two <i>carriers</i>.")["ok"]
    assert "choose" in tom.do("report-department", number, subject="", words="x")["refusal"].lower()
    assert tom.do("share-practice", number, subject="shop", title="They ring first.")["ok"]
    practice = only(house, number, "practice")
    assert step(house, "tom", "offer-practice", practice, function="logistics")["ok"]
    assert step(house, "lena", "adopt-practice", practice, refers="2", words="From Monday.")["ok"]
    review = {"subject": "complaint_cost", "words": "It is clear.", "how": "Late by a month.", "note": "Yes, to choose."}
    assert tom.do("review-measure", number, **review)["ok"]
    measure = only(house, number, "measure")
    assert "Draft: this session has not agreed on the definition." in fay.see(f"/room/session/{number}")
    assert "Your role" in step(house, "tom", "agree-on-measure", measure)["refusal"]
    assert step(house, "fay", "agree-on-measure", measure)["ok"]
    question = only(house, number, "question")
    answer = {"user_id": house.living.people["sam"], "words": "Logistics, with labels."}
    assert step(house, "fay", "answer-question", question, **answer)["ok"]
    page = fay.see(f"/room/session/{number}")
    assert "1 department has reported, 1 of them completely" in page and "Draft: this" not in page
    assert "Two <i>carriers</i>." in page and "Sam" in page and "written by Fay" in page
    assert "1 best practice shared" in page and "1 measure reviewed" in page and "They decline it" not in page
    minutes = fay.client.get(f"/room/session/{number}/minutes.md").get_data(as_text=True)
    assert (
        "## Department reports" in minutes
        and "Two \\<i\\>carriers\\</i\\>." in minutes
        and "**Sam**: Logistics, with labels." in minutes
    )
