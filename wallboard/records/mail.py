"""Letters of the room: where people get them, which are queued, and that each is taken by one process and sent once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy import delete as delete_from

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, checked
from wallboard.records.sessions import one_session
from wallboard.records.users import find
from wallboard.store.connections import reading, writing
from wallboard.store.schema import mail_address, mail_message, user_account
from wallboard.store.versions import raise_versions

LOST = timedelta(minutes=10)
"""A letter that a process has taken for longer than this may not have been sent: nobody knows, and a person decides."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter with the minutes of a session; `state`: queued, sending, sent or failed, which `failure` explains."""

    number: int
    room_session: int
    user_id: int
    name: str
    address: str | None
    state: str
    tries: int
    taken_at: datetime | None
    failure: str | None

    def is_lost(self, now: datetime) -> bool:
        """Whether whoever took it has not said what became of it."""
        return self.state == "sending" and (self.taken_at is None or now - self.taken_at > LOST)


def set_address(act: Acting, user: int, address: str | None) -> str:
    """Write down where a user gets mail, one's own or for the president anybody's; nothing takes it away.

    Raises RuleRefused where it is no address.
    """
    find(act.connection, user)
    if act.actor not in (None, user) and find(act.connection, act.actor or 0).role != "president":
        raise RuleRefused("the room", "only the president changes who is in it.", "Ask the president.")
    text = checked("the mail address", address)
    before = act.connection.scalar(select(mail_address.c.address).where(mail_address.c.user_id == user))
    act.connection.execute(delete_from(mail_address).where(mail_address.c.user_id == user))
    if text:
        _is_address(text)
        values = {"user_id": user, "address": text, "at": act.at, "actor": act.actor}
        act.connection.execute(insert(mail_address).values(**values))
    act.audited("mail_address", user, "mail address", before, text)
    return text or ""


def _is_address(text: str) -> None:
    local, _, domain = text.rpartition("@")
    wrong = any(letter.isspace() or ord(letter) < 32 or letter in '<>,;"()[]\\' for letter in text)
    if wrong or not local or "@" in local or "." not in domain.strip(".") or len(text) > 254:
        raise RuleRefused("the mail address", f"'{text[:60]}' is not one.", "Write it like name@company.com.")


def addresses(connection: Connection) -> dict[int, str]:
    """By user: where they get mail."""
    return {row.user_id: row.address for row in connection.execute(select(mail_address.c.user_id, mail_address.c.address))}


def queue_minutes(act: Acting, session: int) -> int:
    """Queue the minutes for everybody who was present or expected and has an address; returns how many letters."""
    life, known = one_session(act.connection, session).life, addresses(act.connection)
    written = set(act.connection.scalars(select(mail_message.c.user_id).where(mail_message.c.room_session == session)))
    users = [user for user in dict.fromkeys([*life.present, *life.expected]) if user in known and user not in written]
    row = {"room_session": session, "at": act.at, "actor": act.actor, "state": "queued", "tries": 0}
    if users:
        act.connection.execute(insert(mail_message), [{**row, "user_id": user} for user in users])
        act.audited("mail_message", session, "queued", None, {"users": users})
    return len(users)


def send_again(act: Acting, number: int) -> Letter:
    """Queue a letter again that failed, or of which nobody knows whether it was sent; raises RuleRefused otherwise."""
    letter = one_letter(act.connection, number)
    if letter.state != "failed" and not letter.is_lost(act.at):
        remedy = "Nobody gets it twice." if letter.state == "sent" else "Wait until the mail server has answered."
        raise RuleRefused("the letter", f"to {letter.name} is {letter.state}.", remedy)
    m = mail_message
    act.connection.execute(update(m).where(m.c.id == number).values(state="queued", failure=None, taken_at=None))
    act.audited("mail_message", number, "queued again", letter.failure, None)
    return letter


def letters(connection: Connection, session: int) -> list[Letter]:
    """The letters of a session, by the names of those who get them."""
    return _letters(connection, mail_message.c.room_session == session)


def one_letter(connection: Connection, number: int) -> Letter:
    """One letter by its number; raises NotFound."""
    known = _letters(connection, mail_message.c.id == number)
    if not known:
        raise NotFound("letter", f"there is no number {number}.", "Choose one of a session.")
    return known[0]


def take_next(engine: Engine, now: datetime) -> Letter | None:
    """Take the letter that is queued longest: no other process gets it. None where none is queued."""
    m = mail_message.c
    while True:
        with reading(engine) as connection:
            number = connection.scalar(select(m.id).where(m.state == "queued").order_by(m.id).limit(1))
        if number is None:
            return None
        with writing(engine) as connection:
            taken = update(mail_message).where(m.id == number, m.state == "queued")
            mine = connection.execute(taken.values(state="sending", taken_at=now, tries=m.tries + 1)).rowcount
            raise_versions(connection, ("mail_message",), now)
            if mine:
                return one_letter(connection, number)


def settle(engine: Engine, number: int, now: datetime, failure: str | None) -> None:
    """Write down what became of a letter that was taken: sent, or why not."""
    with writing(engine) as connection:
        state = "sent" if failure is None else "failed"
        changed = update(mail_message).where(mail_message.c.id == number, mail_message.c.state == "sending")
        connection.execute(changed.values(state=state, failure=failure))
        raise_versions(connection, ("mail_message",), now)


def _letters(connection: Connection, chosen: object) -> list[Letter]:
    m, u, a = mail_message.c, user_account.c, mail_address.c
    columns = (m.id, m.room_session, m.user_id, u.name, a.address, m.state, m.tries, m.taken_at, m.failure)
    joined = select(*columns).join(user_account, u.id == m.user_id).outerjoin(mail_address, a.user_id == m.user_id)
    return [Letter(*row) for row in connection.execute(joined.where(chosen).order_by(u.name, m.id))]  # type: ignore[arg-type]
