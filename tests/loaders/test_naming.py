"""Stages and touchpoints are named as customers say it: words of departments raise a hint, never a refusal."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.loaders.conftest import Workspace
from wallboard.cli import app
from wallboard.demo.journey import FOLDER as DEMO
from wallboard.loaders.naming import department_words, word_in
from wallboard.settings import Room
from wallboard.store.schema import stage

SOURCES = "".join(
    f'[{name}]\nfeed = "{name}"\nfile = "{name}.csv"\n[{name}.columns]\n'
    + "".join(f'{column} = "{column}"\n' for column in columns)
    for name, columns in {
        "stages": ("stage", "seq", "name"),
        "touchpoints": ("touchpoint", "stage", "seq", "name"),
        "glossary": ("term", "banned"),
    }.items()
)


def put(workspace: Workspace, stages: str, touchpoints: str = "door,get,1,The door") -> None:
    workspace.sources(SOURCES)
    workspace.put("stages.csv", f"stage,seq,name\n{stages}\n")
    workspace.put("touchpoints.csv", f"touchpoint,stage,seq,name\n{touchpoints}\n")
    workspace.put("glossary.csv", "term,banned\nPOD,yes\n")


@pytest.mark.req("R148")
def test_a_stage_named_as_a_process_raises_a_hint_and_is_loaded_all_the_same(workspace: Workspace) -> None:
    put(workspace, "get,1,Order processing", "door,get,1,CRM entry")
    stages, touchpoints, _ = workspace.load()
    assert (stages.status, stages.new, stages.refused) == ("ok", 1, 0)
    assert stages.message == (
        "Hint: The stage 'Order processing' is named by our own word 'order processing'."
        " Say it as the customer says it, e.g. “I order”."
    )
    assert "The touchpoint 'CRM entry' is named by our own word 'crm'" in touchpoints.message
    assert workspace.rows(stage, "name") == [("Order processing",)]


def test_a_name_in_the_customers_words_raises_none(quick: Workspace) -> None:
    put(quick, "get,1,I order")
    assert [result.message for result in quick.load()] == ["", "", ""]


def test_the_rooms_own_lingo_counts_as_soon_as_it_is_known(quick: Workspace) -> None:
    put(quick, "get,1,I order", "door,get,1,POD photo")
    quick.load()
    quick.put("touchpoints.csv", "touchpoint,stage,seq,name\ndoor,get,2,POD photo\n")
    assert "our own word 'POD'. Say it as the customer says it." in quick.load_one("touchpoints").message


def test_many_hints_are_told_as_a_few_and_a_number(quick: Workspace) -> None:
    put(quick, "\n".join(f"s{n},{n},Billing {n}" for n in range(5)), "door,s1,1,The door")
    message = quick.load()[0].message
    assert message.count("Hint:") == 3 and message.endswith("And 2 more: wallboard check names them all.")


@pytest.mark.parametrize(
    ("name", "word"),
    [("Billing", "billing"), ("FULFILMENT", "fulfilment"), ("Our CRM", "crm"), ("I get the bill", None), ("I pay", None),
     ("Ships and boats", None), ("It arrives", None), ("Order processing", "order processing")],
)  # fmt: skip
def test_whole_words_only_and_the_longest_of_them(name: str, word: str | None) -> None:
    match = word_in(name, department_words())
    assert (match and match[0]) == word


@pytest.mark.slow
@pytest.mark.req("R148")
def test_the_check_tells_the_hint_and_finds_no_fault(empty_room: Room, blank: Path) -> None:
    folder = empty_room.data / "exports" / "journey"
    folder.mkdir(parents=True)
    shown = (DEMO / "stages.csv").read_text(encoding="utf-8")
    (folder / "stages.csv").write_text(shown.replace("I order", "Billing"), encoding="utf-8")
    shutil.copy(blank, empty_room.data / "room.sqlite")
    sources = (empty_room.data / "sources.toml").read_text(encoding="utf-8")
    only = sources[sources.index("[stages]") : sources.index("[functions]")]
    (empty_room.data / "sources.toml").write_text(only, encoding="utf-8")
    settings = (empty_room.root / "room.toml").read_text(encoding="utf-8")
    (empty_room.root / "room.toml").write_text(re.sub(r"(?ms)^\[cadence\].*?(?=^\[|\Z)", "", settings), encoding="utf-8")
    runner = CliRunner()
    loaded = runner.invoke(app, ["--root", str(empty_room.root), "load", "stages"])
    checked = runner.invoke(app, ["--root", str(empty_room.root), "check"])
    for result in (loaded, checked):
        assert result.exit_code == 0 and "Hint: The stage 'Billing'" in result.output, result.output
    assert "Everything can be read." in checked.output
