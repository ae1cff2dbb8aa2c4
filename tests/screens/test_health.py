"""/healthz answers with a body that nothing else has, and 503 while the store cannot be read."""

from flask import Flask
from sqlalchemy import Engine

from tests.conftest import AS_OF
from wallboard.clock import stopped
from wallboard.screens.health import Health
from wallboard.screens.pulse import Heartbeats
from wallboard.store.open import make_engine
from wallboard.store.versions import raise_versions


def asked(engine: Engine, heartbeats: Heartbeats) -> tuple[int, dict[str, object]]:
    server = Flask("health")
    server.register_blueprint(Health(engine, stopped(AS_OF), "build-1", "boot-1", True, heartbeats).blueprint())
    with server.test_client() as client:
        answer = client.get("/healthz")
        return answer.status_code, answer.get_json()


def test_it_says_build_boot_instant_versions_and_screens(engine: Engine) -> None:
    heartbeats = Heartbeats()
    heartbeats.heard("outcomes")
    with engine.begin() as connection:
        raise_versions(connection, ["voice", "stage"], AS_OF)
        raise_versions(connection, ["voice"], AS_OF)
    status, said = asked(engine, heartbeats)
    assert status == 200
    screens = said.pop("screens")
    assert isinstance(screens, dict) and list(screens) == ["outcomes"] and 0 <= screens["outcomes"] < 5
    assert said == {
        "app": "customer-room", "build": "build-1", "boot": "boot-1", "as_of": AS_OF.isoformat(), "demo": True,
        "data": {"stage": 1, "voice": 2}, "problem": None,
    }  # fmt: skip


def test_a_store_that_cannot_be_read_is_a_503_with_a_reason() -> None:
    unmade = make_engine("sqlite://")
    status, said = asked(unmade, Heartbeats())
    unmade.dispose()
    assert status == 503 and said["app"] == "customer-room"
    assert said["problem"] == "the store cannot be read (OperationalError)"


def test_the_list_of_screens_does_not_grow_for_ever() -> None:
    heartbeats = Heartbeats()
    for number in range(500):
        heartbeats.heard(f"stranger {number}")
    heartbeats.heard("stranger 0")
    assert len(heartbeats.silent_for()) == 200
