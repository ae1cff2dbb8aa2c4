"""What holds for every panel: it says what it shows, names the tables it reads, and draws whatever the store holds."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import Boolean, Connection, Date, Float, Integer, event, insert, select

from tests.conftest import AS_OF, REPOSITORY
from tests.panels.words import THEME, words_of
from tests.templates import store_in
from wallboard.catalogue import catalogue
from wallboard.layout import read_layouts
from wallboard.metrics.availability import Absence
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel, Options, Panel, Picture
from wallboard.panels import catalogue_entry, find_panels
from wallboard.screens.news import news_of
from wallboard.screens.serialise import as_bytes
from wallboard.settings import Room, Settings, open_room
from wallboard.store import schema
from wallboard.store.guarded import FIXED
from wallboard.store.open import open_store
from wallboard.store.rules import lifted
from wallboard.store.types import Instant

EVERY = find_panels()
SHIPPED = open_room(REPOSITORY).settings
MANY_OF_ONE = re.compile(r"(?<![\d.,−+£€])(?<!n )(?<!= )(?<!=\u00a0)\b1 ([a-z]+s)\b")
"""A plural behind a one; a count and its noun go through wallboard.drawing.words.plural or noun."""
NO_NOUN = {"is", "was", "has", "does", "times", "needs", "waits", "orders", "gives", "takes"}
"""Verbs; and a unit that the room itself has named (exposure)."""
NEEDED: dict[str, dict[str, Any]] = {}
"""Options without a default."""
MOVED_ALONG = {"source_state", "source_day", "volume_week"}
"""Tables that never move without one of the feed's own, which the panel names (feed_health); a token knows who is late."""

BOOKS = {"source_state", "source_day", "volume_week"}
"""What was loaded when: it says of every panel whether its facts have stopped, and changes only with them."""


def options_of(name: str, **more: Any) -> Options:
    chosen: Options = EVERY[name].options(**NEEDED.get(name, {}), **more)
    return chosen


def drawn(name: str, connection: Connection, scope: Scope, **options: Any) -> Picture:
    panel = EVERY[name]
    chosen = options_of(name, **options)
    measured = panel.read(connection, scope, chosen)
    picture = panel.picture(measured, chosen, THEME)
    if not isinstance(measured, Absence):
        answer = panel.answer(measured, chosen, THEME) if panel.answer else None
        assert answer is None or answer.number or answer.unit, f"{name} gives an answer without a number, and does not say why"
        assert all(news.sentence for news in news_of(measured, lambda _: (), THEME, judged=True)), name
    content = orjson.loads(as_bytes({"head": picture.headline, "body": picture.body, "note": picture.note}))
    assert content["body"]["type"], f"{name} draws nothing that a screen can show"
    assert words_of(picture.body), f"{name} draws no word"
    assert not re.search(r'"(?:[^"]* )?more(?: [^"]*)?"', str(re.findall(rb'"className":("[^"]*")', as_bytes(picture.body)))), (
        f"{name}: a row of class 'more' is the page's, which counts what it leaves out; say data-beyond"
    )
    assert panel.bare or words_of(picture.headline), f"{name} has no headline"
    assert not re.search(r"\b(nan|NaN|NaT)\b|<NA>", words_of(picture)), f"{name}: {words_of(picture)}"
    return picture


def unlabelled(name: str, picture: Picture) -> list[str]:
    """What a picture that measures something does not say: unit and period in its note, once, and what its axes count."""
    graphs = [part for part in parts_of(picture.body) if type(part).__name__ == "Graph"]
    scales = [part for part in parts_of(picture.body) if hasattr(part, "data-scale")]
    note = words_of(picture.note)
    if EVERY[name].bare or not (graphs or scales):
        return []
    missing = [] if note else ["no note says the unit or the period"]
    missing += ["the note stands in the picture again"] if note and note in words_of(picture.body) else []
    for graph in graphs:
        for axis, says in ((at, graph.figure["layout"].get(at, {})) for at in ("xaxis", "yaxis")):
            named = (says.get("title") or {}).get("text") or says.get("ticksuffix") or (says.get("ticktext") and axis == "xaxis")
            by_note = axis == "yaxis" and re.search(r"\w+ (per 1,000 .*, )?by (day|week|month)|by \d+ weeks", note)
            missing += [] if named or by_note else [f"the {axis} has no label, and the note no unit"]
    return missing


def parts_of(part: Any) -> Iterator[Any]:
    """Every component of a drawing."""
    if isinstance(part, list | tuple):
        for child in part:
            yield from parts_of(child)
    elif hasattr(part, "children") or type(part).__name__ == "Graph":
        yield part
        yield from parts_of(getattr(part, "children", None))


@pytest.fixture(scope="module")
def demo(demo_room: Room) -> Iterator[Connection]:
    engine = open_store(demo_room.store_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def empty(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A store with nothing in it, which every panel only reads."""
    engine = store_in(Path(shutil.copy(blank, tmp_path_factory.mktemp("empty"))))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def single(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A store with one row in each table."""
    engine = store_in(Path(shutil.copy(blank, tmp_path_factory.mktemp("single"))))
    with engine.connect() as connection:
        one_of_each(connection)
        yield connection
    engine.dispose()


def test_each_says_what_it_shows() -> None:
    for name in EVERY:
        lines = catalogue_entry(name).splitlines()
        assert lines and lines[0].endswith((".", "?")) and 20 <= len(lines[0]) <= 160, name
        assert len(lines) == 1 or lines[1] == "", name


def test_the_parts_of_each_are_those_of_a_panel() -> None:
    tables = {table.name for table in schema.metadata.sorted_tables}
    for name in EVERY:
        panel: AnyPanel = EVERY[name]
        module = import_module(f"wallboard.panels.{name}")
        assert isinstance(panel, Panel) and panel.measure is module.measure and panel.draw is module.draw, name
        assert issubclass(panel.options, Options), name
        assert panel.options.model_config.get("extra") == "forbid" and panel.options.model_config.get("frozen"), name
        for option, field in panel.options.model_fields.items():
            assert field.description, f"{name}.{option} is not described"
            assert field.is_required() == (option in NEEDED.get(name, {})), f"{name}.{option}"
        assert panel.reads and set(panel.reads) <= tables and len(set(panel.reads)) == len(panel.reads), name


@pytest.mark.parametrize("name", EVERY)
def test_its_figures_are_known_and_those_that_it_draws_are_its_own(name: str, demo: Connection, demo_room: Room) -> None:
    own = EVERY[name].metrics
    assert set(own) <= set(catalogue()) and len(set(own)) == len(own)
    stage = {"stage": "arrives"} if "stage" in EVERY[name].options.model_fields else {}
    picture = drawn(name, demo, Scope.of(demo_room.settings, AS_OF), **stage)
    text = as_bytes({"head": picture.headline, "body": picture.body, "note": picture.note}).decode()
    assert set(re.findall(r'"data-metric":"(\w*)"', text)) <= set(own)


def test_every_declared_figure_and_every_target_of_the_demo_is_of_a_known_figure(demo: Connection) -> None:
    for table in (schema.metric_definition, schema.target):
        declared = set(demo.scalars(select(table.c.metric)))
        assert declared and declared <= set(catalogue())


def test_each_draws_an_empty_store(empty: Connection) -> None:
    scope = Scope.of(SHIPPED, AS_OF)
    for name in EVERY:
        drawn(name, empty, scope)


@pytest.mark.parametrize("perimeter", [None, "gb", "ie"])
@pytest.mark.parametrize("name", EVERY)
def test_it_draws_the_demo_company(name: str, perimeter: str | None, demo: Connection, demo_room: Room) -> None:
    stages = ("look", "order", "wait", "arrives", "use", "help") if "stage" in EVERY[name].options.model_fields else (None,)
    for stage in stages:
        picture = drawn(name, demo, Scope.of(demo_room.settings, AS_OF, perimeter), **({"stage": stage} if stage else {}))
        assert not (missing := unlabelled(name, picture)), f"{name}: {missing}"


@pytest.mark.parametrize("name", EVERY)
def test_it_draws_a_store_with_one_row_in_each_table(name: str, single: Connection) -> None:
    settings = Settings(company="One", timezone="UTC")
    stage = {"stage": "x"} if "stage" in EVERY[name].options.model_fields else {}
    text = words_of(drawn(name, single, Scope.of(settings, AS_OF), **stage))
    assert "None" not in text
    several = [phrase for phrase in MANY_OF_ONE.findall(text.replace(" | ", " ")) if phrase not in NO_NOUN]
    assert not several, f"{name} says 1 {several[0]}: {text}"


@pytest.mark.parametrize("name", EVERY)
def test_it_reads_only_the_tables_it_names(name: str, demo: Connection, demo_room: Room) -> None:
    asked: list[str] = []

    def record(*args: Any) -> None:
        asked.append(args[2])

    event.listen(demo, "before_cursor_execute", record)
    stage = {"stage": "arrives"} if "stage" in EVERY[name].options.model_fields else {}
    drawn(name, demo, Scope.of(demo_room.settings, AS_OF), **stage)
    event.remove(demo, "before_cursor_execute", record)
    tables = [table.name for table in schema.metadata.sorted_tables]
    used = {table for table in tables for statement in asked if _reads(statement, table)} - BOOKS
    assert used <= set(EVERY[name].reads), f"{name} is not refreshed by a change of {sorted(used - set(EVERY[name].reads))}"


def _reads(statement: str, table: str) -> bool:
    return re.search(rf'\b(FROM|JOIN|,)\s+"?{table}"?\b(?!\.)', statement) is not None and f"{table}." in statement.replace(
        '"', ""
    )


def one_of_each(connection: Connection) -> None:
    """One row in every table, each cell the plainest value its column takes."""
    plain: dict[str, Any] = {
        "demand": "failure", "kind": "complaint", "measure": "NPS", "lane": "experience", "consent": "given", "better": "up",
        "unit": "share", "status": "ok", "rule": "contracts", "reason_source": "customer said", "perimeter": "all",
        "currency": "EUR",
        "mime": "image/png", "scale_min": 0, "scale_max": 10, "score": 9, "rows_read": 0, "rows_new": 0, "rows_changed": 0,
        "rows_same": 0, "rows_gone": 0, "rows_refused": 0, "rows_left_out": 0, "touchpoint": "x", "stage": "x",
        "formula": "promoters less detractors",
    }  # fmt: skip
    kinds = {"customer_event": "new", "customer_day": "new", "media": "screenshot", "customer": "person", "exposure": "orders"}
    kinds |= {"reason": "left", "reason_day": "lost", "customer_movement": "new", "meeting": "monthly"}
    no_reference = dict.fromkeys(("refers", "refers_kind", "refers_at"))
    own: dict[str, dict[str, Any]] = {
        "customer": {"parent": "y"},
        "customer_alias": {"alias": "y"},
        "membership": {"valid_to": None},
        "tier": {"at_least": None},
        "contract": {"term_ends_on": None, "joined_reason_source": "customer said"},
        "action": {"about": "customer"},
        "behaviour": {"compared_with": "month before"},
        "renewal_month": {"outcome": "renewed"},
        "retention_month": {"months": 12},
        "invitation": {"outcome": "completed"},
        "referral_month": {"months": 12},
        "ticket_event": {"status": "new"},
        "tier_move": {"months": 12},
        "evidence": {"kind": "ticket"},
        "intake": {"effect": "some"},
        "verdict": {"verdict": "admitted"},
        "issue": {"verdict": "admitted"},
        "issue_step": {"kind": "admitted", **no_reference},
        "room_session_step": {"kind": "begun", **no_reference},
        "commitment_step": {"kind": "kept", **no_reference},
        "roster_item_step": {"kind": "selected", **no_reference},
        "team_cycle_step": {"kind": "tasked", "budget": 0, "verdict": "too early", "step_days": 30, **no_reference},
        "team_cycle": {"step_days": 30},
        "recognition": {"metric": None, "signal": None},
        "initiative_step": {"kind": "started", **no_reference},
        "opportunity_rating": {"votes": None},
        "agenda_item_step": {"kind": "listed", **no_reference},
        "decision_step": {"kind": "proposed_here", **no_reference},
        "rollout_step": {"kind": "aware", **no_reference},
        "role_card_step": {"kind": "dealt", **no_reference},
        "session_entry": {"kind": "report"},
        "session_entry_step": {"kind": "raised", **no_reference},
        "user_account": {"role": "president"},
        "mandate": {"until": None},
        "sign_in": {"expires_at": AS_OF + timedelta(hours=1)},
        "emotion": {"state": "current", "basis": "measured"},
        "desired_rating": {"score": 4},
        "task": {"kind": "steps"},
        "event": {"kind": "release"},
        "event_entry": {"kind": "release"},
        "walk_move": {"kind": "begin"},
        "walk_annotation": {"kind": "improve"},
        "opportunity": {"kind": "improve", "origin": "walkthrough"},
        "attempt": {"outcome": "done"},
        "mail_address": {"address": "x@y.z"},
        "mail_message": {"state": "queued"},
        "room_session": {"kind": "monthly", "minutes": 60},
        "expertise": {"refers_to": None},
        "touchpoint_role": {"role": "accountable", "valid_to": None},
        "visit": {"result": "fixed"},
    }
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    with lifted(connection):
        _fill(connection, kinds, plain, own)


def _fill(connection: Connection, kinds: dict[str, str], plain: dict[str, Any], own: dict[str, dict[str, Any]]) -> None:
    for table in schema.metadata.sorted_tables:
        if table.name in FIXED:
            continue
        row = {
            c.name: kinds.get(table.name, plain["kind"]) if c.name == "kind" else plain.get(c.name, _plainest(c))
            for c in table.columns
        }
        connection.execute(insert(table).values(**row | own.get(table.name, {})))


def _plainest(column: Any) -> Any:
    kind = column.type
    if column.foreign_keys and not isinstance(kind, Integer):
        return "x"
    if isinstance(kind, Instant):
        return AS_OF
    if isinstance(kind, Date):
        return AS_OF.date().replace(month=5, day=12)
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer | Float) or "INT" in str(kind):
        return 1
    return "x"


NEW = '''"""How many stages there are: a panel that a test has dropped here.

Nothing else knows of it.
"""

from dash import html

from wallboard.drawing.theme import Theme
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Options, Panel, Picture


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[()]:
    """Nothing."""
    return ()


def draw(rows: tuple[()], options: Options, theme: Theme) -> Picture:
    """A word."""
    return Picture("Dropped in", html.P("here"))


PANEL = Panel(Options, measure, draw, reads=("stage",))
'''


ASKED = """
from pathlib import Path

from tests.documents import panels
from wallboard.cli import main
from wallboard.layout import read_layouts
from wallboard.panels import find_panels

for one in read_layouts(Path("layouts"), find_panels())["issues"].placed():
    print("placed:", one.show)
print(panels())
main()
"""
"""Asks the layouts, the document of the panels and the program, one after the other."""
TESTS = ("panels", "contracts", "metrics", "browser", "rooms", "records")
"""What the contract of all panels imports of the tests."""


@pytest.mark.slow
def test_a_file_dropped_into_panels_is_a_panel_everywhere(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for folder in ("wallboard", "assets", "layouts", *(f"tests/{tests}" for tests in TESTS)):
        shutil.copytree(REPOSITORY / folder, copy / folder, symlinks=True)
    for file in ("pyproject.toml", "room.toml", *(f"tests/{file.name}" for file in (REPOSITORY / "tests").glob("*.py"))):
        shutil.copy(REPOSITORY / file, copy / file)
    (copy / "wallboard" / "panels" / "dropped_in.py").write_text(NEW, encoding="utf-8")
    layout = '\n[[scene]]\nname = "new"\ngrid = ["a"]\n[scene.panel.a]\nshow = "dropped_in"\n'
    with (copy / "layouts" / "issues.toml").open("a", encoding="utf-8") as there:
        there.write(layout)

    def run(*words: str) -> str:
        result = subprocess.run(
            [sys.executable, *words],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    output = run("-c", ASKED, "panels")
    assert "placed: dropped_in" in output
    assert "### dropped_in" in output
    assert "dropped_in  How many stages there are" in output
    contract = run(
        "-m",
        "pytest",
        *("-q", "--assert=plain", "-p", "no:cacheprovider"),
        "tests/contracts/test_every_panel.py",
        "-k",
        "says_what_it_shows or parts_of_each",
    )
    assert "2 passed" in contract, "they look at every panel that there is"


def test_the_layouts_of_the_repository_use_known_panels() -> None:
    layouts = read_layouts(REPOSITORY / "layouts", EVERY)
    assert {placed.show for layout in layouts.values() for placed in layout.placed()} <= set(EVERY)
