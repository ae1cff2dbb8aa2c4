"""Sign-in: cookies that no script and no other site can use, tokens, and an end after twelve hours."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.screens.console.given import PASSWORD, House, Visitor
from wallboard.records.users import SIGNED_IN_FOR
from wallboard.screens.console.session import AT_THE_DOOR, SIGNED_IN, TOKEN, token_of
from wallboard.screens.console.throttle import TRIES
from wallboard.settings import open_room
from wallboard.store.schema import issue_step


def entered(visitor: Visitor, login: str = "ada", password: str = PASSWORD) -> tuple[int, str]:
    answer = visitor.post("/room/enter", login=login, password=password)
    return answer.status_code, answer.get_json().get("refusal", "")


def cookie(answer_headers: list[str], name: str) -> str:
    return next(header for header in answer_headers if header.startswith(f"{name}="))


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_for_this_site_only_and_for_no_script(house: House, https: bool) -> None:
    visitor = house.stranger()
    door = visitor.client.get("/room/token", base_url="https://room" if https else "http://room")
    fields = {TOKEN: door.get_json()["token"]}
    where = "https://room" if https else "http://room"
    answer = visitor.client.post("/room/enter", data={"login": "ada", "password": PASSWORD}, headers=fields, base_url=where)
    for headers, name in ((door.headers, AT_THE_DOOR), (answer.headers, SIGNED_IN)):
        attributes = cookie(headers.getlist("Set-Cookie"), name)
        assert (
            "HttpOnly" in attributes and "SameSite=Lax" in attributes and "Max-Age=43200" in attributes and "Path=/" in attributes
        )
        assert ("Secure" in attributes) is https
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_room_behind_https_says_so_itself(house: House) -> None:
    file = house.room.root / "room.toml"
    file.write_text("https = true\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    from_toml = open_room(house.room.root)
    attributes = cookie(
        House(from_toml, house.living).stranger().client.get("/room/token").headers.getlist("Set-Cookie"), AT_THE_DOOR
    )
    assert "Secure" in attributes


def test_whoever_signs_in_is_known_until_twelve_hours_have_passed(house: House) -> None:
    visitor = house.stranger()
    assert entered(visitor) == (200, "")
    assert "You are signed in as president." in visitor.see("/room")
    house.living.at += SIGNED_IN_FOR - timedelta(seconds=1)
    assert "You are signed in as president." in visitor.see("/room")
    house.living.at += timedelta(seconds=1)
    assert "Sign in" in visitor.see("/room") and "president." not in visitor.see("/room")
    assert visitor.post("/room/do/own/1", seen=1).status_code == 401


def test_signing_out_ends_it_at_the_server_too(house: House) -> None:
    visitor = house.at_the_console("ada")
    cookie = visitor.client.get_cookie(SIGNED_IN)
    assert cookie is not None
    assert visitor.post("/room/leave").get_json() == {"ok": True, "to": "/room"}
    assert visitor.client.get_cookie(SIGNED_IN) is None
    again = house.stranger()
    again.client.set_cookie(SIGNED_IN, cookie.value)
    assert "You are signed in" not in again.see("/room")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(house: House) -> None:
    wrong, unknown = entered(house.stranger(), password="nonsense-1"), entered(house.stranger(), login="nobody")
    assert wrong == unknown and wrong[0] == 401 and "do not go together" in wrong[1]


def test_guessing_is_slowed(house: House) -> None:
    for login in ("lena", "nobody"):
        visitor = house.stranger()
        for _ in range(TRIES):
            assert entered(visitor, login, "wrong-password")[0] == 401
        status, message = entered(visitor, login)
        assert status == 429 and "in 5 minutes" in message
    assert entered(house.stranger(), "sam") == (200, "")


def test_what_no_page_of_this_room_has_sent_is_refused(house: House) -> None:
    issue = house.living.admitted()
    visitor, tom = house.at_the_console("fay"), house.living.people["tom"]
    fields = {"seen": 1, "user_id": tom}
    other = house.at_the_console("lena")
    for headers in ({}, {TOKEN: "x"}, {TOKEN: "ü"}, {TOKEN: other.token()}, {TOKEN: token_of("")}):
        answer = visitor.post(f"/room/do/own/{issue}", headers=headers, **fields)
        assert answer.status_code == 403 and "was not sent from a page" in answer.get_json()["refusal"]
    for origin in ("https://elsewhere.example", "null", "http://localhost.elsewhere.example"):
        answer = visitor.post(f"/room/do/own/{issue}", headers={TOKEN: visitor.token(), "Origin": origin}, **fields)
        assert answer.status_code == 403 and "sent from another site" in answer.get_json()["refusal"]
    with house.living.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(issue_step)) == 1
    good = {TOKEN: visitor.token(), "Origin": "http://localhost"}
    assert visitor.post(f"/room/do/own/{issue}", headers=good, **fields).get_json()["ok"]


def test_every_address_that_writes_wants_a_token_and_a_post(house: House) -> None:
    visitor = house.at_the_console("ada")
    for address in ("/room/enter", "/room/leave", "/room/read", "/room/do/own/1", "/room/do/relay/0"):
        assert visitor.client.post(address).status_code == 403, address
        assert "/room" not in str(visitor.client.get(address).headers.get("Location", "")), address
        assert visitor.client.get(address).mimetype == "text/html", f"{address}: only the page; nothing is done"


def test_nothing_is_told_to_whoever_has_not_signed_in(house: House) -> None:
    house.living.admitted()
    stranger = house.stranger()
    for path in ("/room", "/room/issues", "/room/issue/1", "/room/relay", "/room/relayed/1", "/room/audit"):
        page = stranger.see(path)
        assert "Sign in" in page and "nobody told me" not in page and "Late boxes" not in page
    assert stranger.client.get("/room/voices?words=rain").status_code == 401
    assert stranger.post("/room/read", text="x").status_code == 401
    assert stranger.post("/room/do/own/1", seen=1, user_id=1).status_code == 401


def test_walls_walkthrough_and_status_need_no_sign_in(house: House) -> None:
    stranger = house.stranger()
    for path in ("/", "/status", "/wall/issues"):
        assert "Sign in to see" not in stranger.see(path)
    assert "Issues come from the customer. Others are not considered." in stranger.see("/")
