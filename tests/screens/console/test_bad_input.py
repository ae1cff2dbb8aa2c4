"""The bad input of a session, at the console: each is refused with a sentence, and nothing of it is half-written."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

from sqlalchemy import func, select

from tests.screens.console.given import House, Visitor
from tests.screens.console.test_frozen import is_frozen
from tests.screens.console.test_meeting import begun, decision, item, promised
from tests.screens.console.test_sessions import PLAN, seen
from tests.screens.console.test_teams import take, tasked
from wallboard.screens.console.session import SIGNED_IN, TOKEN
from wallboard.store.schema import metadata

Answer = Any


def rows(house: House) -> dict[str, int]:
    """How many rows each table of the store has, besides what signing in leaves."""
    with house.living.engine.connect() as connection:
        tables = {name: table for name, table in metadata.tables.items() if name != "sign_in"}
        return {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}


def refused(house: House, sentence: str, answer: Callable[[], Answer]) -> None:
    before = rows(house)
    said_no = answer()
    assert not said_no.get("ok") and sentence in said_no["refusal"], said_no
    assert rows(house) == before, f"{sentence}: nothing half-written"


def test_a_session_refuses_bad_input_in_a_sentence(house: House) -> None:
    lena, sam, ada = (house.at_the_console(login) for login in ("lena", "sam", "ada"))
    fay, number = begun(house, "lena", "sam")
    waited = Event()
    while not is_frozen(house, number):  # its numbers are frozen beside the answer
        waited.wait(0.05)
    refused(house, "has not been chosen", lambda: fay.do("commit", number, **promised(house, "Call.") | {"user_id": ""}))
    refused(house, "has not been named", lambda: fay.do("commit", number, **promised(house, "Call.") | {"due_on": ""}))

    what = {"kind": "other", "words": "Two vans", "implications": "Costs", "review_on": "2026-09-01"}
    assert fay.do("propose-here", number, **what)["ok"]
    made, _ = decision(house, number)
    refused(house, "Only somebody who is present votes", lambda: ada.do("vote", made, vote="yes"))
    assert lena.do("vote", made, vote="yes")["ok"]
    refused(house, "has voted already", lambda: lena.do("vote", made, vote="no"))

    assert fay.do("list-item", number, title="Late boxes", minutes="5")["ok"]
    listed, at = item(house, number)
    assert fay.do("open-item", listed, seen=at)["ok"]
    refused(house, "has changed since you looked: Fay: opened", lambda: sam.do("defer-item", listed, seen=at, words="Not today."))
    house.living.at -= timedelta(minutes=90)
    refused(house, "cannot have happened before", lambda: sam.do("finish-item", listed, seen=at + 1, words=""))
    house.living.at += timedelta(minutes=90)

    refused(house, "Nobody leaves without", lambda: fay.do("end-session", number, seen=seen(house, number)))
    refused(house, "not mature enough", lambda: fay.do("customer-came", number, seen=seen(house, number), words="Mrs. Lee"))
    endless = {"every": "FREQ=WEEKLY", "times": ""}
    refused(house, "How many times: has not been chosen", lambda: fay.do("plan-session", 0, **PLAN | endless))


def test_an_issue_and_a_team_refuse_bad_input_in_a_sentence(house: House) -> None:
    issue, tom = house.living.until("alleviation"), house.at_the_console("tom")
    fay = house.at_the_console("fay")
    fields = {"words": "Earlier", "implications": "None", "touchpoint__1": "parcel", "effect__1": "drier"}
    alone = {f"present__{house.living.people['tom']}": "on", "seen": house.living.steps(issue).seq}
    refused(house, "Golden rule 3", lambda: fay.do("decide", issue, **fields, **alone))
    _, team = tasked(house)
    refused(house, "says nothing", lambda: take(house, tom, team, "report-step-2", words=" ", how=" ", user_id=1))


def test_what_no_browser_of_this_room_sends_is_refused_in_a_sentence(house: House) -> None:
    issue = house.living.admitted()
    fields = {"seen": 1, "user_id": house.living.people["tom"]}
    forged = house.stranger()
    forged.client.set_cookie(SIGNED_IN, "x" * 43)
    refused(house, "Nobody is signed in here any more", lambda: forged.do("own", issue, **fields))
    expired = house.at_the_console("fay")
    house.living.at += timedelta(hours=13)
    refused(house, "Nobody is signed in here any more", lambda: expired.do("own", issue, **fields))
    fay = house.at_the_console("fay")
    elsewhere = {TOKEN: fay.token(), "Origin": "https://elsewhere.example"}
    refused(house, "sent from another site", lambda: _sent(fay, issue, elsewhere, fields))
    refused(house, "was not sent from a page", lambda: _sent(fay, issue, {TOKEN: "x"}, fields))


def _sent(visitor: Visitor, issue: int, headers: dict[str, str], fields: dict[str, Any]) -> Answer:
    return visitor.post(f"/room/do/own/{issue}", headers=headers, **fields).get_json()


def test_a_form_that_is_sent_again_is_taken_once_and_gets_the_same_answer(house: House) -> None:
    lena, sam = house.at_the_console("lena"), house.at_the_console("sam")
    fields = promised(house, "Call the carrier.") | {"once": "a1" * 16}
    first = lena.do("commit", 0, **fields)
    assert first["ok"]
    before = rows(house)
    house.living.at += timedelta(minutes=5)
    assert lena.do("commit", 0, **fields | {"words": "Call twice."}) == first and rows(house) == before
    assert sam.do("commit", 0, **fields)["ok"] and rows(house)["commitment"] == before["commitment"] + 1, "by somebody else"
    refused(house, "has not been chosen", lambda: lena.do("commit", 0, **fields | {"once": "b2" * 16, "user_id": ""}))
    assert lena.do("commit", 0, **fields | {"once": "b2" * 16})["ok"], "what was refused has not been taken"
    refused(house, "not sent from a page", lambda: lena.do("commit", 0, **fields | {"once": "'; --"}))
