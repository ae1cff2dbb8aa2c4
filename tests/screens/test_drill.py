"""What the room has agreed on decides what hangs on a wall; a touch opens definition, files, rows and SQL."""

import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from tests.browser.watching import until
from tests.conftest import AS_OF, REPOSITORY
from tests.metrics import given
from tests.metrics.given_definitions import aimed, defined, done, people
from tests.screens.signing_in import secret_of
from tests.templates import filled
from wallboard.app import create_app
from wallboard.catalogue import catalogue
from wallboard.clock import stopped
from wallboard.layout import read_layouts
from wallboard.loaders.load import load
from wallboard.loaders.recounting import catch_up
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import worst_touchpoints
from wallboard.panels import find_panels
from wallboard.screens.console.session import SIGNED_IN
from wallboard.screens.made_scenes import with_made_scenes
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.open import open_store
from wallboard.store.versions import raise_versions

HEAD = "figure,version,valid from,meaning,formula,answers for it,body,on the wall"
LONG_AGO = date(2024, 1, 1)
SCRIPT = "<script>alert(1)</script>"


def at(show: str) -> tuple[str, str]:
    """The address of the screen that shows a panel, and the panel's id there."""
    layouts = read_layouts(REPOSITORY / "layouts", find_panels())
    return next(
        (f"/wall/{name}", placed.id) for name, layout in layouts.items() for placed in layout.placed() if placed.show == show
    )


def words_of(part: Any) -> list[str]:
    """Every text of a serialised component tree."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [word for child in part for word in words_of(child)]
    if not isinstance(part, dict):
        return []
    props = part.get("props", {})
    table = orjson.loads(props.get("data-table", "{}"))
    return [*table.get("head", []), *(cell for row in table.get("rows", []) for cell in row), *words_of(props.get("children"))]


@dataclass
class Wall:
    """A room with a few customers, asked as a screen would ask it."""

    room: Room
    engine: Engine
    client: FlaskClient
    now: list[datetime]

    def enter(self, role: str) -> "Wall":
        """The same wall in a browser where somebody of that role has signed in."""
        client = self.client.application.test_client()
        client.set_cookie(SIGNED_IN, secret_of(self.engine, self.now[0], role))
        return replace(self, client=client)

    def get(self, kind: str, show: str, **more: str) -> dict[str, Any]:
        path, name = at(show)
        answer = self.client.get(f"/{kind}/{name}", query_string={"path": path, **more})
        assert answer.headers["Cache-Control"] == "no-store"
        content: dict[str, Any] = orjson.loads(answer.data)
        return content

    def picture(self, show: str) -> str:
        return " ".join(words_of(self.get("picture", show)["children"]))

    def sheet(self, show: str, **more: str) -> str:
        return " ".join(words_of(self.get("source", show, **more)["children"]))

    def token(self, show: str) -> str:
        path, name = at(show)
        return str(orjson.loads(self.client.get(f"/pulse?path={path}").data)["tokens"][name])

    def declare(self, *rows: str) -> None:
        """Load a catalogue of figures by its file, as the room's sources.toml reads it."""
        file = self.room.data / "exports" / "metric_definitions.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
        loaded = load(self.room, self.engine, stopped(self.now[0]), only=["metric_definitions"])
        assert [(result.status, result.refused) for result in loaded] == [("ok", 0)], loaded


@pytest.fixture
def wall(visited: Wall) -> Wall:
    """The wall as somebody of the team sees it."""
    return visited.enter("team member")


@pytest.fixture
def visited(empty_room: Room, empty_store: Engine) -> Wall:
    filled(empty_store, "customers who left", partial(_customers_left, empty_room))
    now = [AS_OF]
    return Wall(empty_room, empty_store, create_app(empty_room, lambda: now[0], empty_store).server.test_client(), now)


def _customers_left(room: Room, engine: Engine) -> None:
    with writing(engine) as connection:
        catch_up(connection, room, lambda _part: None)  # what is written here by hand is not counted again by the next load
        people(connection, ana="Ana Roth")
        came = [(f"c{n:03}", date(2026, 4, 10), "new", 100.0) for n in range(80)]
        given.customers(connection, *came, perimeter="gb", group="Regulars")
        fields = {"reason": "dear", "reason_source": "customer said", "reason_words": "Too dear"}
        given.reasons(connection, dear="It costs too much")
        left = [(f"c{n:03}", date(2026, 5, 12), "lost", 100.0) for n in range(60)]
        given.customers(connection, *left, perimeter="gb", group="Regulars", fields=fields)


@pytest.mark.req("R35")
def test_a_figure_that_a_file_calls_no_priority_leaves_the_wall_and_comes_back(wall: Wall) -> None:
    before, token = wall.picture("customer_trend"), wall.token("customer_trend")
    assert "−60" in before
    wall.declare("net_customers,1,01/01/2026,,,,,no")
    assert wall.token("customer_trend") != token, "the screen learns of it by its pulse"
    off = wall.get("picture", "customer_trend")
    assert off["state"] == "kept off"
    assert words_of(off["children"]) == ["‘Growth in customers’ is not a priority metric now; it stays off the wall."]
    wall.declare("net_customers,1,01/01/2026,,,,,yes")
    assert wall.picture("customer_trend") == before


def test_only_the_newest_version_that_holds_decides(wall: Wall) -> None:
    wall.declare("net_customers,1,01/01/2026,,,,,no", "net_customers,2,30/06/2026,,,,,yes", "net_customers,3,01/07/2026,,,,,no")
    assert "−60" in wall.picture("customer_trend")
    wall.now[0] += timedelta(days=1)
    assert "stays off the wall" in wall.picture("customer_trend")


@pytest.mark.req("R35")
def test_a_panel_of_several_figures_stays_with_a_dash_for_what_is_no_priority(wall: Wall) -> None:
    assert "60 fewer customers" in wall.picture("growth_verdict")
    wall.declare("net_customers,1,01/01/2026,,,,,no")
    verdict = wall.picture("growth_verdict")
    assert "60 fewer" not in verdict and "—  than a month before" in verdict and "£6,000 less" in verdict
    wall.declare(*(f"{metric},1,01/01/2026,,,,,no" for metric in find_panels()["growth_verdict"].metrics))
    text = wall.picture("growth_verdict")
    assert "‘Growth in customers’, ‘Growth in value’" in text and text.endswith(
        "are not priority metrics now; they stay off the wall."
    )


@pytest.mark.req("R172")
def test_a_changed_formula_is_told_on_the_wall_with_its_day(wall: Wall) -> None:
    change_note = "Definition changed on 1 June 2026: earlier numbers are not comparable"
    wall.declare("net_customers,1,01/01/2026,,came − left,,,yes")
    assert "Definition changed" not in wall.picture("customer_trend")
    wall.declare("net_customers,1,01/01/2026,,came − left,,,yes", "net_customers,2,01/06/2026,,came + back − left,,,yes")
    assert change_note in wall.picture("customer_trend") and change_note in wall.picture("growth_verdict")
    assert "Definition changed" not in wall.picture("issue_pareto")
    sheet = wall.sheet("customer_trend", metric="net_customers")
    assert "2, since 1 June 2026" in sheet and "version 1, from 1 January 2026: came − left" in sheet


def test_what_is_agreed_is_read_once_for_all_panels_of_a_wall(wall: Wall) -> None:
    asked: list[tuple[str, object]] = []
    event.listen(wall.engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    for show in ("growth_verdict", "customer_flow", "customer_trend", "lost_reasons"):
        wall.picture(show)
    for table in ("metric_definition", "target"):
        of_it = [question for question in asked if f"FROM {table}" in question[0]]
        assert of_it and len(of_it) == len(set(of_it)), "once for each day that is asked about: today, and a week ago"


@pytest.mark.req("R166", "S3")
def test_a_number_opens_its_definition_version_owner_target_and_last_action(wall: Wall) -> None:
    with wall.engine.begin() as connection:
        defined(connection, "lost_customers", 3, LONG_AGO, definition="Who is gone.", formula="count of the gone", owner="ana")
        aimed(connection, "lost_customers", "", date(2026, 4, 1), 40)
        aimed(connection, "lost_customers", "ie", date(2026, 5, 1), 4)
        done(
            connection,
            "lost_customers",
            date(2026, 5, 2),
            "We call everybody",
            owner="ana",
            done_on=date(2026, 6, 2),
            outcome="9 stay",
        )
    sheet = wall.sheet("customer_flow", metric="lost_customers")
    for part in (
        "Lost customers",
        "Who is gone.",
        "count of the gone",
        "3, since 1 January 2024",
        "Ana Roth",
        "40, since 1 April 2026",
    ):
        assert part in sheet, part
    assert "We call everybody; Ana Roth; since 2 May 2026; done on 2 June 2026: 9 stay" in sheet
    assert "4, since 1 May 2026" in wall.sheet("customer_flow", metric="lost_customers", perimeter="ie")


def test_a_figure_without_owner_says_so_and_a_council_is_one(wall: Wall) -> None:
    assert "Owner no owner" in wall.sheet("customer_flow", metric="lost_customers")
    with wall.engine.begin() as connection:
        defined(connection, "lost_customers", 1, LONG_AGO, owner_body="Customer Experience Council")
    assert "Owner Customer Experience Council" in wall.sheet("customer_flow", metric="lost_customers")


@pytest.mark.slow
@pytest.mark.req("R166", "S3")
def test_a_number_opens_the_sql_that_was_run_and_the_rows_behind_it(wall: Wall) -> None:
    content = wall.get("source", "lost_reasons", metric="lost_customers")["children"]
    sheet = " ".join(words_of(content))
    assert "Read from reason_day, customer_event, customer_day, reason." in sheet
    statements = [text for text in words_of(content) if text.startswith("SELECT")]
    assert any("FROM reason_day" in statement for statement in statements) and not any(
        "metric_definition" in statement for statement in statements
    )
    assert "with " in sheet and "2026-05-31" in sheet
    assert "Customers who left in the last complete month: the first 50 of 60 rows" in sheet
    assert "c000" in sheet and "c049" in sheet and "c050" not in sheet
    assert "Regulars" in sheet and "Reasons: " in sheet


def test_a_visitor_reads_what_a_number_means_and_nothing_of_files_rows_and_sql(visited: Wall) -> None:
    for visitor in (visited, visited.enter("guest")):
        content = visitor.get("source", "lost_reasons", metric="lost_customers")["children"]
        sheet = " ".join(words_of(content))
        assert "Lost customers" in sheet and "How it is worked out" in sheet and "Sign in" in sheet
        assert [component["props"]["id"] for component in content] == ["sheet-metric", "sheet-files"]
        assert not [part for part in ("SELECT", "c049", "reason_day", "Regulars") if part in sheet]
    assert "c049" in visited.enter("leader").sheet("lost_reasons", metric="lost_customers")


def test_a_panels_head_opens_all_its_figures_and_one_without_figures_its_entry(wall: Wall) -> None:
    sheet = wall.sheet("growth_verdict")
    assert "Growth in customers" in sheet and "Growth in value" in sheet
    entry = wall.sheet("issue_pareto")
    assert "What customers complain about" in entry and "FROM voice_day" in entry


@pytest.mark.req("S3")
def test_it_names_each_file_with_the_time_of_its_load(wall: Wall) -> None:
    wall.now[0] = AS_OF + timedelta(hours=3)
    file = wall.room.data / "exports" / "journey" / "reasons.csv"
    file.parent.mkdir(parents=True)
    shutil.copy(REPOSITORY / "wallboard" / "demo" / "journey" / "reasons.csv", file)
    loaded = load(wall.room, wall.engine, stopped(wall.now[0]), only=["reasons"])
    with wall.engine.connect() as connection:
        run = connection.exec_driver_sql("SELECT file, sha256 FROM load_run WHERE source = 'reasons'").one()
    assert [result.status for result in loaded] == ["ok"], loaded
    sheet = wall.sheet("lost_reasons")
    assert run.file in sheet and run.sha256[:12] in sheet and "30 June 2026, 13:00" in sheet


def test_what_a_file_says_is_text(wall: Wall) -> None:
    wall.declare(f"net_customers,1,01/01/2026,{SCRIPT},{SCRIPT},,{SCRIPT},yes")
    content = wall.get("source", "customer_trend", metric="net_customers")["children"]
    assert words_of(content).count(SCRIPT) == 3
    assert {component["namespace"] for component in content} == {"dash_html_components"}
    assert b'"Script"' not in orjson.dumps(content) and b"dangerously" not in orjson.dumps(content)


def test_a_panel_that_cannot_be_measured_still_says_what_it_means(wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise ZeroDivisionError("secret detail")

    module = import_module("wallboard.panels.customer_trend")
    monkeypatch.setattr(module, "PANEL", replace(module.PANEL, measure=fail))
    broken = replace(wall, client=create_app(wall.room, lambda: AS_OF, wall.engine).server.test_client()).enter("leader")
    sheet = broken.sheet("customer_trend")
    assert "Growth in customers" in sheet and "The rows behind it could not be measured. The room's log says why." in sheet
    assert "secret detail" not in sheet and "Traceback" not in sheet


@pytest.mark.req("R166")
@pytest.mark.slow
def test_every_number_of_the_demo_names_a_figure_of_its_panel_and_opens_it(demo_room: Room) -> None:
    engine = open_store(demo_room.store_url)
    client = create_app(demo_room, stopped(AS_OF), engine).server.test_client()
    client.set_cookie(SIGNED_IN, secret_of(engine, AS_OF, "leader"))
    opened = set()
    with engine.connect() as connection:
        states = worst_touchpoints(connection, Scope.of(demo_room.settings, AS_OF))
    points = [state for state in states if state.priority]
    for name, layout in read_layouts(demo_room.layouts, find_panels()).items():
        for placed in with_made_scenes(layout, points).placed() if layout.kind == "wall" else ():
            drawn = painted(client, f"/picture/{placed.id}?path=/wall/{name}")
            for metric in sorted(figures_in(drawn)):
                assert metric in placed.panel.metrics, (placed.id, metric)
                answer = client.get(f"/source/{placed.id}?path=/wall/{name}&figure={metric}").get_json()
                sheet = words_of(answer["children"])
                assert catalogue()[metric].name in sheet and any(text.startswith("SELECT") for text in sheet), (placed.id, metric)
                opened.add(metric)
    engine.dispose()
    assert {"net_customers", "net_value", "new_customers", "lost_customers", "active_customers", "unknown_reason"} <= opened


def painted(client: FlaskClient, address: str) -> Any:
    """A picture, however long the machine takes over it; of the spine what stands at each of its places."""

    def drawn() -> Any:
        picture = orjson.loads(client.get(address).data)
        return picture.get("children") or list(picture.get("parts", {}).values())

    return until(drawn)


def figures_in(part: Any) -> set[str]:
    """The figures that the numbers of a serialised component tree belong to."""
    if isinstance(part, list):
        return {metric for child in part for metric in figures_in(child)}
    if not isinstance(part, dict):
        return set()
    props = part.get("props", {})
    return figures_in(props.get("children")) | ({props["data-metric"]} if "data-metric" in props else set())


def test_what_does_not_exist_is_a_sentence(wall: Wall) -> None:
    for address, sentence in (
        ("/source/nothing?path=/wall/outcomes", "there is no such panel on this screen. Reload the screen."),
        ("/source/rail?path=/wall/outcome", "Did you mean 'outcomes'?"),
        ("/source/rail?path=/wall/outcomes&perimeter=ei", "Did you mean 'ie'?"),
        ("/source/rail?path=/wall/outcomes&figure=lost_customer", "there is no such metric. Did you mean 'lost_customers'?"),
    ):
        answer = wall.client.get(address)
        assert answer.status_code == 404 and sentence in answer.get_json()["refusal"], address


def test_nothing_is_remembered_between_two_touches(wall: Wall) -> None:
    before = wall.sheet("customer_trend", metric="net_customers")
    with wall.engine.begin() as connection:
        given.customers(connection, ("late", date(2026, 5, 20), "new", 1.0), perimeter="ie")
        raise_versions(connection, ["customer_day"], AS_OF)
    assert wall.sheet("customer_trend", metric="net_customers") != before


def test_who_is_signed_in_takes_a_line_up_with_its_number_and_period(wall: Wall, visited: Wall) -> None:
    line = wall.sheet("scoreboard", metric="lost_customers", path="/wall/outcomes")
    assert "Lost customers: 60 (May 2026) Put it on the agenda I will see to it Relay it as an issue" in line
    assert "Put it on the agenda" in wall.sheet("customer_trend")
    for other in (visited, visited.enter("guest")):
        assert "Put it on the agenda" not in other.sheet("scoreboard", metric="lost_customers")
