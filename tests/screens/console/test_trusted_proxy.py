"""The company's own sign-in, said by a proxy in a header: believed from its address, refused from any other."""

from pathlib import Path
from typing import Any

import pytest

from tests.screens.console.given import ROOM_TOML, House, Visitor
from wallboard.errors import RoomError
from wallboard.screens.console.session import TOKEN
from wallboard.settings import Settings, open_room
from wallboard.single_sign_on import SignIn, TrustedProxy

HEADER = "X-Forwarded-User"
PROXY = TrustedProxy.model_validate({"from": ["10.0.0.0/8", "fd00::/8"]})


def behind_a_proxy(house: House, **more: Any) -> House:
    settings = house.room.settings.model_copy(update={"sign_in": SignIn(trusted_proxy=PROXY), **more})
    return House(house.room.model_copy(update={"settings": settings}), house.living)


def through(house: House, login: str, address: str = "10.1.2.3") -> Visitor:
    visitor = house.stranger()
    visitor.client.environ_base |= {"REMOTE_ADDR": address, "HTTP_X_FORWARDED_USER": login}
    return visitor


def test_whom_the_proxy_names_is_signed_in_and_writes_under_the_own_name(house: House) -> None:
    room, issue = behind_a_proxy(house), house.living.admitted()
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "fd00::7"):
        assert "You are signed in as facilitator." in through(room, " Fay ", address).see("/room"), address
    fay = through(room, "fay")
    assert fay.do("own", issue, seen=1, user_id=house.living.people["tom"])["ok"]
    assert house.living.steps(issue).steps[-1].by == "Fay"
    answer = fay.post(f"/room/do/own/{issue}", headers={TOKEN: "x"}, seen=2, user_id=house.living.people["fay"])
    assert answer.status_code == 403, "another site cannot write with the proxy's sign-in"
    lena = room.at_the_console("lena")
    lena.client.environ_base |= {"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_USER": "fay"}
    assert "Lena" in lena.see("/room"), "an account of the room goes on beside it"


def test_a_header_from_elsewhere_is_refused_in_a_sentence_and_nobody_is_signed_in(house: House) -> None:
    room, issue = behind_a_proxy(house), house.living.admitted()
    for address in ("192.168.0.4", "::1", "nonsense", ""):
        stranger = through(room, "ada", address)
        fields: dict[str, Any] = {"seen": 1, "user_id": house.living.people["tom"]}
        answer = stranger.post(f"/room/do/own/{issue}", **fields)
        assert answer.status_code == 401, address
        assert "not from the proxy that room.toml trusts" in answer.get_json()["refusal"]
        assert "signed in as" not in stranger.see("/room/issues")
    assert "Sign in" in through(house, "ada").see("/room"), "a room that trusts no proxy reads no header"
    assert house.living.steps(issue).seq == 1


def test_who_is_unknown_or_has_left_is_told_so_and_may_sign_in_by_an_account(house: House) -> None:
    room = behind_a_proxy(house)
    page = through(room, "<b>nobody</b>").see("/room")
    assert "“<b>nobody</b>”. Nobody of that name is in this room: ask the president" in page and "Your sign-in name" in page
    with house.living.by("ada") as act:
        from wallboard.records.users import let_go

        let_go(act, house.living.people["tom"])
    assert "ask the president to add you" in through(room, "tom").see("/room")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('trusted_proxy = {header = "X_User", from = ["10.0.0.0/8"]}', "header"),
        ('trusted_proxy = {header = "X-User", from = []}', "from"),
        ('trusted_proxy = {header = "X-User", from = ["everybody"]}', "from"),
        ('trusted_proxy = {header = "X-User"}', "from"),
    ],
)
def test_a_proxy_that_is_declared_wrong_is_told_with_its_field(tmp_path: Path, lines: str, sentence: str) -> None:
    (tmp_path / "layouts").mkdir()
    (tmp_path / "room.toml").write_text(f"{ROOM_TOML}\n[sign_in]\n{lines}\n", encoding="utf-8")
    with pytest.raises(RoomError, match=sentence):
        open_room(tmp_path)


def test_a_proxy_that_hides_its_own_address_is_not_trusted_with_names() -> None:
    plain = {"company": "C", "timezone": "Europe/London", "sign_in": {"trusted_proxy": {"from": ["10.0.0.5/32"]}}}
    assert Settings.model_validate(plain).sign_in.trusted_proxy is not None
    with pytest.raises(ValueError, match="Take out proxy"):
        Settings.model_validate(plain | {"proxy": "10.0.0.5"})
