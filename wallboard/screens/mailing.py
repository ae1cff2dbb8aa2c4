"""Sends the letters of the room by SMTP, beside what is going on: each with the receiver's own commitments first."""

import logging
import os
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from functools import partial
from importlib import import_module
from threading import Lock, Timer

from sqlalchemy import Connection, Engine

from wallboard.calendar import in_full
from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError
from wallboard.records.commitments import made_in
from wallboard.records.mail import INVITATION, Letter, settle, take_next
from wallboard.records.minutes import Minutes, minutes_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.records.sessions import one_session
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.workers import POOL
from wallboard.settings import Mail, Settings
from wallboard.store.connections import reading

log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds that a mail server may be silent."""

AGAIN, TRIES = 600.0, 20
"""Seconds after which a letter is tried again where the server could not be used at all, and how often."""


class ServerFailure(str):
    """Why no letter could be sent just now."""

    __slots__ = ()


@dataclass
class Mailing:
    """Sends what is queued; `paper` makes the PDF of a session's minutes."""

    settings: Settings
    engine: Engine
    clock: Clock
    theme: Callable[[], Theme]
    rested: RestedNumbers
    paper: Callable[[int], bytes]

    def __post_init__(self) -> None:
        self._one = Lock()
        self._waits: Timer | None = None

    def soon(self) -> None:
        """Send what is queued, in the background; nothing where room.toml names no mail server."""
        if self.settings.mail is not None:
            POOL.submit(self.send)

    def send(self) -> None:
        """Send what is queued, one letter after the other; what fails is kept with its reason."""
        mail = self.settings.mail
        if mail is None:
            return
        with self._one:
            try:
                while (letter := take_next(self.engine, self.clock())) is not None:
                    failure = self._failure(mail, letter)
                    again = isinstance(failure, ServerFailure) and letter.tries < TRIES
                    settle(self.engine, letter.number, self.clock(), failure, again=again)
                    if again:
                        self._later()
                        return
            except Exception:
                log.exception("the letters of the room could not be sent")

    def _later(self) -> None:
        """Try once more after a while: what keeps one letter from the server keeps all."""
        if self._waits is None or not self._waits.is_alive():
            self._waits = Timer(AGAIN, self.soon)
            self._waits.daemon = True
            self._waits.start()

    def _failure(self, mail: Mail, letter: Letter) -> str | None:
        """Why a letter could not be sent; None where it was."""
        if letter.address is None:
            return f"{letter.name} has no mail address any more."
        try:
            deliver(mail, self._letter(mail, letter, letter.address))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            log.warning("letter %s to %s was not sent: %s", letter.number, letter.address, error)
            return ServerFailure(_reason(error)) if _is_the_servers(error) else _reason(error)
        except Exception as error:
            log.exception("letter %s could not be written", letter.number)
            return f"It could not be written ({type(error).__name__}). The room's log says why."
        return None

    def _letter(self, mail: Mail, letter: Letter, address: str) -> EmailMessage:
        if letter.about == INVITATION:
            return self._invitation(mail, letter, address)
        with reading(self.engine) as connection:
            numbers_of = partial(self.rested.of, connection, self.theme())
            made = minutes_of(connection, self.settings, letter.room_session, numbers_of)
            mine = _own(connection, letter, self.settings.locale)
        return written(mail, letter, address, made, mine, self._paper(letter.room_session))

    def _invitation(self, mail: Mail, letter: Letter, address: str) -> EmailMessage:
        written_as = import_module("wallboard.screens.invitations")
        with reading(self.engine) as connection:
            view = one_session(connection, letter.room_session)
        to = Address(_line(letter.name), *_parts(address))
        invited: EmailMessage = written_as.invitation(mail, self.settings, letter, view, to)
        return invited

    def _paper(self, session: int) -> bytes:
        """The minutes as a PDF; nothing where it could not be made: the letter has all words of them."""
        try:
            return self.paper(session)
        except RoomError as refusal:
            log.warning("a letter goes without the PDF of session %s: %s", session, refusal)
            return b""


def _own(connection: Connection, letter: Letter, locale: str) -> list[str]:
    """What the receiver promised, or that nothing was."""
    made = [each for each in made_in(connection, letter.room_session) if each.owner == letter.user_id]
    why = one_session(connection, letter.room_session).life.uncommitted.get(letter.user_id)
    return [*(f"{each.words} (by {in_full(each.due_on, locale)})" for each in made), *([f"No commitment. {why}"] if why else [])]


def written(mail: Mail, letter: Letter, address: str, minutes: Minutes, mine: list[str], pdf: bytes) -> EmailMessage:
    """The letter: what the receiver promised, then the minutes; a header holds one line, whatever somebody wrote."""
    message = EmailMessage(policy=SMTP if address.isascii() else SMTPUTF8)
    title = " ".join(minutes.title.split())
    message["Subject"] = f"{title}: who does what by when"
    message["From"] = Address(display_name=_line(mail.sender_name), addr_spec=mail.sender)
    message["To"] = Address(_line(letter.name), *_parts(address))
    message["Message-ID"] = f"<minutes-{letter.room_session}-{letter.user_id}-{letter.tries}@{mail.sender.rpartition('@')[2]}>"
    promised = "\n".join(f"- {' '.join(each.split())}" for each in mine) or "- Nothing was promised in your name."
    message.set_content(f"What you promised:\n\n{promised}\n\n{as_markdown(minutes)}")
    if pdf:
        name = f"minutes-{letter.room_session}.pdf"
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    return message


def _line(words: str) -> str:
    return " ".join(words.split())


def _parts(address: str) -> tuple[str, str]:
    """The two parts of an address; a domain in another alphabet as mail servers know it."""
    local, _, domain = address.rpartition("@")
    return local, domain if domain.isascii() else domain.encode("idna").decode()


def deliver(mail: Mail, message: EmailMessage) -> None:
    """Hand a letter to the mail server; raises OSError or SMTPException where it is not taken."""
    trusted = ssl.create_default_context(cafile=mail.ca_file)
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.own_port, timeout=PATIENCE, context=trusted)
    else:
        server = smtplib.SMTP(mail.host, mail.own_port, timeout=PATIENCE)
    with server:
        if mail.security == "starttls":
            server.starttls(context=trusted)
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_env, ""))
        server.send_message(message)


def _is_the_servers(error: Exception) -> bool:
    """Whether it is no fault of one letter: nobody answers, TLS fails, or user and password are not taken."""
    whole = (
        smtplib.SMTPAuthenticationError,
        smtplib.SMTPConnectError,
        smtplib.SMTPNotSupportedError,
        smtplib.SMTPServerDisconnected,
    )
    return isinstance(error, whole) or (isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException))


def _reason(error: Exception) -> str:
    """What a mail server or the way to it says, for a person."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"The mail server does not take this address: {code} {_decoded(answer)}"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "The mail server does not take the user and the password of room.toml's [mail]."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refused it: {error.smtp_code} {_decoded(error.smtp_error)}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"The mail server cannot do this: {error}"
    if isinstance(error, ssl.SSLCertVerificationError):
        why = f"The mail server’s certificate is not trusted ({error.verify_message})."
        return f"{why} Where the company has its own certificates, name their file as ca_file in room.toml’s [mail]."
    if isinstance(error, ssl.SSLError):
        return "The mail server does not speak TLS as room.toml’s [mail] says: look at its security and port."
    return f"The mail server cannot be reached: {error}"


def _decoded(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer
