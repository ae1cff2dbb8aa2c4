"""Who may sign in, for how long, and with what."""

import runpy
from datetime import timedelta

import pytest
from argon2 import Type
from sqlalchemy import Engine, select

from tests.records.living import MONDAY, ROOM, Living
from wallboard.clock import stopped
from wallboard.errors import NotSignedIn, RoomError
from wallboard.records import passwords, users
from wallboard.records.acting import acting
from wallboard.records.passwords import hashed
from wallboard.store.connections import writing
from wallboard.store.schema import audit, sign_in, user_account

SECRET = "a kettle and a fern"


def added(engine: Engine, login: str = "Miriam ", role: str = "president", password: str = SECRET) -> users.User:
    with acting(engine, ROOM, stopped(MONDAY), None) as act:
        return users.add(act, login, "Miriam Okafor", role, hashed(password), None, ("logistics",))


def test_a_member_signs_in_is_known_and_signs_out(store: Engine) -> None:
    made = added(store)
    assert (made.login, made.mandates) == ("miriam", ("logistics",))
    secret = users.enter(store, MONDAY, " MIRIAM", SECRET)
    with writing(store) as connection:
        assert users.who(connection, MONDAY, secret) == made
        assert users.who(connection, MONDAY + timedelta(hours=12), secret) is None
        assert users.who(connection, MONDAY, secret + "x") is None and users.who(connection, MONDAY, None) is None
        assert secret not in str(connection.execute(select(sign_in)).all())
        users.leave(connection, secret)
        assert users.who(connection, MONDAY, secret) is None


@pytest.mark.parametrize(("login", "password"), [("miriam", "wrong"), ("nobody", SECRET), ("", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(store: Engine, login: str, password: str) -> None:
    added(store)
    with pytest.raises(NotSignedIn, match="do not go together"):
        users.enter(store, MONDAY, login, password)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"login": " "}, "says nothing"),
        ({"login": "miriam"}, "is taken"),
        ({"login": "b", "role": "presidnt"}, "Did you mean 'president'"),
        ({"login": "b", "password": "short"}, "too short"),
    ],
)
def test_a_member_that_cannot_be_is_refused(store: Engine, fields: dict[str, str], sentence: str) -> None:
    added(store)
    with pytest.raises(RoomError, match=sentence):
        added(store, **fields)


def test_no_password_is_kept_and_every_change_of_a_member_is_audited(store: Engine) -> None:
    room = Living(store)
    made = added(store)
    with room.by("ada") as act:
        users.change_role(act, made.id, "leader")
    with pytest.raises(RoomError, match="only the president"), room.by("lena") as act:
        users.change_role(act, made.id, "president")
    with room.by("ada") as act:
        users.let_go(act, made.id)
    with store.connect() as connection:
        kept = connection.scalar(select(user_account.c.password).where(user_account.c.id == made.id))
        mine = (audit.c.changed == "user_account", audit.c.row_key == str(made.id))
        audited = connection.execute(select(audit).where(*mine).order_by(audit.c.id)).all()
        assert users.find(connection, made.id).role == "leader" and made.id not in {user.id for user in users.users(connection)}
    assert str(kept).startswith("$argon2id$") and SECRET not in str(audited)
    assert [row.did for row in audited] == ["added", "role changed", "left"]
    assert [row.actor for row in audited] == [None, room.people["ada"], room.people["ada"]] and audited[0].at == MONDAY
    assert '"president"' in audited[1].was and '"leader"' in audited[1].became


def test_who_has_left_is_signed_in_no_more(store: Engine) -> None:
    made, room = added(store), Living(store)
    secret = users.enter(store, MONDAY, "miriam", SECRET)
    with room.by("ada") as act:
        users.let_go(act, made.id)
    with writing(store) as connection:
        assert users.who(connection, MONDAY, secret) is None
    with pytest.raises(NotSignedIn):
        users.enter(store, MONDAY, "miriam", SECRET)


def test_the_store_knows_what_each_role_may_do(store: Engine) -> None:
    Living(store)
    steps = ("relayed", "alleviation", "owned", "decided")
    with store.connect() as connection:
        people = {user.login: user for user in users.users(connection)}
        allowed = {who: [step for step in steps if users.may(connection, user_id, step)] for who, user_id in people.items()}
    assert allowed["gus"] == ["relayed"] and allowed["tom"] == ["relayed", "alleviation"]
    assert allowed["ada"] == allowed["lena"] == allowed["fay"] == list(steps)


def test_a_stolen_hash_is_dear_to_guess() -> None:
    """OWASP's least for argon2id; the other tests hash in no time."""
    shipped = runpy.run_path(passwords.__file__)["_HASHER"]
    assert shipped.type is Type.ID and shipped.memory_cost >= 19 * 1024 and shipped.time_cost >= 2
    assert passwords._HASHER.memory_cost < 1024
