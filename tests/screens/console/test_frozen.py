"""A session freezes the walls: they stand still while it runs, and are shown again as they were after any later load."""

from datetime import date, timedelta
from functools import partial
from threading import Event
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from tests.metrics.given import complaints
from tests.records.living import MONDAY
from tests.screens.console.given import COMPLAINT, POST, House, Visitor
from tests.screens.console.test_sessions import planned, seen
from wallboard.errors import NotFound, RuleRefused
from wallboard.lifecycle.sessions import OPENING
from wallboard.metrics.quotations import WITHDRAWN
from wallboard.panels import find_panels
from wallboard.records import snapshots
from wallboard.records.snapshots import SnapshotContent, keep_snapshot
from wallboard.screens.addresses import rail_of
from wallboard.screens.freezing import Freezer
from wallboard.screens.frozen import Frozen, FrozenSessions
from wallboard.screens.themes import theme_of
from wallboard.store.connections import writing
from wallboard.store.schema import post, snapshot, snapshot_row, voice
from wallboard.store.versions import raise_versions

WALL = "path=/wall/issues&perimeter=north"


def ask(house: House, address: str) -> dict[str, Any]:
    answer: dict[str, Any] = house.stranger().client.get(address).get_json()
    return answer


def pictures(house: House, path: str) -> dict[str, bytes]:
    """What stands on every scene of a wall that has a table of open issues."""
    client = house.stranger().client
    return {
        panel: b"".join(client.get(f"/picture/{panel}?path={path}&perimeter=north").data.partition(b'"children"')[1:])
        for panel in ask(house, f"/pulse?path={path}&perimeter=north")["tokens"]
        if panel.startswith(("issues--overview", "issues--flow"))
    }


def is_frozen(house: House, number: int) -> bool:
    with house.living.engine.connect() as connection:
        return snapshots.is_frozen(connection, number)


def frozen(house: House) -> tuple[Visitor, int]:
    fay, number = planned(house)
    assert fay.do("begin-session", number, seen=seen(house, number))["ok"]
    waited = Event()
    while not is_frozen(house, number):  # it is frozen beside the answer
        waited.wait(0.05)
    return fay, number


def more_complaints(house: House, day: date, many: int = 40, **where: str) -> None:
    with writing(house.living.engine) as connection:
        complaints(connection, *({"day": day, "issue_type": "late", "words": f"Late again, {n}.", **where} for n in range(many)))
        raise_versions(connection, ("voice", "complaint_day", "complaint_month", "complaint_week", "voice_day"), house.living.at)


def ended(house: House, fay: Visitor, number: int) -> None:
    assert house.at_the_console("lena").do("attend", number)["ok"]
    why = {"user_id": house.living.people["lena"], "words": "I am new here."}
    assert fay.do("uncommitted", number, **why)["ok"]
    assert fay.do("end-session", number, seen=seen(house, number), note="")["ok"]


def test_the_walls_stand_still_while_a_session_runs_and_go_on_after_it(house: House) -> None:
    fay, number = frozen(house)
    before = pictures(house, "/wall/issues")
    pulse = ask(house, f"/pulse?{WALL}")
    assert pulse["place"] == f"Session {number}, 1 Jun" and pulse["scenes"].endswith(f" session:{number}")
    house.living.at += timedelta(hours=1)
    more_complaints(house, house.living.at.date())
    assert before and pictures(house, "/wall/issues") == before
    assert ask(house, "/pulse?path=/wall/issues")["place"] != pulse["place"], "walls of the whole company go on"
    ended(house, fay, number)
    assert ask(house, f"/pulse?{WALL}")["place"] != pulse["place"]
    assert pictures(house, "/wall/issues") != before


def test_a_session_is_shown_again_as_it_was_and_says_what_has_been_restated(house: House) -> None:
    fay, number = frozen(house)
    before = pictures(house, "/wall/issues")
    ended(house, fay, number)
    house.living.at += timedelta(days=400)
    more_complaints(house, house.living.at.date() - timedelta(days=20))
    again = pictures(house, f"/session/{number}/wall/issues")
    assert again == before, "what happened later changes nothing"
    more_complaints(house, MONDAY.date() - timedelta(days=4))
    restated = pictures(house, f"/session/{number}/wall/issues")
    noted = [panel for panel, picture in restated.items() if b"Restated since" in picture]
    assert noted and all(before[panel] == restated[panel] for panel in before if panel not in noted)
    assert "The walls as this session saw them" in house.at_the_console("fay").see(f"/room/session/{number}")
    turned = ask(house, f"/board?path=/session/{number}/wall/issues")["board"]["props"]
    assert turned["data-perimeter"] == "north" and turned["data-scenes"] and "session:" not in turned["data-scenes"]


def walked(house: House, path: str) -> dict[str, bytes]:
    """Every picture of a screen of the walk."""
    client = house.stranger().client
    asked = f"path={path}&perimeter=north"
    tokens = ask(house, f"/pulse?{asked}")["tokens"]
    return {panel: b"".join(client.get(f"/picture/{panel}?{asked}").data.partition(b'"children"')[1:]) for panel in tokens}


@pytest.mark.slow
def test_the_walk_stands_still_in_a_session_and_is_shown_again_as_it_was(house: House) -> None:
    fay, number = frozen(house)
    paths = ("/journey", "/journey/receive", "/journey/end")
    before = {path: walked(house, path) for path in paths}
    assert all(ask(house, f"/pulse?path={path}&perimeter=north")["place"].startswith(f"Session {number}, ") for path in paths)
    house.living.at += timedelta(hours=1)
    more_complaints(house, house.living.at.date())
    assert {path: walked(house, path) for path in paths} == before, "later loads change nothing while it runs"
    assert "Session" not in ask(house, "/pulse?path=/journey")["place"], "who walks elsewhere sees the numbers of now"
    ended(house, fay, number)
    assert "Session" not in ask(house, "/pulse?path=/journey&perimeter=north")["place"]
    house.living.at += timedelta(days=370)
    replayed = {path: walked(house, f"/session/{number}{path}") for path in paths}
    assert replayed == before and all(before.values())
    more_complaints(house, MONDAY.date() - timedelta(days=4), touchpoint="parcel")
    restated = walked(house, f"/session/{number}/journey/receive")
    noted = [panel for panel, picture in restated.items() if b"Restated since" in picture]
    assert noted and all(before["/journey/receive"][panel] == restated[panel] for panel in restated if panel not in noted)
    fay = house.at_the_console("fay")
    assert f"'/session/{number}/journey'" in str(fay.drawn(f"/room/session/{number}"))
    assert "there was no such stage" in ask(house, f"/pulse?path=/session/{number}/journey/nowhere")["gone"]


def test_a_replay_shows_no_words_that_were_withdrawn_and_keeps_its_numbers(house: House) -> None:
    fay, number = frozen(house)
    ended(house, fay, number)
    address = f"path=/session/{number}/wall"
    client, panels = house.stranger().client, ("issues--ages--list", "issues--public--posts")

    def replayed() -> list[str]:
        tokens = ask(house, f"/pulse?{address}/issues&perimeter=north")["tokens"]
        named = [panel for panel in tokens if panel.startswith("issues")]
        return [client.get(f"/picture/{panel}?{address}/issues&perimeter=north").get_data(as_text=True) for panel in named]

    before = "".join(replayed())
    assert COMPLAINT in before and POST in before, panels
    with house.living.engine.connect() as connection:
        kept = "".join(connection.scalars(select(snapshot_row.c.measured)))
    assert COMPLAINT not in kept and POST not in kept, "a bare connection finds none in the snapshot"
    with writing(house.living.engine) as connection:
        connection.execute(update(voice).values(words=None))
        connection.execute(delete(post))
        raise_versions(connection, ("voice", "post"), house.living.at)
    after = "".join(replayed())
    assert COMPLAINT not in after and POST not in after and WITHDRAWN in after


def test_what_stands_behind_a_number_is_of_the_same_instant(house: House) -> None:
    fay, number = frozen(house)
    address = "/source/issues--overview--overview?perimeter=north&path="
    before = fay.client.get(f"{address}/wall/issues").get_json()
    house.living.at += timedelta(days=3)
    more_complaints(house, house.living.at.date() - timedelta(days=1))
    fay = house.at_the_console("fay")
    assert fay.client.get(f"{address}/session/{number}/wall/issues").get_json() == before
    assert fay.client.get(f"{address}/wall/issues").get_json() != before, "after its ten hours the wall goes on"


def test_whoever_leads_puts_a_scene_on_a_wall(house: House) -> None:
    fay, number = frozen(house)
    scenes = [scene for scene in ask(house, f"/pulse?{WALL}")["scenes"].split() if ":" not in scene]
    assert ask(house, f"/pulse?{WALL}")["scene"] == OPENING, "before any number"
    assert fay.do("show-scene", number, scene="*/first")["ok"]
    assert ask(house, f"/pulse?{WALL}")["scene"] == scenes[0]
    assert fay.do("show-scene", number, scene=f"issues/{scenes[-2]}")["ok"]
    assert ask(house, f"/pulse?{WALL}")["scene"] == scenes[-2], "of whatever deck it is"
    house.living.at += timedelta(minutes=5)
    assert ask(house, f"/pulse?{WALL}")["scene"] == scenes[-2], "it stands there until another one is put there"
    assert "is not known" in fay.do("show-scene", number, scene="issues/nowhere")["refusal"]
    assert "is not known" in fay.do("show-scene", number, scene="nowhere/flow")["refusal"]
    tom = house.at_the_console("tom")
    assert "Your role does not take this step." in tom.do("show-scene", number, scene=f"issues/{scenes[0]}")["refusal"]
    assert "On the walls" in fay.see(f"/room/session/{number}") and "On the walls" not in tom.see(f"/room/session/{number}")
    house.living.at += timedelta(hours=10)
    assert "Session" not in ask(house, f"/pulse?{WALL}")["place"], "a session that nobody has ended lets go of the walls"


def test_who_asked_before_a_session_began_hides_it_from_nobody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    room, engine = house.room, house.living.engine
    panels = find_panels()
    clock, themes = (lambda: house.living.at), partial(theme_of, room)
    freezer = Freezer(room.settings, engine, clock, themes, (), rail_of(panels), panels)
    sessions = FrozenSessions(room.settings, engine, clock, themes, panels, freezer.freeze)
    find, began = sessions._find, list[int]()

    def slow(perimeter: str | None) -> Frozen | None:
        before = find(perimeter)
        if not began:
            began.append(frozen(house)[1])
            assert sessions.running("north") is not None, "somebody else asks meanwhile"
        return before

    monkeypatch.setattr(sessions, "_find", slow)
    assert sessions.running("north") is None, "as it was when the question came"
    now = sessions.running("north")
    assert now is not None and now.session.number == began[0]


def test_there_is_nothing_to_show_of_a_session_that_froze_nothing(house: House) -> None:
    _, number = planned(house)
    assert "has frozen no numbers" in ask(house, f"/pulse?path=/session/{number}/wall/issues")["gone"]
    assert "there is no number 77" in ask(house, "/pulse?path=/session/77/wall/issues")["gone"]
    _, number = frozen(house)
    assert "there was no such wall" in ask(house, f"/pulse?path=/session/{number}/wall/isues")["gone"]


def test_the_numbers_are_frozen_once_while_it_runs_and_stay(house: House) -> None:
    _, other = planned(house)
    content = SnapshotContent("[]", '{"ages": []}', {"a": "{}"})
    with pytest.raises(RuleRefused, match="while a session runs"), house.living.by("fay") as act:
        keep_snapshot(act, other, content)
    with pytest.raises(NotFound, match="no number 77"), house.living.by("fay") as act:
        keep_snapshot(act, 77, content)
    _, number = frozen(house)
    with pytest.raises(RuleRefused, match="frozen already"), house.living.by("fay") as act:
        keep_snapshot(act, number, content)
    row = {"room_session": number, "panel": "a", "measured": "{}"}
    tries = (
        (insert(snapshot_row).values(**row), "nothing is added"),
        (update(snapshot_row).values(measured="{}"), "stays written"),
        (update(snapshot).values(walls="[]"), "stays written"),
        (insert(snapshot).values(**_head(house, other)), "while it runs"),
    )
    for statement, why in tries:
        with pytest.raises(DBAPIError, match=why), writing(house.living.engine) as connection:
            connection.execute(statement)


def _head(house: House, number: int) -> dict[str, Any]:
    at = house.living.at
    beside = {"panels": 1, "walls": "[]", "freshness": "{}", "actor": house.living.people["fay"]}
    return {"room_session": number, "at": at, "as_of": at, "day": at.date(), **beside}
