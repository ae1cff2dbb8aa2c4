"""Sign-in by OpenID Connect, at a real small provider: who is let in, what is forged and refused, and what goes on without it."""

from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any, get_args
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from werkzeug.test import TestResponse

from tests.screens.console.given import PASSWORD, ROOM_TOML, House, Visitor
from tests.screens.console.provider import CLIENT, SECRET, OpenIdProvider, providing, unsigned
from wallboard.check import faults_of
from wallboard.clock import running
from wallboard.errors import RoomError
from wallboard.lifecycle.roles import BY_NAME
from wallboard.screens.console.company_sign_in import ON_THE_WAY, REFUSED, page_of_here
from wallboard.screens.console.session import SIGNED_IN
from wallboard.settings import open_room
from wallboard.single_sign_on import GivenRole, OpenIdConnect, SignIn


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    with providing() as made:
        yield made


def at(house: House, provider: OpenIdProvider, **more: Any) -> House:
    file = house.room.root / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    declared = {"issuer": provider.issuer, "client_id": CLIENT, "secret_file": file, "skew_seconds": 5} | more
    sign_in = SignIn(openid_connect=OpenIdConnect.model_validate(declared))
    settings = house.room.settings.model_copy(update={"sign_in": sign_in})
    return House(house.room.model_copy(update={"settings": settings}), house.living)


def sent(visitor: Visitor, page: str = "/room/issues") -> str:
    """Where the room sends a browser that wants to sign in by the company."""
    answer = visitor.client.get("/room/company", query_string={"next": page})
    assert answer.status_code == 303 and answer.headers["Cache-Control"] == "no-store"
    return answer.location


def comes_back(visitor: Visitor, query: str) -> TestResponse:
    answer = visitor.client.get(f"/room/company/back?{query}")
    assert answer.status_code == 303 and visitor.client.get_cookie(ON_THE_WAY, path="/room/company") is None, "gone once"
    return answer


def signs_in(visitor: Visitor, provider: OpenIdProvider, page: str = "/room/issues") -> str:
    """Where a browser stands that has signed in at the provider."""
    return comes_back(visitor, provider.signs_in(sent(visitor, page))).location


def refused(visitor: Visitor) -> str:
    """What the door says to a browser that was not let in."""
    assert visitor.client.get_cookie(SIGNED_IN) is None
    page = visitor.see("/room")
    assert "Your sign-in name" in page, "an account of the room goes on beside it"
    return page


def test_whoever_signs_in_there_writes_under_the_own_name_and_signs_out_of_both(house: House, provider: OpenIdProvider) -> None:
    room, issue = at(house, provider, label="C’s staff login"), house.living.admitted()
    visitor = room.stranger()
    assert "Sign in with C’s staff login" in visitor.see("/room")
    assert "/room/company?next=%2Froom%2Fissues" in str(visitor.drawn("/room/issues"))
    provider.person = {"preferred_username": " Fay "}
    asked = sent(visitor)
    query = parse_qs(urlsplit(asked).query)
    assert query["redirect_uri"] == ["http://localhost/room/company/back"] and set(query["scope"][0].split()) >= {"openid"}
    assert comes_back(visitor, provider.signs_in(asked)).location == "/room/issues"
    assert "You are signed in as facilitator." in visitor.see("/room")
    assert visitor.do("own", issue, seen=1, user_id=house.living.people["tom"])["ok"]
    assert house.living.steps(issue).steps[-1].by == "Fay"
    out = visitor.post("/room/leave").get_json()["to"]
    assert out == f"{provider.issuer}/out?client_id=room&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2Froom"
    assert "Sign in" in visitor.see("/room")
    beside = room.stranger()
    assert beside.post("/room/enter", login="ada", password=PASSWORD).get_json()["ok"]
    assert beside.post("/room/leave").get_json()["to"] == "/room", "who has not signed in there is not sent there"


def test_what_is_forged_expired_or_meant_for_others_is_refused_in_a_sentence(house: House, provider: OpenIdProvider) -> None:
    room, now = at(house, provider), int(time())
    cases: dict[str, tuple[dict[str, Any], Any, str]] = {
        "wrong nonce": ({"nonce": "another"}, None, "could not be believed"),
        "no nonce": ({"nonce": None}, None, "could not be believed"),
        "empty nonce": ({"nonce": ""}, None, "could not be believed"),
        "expired": ({"exp": now - 30}, None, "has expired"),
        "no end": ({"exp": None}, None, "could not be believed"),
        "from tomorrow": ({"iat": now + 86_400}, None, "could not be believed"),
        "wrong audience": ({"aud": "payroll"}, None, "could not be believed"),
        "one audience of many, for another": ({"aud": [CLIENT, "payroll"], "azp": "payroll"}, None, "could not be believed"),
        "wrong issuer": ({"iss": "https://evil.example"}, None, "could not be believed"),
        "alg none": ({}, unsigned, "could not be believed"),
        "alg HS256": ({}, provider.by_the_clients_secret, "could not be believed"),
        "another key": ({}, provider.by_another_key, "could not be believed"),
        "no token": ({}, lambda _: "a.b", "could not be believed"),
        "no name": ({"preferred_username": None}, None, "does not say who you are"),
        "a name that is none": ({"preferred_username": "fay\r\nX: 1"}, None, "does not say who you are"),
        "nobody of the room": ({"preferred_username": "<b>x</b>"}, None, "“<b>x</b>” is not in this room, or has left it. Ask"),
    }
    for case, (changes, encode, sentence) in cases.items():
        visitor = room.stranger()
        visitor.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{len(case)}"
        provider.encode = encode

        def mend(claims: dict[str, Any], changes: dict[str, Any] = changes) -> None:
            claims.update(changes)
            for name in [name for name, value in claims.items() if value is None]:
                del claims[name]

        provider.mend = mend
        assert signs_in(visitor, provider) == "/room/issues", case
        assert sentence in refused(visitor), case


def test_a_clock_a_little_apart_is_no_fault(house: House, provider: OpenIdProvider) -> None:
    provider.mend = lambda claims: claims.update(iat=int(time()) + 3, exp=int(time()) - 3)
    visitor = at(house, provider).stranger()
    signs_in(visitor, provider)
    assert "You are signed in as facilitator." in visitor.see("/room")


def test_a_forged_state_a_replayed_code_and_another_browser_get_nowhere(house: House, provider: OpenIdProvider) -> None:
    room = at(house, provider)
    victim, thief = room.stranger(), room.stranger()
    back = provider.signs_in(sent(victim))
    comes_back(thief, back)
    assert "This browser has not asked for it" in refused(thief), "a code that somebody else was given"
    sent(thief)
    comes_back(thief, back)
    assert "This browser has not asked for it" in refused(thief), "with a cookie of the own"
    code = parse_qs(back)["code"][0]
    own = parse_qs(urlsplit(sent(thief)).query)["state"][0]
    comes_back(thief, urlencode({"code": code, "state": own}))
    assert "It was not finished, or finished twice" in refused(thief), "PKCE: the code belongs to another verifier"
    back = provider.signs_in(sent(victim))
    way = victim.client.get_cookie(ON_THE_WAY, path="/room/company")
    assert way is not None
    assert comes_back(victim, back).location == "/room/issues"
    victim.client.delete_cookie(SIGNED_IN)
    comes_back(victim, back)
    assert "has not asked for it" in refused(victim), "the way back is gone once"
    victim.client.set_cookie(ON_THE_WAY, way.value, path="/room/company")
    comes_back(victim, back)
    assert "finished twice" in refused(victim), "a code is redeemed once"
    for query, sentence in (
        ("error=access_denied", "did not let you in"),
        ("", "did not let you in"),
        ("code=1&iss=https%3A%2F%2Fevil.example", "from another provider"),
    ):
        own = parse_qs(urlsplit(sent(thief)).query)["state"][0]
        comes_back(thief, f"{query}&state={own}")
        assert sentence in refused(thief), query


def test_nobody_is_led_out_of_the_room_after_a_sign_in(house: House, provider: OpenIdProvider) -> None:
    for outside in (
        "https://evil.example/room", "//evil.example/room", "/\\evil.example", "/room\\@evil.example", "\t//evil.example/room",
        "javascript:alert(1)", "/room/../..//evil.example", "/room//evil.example", "/roomy", "/room/company?next=/room", "",
        "room", "/room/\r\nLocation: x", "/room/" + "x" * 500,
    ):  # fmt: skip
        assert page_of_here(outside) == "/room", outside
    for here in ("/room", "/room/issue/7", "/room/issues?mine=1", "/try/order"):
        assert page_of_here(here) == here
    visitor = at(house, provider).stranger()
    assert signs_in(visitor, provider, "//evil.example/room") == "/room"
    again = at(house, provider).stranger()
    back = provider.signs_in(sent(again))
    way = again.client.get_cookie(ON_THE_WAY, path="/room/company")
    assert way is not None
    again.client.set_cookie(ON_THE_WAY, f"{way.value.partition('.')[0]}.%2Froom%2Fusers", path="/room/company")
    comes_back(again, back)
    assert "has not asked for it" in refused(again), "the page is bound to the state"


def test_a_silent_provider_is_told_and_an_account_goes_on(house: House, provider: OpenIdProvider) -> None:
    room = at(house, provider)
    provider.silent = True
    visitor = room.stranger()
    assert sent(visitor) == "/room/issues"
    assert "The provider of your company’s sign-in does not answer. An account of the room goes on" in refused(visitor)
    asked = len(provider.asked)
    assert sent(visitor) == "/room/issues" and len(provider.asked) == asked, "nobody waits for it again at once"
    assert visitor.post("/room/enter", login="ada", password=PASSWORD).get_json()["ok"]
    provider.silent = False
    late = at(house, provider).stranger()
    back = provider.signs_in(sent(late))
    provider.silent = True
    comes_back(late, back)
    assert "does not answer" in refused(late)
    cookie = late.client.get_cookie(REFUSED)
    assert cookie is not None and cookie.max_age == 60 and cookie.http_only


def test_new_keys_of_the_provider_are_fetched_when_they_sign(house: House, provider: OpenIdProvider) -> None:
    room = at(house, provider)
    signs_in(room.stranger(), provider)
    provider.key = OpenIdProvider().key
    visitor = room.stranger()
    signs_in(visitor, provider)
    assert "You are signed in as facilitator." in visitor.see("/room")
    assert provider.asked.count("/keys") == 2 and sum("well-known" in path for path in provider.asked) == 1


def test_groups_give_the_first_role_and_a_domain_keeps_others_out(house: House, provider: OpenIdProvider) -> None:
    given = {"roles": {"cx": "leader", "all": "guest"}, "domains": ["C.example"], "claim": "email"}
    room = at(house, provider, **given)
    provider.person = {"email": "Zoe@c.example", "email_verified": True, "groups": ["all", "cx"], "name": "Zoe\nZane"}
    zoe = room.stranger()
    signs_in(zoe, provider)
    assert "Zoe Zane" in zoe.see("/room") and "You are signed in as leader." in zoe.see("/room")
    provider.person["groups"] = ["all"]
    again = room.stranger()
    signs_in(again, provider)
    assert "You are signed in as leader." in again.see("/room"), "the president changes it, and no group"
    for person, sentence in (
        ({"email": "zoe@evil.example"}, "none of the companies"),
        ({"email": "zoe@c.example.evil.example"}, "none of the companies"),
        ({"email": "zoe@c.example", "email_verified": False}, "not made sure of your mail address"),
        ({"email": "max@c.example", "groups": ["others"]}, "is not in this room"),
    ):
        provider.person = person
        visitor = room.stranger()
        signs_in(visitor, provider)
        assert sentence in refused(visitor), person
    with house.living.by("ada") as act:
        from wallboard.records.users import let_go, named

        me = named(act.connection, "zoe@c.example")
        assert me is not None
        let_go(act, me.id)
    provider.person = {"email": "zoe@c.example", "groups": ["cx"]}
    gone = room.stranger()
    signs_in(gone, provider)
    assert "has left it" in refused(gone), "a group does not let back in whom the president let go"
    assert set(get_args(GivenRole)) == set(BY_NAME) - {"president"}


def test_a_slip_is_told_with_its_field(tmp_path: Path) -> None:
    (tmp_path / "layouts").mkdir()
    for lines, sentence in {
        'issuer = "http://login.company.com"\nclient_id = "room"': "Write https://",
        'issuer = "login.company.com"\nclient_id = "room"': "issuer",
        'issuer = "https://login.company.com"': "client_id",
        'issuer = "https://login.company.com"\nclient_id = "room"\nsecret = "clear"': "unknown key",
        'issuer = "https://login.company.com"\nclient_id = "room"\nscopes = ["email"]': "openid",
        'issuer = "https://login.company.com"\nclient_id = "room"\nsecret_file = "secret"': "whole path",
        'issuer = "https://login.company.com"\nclient_id = "room"\nroles = {cx = "president"}': "roles",
    }.items():
        (tmp_path / "room.toml").write_text(f"{ROOM_TOML}\n[sign_in.openid_connect]\n{lines}\n", encoding="utf-8")
        with pytest.raises(RoomError, match=sentence):
            open_room(tmp_path)


def test_check_asks_the_provider_and_looks_for_the_secret(
    house: House, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = house.room.root / "room.toml"
    declared = f'\n[sign_in.openid_connect]\nissuer = "{provider.issuer}"\nclient_id = "room"\n'
    toml.write_text(toml.read_text(encoding="utf-8") + declared, encoding="utf-8")

    def faults() -> str:
        return "\n".join(str(fault) for fault in faults_of(house.room.root, running, []) if "sign_in" in str(fault))

    assert "CUSTOMER_ROOM_SIGN_IN_SECRET has no secret" in faults()
    monkeypatch.setenv("CUSTOMER_ROOM_SIGN_IN_SECRET", SECRET)
    assert faults() == ""
    provider.document = {"issuer": "https://other.example"}
    assert "calls itself 'https://other.example'" in faults()
    provider.document = {"token_endpoint": "ftp://x"}
    assert "names no safe token_endpoint" in faults()
    provider.document = {"code_challenge_methods_supported": ["plain"]}
    assert "PKCE" in faults()
    provider.silent = True
    assert "does not answer" in faults()
