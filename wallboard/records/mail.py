"""Letters of the room: where people get them, which are queued, and that each is taken by one process and sent once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy import delete as delete_from

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, checked
from wallboard.records.sessions import SessionView, one_session
from wallboard.records.users import find
from wallboard.store.connections import reading, writing
from wallboard.store.schema import mail_address, mail_message, user_account
from wallboard.store.schema.mail import MAIL_ABOUT
from wallboard.store.versions import raise_versions

MINUTES, INVITATION = MAIL_ABOUT

LOST = timedelta(minutes=10)
"""A letter that a process has taken for longer than this may not have been sent: nobody knows, and a person decides."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter about a session, its minutes or an invitation; `state`: queued, sending, sent, or failed, see `failure`."""

    number: int
    room_session: int
    user_id: int
    name: str
    address: str | None
    state: str
    tries: int
    taken_at: datetime | None
    failure: str | None
    about: str = MINUTES
    sequence: int = 0

    @property
    def waits_again(self) -> bool:
        """Whether it could not be sent for a reason that is none of its own, and is tried again."""
        return self.state == "queued" and self.failure is not None

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
    written = _written(act.connection, session, MINUTES)
    users = [user for user in dict.fromkeys([*life.present, *life.expected]) if user in known and user not in written]
    return _queue(act, session, users, MINUTES)


def queue_invitations(act: Acting, session: int) -> int:
    """Queue what calendars of those who are expected and have an address have to know: the session, that it has moved, or that
    it is cancelled, which is told to whoever was invited. Returns how many letters; nobody gets the same twice.
    """
    view = one_session(act.connection, session)
    sequence, known, earlier = sequence_of(view), addresses(act.connection), _written(act.connection, session, INVITATION)
    if view.life.status not in ("planned", "cancelled") or (view.life.status == "planned" and view.at < act.at):
        return 0
    invited = {user for user, number in earlier.items() if number >= sequence}
    expected = view.life.expected if view.life.status == "planned" else list(earlier)
    users = [user for user in expected if user in known and user not in invited]
    return _queue(act, session, users, INVITATION, sequence)


def sequence_of(view: SessionView) -> int:
    """How often a session was moved or cancelled: the SEQUENCE of its event (RFC 5545)."""
    return len(view.life.of("postponed", "cancelled"))


def _written(connection: Connection, session: int, about: str) -> dict[int, int]:
    """By user who was written to about a session: of what sequence the newest letter is."""
    m = mail_message.c
    newest = select(m.user_id, func.max(m.sequence)).where(m.room_session == session, m.about == about).group_by(m.user_id)
    return {row[0]: row[1] for row in connection.execute(newest)}


def _queue(act: Acting, session: int, users: list[int], about: str, sequence: int = 0) -> int:
    contents = {"about": about, "sequence": sequence}
    row = {"room_session": session, "at": act.at, "actor": act.actor, "state": "queued", "tries": 0, **contents}
    if users:
        act.connection.execute(insert(mail_message), [{**row, "user_id": user} for user in users])
        act.audited("mail_message", session, "queued", None, {"users": users, **contents})
    return len(users)


def send_again(act: Acting, number: int) -> Letter:
    """Queue a letter again that failed, or of which nobody knows whether it was sent; raises RuleRefused otherwise."""
    letter = one_letter(act.connection, number)
    if letter.state != "failed" and not letter.waits_again and not letter.is_lost(act.at):
        remedy = "Nobody gets it twice." if letter.state == "sent" else "Wait until the mail server has answered."
        raise RuleRefused("the letter", f"to {letter.name} is {letter.state}.", remedy)
    m = mail_message
    act.connection.execute(update(m).where(m.c.id == number).values(state="queued", failure=None, taken_at=None))
    act.audited("mail_message", number, "queued again", letter.failure, None)
    return letter


def letters(connection: Connection, session: int, about: str = MINUTES) -> list[Letter]:
    """The letters about a session, by the names of those who get them, the newest of each last."""
    return _letters(connection, (mail_message.c.room_session == session) & (mail_message.c.about == about))


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


def settle(engine: Engine, number: int, now: datetime, failure: str | None, *, again: bool = False) -> None:
    """Write down what became of a letter that was taken: sent, or why not; `again`: it is queued, and is not lost by it."""
    with writing(engine) as connection:
        state = "sent" if failure is None else "queued" if again else "failed"
        changed = update(mail_message).where(mail_message.c.id == number, mail_message.c.state == "sending")
        connection.execute(changed.values(state=state, failure=failure))
        raise_versions(connection, ("mail_message",), now)


def _letters(connection: Connection, chosen: object) -> list[Letter]:
    m, u, a = mail_message.c, user_account.c, mail_address.c
    columns = (m.id, m.room_session, m.user_id, u.name, a.address, m.state, m.tries, m.taken_at, m.failure, m.about, m.sequence)
    joined = select(*columns).join(user_account, u.id == m.user_id).outerjoin(mail_address, a.user_id == m.user_id)
    return [Letter(*row) for row in connection.execute(joined.where(chosen).order_by(u.name, m.id))]  # type: ignore[arg-type]
