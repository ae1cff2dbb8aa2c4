"""A session at the console: planned, held by several browsers at once, ended with everybody's commitment, and in the ledger."""

from datetime import timedelta
from typing import Any

import pytest

from tests.records.living import MONDAY
from tests.screens.console.given import House, Visitor

PLAN: dict[str, Any] = {
    "kind": "monthly", "title": "The room in June", "perimeter": "north", "day": "2026-06-04", "time": "09:30", "minutes": "60",
    "every": "", "times": "12",
}  # fmt: skip


def planned(house: House, **fields: Any) -> tuple[Visitor, int]:
    fay = house.at_the_console("fay")
    who = {f"expected__{house.living.people[login]}": "on" for login in ("lena", "sam")}
    answer = fay.do("plan-session", 0, **PLAN | who | fields)
    assert answer["ok"], answer
    return fay, int(answer["to"].rsplit("/", 1)[1]) if answer["to"].startswith("/room/session/") else 0


def seen(house: House, number: int) -> int:
    from tests.records.sessions import seen as stands

    return stands(house.living, number).life.seq


@pytest.mark.req("R17")
def test_a_session_is_held_from_the_plan_to_the_ledger(house: House) -> None:
    fay, number = planned(house)
    assert "Thursday" not in fay.see("/room/sessions") and "4 June at 09:30" in fay.see("/room/sessions")
    assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
    lena, tom = house.at_the_console("lena"), house.at_the_console("tom")
    assert lena.do("attend", number)["ok"] and tom.do("attend", number)["ok"], "each by the own sign-in"
    page = fay.see(f"/room/session/{number}")
    assert "Present: 2" in page and "signed in" in page and "Expected but not here: Sam." in page
    assert "Without a commitment so far: Lena, Tom." in page
    assert "Nobody leaves without" in fay.do("end-session", number, seen=seen(house, number))["refusal"]
    promise = {"user_id": house.living.people["lena"], "words": "<b>Pack earlier</b>", "due_on": "2026-07-01"}
    assert lena.do("commit", number, **promise)["ok"]
    why = {"user_id": house.living.people["tom"], "words": "I am new here."}
    assert fay.do("uncommitted", number, **why)["ok"]
    assert fay.do("end-session", number, seen=seen(house, number), note="We pack earlier.")["ok"]
    page = fay.see(f"/room/session/{number}")
    assert "<b>Pack earlier</b>" in page and "Tom made no commitment: I am new here." in page and "We pack earlier." in page
    assert lena.do("rate-session", number, rating="8", words="")["ok"]
    assert "Rated 8.0 out of 10 by 1 person." in fay.see(f"/room/session/{number}")
    assert "overdue" not in fay.see("/room/commitments")
    house.living.at += timedelta(days=60)
    lena = house.at_the_console("lena")
    assert "overdue" in lena.see("/room/commitments")
    assert "how it was done: says nothing" in lena.do("fulfil", 1, seen=1, words="We pack at six.", how="")["refusal"].lower()
    assert lena.do("fulfil", 1, seen=1, words="We pack at six.", how="One shift earlier.")["ok"]
    page = lena.see("/room/commitments")
    assert "done late" in page and "We pack at six. How: One shift earlier." in page and "0 of 1 commitment done" in page


def test_what_was_promised_before_comes_back_in_the_next_session(house: House) -> None:
    fay, number = planned(house)
    promise = {"user_id": house.living.people["fay"], "words": "Call the carrier", "due_on": "2026-06-20"}
    assert fay.do("commit", 0, **promise)["ok"]
    assert "Promised earlier: 1" in fay.see(f"/room/session/{number}") and "Call the carrier" in fay.see(
        f"/room/session/{number}"
    )


@pytest.mark.req("R59")
def test_what_nobody_has_reported_is_on_the_next_two_agendas_with_its_age(house: House) -> None:
    promise = {"user_id": house.living.people["fay"], "words": "Call the carrier", "due_on": "2026-06-20"}
    fay = house.at_the_console("fay")
    assert fay.do("commit", 0, **promise)["ok"]
    for weeks in (4, 8):
        house.living.at = MONDAY + timedelta(weeks=weeks)
        fay, number = planned(house, kind="council", day=(house.living.today + timedelta(days=1)).isoformat())
        assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
        page = fay.see(f"/room/session/{number}")
        assert "1 commitment is open" in page and "Call the carrier" in page and f"promised 1 June, {weeks} weeks" in page
        assert fay.do("attend", number)["ok"]
        why = {"user_id": house.living.people["fay"], "words": "It is open."}
        assert fay.do("uncommitted", number, **why)["ok"]
        assert fay.do("end-session", number, seen=seen(house, number), note="")["ok"]


def test_a_series_is_planned_on_the_same_weekday_of_each_month(house: House) -> None:
    fay, _ = planned(house, every="FREQ=MONTHLY;BYDAY={nth}{weekday}", times="6")
    page = fay.see("/room/sessions")
    assert page.count("The room in June (monthly)") == 6 and "5 November at 09:30" in page


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"day": "soon"}, "is not a date"),
    ({"time": "half past"}, "Write a time"),
    ({"time": "25:00"}, "Write a time"),
    ({"title": " "}, "says nothing"),
    ({"kind": "party"}, "'party' is not known"),
    ({"minutes": "2"}, "2 minutes is not possible"),
    ({"day": "2026-05-01"}, "planned ahead"),
    ({"every": "FREQ=SECONDLY"}, "more than once a day"),
    ({"every": "whenever"}, "not a rule of RFC 5545"),
    ({"every": "FREQ=WEEKLY", "times": "9999"}, "more than 160"),
    ({"perimeter": "west"}, "'west' is not known"),
)


def test_what_cannot_be_planned_is_refused_with_the_field(house: House) -> None:
    fay = house.at_the_console("fay")
    for fields, refusal in REFUSED:
        assert refusal in fay.do("plan-session", 0, **PLAN | fields)["refusal"], fields
    assert "No session is planned." in fay.see("/room/sessions")


def test_two_tablets_are_told_of_each_other_and_a_guest_sees_nothing_of_it(house: House) -> None:
    fay, number = planned(house)
    before = seen(house, number)
    assert fay.do("begin-session", number, seen=before)["ok"]
    answer = house.at_the_console("lena").do("cancel-session", number, seen=before, words="No.")
    assert "has changed since you looked" in answer["refusal"] and any("Fay" in step for step in answer["changed"]["steps"])
    gus = house.at_the_console("gus")
    assert "for those who work in this room" in gus.see(f"/room/session/{number}")
    assert not gus.do("attend", number).get("ok")


def test_a_touched_line_stands_on_the_next_agenda_or_is_promised(house: House) -> None:
    tom, words = house.at_the_console("tom"), "Customers lost: 60 (2026-05)"
    line = {"words": words, "scene": "outcomes/scoreboard", "perimeter": "north"}
    assert "no session is planned" in tom.do("take-up", 0, **line, becomes="item")["refusal"]
    _, number = planned(house, title="The next one")
    assert "on the agenda of “The next one” on 4 June" in tom.do("take-up", 0, **line, becomes="item")["message"]
    page = tom.see(f"/room/session/{number}")
    assert words in page
    assert "You have promised it, by 1 July" in tom.do("take-up", 0, **line, becomes="commitment")["message"]
    assert words in tom.see("/room/commitments")
    assert "What it becomes" in tom.do("take-up", 0, **line, becomes="nothing")["refusal"]
    assert "refusal" in house.at_the_console("gus").do("take-up", 0, **line, becomes="item")
    assert words in tom.see(f"/room/relay?title={words}")
