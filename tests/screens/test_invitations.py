"""Invitations by mail: what calendars are told of a session when it is planned, moved and cancelled; nobody gets one twice."""

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from tests.screens.console.given import House, Visitor, furnished, small_room
from tests.screens.console.test_sessions import seen
from tests.screens.test_mailing import addressed, delivering, mailing
from wallboard.screens.mailing import Mailing
from wallboard.settings import Mail


def writing_to(house: House, mail: Mail) -> House:
    settings = house.room.settings.model_copy(update={"mail": mail, "address": "https://room.example"})
    return House(house.room.model_copy(update={"settings": settings}), house.living)


def plan(house: House, fay: Visitor, **more: object) -> str:
    expected = {f"expected.{house.living.people[login]}": "on" for login in ("lena", "sam", "tom")}
    what = {"kind": "monthly", "title": "The month\r\nBcc: x", "minutes": 60, "day": "2026-06-09", "time": "09:30"}
    answer = fay.do("plan-session", 0, **what, **expected, **more)
    assert answer["ok"], answer
    return str(answer["message"])


def event_of(message: EmailMessage) -> tuple[str, Any]:
    [part] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    made = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == made["method"]
    [event] = made.events
    return str(made["method"]), event


def test_who_is_expected_is_invited_told_of_a_move_and_of_the_end(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Mailing, "soon", lambda _: asked.append(1))
    addressed(house, lena="lena@company.example", sam="sam@company.example")
    with delivering() as (postman, mail):
        room = writing_to(house, mail)
        fay = room.at_the_console("fay")
        assert plan(room, fay) == "Planned. 2 people are told by mail."
        mailing(room, mail).send()
        assert "lena@company.example: sent" in fay.see("/room/session/1")
        assert fay.do("send-invitations", 1)["message"] == "Nobody has to be told anything new."
        addressed(house, tom="tom@company.example")
        assert "Send the invitations" in fay.see("/room/session/1")
        assert fay.do("send-invitations", 1)["message"] == "1 person is told by mail."
        moved = {"day": "2026-06-11", "time": "14:00", "words": "Half of us\r\nare away."}
        assert "3 people are told by mail" in fay.do("postpone", 1, seen=seen(house, 1), **moved)["message"]
        mailing(room, mail).send()
        cancelled = fay.do("cancel-session", 1, seen=seen(house, 1), words="Nobody can come.")
        assert "3 people are told by mail" in cancelled["message"]
        mailing(room, mail).send()
        assert "lena@company.example: sent" in fay.see("/room/session/1")
    lena = [message for message in postman.got if "Lena" in message["To"]]
    events = [event_of(message) for message in lena]
    assert [(method, int(event["sequence"])) for method, event in events] == [("REQUEST", 0), ("REQUEST", 1), ("CANCEL", 2)]
    assert {str(event["uid"]) for _, event in events} == {"session-1@customer-room"}, "one event, whatever becomes of it"
    assert [event["dtstart"].dt.isoformat() for _, event in events] == [
        "2026-06-09T08:30:00+00:00", "2026-06-11T13:00:00+00:00", "2026-06-11T13:00:00+00:00",
    ]  # fmt: skip
    event = events[-1][1]
    assert event["status"] == "CANCELLED" and event["organizer"] == "mailto:room@company.example"
    assert event["attendee"] == "mailto:lena@company.example", "nobody reads the addresses of others"
    assert lena[0]["Subject"] == "Invitation: The month Bcc: x, 9 June 2026" and "Bcc" not in lena[0]
    assert lena[1]["Subject"].startswith("Moved:") and lena[2]["Subject"].startswith("Cancelled:")
    text = lena[1].get_body(("plain",))
    assert text is not None
    words = text.get_content()
    assert "11 June 2026, 14:00 (Europe/London), 60 minutes" in words and "Half of us are away." in words
    assert "https://room.example/room/session/1" in words
    tom = [event_of(message) for message in postman.got if "Tom" in message["To"]]
    assert tom[0][1]["sequence"] == 1, "queued before it moved, it says how it stands"


def test_of_a_series_the_next_one_is_told_in_its_turn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Mailing, "soon", lambda _: None)
    addressed(house, lena="lena@company.example")
    room = writing_to(house, Mail(host="127.0.0.1", port=1, sender="room@company.example"))
    fay = room.at_the_console("fay")
    assert "1 person is told by mail" in plan(room, fay, every="FREQ=WEEKLY", times=3)
    assert "Invitations by mail" not in fay.see("/room/sessions")
    cancelled = fay.do("cancel-session", 1, seen=seen(house, 1), words="Nobody can come.")
    assert cancelled["message"].count("1 person is told by mail") == 2, "that it is cancelled, and of the next one"


@pytest.fixture
def house(tmp_path: Path, sqlite_store: Engine) -> House:
    return House(small_room(tmp_path / "room"), furnished(sqlite_store))
