"""Users of the room: who may sign in, with which role, and for which functions they may decide."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from wallboard.errors import NotFound, NotSignedIn, RuleRefused, nearest
from wallboard.lifecycle.roles import BY_NAME
from wallboard.records.acting import Acting, needed, one_of
from wallboard.records.passwords import Hashed, fits
from wallboard.store.connections import reading, writing
from wallboard.store.schema import function, mandate, permission, sign_in, user_account

SIGNED_IN_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class User:
    """One person who may sign in; `mandates` are the functions that the person decides for."""

    id: int
    login: str
    name: str
    role: str
    function: str | None
    mandates: tuple[str, ...]
    left_at: datetime | None = None

    @property
    def relays_only(self) -> bool:
        """Whether this person only relays issues and reads what becomes of them."""
        return BY_NAME[self.role].relays_only


def add(
    act: Acting, login: str, name: str, role: str, password: Hashed, function: str | None = None, mandates: tuple[str, ...] = ()
) -> User:
    """Add a user; raises RuleRefused where the login is taken or the role unknown."""
    login = needed("login", login).lower()
    one_of("role", role, BY_NAME)
    if act.connection.scalar(select(user_account.c.id).where(user_account.c.login == login)) is not None:
        raise RuleRefused("login", f"'{login}' is taken.", "Choose another one.")
    for key in {function, *mandates} - {None}:
        _known_function(act.connection, str(key))
    account = {"login": login, "name": needed("name", name), "role": role, "function": function}
    values = {**account, "password": password, "added_at": act.at}
    with act.users_audited_by_store():
        number = act.connection.execute(insert(user_account).values(**values).returning(user_account.c.id)).scalar_one()
        for key in mandates:
            act.connection.execute(insert(mandate).values(user_id=number, function=key, since=act.at))
    return find(act.connection, number)


def change_role(act: Acting, number: int, role: str) -> User:
    """Give a user another role; only the president does."""
    find(act.connection, number)
    _president(act)
    one_of("role", role, BY_NAME)
    if role != "president":
        _another_president(act, number)
    _change(act, number, role=role)
    return find(act.connection, number)


def let_go(act: Acting, number: int) -> None:
    """A user leaves: may sign in no more, and answers for nothing new."""
    find(act.connection, number)
    _president(act)
    _another_president(act, number)
    _change(act, number, left_at=act.at)
    _sign_out(act.connection, number)


def let_back(act: Acting, number: int) -> User:
    """Somebody who has left comes back, as who they were; only the president lets them in."""
    was = find(act.connection, number)
    _president(act)
    if was.left_at is None:
        raise RuleRefused("the room", f"{was.name} has not left.", "")
    _change(act, number, left_at=None)
    return find(act.connection, number)


def change_password(act: Acting, number: int, password: Hashed, keep: str | None = None) -> None:
    """Give a user another password and end every sign-in but `keep` (a secret); one's own, or for the president anybody's."""
    if act.actor != number:
        _president(act)
    find(act.connection, number)
    _change(act, number, password=password)
    if ended := _sign_out(act.connection, number, keep):
        act.audited("user_account", number, "sign-ins ended", None, {"sign-ins ended": ended})


def end_sign_ins(act: Acting, number: int, keep: str | None = None) -> int:
    """End every sign-in of a user but `keep` (a secret), and say how many; one's own, or for the president anybody's."""
    if act.actor != number:
        _president(act)
    find(act.connection, number)
    ended = _sign_out(act.connection, number, keep)
    act.audited("user_account", number, "sign-ins ended", None, {"sign-ins ended": ended})
    return ended


def _change(act: Acting, number: int, **values: object) -> None:
    with act.users_audited_by_store():
        act.connection.execute(update(user_account).where(user_account.c.id == number).values(**values))


def _sign_out(connection: Connection, number: int, keep: str | None = None) -> int:
    others = delete(sign_in).where(sign_in.c.user_id == number)
    return int(connection.execute(others if keep is None else others.where(sign_in.c.token != _hashed(keep))).rowcount)


def sign_ins(connection: Connection, at: datetime) -> dict[int, int]:
    """How many browsers each user is signed in with."""
    counted = select(sign_in.c.user_id, func.count()).where(sign_in.c.expires_at > at).group_by(sign_in.c.user_id)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _another_president(act: Acting, number: int) -> None:
    """From the console nobody takes the last president away; whoever reaches the command line may."""
    if act.actor is None or find(act.connection, number).role != "president":
        return
    if not any(user.role == "president" and user.id != number for user in users(act.connection)):
        raise RuleRefused("the room", "this is its only president.", "Make somebody else president first.")


def _president(act: Acting) -> None:
    if act.actor is not None and find(act.connection, act.actor).role != "president":
        raise RuleRefused("the room", "only the president changes who is in it.", "Ask the president.")


def _known_function(connection: Connection, key: str) -> None:
    known = connection.scalars(select(function.c.function)).all()
    if known and key not in known:
        raise NotFound("function", f"'{key}' is not known.", nearest(key, known))


def anybody(connection: Connection) -> bool:
    """Whether the room has a user yet."""
    return connection.scalar(select(func.count()).select_from(user_account)) != 0


def find(connection: Connection, number: int) -> User:
    """A user by number; raises NotFound."""
    row = connection.execute(select(user_account).where(user_account.c.id == number)).first()
    if row is None:
        raise NotFound("user", f"there is no number {number}.", "")
    return _user(connection, row)


def users(connection: Connection) -> list[User]:
    """Everybody who may sign in now, by name."""
    return [user for user in everybody(connection) if user.left_at is None]


def everybody(connection: Connection) -> list[User]:
    """Everybody who ever was a user, by name; `left_at` tells who has left."""
    rows = connection.execute(select(user_account).order_by(user_account.c.name, user_account.c.id)).all()
    return [_user(connection, row) for row in rows]


def _user(connection: Connection, row: Row[tuple[object, ...]]) -> User:
    held = select(mandate.c.function).where(mandate.c.user_id == row.id, mandate.c.until.is_(None)).order_by(mandate.c.function)
    return User(row.id, row.login, row.name, row.role, row.function, tuple(connection.scalars(held)), row.left_at)


def enter(engine: Engine, at: datetime, login: str, password: str) -> str:
    """The secret of a new sign-in; raises NotSignedIn where name and password do not go together.

    The password is compared while no transaction is open: it takes long on purpose, and nobody waits for it.
    """
    with reading(engine) as connection:
        hashed = password_of(connection, login)
    if not fits(hashed, password):
        raise _not_together()
    return _let_in(engine, at, *_named(login), user_account.c.password == hashed)


def enter_as(engine: Engine, at: datetime, login: str) -> str:
    """The secret of a new sign-in of whom somebody else has made sure; raises NotSignedIn where nobody has that name."""
    return _let_in(engine, at, *_named(login))


def _let_in(engine: Engine, at: datetime, *who_it_is: Any) -> str:
    secret = token_urlsafe(32)
    with writing(engine) as connection:
        number = connection.scalar(select(user_account.c.id).where(*who_it_is))
        if number is None:
            raise _not_together()
        connection.execute(delete(sign_in).where(sign_in.c.expires_at <= at))
        values = {"token": _hashed(secret), "user_id": number, "at": at, "expires_at": at + SIGNED_IN_FOR}
        connection.execute(insert(sign_in).values(**values))
    return secret


def password_of(connection: Connection, login: str) -> str | None:
    """The hash of the password of somebody who may sign in; None where there is nobody of that name."""
    hashed: str | None = connection.scalar(select(user_account.c.password).where(*_named(login)))
    return hashed


def _named(login: str) -> tuple[Any, ...]:
    return user_account.c.login == login.strip().lower(), user_account.c.left_at.is_(None)


def _not_together() -> NotSignedIn:
    return NotSignedIn("sign-in", "this name and this password do not go together.", "Try again, or ask a facilitator.")


def leave(connection: Connection, secret: str) -> None:
    """End a sign-in."""
    connection.execute(delete(sign_in).where(sign_in.c.token == _hashed(secret)))


def who(connection: Connection, at: datetime, secret: str | None) -> User | None:
    """Who is signed in with a secret; None where nobody is, or no more."""
    if not secret:
        return None
    chosen = select(user_account).join(sign_in, sign_in.c.user_id == user_account.c.id)
    row = connection.execute(chosen.where(sign_in.c.token == _hashed(secret), sign_in.c.expires_at > at)).first()
    return None if row is None or row.left_at is not None else _user(connection, row)


def named(connection: Connection, login: str) -> User | None:
    """Who may sign in by a name that somebody else has made sure of; None where nobody of that name is in the room."""
    row = connection.execute(select(user_account).where(*_named(login))).first()
    return None if row is None else _user(connection, row)


def known(connection: Connection, login: str) -> bool:
    """Whether somebody of that name is or was in the room."""
    return connection.scalar(select(user_account.c.id).where(user_account.c.login == login.strip().lower())) is not None


def may(connection: Connection, someone: User, kind: str) -> bool:
    """Whether a user's role may take a kind of step, by the store's own table."""
    from_store = select(permission.c.kind).where(permission.c.role == someone.role, permission.c.kind == kind)
    return connection.execute(from_store).first() is not None


def roles_for(connection: Connection) -> dict[str, tuple[str, ...]]:
    """By kind of step, the roles that may take it, the president last."""
    by_kind: dict[str, set[str]] = {}
    for row in connection.execute(select(permission)):
        by_kind.setdefault(row.kind, set()).add(row.role)
    return {kind: tuple(role for role in BY_NAME if role in roles) for kind, roles in by_kind.items()}


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
