"""A stranger's nonsense on any route is answered with 4xx; a store in trouble with 503 and a sentence."""

import logging
import re
from itertools import product

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from tests.conftest import AS_OF
from tests.stores import GONE, away, replace
from wallboard.app import create_app
from wallboard.clock import stopped
from wallboard.screens.console.session import TOKEN
from wallboard.screens.guard import CALLBACK, LARGEST_BODY
from wallboard.settings import Room

ODD = (
    "0",
    "-1",
    "1" * 30,
    str(2**63),
    "%00",
    "%ff%fe",
    "%ED%A0%80",
    "..%2f..%2fetc%2fpasswd",
    "<script>",
    "NaN",
    "%F0%9F%98%80",
    "a" * 9_000,
)
MINDED = ("%00", "%ff%fe", "%ED%A0%80", "%F0%9F%98%80", str(2**63))
"""What a database may mind though another one does not."""

NAMES = (
    "path",
    "screen",
    "perimeter",
    "metric",
    "since",
    "until",
    "issue_type",
    "stage",
    "besides",
    "words",
    "width",
    "from",
    "state",
)
BODIES = (
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", b"null"),
    ("application/json", b"[" * 50_000),
    ("application/json", b'{"output": "screen.children", "inputs": 5}'),
    ("application/json", b'{"output": "..screen.children...", "outputs": [], "inputs": [], "changedPropIds": []}'),
    ("application/x-www-form-urlencoded", b"a=%ff&number=%00&login=%00"),
    ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
    ("text/plain", b"\xff\xfe"),
)


@pytest.fixture
def client(empty_room: Room, store: Engine) -> FlaskClient:
    client: FlaskClient = create_app(empty_room, stopped(AS_OF), store).server.test_client()
    return client


def rules(client: FlaskClient, method: str) -> list[str]:
    return sorted({rule.rule for rule in client.application.url_map.iter_rules() if method in (rule.methods or ())})


@pytest.mark.slow
def test_nonsense_in_an_address_is_never_a_fault_of_the_program(
    client: FlaskClient, store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    for rule, odd in product(rules(client, "GET"), ODD if store.dialect.name == "sqlite" else MINDED):
        address = re.sub(r"<[^>]*>", odd, rule)
        for name in NAMES if address == rule else ("path",):
            status = client.get(f"{address}?path=/wall/outcomes&{name}={odd}").status_code
            assert status < 500, (address[:80], name, odd[:20])
    assert not [line for line in caplog.records if line.exc_info or line.levelno >= logging.ERROR]


def test_nonsense_in_a_body_is_4xx_on_every_route(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    for rule, odd, (kind, body) in product(rules(client, "POST"), ODD[:4], BODIES):
        status = client.post(re.sub(r"<[^>]*>", odd, rule), data=body, content_type=kind).status_code
        assert 400 <= status < 500, (rule, odd, body[:40])
    assert not [line for line in caplog.records if line.exc_info or line.levelno >= logging.ERROR]


def test_letters_that_no_store_can_keep_are_4xx_for_whoever_signs_in(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    sent = {"login": "rose\x00", "password": "\x00"}
    answer = client.post("/room/enter", data=sent, headers={TOKEN: client.get("/room/token").get_json()["token"]})
    assert 400 <= answer.status_code < 500 and answer.get_json()["refusal"]
    assert not [line for line in caplog.records if line.exc_info or line.levelno >= logging.ERROR]


def test_a_large_body_is_refused_on_every_route(client: FlaskClient) -> None:
    heap = b"a=" + b"x" * 5_000_000
    assert client.post(CALLBACK, data=heap[: LARGEST_BODY + 10], content_type="application/json").status_code == 413
    for rule in rules(client, "POST"):
        status = client.post(
            re.sub(r"<[^>]*>", "1", rule), data=heap, content_type="application/x-www-form-urlencoded"
        ).status_code
        assert 400 <= status < 500, rule


def test_a_store_that_is_gone_is_told_within_a_pulse_and_in_one_line(
    empty_room: Room, own_store: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(empty_room, stopped(AS_OF), own_store).server.test_client()
    assert client.get("/pulse?path=/wall/outcomes").status_code == 200
    with away(own_store):
        for _ in range(3):
            for address in ("/pulse?path=/wall/outcomes", "/healthz", "/picture/rail?path=/wall/outcomes"):
                answer = client.get(address)
                assert answer.status_code == 503 and GONE[own_store.dialect.name][1:] in answer.text, address
        errors = [line for line in caplog.records if line.levelno >= logging.ERROR]
        assert len(errors) == 1 and errors[0].exc_info is None
    assert client.get("/healthz").status_code == client.get("/pulse?path=/wall/outcomes").status_code == 200
    replace(own_store)
    for address in ("/pulse?path=/wall/outcomes", "/healthz"):
        answer = client.get(address)
        assert answer.status_code == 503 and "has been replaced" in answer.text, address


def test_forms_may_only_be_sent_to_the_room(client: FlaskClient) -> None:
    assert "form-action 'self'" in client.get("/").headers["Content-Security-Policy"]
