"""Passwords are changed, sign-ins ended, roles given; who has left comes back; strangers lock nobody out; guests stay guests."""

from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from tests.screens.console.given import PASSWORD, House, Visitor
from tests.screens.console.test_session import entered
from wallboard.records import passwords
from wallboard.screens.console.throttle import TRIES

NEW = "another-cup-of-tea"


def change(visitor: Visitor, verb: str, number: int = 0, **fields: str) -> str:
    answer = visitor.post(f"/room/users/{verb}/{number}", None, **fields).get_json()
    return str(answer.get("message") or answer["refusal"])


def is_in(visitor: Visitor) -> bool:
    return "You are signed in" in visitor.see("/room")


def test_one_changes_ones_own_password_and_the_other_browsers_are_signed_out(house: House) -> None:
    here, there = house.at_the_console("lena"), house.at_the_console("lena")
    assert "with 1 other browser too" in here.see("/room")
    assert "is not right" in change(here, "own-password", old="wrong", new=NEW, again=NEW)
    assert "not the same both times" in change(here, "own-password", old=PASSWORD, new=NEW, again="else")
    assert "too short" in change(here, "own-password", old=PASSWORD, new="short", again="short")
    assert is_in(there)
    assert "new password is valid" in change(here, "own-password", old=PASSWORD, new=NEW, again=NEW)
    assert is_in(here) and not is_in(there)
    assert entered(house.stranger(), "lena")[0] == 401 and entered(house.stranger(), "lena", NEW) == (200, "")
    assert "Ended: 1." in change(here, "end-others") and "other browser" not in here.see("/room")


def test_the_president_gives_roles_and_passwords_ends_sign_ins_and_lets_back_in(house: House) -> None:
    ada, lena, number = house.at_the_console("ada"), house.at_the_console("lena"), house.living.people["lena"]
    assert "Lena" in ada.see("/room/users") and "signed in with 1 browser" in ada.see("/room/users")
    assert "Ended: 1." in change(ada, "end", number) and not is_in(lena)
    assert "is facilitator now" in change(ada, "role", number, role="facilitator")
    assert "new password is valid" in change(ada, "password", number, new=NEW, again=NEW)
    assert entered(house.stranger(), "lena", NEW) == (200, "")
    assert "Has left" in change(ada, "leave", number) and "Who has left" in ada.see("/room/users")
    assert entered(house.stranger(), "lena", NEW)[0] == 401
    assert "may sign in again" in change(ada, "back", number)
    assert entered(house.stranger(), "lena", NEW) == (200, "")
    assert "may sign in as nora" in change(ada, "add", login="nora", name="Nora", role="leader", new=NEW, again=NEW)
    assert "its only president" in change(ada, "leave", house.living.people["ada"])
    assert "its only president" in change(ada, "role", house.living.people["ada"], role="guest")
    audit = ada.see("/room/audit")
    assert all(part in audit for part in ("password changed", "let back in", "role changed", "sign-ins ended"))
    assert NEW not in audit and "argon2" not in audit


def test_nobody_else_changes_who_is_in_the_room(house: House) -> None:
    lena, number = house.at_the_console("lena"), house.living.people["tom"]
    assert "Only the president" in lena.see("/room/users")
    for verb in ("role", "password", "end", "leave", "back", "add", "nonsense"):
        assert "Only the president" in change(lena, verb, number, role="guest", new=NEW, again=NEW)
    assert change(house.stranger(), "leave", number).startswith("Nobody is signed in")


def test_strangers_lock_nobody_out_of_the_browser_that_is_known(house: House) -> None:
    own = house.stranger()
    assert entered(own, "lena") == (200, "")
    own.post("/room/leave")
    for _ in range(TRIES + 1):
        entered(house.stranger(), "lena", "guess")
    assert entered(house.stranger(), "lena")[0] == 429
    assert entered(own, "lena") == (200, ""), "where Lena has signed in before, she still does"
    for _ in range(TRIES):
        entered(own, "lena", "guess")
    assert entered(own, "lena")[0] == 429


def test_a_password_is_compared_while_nobody_waits_for_the_store(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    open_: list[int] = []
    begun = [0]
    event.listen(house.living.engine, "begin", lambda _: begun.__setitem__(0, begun[0] + 1))
    for name in ("commit", "rollback"):
        event.listen(house.living.engine, name, lambda _: begun.__setitem__(0, begun[0] - 1))

    class Watched(PasswordHasher):
        def hash(self, *args: Any, **more: Any) -> str:
            open_.append(begun[0])
            return super().hash(*args, **more)

        def verify(self, *args: Any) -> Any:
            open_.append(begun[0])
            return super().verify(*args)

    monkeypatch.setattr(passwords, "_HASHER", Watched(time_cost=1, memory_cost=8, parallelism=1))
    assert entered(house.stranger()) == (200, "")
    change(house.at_the_console("ada"), "password", house.living.people["tom"], new=NEW, again=NEW)
    assert len(open_) == 3 and not any(open_)


def test_a_guest_reaches_only_what_a_guest_may(house: House) -> None:
    issue = house.living.admitted()
    guest = house.at_the_console("gus")
    closed = [f"/room/{page}" for page in ("walk", "opportunities", "research", "learned", "audit", "users", f"issue/{issue}")]
    for path in closed:
        assert "for those who work in this room" in guest.see(path), path
    for path in ("/room", "/room/issues", "/room/relay", "/room/relayed"):
        assert "There is nothing to show here" not in guest.see(path), path
    assert guest.client.get("/walk/marks").status_code == guest.post("/room/read", text="x").status_code == 422
