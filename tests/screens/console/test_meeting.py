"""A meeting at the console: its agenda with clocks, votes by the own sign-in, customers in a mature room, minutes."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from sqlalchemy import update

from tests.screens.console.given import CALL, COMPLAINT, House, Visitor
from tests.screens.console.test_sessions import PLAN, planned, seen
from wallboard.lifecycle.decisions import DecisionKind
from wallboard.records import sessions
from wallboard.records.agenda import items
from wallboard.records.decisions import decided_in
from wallboard.records.role_play import cards
from wallboard.screens.console import session_files
from wallboard.screens.console.decision_parts import rule_words
from wallboard.screens.invitations import as_calendar
from wallboard.store.schema import media

COUNCIL = {"kind": "council", "title": "The council <b>"}


def item(house: House, session: int, nth: int = 0) -> tuple[int, int]:
    """The number of an item of the agenda, and its newest step."""
    with house.living.engine.connect() as connection:
        view = items(connection, session)[nth]
    return view.number, view.life.seq


def decision(house: House, session: int) -> tuple[int, int]:
    with house.living.engine.connect() as connection:
        view = decided_in(connection, session)[0]
    return view.number, view.life.seq


def promised(house: House, words: str) -> dict[str, Any]:
    return {"user_id": house.living.people["lena"], "words": words, "due_on": "2026-07-01"}


def begun(house: House, *logins: str, **fields: Any) -> tuple[Visitor, int]:
    fay, number = planned(house, **fields)
    assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
    for login in logins:
        assert house.at_the_console(login).do("attend", number)["ok"]
    return fay, number


@pytest.mark.req("R154")
def test_a_council_is_worked_through_item_by_item(house: House) -> None:
    assert house.at_the_console("lena").do("commit", 0, **promised(house, "Ask the carrier"))["ok"]
    fay, number = planned(house, **COUNCIL)
    page = fay.see(f"/room/session/{number}")
    assert (
        page.index("Actions from last meeting") < page.index("Review of any customer research") < page.index("Any other business")
    )
    assert "On the wall" in page and "1 commitment is open" in page and "What did you do, and how?" in page
    assert "Promised earlier: 1" in page and "Ask the carrier" in page
    assert house.at_the_console("tom").do("list-item", number, title="Late <i>boxes</i>", minutes="5")["ok"]
    assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
    first, at = item(house, number)
    assert fay.do("open-item", first, seen=at)["ok"]
    assert house.at_the_console("tom").do("minute-item", first, seen=at + 1, words="Two carriers answered.")["ok"]
    assert "has changed since you looked" in fay.do("finish-item", first, seen=at + 1, words="")["refusal"]
    assert fay.do("finish-item", first, seen=at + 2, words="Work.")["ok"]
    page = fay.see(f"/room/session/{number}")
    assert (
        "Two carriers answered." in page and "of 15 min" in page and "Late <i>boxes</i>" in page and "added by\nTom" not in page
    )
    assert "The driver left it in the rain." in page, "a customer's voice before any number"


def test_a_rule_of_the_room_is_a_sentence_on_the_page() -> None:
    assert rule_words(DecisionKind("budget", 2, 3, 2, share_of=3, voters=("facilitator", "leader", "president"))) == (
        "It needs at least 2/3 of the votes, from at least 3 people in at least 2 functions;"
        " the votes of facilitators, leaders and the president count."
    )
    assert rule_words(DecisionKind("other", 60, 1, 1)) == "It needs at least 60 % of the votes."


def test_a_decision_is_voted_on_by_each_leader_with_the_own_sign_in(house: House) -> None:
    fay, number = begun(house, "lena", "sam", "tom")
    fields = {
        "kind": "selection of an initiative",
        "words": "Late boxes first",
        "implications": "Two vans",
        "review_on": "2026-09-01",
    }
    assert fay.do("propose-here", number, **fields)["ok"]
    made, _ = decision(house, number)
    page = fay.see(f"/room/session/{number}")
    assert "Not voted yet: Lena, Sam." in page and "from at least 2 leaders in at least 2 functions" in page
    assert house.at_the_console("lena").do("vote", made, vote="yes")["ok"]
    assert "has voted already" in house.at_the_console("lena").do("vote", made, vote="no")["refusal"]
    assert "role has no vote" in fay.do("vote", made, user_id=house.living.people["tom"], vote="yes")["refusal"]
    assert "Only somebody who is present votes" in fay.do("vote", made, user_id=house.living.people["ada"], vote="yes")["refusal"]
    assert fay.do("vote", made, user_id=house.living.people["sam"], vote="yes")["ok"]
    assert fay.do("adopt", made, seen=decision(house, number)[1])["ok"]
    page = fay.see("/room/decisions")
    assert "Lena, Sam (said aloud)" in page and "Unanimous." in page and "1 decision in two years, 0 of them taken back" in page
    assert fay.do("take-back", made, seen=decision(house, number)[1], words="It did not help.")["ok"]
    assert "1 of them taken back" in fay.see("/room/decisions")


@pytest.mark.req("R16")
def test_a_customer_comes_into_a_mature_room_only(house: House) -> None:
    fay, number = planned(house)
    refused = fay.do("ask-customer", number, seen=seen(house, number), words="Mrs. Lee")
    assert "not mature enough for customers" in refused["refusal"]
    assert "grows by one level" in fay.do("assess", 0, perimeter="north", level="3", evidence="We feel ready.")["refusal"]
    assert "evidence: says nothing" in fay.do("assess", 0, perimeter="north", level="1", evidence=" ")["refusal"]
    for level in (1, 2, 3):
        assert fay.do("assess", 0, perimeter="north", level=level, evidence=f"Twelve sessions, {level}.")["ok"]
    assert fay.do("ask-customer", number, seen=seen(house, number), words="Mrs. Lee")["ok"]
    assert "No customer has been in a session yet." in fay.see("/room/sessions")
    assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
    assert fay.do("customer-came", number, seen=seen(house, number), words="Mrs. Lee")["ok"]
    assert "A customer was last here on 1 June." in fay.see("/room/sessions")


@pytest.mark.req("R124")
def test_an_annual_session_after_the_planning_date_is_warned_of(house: House) -> None:
    room = house.room.model_copy(
        update={"settings": house.room.settings.model_copy(update={"planning_date": house.living.today.replace(month=9)})}
    )
    fay = House(room, house.living).at_the_console("fay")
    plan = PLAN | {"kind": "annual", "title": "The year"}
    assert "after the annual planning has begun" in fay.do("plan-session", 0, **plan | {"day": "2026-09-01"})["message"]
    assert fay.do("plan-session", 0, **plan | {"day": "2026-08-31"})["message"] == "Planned."


@pytest.mark.req("R126")
def test_the_minutes_are_what_the_store_holds_and_nothing_in_them_is_a_mark(house: House) -> None:
    fay, number = begun(house, "lena", **COUNCIL)
    proposal = {"kind": "other", "words": "Call first", "implications": "Longer days", "review_on": "2026-09-01"}
    assert fay.do("propose-here", number, **proposal)["ok"]
    made, at = decision(house, number)
    assert house.at_the_console("lena").do("vote", made, vote="yes")["ok"]
    assert fay.do("adopt", made, seen=at + 1)["ok"]
    assert fay.do("commit", number, **promised(house, "Call *each* <script>"))["ok"]
    assert fay.do("end-session", number, seen=seen(house, number), note="We call.")["ok"]
    answer = fay.client.get(f"/room/session/{number}/minutes.md")
    text = answer.text
    page = fay.see(f"/room/session/{number}")
    assert "The goals of the room" in page and "2. Make somebody accountable, and make it urgent" in page
    assert "no item of this session" in page, "none was finished"
    assert answer.mimetype == "text/markdown" and text.startswith("# The council \\<b\\>")
    assert "- **Lena**: Call \\*each\\* \\<script\\> (by 1 July 2026, said aloud, written by Fay)" in text
    assert "**Call first** (other: decided, unanimous)" in text and "  - yes: Lena\n  - review on 1 September 2026" in text
    assert text.index("## Who does what by when") < text.index("## Present") < text.index("## Agenda"), "the summary first"
    assert "- Lena (signed in)" in text and "**Any other business** (10 min, not reached)" in text
    for stranger in (house.stranger(), house.at_the_console("gus")):
        assert stranger.client.get(f"/room/session/{number}/minutes.md").status_code in (401, 403, 404)


def test_a_phone_joins_by_the_code_of_the_page_and_the_own_sign_in(house: House) -> None:
    fay, number = begun(house)
    assert "Join with a phone" in fay.see(f"/room/session/{number}")
    code = fay.client.get(f"/room/session/{number}/join.svg")
    assert code.mimetype == "image/svg+xml" and b"<svg" in code.data


def test_the_calendar_is_made_once_for_each_change_by_a_program_of_its_own(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(self: session_files.SessionFiles, *_: str) -> bytes:
        made.append(1)
        return b"BEGIN:VCALENDAR"

    monkeypatch.setattr(session_files.SessionFiles, "_by_command", counted)
    client = house.stranger().client
    assert client.get("/calendar.ics").mimetype == "text/calendar" and client.get("/calendar.ics").data == b"BEGIN:VCALENDAR"
    assert len(made) == 1
    planned(house)
    client.get("/calendar.ics")
    assert len(made) == 2


def test_a_calendar_keeps_the_instant_of_each_session_and_says_which_was_cancelled(house: House) -> None:
    from tests.records.sessions import seen as stands
    from tests.records.sessions import take

    _, number = planned(house, **COUNCIL)
    take(house.living, number, "cancelled", words="Nobody could come.")
    view = stands(house.living, number)
    parsed = Calendar.from_ical(as_calendar([view], house.room.settings).to_ical())
    (event,) = parsed.walk("VEVENT")
    assert event.decoded("dtstart") == view.at and str(event["summary"]) == "The council <b>" and event["status"] == "CANCELLED"


@pytest.mark.req("R139")
def test_a_function_that_holds_a_touchpoint_and_is_absent_is_named(house: House) -> None:
    fay, number = begun(house, "sam")
    assert "Answer for a touchpoint but are not here: Logistics." in fay.see(f"/room/session/{number}")
    assert house.at_the_console("lena").do("attend", number)["ok"]
    assert "Answer for a touchpoint" not in fay.see(f"/room/session/{number}")


@pytest.mark.req("R138")
def test_a_series_of_councils_has_its_members_and_its_nine_items_each_time(house: House) -> None:
    fay, _ = planned(house, **COUNCIL, every="FREQ=MONTHLY;BYDAY={nth}{weekday}", times="3")
    with house.living.engine.connect() as connection:
        known = sessions.sessions(connection, ["north"], house.living.at, house.living.at + timedelta(days=200))
        assert [len(items(connection, view.number)) for view in known] == [9, 9, 9]
    expected = [house.living.people[login] for login in ("lena", "sam")]
    assert all(view.kind == "council" and view.life.expected == expected for view in known)
    assert fay.see("/room/sessions").count("The council <b> (council)") == 3


@pytest.mark.slow
@pytest.mark.req("R8", "R9")
def test_a_role_play_is_dealt_from_what_a_customer_said_and_each_card_opens_its_source(house: House) -> None:
    fay, number = begun(house, "lena", "sam", kind="awareness workshop")
    assert fay.do("deal", number, stage="receive")["ok"]
    page = house.at_the_console("lena").see(f"/room/session/{number}")
    assert "Lena" in page and "plays The shop" in page and "swaps with Sam" in page
    assert COMPLAINT in page and "Where it was heard" in page and page.count("What did you learn in their place?") == 1
    with house.living.engine.connect() as connection:
        dealt = cards(connection, number)
    card = next(view for view in dealt if view.owner == house.living.people["lena"])
    written, called = sorted(dealt, key=lambda view: view.call is not None)
    assert called.call == CALL and "The call itself" in page
    source = urlencode({"source": written.source, "key": written.source_key})
    assert f"/room/relay?{source}" in str(fay.drawn(f"/room/session/{number}"))
    assert COMPLAINT in fay.see("/room/relay", f"?{source}")
    with house.living.engine.begin() as connection:
        connection.execute(update(media).values(consent="withdrawn"))
    silent = house.at_the_console("lena").see(f"/room/session/{number}")
    assert "This call may not be played any more" in silent and silent.count(COMPLAINT) == page.count(COMPLAINT) + 1, (
        "a text in its place"
    )
    debriefing = {"seen": card.life.seq, "words": "Nobody tells <b>them</b> anything."}
    assert house.at_the_console("lena").do("debrief", card.number, **debriefing)["ok"]
    assert "Nobody tells <b>them</b> anything." in fay.see(f"/room/session/{number}")
    assert "nothing is made up" in fay.do("deal", number, stage="choose")["refusal"]
