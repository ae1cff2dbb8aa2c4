"""Users and mandates written by hand: nobody is replaced or taken away, and what changes is audited."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.store.by_hand import Handled, by_hand
from wallboard.store.schema import (
    audit,
    mandate,
    user_account,
)


def test_a_mandate_ends_after_what_rests_on_it_and_is_never_taken_away(room: Handled) -> None:
    room.until("decided")
    mine = update(mandate).where(mandate.c.function == "shop")
    for values in ({"until": room.at - timedelta(days=3)}, {"function": "logistics"}, {"since": room.at}):
        with pytest.raises(DBAPIError, match="ends once"), by_hand(room) as connection:
            connection.execute(mine.values(**values))
    for name in ("mandate", "user_account"):
        with pytest.raises(DBAPIError, match="stays"), by_hand(room) as connection:
            connection.execute(text(f"DELETE FROM {name}"))
    with by_hand(room) as connection:
        connection.execute(mine.values(until=room.at + timedelta(hours=1)))


def test_what_changes_who_may_do_what_is_audited(room: Handled) -> None:
    gus = room.people["gus"]
    with room.engine.connect() as connection:
        before = connection.execute(select(audit.c.id).order_by(audit.c.id.desc())).scalars().first() or 0
    mine = update(user_account).where(user_account.c.id == gus)
    with by_hand(room) as connection:
        connection.execute(mine.values(role="president"))
        connection.execute(mine.values(function="shop", login="gustav", password="argon2"))
        connection.execute(insert(mandate).values(user_id=gus, function="shop", since=room.at))
        connection.execute(update(mandate).where(mandate.c.user_id == gus).values(until=room.at))
        connection.execute(mine.values(left_at=room.at))
        connection.execute(mine.values(left_at=None))
        connection.execute(mine.values(name="Gustav"))
    with room.engine.connect() as connection:
        kept = connection.execute(select(audit).where(audit.c.id > before).order_by(audit.c.id)).all()
    assert [row.did for row in kept[:1]] == ["role changed"]
    done = sorted(row.did for row in kept)
    assert done == sorted(
        ["role changed", "function changed", "login changed", "password changed", "given", "ended", "left", "let back in"]
    )
    assert {row.row_key for row in kept} == {str(gus)} and {row.actor for row in kept} == {None}
    assert (json.loads(kept[0].was), json.loads(kept[0].became)) == ({"role": "guest"}, {"role": "president"})
    assert all(abs(row.at - datetime.now(UTC)) < timedelta(minutes=5) for row in kept) and "argon2" not in str(kept)


def test_users_are_numbered_and_named_once(room: Handled) -> None:
    for values in ({"id": 99}, {"login": "ada"}, {"added_at": room.at}):
        with pytest.raises(DBAPIError), by_hand(room) as connection:
            connection.execute(update(user_account).where(user_account.c.login == "gus").values(**values))
    for role in ("emperor", None):
        with pytest.raises(DBAPIError), by_hand(room) as connection:
            connection.execute(update(user_account).where(user_account.c.login == "gus").values(role=role))
    if room.engine.dialect.name == "sqlite":
        with pytest.raises(DBAPIError), by_hand(room) as connection:
            connection.execute(text("UPDATE OR REPLACE user_account SET login = 'ada' WHERE login = 'gus'"))
