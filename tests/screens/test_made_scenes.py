"""One board for each priority touchpoint: made from the store at an instant, the worst first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from tests.conftest import AS_OF, REPOSITORY
from tests.metrics import given
from tests.panels.words import SCOPE
from wallboard.clock import stopped
from wallboard.errors import RoomError
from wallboard.layout import MOST_SCENES, MOST_SECONDS, Layout, read_layout, read_layouts
from wallboard.metrics.memo import Memo, state_of
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import TouchpointState, worst_touchpoints
from wallboard.panels import find_panels
from wallboard.screens.addresses import Addresses
from wallboard.screens.made_scenes import with_made_scenes
from wallboard.settings import Settings
from wallboard.store import schema
from wallboard.store.versions import raise_versions, read_versions

WALL = read_layouts(REPOSITORY / "layouts", find_panels())["touchpoints"]


def priorities(connection: Connection, *keys: str) -> None:
    plain = {"stage": "receive", "priority": True, "moment_of_truth": False, "function": None, "owner": None}
    rows = ({"touchpoint": key, "seq": n, "name": f"I {key}", **plain} for n, key in enumerate(keys, 3))
    given.loaded(connection, schema.touchpoint, *rows)
    raise_versions(connection, ["touchpoint"], AS_OF)


@pytest.fixture
def there(engine: Engine) -> Engine:
    with engine.begin() as connection:
        given.journey(connection)
    return engine


@pytest.fixture
def walls(there: Engine) -> Callable[[], Layout]:
    settings, panels = Settings(company="C", timezone="UTC"), find_panels()
    addresses = Addresses(settings, {"touchpoints": WALL}, panels, there, stopped(AS_OF))
    return lambda: addresses.board("/wall/touchpoints").layout


def boards(wall: Layout, deck: str = "") -> list[str]:
    return [scene.name for scene in wall.scenes if scene.about and deck in ("", scene.deck)]


def test_a_touchpoint_that_a_load_adds_has_its_board_without_a_restart(there: Engine, walls: Callable[[], Layout]) -> None:
    before = walls()
    assert boards(before) == ["board-parcel"] and walls() is before, "made anew only where something has changed"
    with there.begin() as connection:
        priorities(connection, "pay")
    assert boards(walls()) == ["board-parcel", "board-pay"]
    (pay,) = (scene for scene in walls().scenes if scene.about == "pay")
    assert (pay.title, pay.stage, [panel.id for panel in pay.panels]) == (
        "“I pay”: who, and how well?", "receive", ["touchpoints--board-pay--board"],
    )  # fmt: skip
    assert [panel.options.touchpoint for panel in pay.panels] == ["pay"]  # type: ignore[attr-defined]


def test_a_scene_is_found_by_its_name_by_its_touchpoint_and_the_worst_by_what_was_written(walls: Callable[[], Layout]) -> None:
    scenes = [walls().named(name) for name in ("board-parcel", "parcel", "board", "map")]
    assert [scene and scene.name for scene in scenes] == ["board-parcel", "board-parcel", "board-parcel", "map"]
    assert walls().named("bord") is None and walls().named(None) is None


def test_the_wall_turns_through_the_worst_and_the_others_are_of_the_session(there: Engine, walls: Callable[[], Layout]) -> None:
    with there.begin() as connection:
        priorities(connection, *(f"p{n}" for n in range(12)))
    wall = walls()
    assert len(boards(wall)) == 13 and boards(wall) == [*boards(wall, "wall"), *boards(wall, "session")]
    assert len(wall.turning) == MOST_SCENES and sum(scene.seconds for scene in wall.turning) <= MOST_SECONDS
    slow = replace(WALL, scenes=tuple(replace(scene, seconds=80) for scene in WALL.scenes if scene.each or scene.name == "map"))
    states = (state("a"), state("b"), state("c"))
    assert [scene.name for scene in with_made_scenes(slow, states).turning] == ["board-a", "board-b", "map"]


def test_a_wall_of_boards_alone_turns_however_long_the_worst_one_stays() -> None:
    alone = replace(WALL, scenes=tuple(replace(scene, seconds=MOST_SECONDS + 1) for scene in WALL.scenes if scene.each))
    wall = with_made_scenes(alone, (state("a"), state("b")))
    assert [scene.name for scene in wall.turning] == ["board-a"] and boards(wall, "session") == ["board-b"]


def test_no_board_of_several_answers_for_the_wall(tmp_path: Path) -> None:
    file = tmp_path / "wall.toml"
    text = (REPOSITORY / "layouts" / "touchpoints.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('answer = "touchpoint_map"', 'answer = "touchpoint_board"'), encoding="utf-8")
    with pytest.raises(RoomError, match="answer: no scene shows 'touchpoint_board'"):
        read_layout(file, find_panels())


def test_without_a_priority_the_one_scene_stays_and_names_no_touchpoint() -> None:
    wall = with_made_scenes(WALL, ())
    assert wall.scenes[0].name == "board" and wall.scenes[0].title == "who, and how well?".capitalize() and not boards(wall)


def state(key: str, **more: object) -> TouchpointState:
    plain = dict.fromkeys(TouchpointState.__slots__) | {"stage": "s", "touchpoint": key, "name": key, "priority": True}
    return TouchpointState(**plain | more)  # type: ignore[arg-type]


def test_the_worst_comes_first_and_a_board_without_anybody_or_any_kpi_is_still_one(there: Engine) -> None:
    day = date(2026, 6, 22)
    plain = {"kpi": "on_time", "name": "On time", "better": "up", "unit": "share", "target": 0.95, "denominator": 1000}
    with there.begin() as connection:
        priorities(connection, "pay", "track")
        for at, share in (("pay", 970), ("track", 600)):
            days = ({"day": day - timedelta(days=n), "touchpoint": at, "numerator": share, **plain} for n in range(5))
            given.kpis(connection, *days)
        rows = worst_touchpoints(connection, SCOPE)
    assert [(row.touchpoint, row.state) for row in rows if row.priority] == [
        ("track", "attention"), ("pay", "good"), ("parcel", "not measured"),
    ]  # fmt: skip
    assert [row.priority for row in rows] == [True, True, True, False, False]


def test_the_order_is_by_what_the_perimeter_of_the_screen_measures(there: Engine) -> None:
    day = date(2026, 6, 22)
    plain = {"kpi": "on_time", "name": "On time", "better": "up", "unit": "share", "target": 0.95, "denominator": 1000}
    bad = {"north": "pay", "south": "track"}
    with there.begin() as connection:
        priorities(connection, "pay", "track")
        given.kpis(
            connection,
            *(
                {"day": day, "touchpoint": at, "perimeter": part, "numerator": 600 if bad[part] == at else 970, **plain}
                for at in ("pay", "track")
                for part in bad
            ),
        )
    parts = {"all": {"name": "All"}, "north": {"name": "North", "parent": "all"}, "south": {"name": "South", "parent": "all"}}
    settings = Settings.model_validate({"company": "C", "timezone": "UTC", "perimeter": parts})
    addresses = Addresses(settings, {"touchpoints": WALL}, find_panels(), there, stopped(AS_OF))
    first = {part: boards(addresses.board("/wall/touchpoints", part).layout)[0] for part in bad}
    assert first == {"north": "board-pay", "south": "board-track"}
    assert [boards(wall)[0] for part in bad for wall in addresses.walls(part)] == [*first.values()]


def test_what_puts_the_boards_in_order_is_not_measured_again_for_their_pictures(there: Engine) -> None:
    settings, measured = Settings(company="C", timezone="UTC"), Memo()
    Addresses(settings, {"touchpoints": WALL}, find_panels(), there, stopped(AS_OF), measured=measured).board("/wall/touchpoints")
    asked: list[str] = []
    with there.connect() as connection:
        versions = read_versions(connection)
        scope = Scope.of(settings, versions.as_of(AS_OF))
        event.listen(connection, "before_cursor_execute", lambda *about: asked.append(about[2]))
        with measured.of(state_of(scope.as_of, versions)):
            assert [point.touchpoint for point in worst_touchpoints(connection, scope)]
        assert not asked
        assert worst_touchpoints(connection, scope) and asked, "without the memo the store is asked"


def test_a_scene_for_each_touchpoint_shows_one(tmp_path: Path) -> None:
    file = tmp_path / "wall.toml"
    text = (REPOSITORY / "layouts" / "touchpoints.toml").read_text(encoding="utf-8")
    file.write_text(text.replace('"touchpoint_board"', '"touchpoint_map"'), encoding="utf-8")
    with pytest.raises(RoomError) as refusal:
        read_layout(file, find_panels())
    assert "scene 'board': each = 'priority-touchpoint', and none of its panels shows one touchpoint." in str(refusal.value)
