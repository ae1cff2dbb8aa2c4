"""/healthz answers with a body that nothing else has, and 503 while the store cannot be read."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from tests.browser.watching import until
from tests.conftest import AS_OF
from wallboard.clock import stopped
from wallboard.screens.health import Health
from wallboard.screens.heartbeats import OTHERS, OWN, Heartbeats
from wallboard.store.open import make_engine
from wallboard.store.versions import raise_versions


def asked(engine: Engine, heartbeats: Heartbeats) -> tuple[int, dict[str, object]]:
    server = Flask("health")
    server.register_blueprint(
        Health(engine, stopped(AS_OF), "build-1", "boot-1", True, heartbeats, ["issues", "kitchen"]).blueprint()
    )
    with server.test_client() as client:
        answer = client.get("/healthz")
        return answer.status_code, answer.get_json()


def test_it_says_build_boot_instant_versions_and_screens(engine: Engine) -> None:
    heartbeats = Heartbeats(engine, stopped(AS_OF))
    heartbeats.seen("outcomes", "tv-1")
    with engine.begin() as connection:
        raise_versions(connection, ["voice", "stage"], AS_OF)
        raise_versions(connection, ["voice"], AS_OF)
    status, health = asked(engine, heartbeats)
    assert status == 200
    screens, launches = health.pop("screens"), health.pop("launches")
    assert isinstance(launches, dict) and list(launches) == ["tv-1"]
    assert isinstance(screens, dict) and list(screens) == ["outcomes"] and 0 <= screens["outcomes"] < 5
    assert health == {
        "app": "customer-room", "build": "build-1", "boot": "boot-1", "as_of": AS_OF.isoformat(), "demo": True,
        "data": {"stage": 1, "voice": 2}, "problem": None,
    }  # fmt: skip


def test_a_store_that_cannot_be_read_is_a_503_with_a_reason(engine: Engine) -> None:
    unmade = make_engine("sqlite://")
    status, health = asked(unmade, Heartbeats(engine, stopped(AS_OF)))
    unmade.dispose()
    assert status == 503 and health["app"] == "customer-room"
    assert health["problem"] == "the store cannot be read (OperationalError)"


def test_strangers_do_not_fill_the_list_nor_push_out_a_screen_of_the_room(engine: Engine) -> None:
    heartbeats = Heartbeats(engine, stopped(AS_OF), ["outcomes"])
    heartbeats.seen("outcomes", "tv-1")
    for number in range(500):
        heartbeats.seen(f"stranger {number}", "x")
    assert len(heartbeats.silent_for()) == OTHERS + 1 and "stranger 499" in heartbeats.silent_for()
    for number in range(2 * OWN):
        heartbeats.seen("outcomes", f"laptop {number}")
        heartbeats.seen("outcomes", "tv-1")
    assert len([launche for launche in heartbeats.launches() if launche.startswith(("laptop", "tv"))]) == OWN
    assert "tv-1" in heartbeats.launches()


def test_what_was_heard_outlives_the_program_and_is_forgotten_after_a_day(engine: Engine) -> None:
    before = Heartbeats(engine, stopped(AS_OF))
    before.seen("outcomes", "tv-1")
    before.write()
    after = Heartbeats(engine, stopped(AS_OF + timedelta(minutes=5)))
    after.seen("outcomes", "laptop")
    assert 299 < after.launches()["tv-1"] < 310 and after.launches()["laptop"] < 5, "the laptop does not speak for the TV"
    assert after.silent_for()["outcomes"] < 5
    assert not Heartbeats(engine, stopped(AS_OF + timedelta(days=1, minutes=1))).launches()


def test_a_pulse_writes_nothing_by_itself(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    heartbeats = Heartbeats(engine, stopped(AS_OF))
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(100):
        heartbeats.seen("outcomes", "tv-1")
    assert not asked
    monkeypatch.setattr("wallboard.screens.heartbeats.WRITTEN_EVERY", 0.0)
    heartbeats.seen("outcomes", "tv-1")
    until(lambda: any("INSERT INTO heartbeat" in statement for statement in asked))


def test_who_was_there_soon_after_a_start_is_known_after_the_next_one(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wallboard.screens.heartbeats.FIRST_WRITTEN", 0.0)
    Heartbeats(engine, stopped(AS_OF)).seen("outcomes", "tv-1")
    until(lambda: "tv-1" in Heartbeats(engine, stopped(AS_OF)).launches())
