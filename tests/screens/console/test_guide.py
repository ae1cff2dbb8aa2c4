"""What followers ask and what the presenter's tablet sends, as the server answers them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest

from tests.screens.console.given import House
from wallboard.clock import elapsed
from wallboard.records.acting import Acting
from wallboard.records.walks import let_go
from wallboard.screens.console.session import TOKEN

SILENT = 200.0
"""Seconds after which the room releases the walls."""


def now(house: House) -> dict[str, object]:
    answer = house.stranger().client.get("/walk/now?from=issues")
    assert answer.headers["Cache-Control"] == "no-store"
    state: dict[str, object] = answer.get_json()
    return state


def test_whoever_asks_learns_where_the_walk_stands(house: House) -> None:
    assert now(house) == {"walk": None, "held": False}
    fay = house.at_the_console("fay")
    answer = fay.post("/walk/do/begin", sounding="issues").get_json()
    assert answer["ok"] and answer["now"]["place"] == "mission"
    assert fay.post("/walk/do/go", place="receive").get_json()["now"]["seq"] == 2
    state = now(house)
    assert (state["place"], state["presenter"], state["held"], state["sounding"]) == ("receive", "Fay", True, "issues")
    assert state["followers"] == ["issues"]
    assert house.stranger().client.get("/pulse?path=/wall/issues").get_json()["walk"] == 1
    assert fay.post("/walk/do/release").status_code == 200
    state = house.stranger().client.get("/pulse?path=/wall/issues").get_json()
    assert state["walk"] is None and state["rests"], "walls in their loop ask more often: a hold reaches them at once"


def test_the_position_goes_on_while_an_item_plays(house: House) -> None:
    fay = house.at_the_console("fay")
    fay.post("/walk/do/begin")
    fay.post("/walk/do/go", place="receive", item="1")
    first = fay.post("/walk/do/play", item="1", second="4").get_json()["now"]["second"]
    later = now(house)["second"]
    assert isinstance(later, float) and 4 <= first <= later < 60
    assert fay.post("/walk/do/sound", sounding="outcomes").get_json()["now"]["playing"]
    paused = fay.post("/walk/do/pause", second="9.5").get_json()["now"]
    assert (paused["second"], paused["playing"], paused["sounding"]) == (9.5, False, "outcomes")


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds by which the room's stopwatch is ahead."""
    seconds = [0.0]
    monkeypatch.setattr("wallboard.screens.guiding.elapsed", lambda: elapsed() + seconds[0])
    return seconds


def test_a_clip_stands_where_it_had_come_when_the_room_released_the_walls(house: House, ahead: list[float]) -> None:
    fay = house.at_the_console("fay")
    fay.post("/walk/do/begin")
    fay.post("/walk/do/go", place="receive", item="1")
    fay.post("/walk/do/play", item="1", second="4")
    ahead[0] = SILENT
    state = now(house)
    assert (state["alone"], state["playing"], state["held"]) == (True, False, False)
    assert isinstance(state["second"], float) and SILENT + 4 <= state["second"] < SILENT + 30


def test_while_the_store_is_held_by_a_load_only_one_request_waits_for_the_release(
    house: House, ahead: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    house.at_the_console("fay").post("/walk/do/begin")
    waits, goes_on = Event(), Event()

    def slowly(act: Acting, position: float | None = None) -> None:
        waits.set()
        assert goes_on.wait(20)
        let_go(act, position)

    monkeypatch.setattr("wallboard.screens.guiding.let_go", slowly)
    ahead[0] = SILENT
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(now, house)
        assert waits.wait(20)
        assert now(house)["held"], "answered while the first still waits"
        goes_on.set()
        assert not first.result(20)["held"]


def test_a_presenter_who_was_silent_moves_on_before_the_room_releases(house: House, ahead: list[float]) -> None:
    fay = house.at_the_console("fay")
    fay.post("/walk/do/begin")
    ahead[0] = SILENT
    assert fay.post("/walk/do/sound", sounding="outcomes").get_json()["now"]["sounding"] == "outcomes"
    assert now(house)["held"]


def test_the_walls_are_in_no_walk_that_begins_after_the_rooms_clock(house: House, ahead: list[float]) -> None:
    fay, lena = house.at_the_console("fay"), house.at_the_console("lena")
    fay.post("/walk/do/begin")
    house.living.at -= timedelta(days=1)
    ahead[0] = SILENT
    assert now(house) == {"walk": None, "held": False}
    assert "No walk right now" in house.stranger().see("/follow")
    assert "no walk just now" in fay.post("/walk/do/end").get_json()["refusal"]
    assert lena.post("/walk/do/begin").get_json()["now"]["presenter"] == "Lena"


def test_a_position_that_is_none_is_refused(house: House) -> None:
    fay = house.at_the_console("fay")
    fay.post("/walk/do/begin")
    fay.post("/walk/do/go", place="receive", item="1")
    for second in ("-1", "x", "nan", "1e9"):
        answer = fay.post("/walk/do/play", item="1", second=second)
        assert answer.status_code == 422 and "is not known" in answer.get_json()["refusal"], second


def test_only_a_page_of_this_room_and_somebody_signed_in_moves_a_walk(house: House) -> None:
    for address in ("/walk/do/begin", "/walk/beat"):
        assert house.at_the_console("fay").post(address, headers={TOKEN: "forged"}).status_code == 403
        assert house.stranger().post(address).status_code == 401
    assert house.stranger().client.get("/walk/marks").status_code == 401
    for login in ("tom", "gus"):
        assert "leads a walk" in house.at_the_console(login).post("/walk/do/begin").get_json()["refusal"]
    assert house.at_the_console("fay").post("/walk/do/fly").status_code == 404
    assert now(house)["walk"] is None


def test_another_server_on_the_same_store_takes_the_walk_up(house: House) -> None:
    fay = house.at_the_console("fay")
    fay.post("/walk/do/begin")
    fay.post("/walk/do/go", place="receive")
    other = House(house.room, house.living)
    assert now(other)["place"] == "receive" and now(other)["presenter"] == "Fay"


def test_marks_are_seen_by_whoever_is_signed_in(house: House) -> None:
    fay, gus = house.at_the_console("fay"), house.at_the_console("gus")
    fay.post("/walk/do/begin")
    assert gus.do("mark", 1, kind="improve", words="Nobody rings.", stage="receive")["ok"]
    (mark,) = fay.client.get("/walk/marks").get_json()["marks"]
    assert (mark["words"], mark["stage"], mark["by"]) == ("Nobody rings.", "I get my order", "Gus")
    assert "says nothing" in gus.do("mark", 1, kind="improve", words=" ")["refusal"]


def test_the_code_leads_to_the_page_that_follows(house: House) -> None:
    code = house.stranger().client.get("/walk/follow.svg")
    assert code.mimetype == "image/svg+xml" and b"<script" not in code.data and b"<path" in code.data
    assert "No walk right now" in house.stranger().see("/follow")
    house.at_the_console("fay").post("/walk/do/begin")
    assert "Fay is leading a walk" in house.stranger().see("/follow")


def test_the_presenters_page_holds_the_whole_agenda(house: House) -> None:
    page = house.at_the_console("fay").see("/room/walk")
    for words in (
        "What we are here for",
        "A customer speaks first",
        "“I choose”",
        "“I get my order”",
        "“I leave”",
        "What emerges",
    ):
        assert words in page
    assert "Nothing was collected here." in page and "Begin the walk" in page
