"""What a session puts on the walls: a customer before any number, then whatever whoever leads it chooses, zoomed for all."""

import re
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.metrics.given import complaints, media
from tests.records.sessions import begun
from tests.screens.console.given import COMPLAINT, House
from tests.screens.console.test_frozen import WALL, ask, ended, frozen, is_frozen
from tests.screens.console.test_sessions import planned, seen
from wallboard.errors import RuleRefused
from wallboard.metrics.quotations import LOADED, Reference
from wallboard.records import sessions
from wallboard.records.users import let_go
from wallboard.store.connections import writing
from wallboard.store.schema import media as files
from wallboard.store.schema import touchpoint, voice
from wallboard.store.versions import raise_versions

OTHER = "You told me it would come on Monday, and it came on Friday."
ADDRESS = "path=/wall/issues&perimeter=north"


def reference(house: House, words: str) -> str:
    with house.living.engine.connect() as connection:
        row = connection.execute(select(voice.c.source, voice.c.source_key).where(voice.c.words == words)).one()
    return str(Reference("voice", "words", tuple(zip(LOADED, row, strict=True)), 201))


def on_the_wall(house: House, address: str = ADDRESS) -> tuple[str, str]:
    """The scene at which the wall stands, and all that stands on it."""
    scene = ask(house, f"/pulse?{address}")["scene"]
    main = ask(house, f"/board?{address}")["board"]
    shown = next(s for s in _sections(main) if s.get("data-scene") == scene)
    ids = re.findall(r"'id': '([^']+)'", str(shown))
    client = house.stranger().client
    return scene, "".join(client.get(f"/picture/{panel}?{address}").get_data(as_text=True) for panel in ids)


def _sections(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [each for child in part for each in _sections(child)]
    if not isinstance(part, dict):
        return []
    props = part.get("props", {})
    return ([props] if "data-scene" in props else []) + _sections(props.get("children"))


@pytest.mark.slow
def test_a_session_opens_with_a_customer_before_any_number(house: House) -> None:
    with writing(house.living.engine) as connection:
        complaints(connection, {"day": house.living.at.date() - timedelta(days=9), "words": OTHER})
        raise_versions(connection, ("voice",), house.living.at)
    fay, number = frozen(house)
    scene, shown = on_the_wall(house)
    assert scene == "opening" and OTHER in shown and "follow.svg" not in shown, "of the strong ones the one that says most"
    assert "data-news" not in shown
    page = fay.see(f"/room/session/{number}")
    assert "Go on to the walls" in page and "Open with another customer" in page and COMPLAINT in page
    assert fay.do("show-scene", number, scene="*/opening", subject=reference(house, COMPLAINT))["ok"]
    scene, shown = on_the_wall(house)
    assert scene.startswith("opening-") and COMPLAINT in shown and OTHER not in shown
    assert "not in the store" in fay.do("show-scene", number, scene="*/opening", subject='["voice","words",[],null]')["refusal"]
    with writing(house.living.engine) as connection:
        connection.execute(voice.delete().where(voice.c.words == COMPLAINT))
        raise_versions(connection, ("voice",), house.living.at)
    assert "These words were withdrawn." in on_the_wall(house)[1]
    assert fay.do("show-scene", number, scene="*/first")["ok"]
    assert not on_the_wall(house)[0].startswith("opening")


def test_the_store_shows_nothing_of_a_session_that_has_not_opened(house: House) -> None:
    number = begun(house.living)
    with pytest.raises(RuleRefused, match="open with them, before any number"), house.living.by("fay") as act:
        sessions.show(act, number, "issues", "flow")
    with pytest.raises(RuleRefused), house.living.by("fay") as act:
        sessions.show(act, number, "issues", "picture")
    with house.living.by("fay") as act:
        sessions.open_with(act, number)
        sessions.show(act, number, "issues", "flow")


@pytest.mark.slow
def test_a_picture_an_issue_or_a_number_stands_alone_and_is_zoomed_for_all(house: House) -> None:
    with writing(house.living.engine) as connection:
        media(
            connection,
            {"path": "help/form.png", "caption": "The form that nobody reads"},
            {"path": "gone.png", "consent": "withdrawn"},
        )
        row = connection.execute(select(files.c.source, files.c.source_key).where(files.c.path == "help/form.png")).one()
    fay, number = frozen(house)
    picture = str(Reference("media", "path", tuple(zip(LOADED, row, strict=True))))
    page = fay.see(f"/room/session/{number}")
    assert "The form that nobody reads" in page and "gone.png" not in page
    assert fay.do("show-scene", number, scene="issues/picture", subject=picture)["ok"]
    scene, shown = on_the_wall(house)
    assert scene.startswith("picture-") and "The form that nobody reads" in shown and "/media/" in shown
    assert "zoom" not in ask(house, f"/pulse?{WALL}")
    nearer = {"scene": "issues/picture", "subject": picture, "zoom": "250", "across": "1000", "down": "500"}
    assert fay.do("show-scene", number, **nearer)["ok"]
    pulse = ask(house, f"/pulse?{WALL}")
    assert pulse["zoom"] == [250, 1000, 500] and pulse["scene"] == scene, "the same scene: no screen comes anew"
    assert "Farther" in fay.see(f"/room/session/{number}")
    assert "outside of the wall" in fay.do("show-scene", number, **nearer | {"zoom": "900"})["refusal"]
    panel = "issues--overview--overview"
    assert fay.do("show-scene", number, scene="*/number", subject=panel)["ok"]
    scene, shown = on_the_wall(house)
    assert scene.startswith("number-") and "zoom" not in ask(house, f"/pulse?{WALL}")
    own = house.stranger().client.get(f"/picture/{panel}?{ADDRESS}").get_json()
    assert own["children"][0] in ask(house, f"/picture/{_only(house, scene)}?{ADDRESS}")["children"], "the same headline"
    for scene, subject in (
        ("issues/issue", "77"),
        ("issues/picture", "[]"),
        ("issues/number", "nothing"),
        ("nowhere/picture", picture),
    ):
        assert fay.do("show-scene", number, scene=scene, subject=subject)["refusal"]
    ended(house, fay, number)
    again = ask(house, f"/pulse?path=/session/{number}/wall/issues")["scenes"].split()
    assert scene and {"opening"} < {*again} and any(name.startswith("picture-") for name in again), (
        "a replay has all that was shown"
    )


def _only(house: House, scene: str) -> str:
    main = ask(house, f"/board?{ADDRESS}")["board"]
    shown = next(s for s in _sections(main) if s.get("data-scene") == scene)
    return next(str(panel) for panel in re.findall(r"'id': '([^']+)'", str(shown)) if panel.startswith("alone-"))


def test_a_session_that_was_begun_without_the_console_is_frozen_when_its_page_is_opened(house: House) -> None:
    number = begun(house.living)
    fay, waited = house.at_the_console("fay"), Event()
    assert "are being frozen" in fay.see(f"/room/session/{number}")
    while not is_frozen(house, number):
        waited.wait(0.05)
    page = fay.see(f"/room/session/{number}")
    assert "Open with a customer" in page and "Put it on the wall" not in page, "the opening first"


def test_what_nobody_answers_for_is_named_before_it_begins(house: House) -> None:
    fay, number = planned(house)
    assert house.at_the_console("tom").do("list-item", number, title="The lids", minutes="5")["ok"]
    with writing(house.living.engine) as connection:
        connection.execute(update(touchpoint).values(owner=None))
    page = fay.see(f"/room/session/{number}")
    assert "Touchpoints without an owner: " in page and "The parcel" in page and "has left" not in page
    promise = {"user_id": house.living.people["tom"], "words": "Ask the carrier", "due_on": "2026-07-01"}
    assert house.at_the_console("tom").do("commit", 0, **promise)["ok"]
    house.living.at += timedelta(hours=1)
    with house.living.by("ada") as act:
        let_go(act, house.living.people["tom"])
    page = fay.see(f"/room/session/{number}")
    assert "On the agenda, and whoever put it there has left: The lids" in page
    assert "Promised by somebody who has left: Ask the carrier (Tom)" in page


def test_before_it_begins_the_page_says_what_is_missing_and_prevents_nothing(house: House) -> None:
    fay, number = planned(house)
    page = fay.see(f"/room/session/{number}")
    assert "Before it begins" in page and "The session can begin all the same." in page
    assert "1 call or video has no consent on file" in page or "Every call and video has" in page
    assert "Nobody can say" in page or "nobody can say which walls have joined" in page, "this room names no screen"
    assert "Everybody who is expected can sign in" in page
    assert fay.do("play-tone", number, seen=seen(house, number), wall="issues")["ok"]
    tone = ask(house, "/pulse?path=/wall/issues")["tone"]
    assert tone and "tone" not in ask(house, "/pulse?path=/wall/outcomes")
    house.living.at += timedelta(seconds=30)
    assert "tone" not in ask(house, "/pulse?path=/wall/issues"), "a screen that comes later plays nothing"
    assert fay.do("sound-tested", number, seen=seen(house, number), wall="issues")["ok"]
    with house.living.engine.connect() as connection:
        assert [step.wall for step in sessions.one_session(connection, number).life.of("sound_tested")] == ["issues"]
    assert "tick" not in fay.do("begin-session", number, seen=seen(house, number)).get("refusal", "")
