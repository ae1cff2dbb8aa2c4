"""The minutes by mail: each letter once, the receiver's own commitments first, a failure told with its reason and sent again."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DBAPIError

from tests.screens.console.given import House, furnished, small_room
from tests.screens.console.test_meeting import begun, promised
from tests.screens.console.test_sessions import seen
from wallboard.errors import RuleRefused
from wallboard.panels import find_panels
from wallboard.records.mail import Letter, letters, queue_minutes, set_address, take_next
from wallboard.records.minutes import Minutes
from wallboard.screens.mailing import Mailing, written
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.themes import theme_of
from wallboard.settings import Mail
from wallboard.store.connections import writing
from wallboard.store.schema import mail_address, mail_message

FULL = "mailbox full"


@dataclass
class Postman:
    """A mail server that keeps what it gets, and takes nothing for an address whose mailbox is full."""

    got: list[EmailMessage] = field(default_factory=list)
    full: set[str] = field(default_factory=set)

    async def handle_RCPT(self, _s: SMTP, _n: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        if address in self.full:
            return f"552 {FULL}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: SMTP, _n: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.got.append(message)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def delivering() -> Iterator[tuple[Postman, Mail]]:
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=free_port(), enable_SMTPUTF8=True)
    controller.start()
    try:
        yield postman, Mail(host="127.0.0.1", port=controller.port, security="none", sender="room@company.example")
    finally:
        controller.stop()


def mailing(house: House, mail: Mail) -> Mailing:
    clock, settings = (lambda: house.living.at), house.room.settings.model_copy(update={"mail": mail})
    theme = partial(theme_of, house.room, None, None, house.living.at)
    rested = RestedNumbers(settings, find_panels())
    return Mailing(settings, house.living.engine, clock, theme, rested, lambda _: b"%PDF-1.7")


def addressed(house: House, **mail: str) -> None:
    for login, address in mail.items():
        with house.living.by("ada") as act:
            set_address(act, house.living.people[login], address)


def held(house: House) -> int:
    """A session in which Lena has promised something, and Sam nothing."""
    fay, number = begun(house, "lena", "sam")
    assert fay.do("commit", number, **promised(house, "Call each of them"))["ok"]
    why = {"user_id": house.living.people["sam"], "words": "I am new."}
    assert fay.do("uncommitted", number, **why)["ok"]
    return number


def end(house: House, number: int) -> str:
    return str(house.at_the_console("fay").do("end-session", number, seen=seen(house, number), note="We call.")["message"])


def states(house: House, number: int) -> dict[str, tuple[str, str | None]]:
    with house.living.engine.connect() as connection:
        return {letter.name: (letter.state, letter.failure) for letter in letters(connection, number)}


NOWHERE = Mail(host="127.0.0.1", port=1, security="none", sender="room@company.example")


def test_each_gets_the_minutes_once_the_own_commitments_first_though_two_processes_send(house: House) -> None:
    addressed(house, lena="lena@company.example", sam="sam@company.example")
    number = held(house)
    with delivering() as (postman, mail):
        both, start = (mailing(house, mail), mailing(house, mail)), Barrier(2)
        house.living.at += timedelta(minutes=1)
        with house.living.by("fay") as act:
            assert queue_minutes(act, number) == 2 and queue_minutes(act, number) == 0

        def run(sender: Mailing) -> None:
            start.wait()
            sender.send()

        threads = [Thread(target=run, args=(sender,)) for sender in both]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(message["To"].addresses[0].addr_spec for message in postman.got) == [
        "lena@company.example",
        "sam@company.example",
    ]
    [lena] = [message for message in postman.got if "Lena" in message["To"]]
    body = lena.get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert text.startswith("What you promised:\n\n- Call each of them (by 1 July 2026)\n\n# ")
    [paper] = lena.iter_attachments()
    assert paper.get_filename() == f"minutes-{number}.pdf" and paper.get_content() == b"%PDF-1.7"
    assert states(house, number) == {"Lena": ("sent", None), "Sam": ("sent", None)}


def test_a_letter_that_failed_is_told_with_its_reason_and_sent_again(house: House) -> None:
    addressed(house, lena="lena@company.example", sam="sam@company.example")
    with delivering() as (postman, mail):
        number = held(house)
        postman.full.add("sam@company.example")
        with house.living.by("fay") as act:
            queue_minutes(act, number)
        mailing(house, mail).send()
        assert states(house, number)["Lena"] == ("sent", None)
        state, failure = states(house, number)["Sam"]
        assert state == "failed" and failure is not None and FULL in failure
        fay = house.at_the_console("fay")
        house.living.at += timedelta(minutes=1)
        with house.living.engine.connect() as connection:
            [lena, sam] = letters(connection, number)
        assert "is sent" in fay.do("send-again", lena.number)["refusal"], "nobody gets it twice"
        postman.full.clear()
        assert fay.do("send-again", sam.number)["ok"]
        mailing(house, mail).send()
    assert [message["To"].addresses[0].username for message in postman.got] == ["lena", "sam"]


def test_ending_a_session_queues_its_minutes_and_its_page_says_what_became_of_each(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Mailing, "soon", lambda _: asked.append(1))
    monkeypatch.setattr(Mailing, "_later", lambda _: None)
    with_mail = house.room.settings.model_copy(update={"mail": NOWHERE})
    house = House(house.room.model_copy(update={"settings": with_mail}), house.living)
    addressed(house, lena="lena@company.example")
    number = held(house)
    fay = house.at_the_console("fay")
    assert "when the session has ended" in fay.do("send-minutes", number)["refusal"]
    assert "The minutes are sent to 1 person." in end(house, number)
    assert len(asked) == 3, "when the room is lit, when a session is planned, and when it has ended"
    assert "waits to be sent" in fay.see(f"/room/session/{number}")
    mailing(house, NOWHERE).send()
    page = fay.see(f"/room/session/{number}")
    assert "lena@company.example: was not sent yet, and is tried again" in page and "The mail server cannot be reached" in page
    assert "Send it again" in page and "Without a mail address: Sam." in page
    addressed(house, sam="sam@company.example")
    assert "Send the minutes" in fay.see(f"/room/session/{number}")
    assert "Queued for 1 person" in fay.do("send-minutes", number)["message"]


def test_a_letter_that_a_process_took_and_lost_waits_for_a_person(house: House) -> None:
    addressed(house, lena="lena@company.example")
    number = held(house)
    with house.living.by("fay") as act:
        queue_minutes(act, number)
    taken = take_next(house.living.engine, house.living.at)
    assert taken is not None and take_next(house.living.engine, house.living.at) is None, "no other process gets it"
    end_of_it = house.at_the_console("fay").do("send-again", taken.number)
    assert "is sending. Wait until the mail server has answered." in end_of_it["refusal"]
    house.living.at += timedelta(minutes=11)
    assert house.at_the_console("fay").do("send-again", taken.number)["ok"]


def test_no_name_writes_a_header_of_its_own_and_every_alphabet_arrives() -> None:
    letter = Letter(1, 7, 3, "Юрий\r\nBcc: all@evil.example", None, "sending", 1, None, None)
    minutes = Minutes(7, "Raum\r\nX-Evil: 1 “ü”", "North", "", ())
    message = written(NOWHERE, letter, "юрий@пример.example", minutes, ["Rufe *alle* an"], b"")
    raw = message.as_bytes()
    assert b"\nBcc:" not in raw and b"\nX-Evil:" not in raw and b"\r\nX-Evil" not in raw
    [to] = message["To"].addresses
    assert to.username == "юрий" and to.domain == "xn--e1afmkfd.example" and to.display_name.startswith("Юрий")
    plain = written(NOWHERE, letter, "lena@company.example", minutes, [], b"").as_bytes()
    assert plain.isascii() or b"8bit" in plain
    assert "Nothing was promised in your name." in written(NOWHERE, letter, "a@b.example", minutes, [], b"").get_content()


def test_what_is_no_address_is_refused_by_the_verb_and_by_the_store(house: House) -> None:
    tom = house.living.people["tom"]
    for wrong in (
        "tom",
        "tom@",
        "@b.example",
        "a@b",
        "a b@c.example",
        "a@b.example\nBcc: x@y.example",
        "<a@b.example>",
        "a@b@c.example",
    ):
        with pytest.raises(RuleRefused, match="mail address"), house.living.by("ada") as act:
            set_address(act, tom, wrong)
    with pytest.raises(RuleRefused, match="only the president"), house.living.by("fay") as act:
        set_address(act, tom, "tom@company.example")
    with house.living.by("tom") as act:
        assert set_address(act, tom, "tom@company.example") == "tom@company.example"
    with pytest.raises(DBAPIError), writing(house.living.engine) as connection:
        connection.execute(insert(mail_address).values(user_id=house.living.people["sam"], address="sam", at=house.living.at))
    with pytest.raises(DBAPIError), writing(house.living.engine) as connection:
        row = {"room_session": 1, "user_id": tom, "at": house.living.at, "actor": tom, "state": "lost", "tries": 0}
        connection.execute(insert(mail_message).values(row))
    assert "tom@company.example" in str(house.at_the_console("ada").drawn("/room/users"))


@pytest.fixture
def house(tmp_path: Path, sqlite_store: Engine) -> House:
    return House(small_room(tmp_path / "room"), furnished(sqlite_store))
