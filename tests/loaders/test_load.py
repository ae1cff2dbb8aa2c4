"""The load: an account of every row, all or nothing, twice is once."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from tests.examples import at_most
from tests.loaders.conftest import NOW, VOICE, Workspace, tickets
from wallboard.clock import stopped
from wallboard.errors import NotFound
from wallboard.loaders import runs
from wallboard.loaders.load import LoadStopped, load
from wallboard.store.schema import complaint_day, load_run, source_state, touchpoint, voice, voice_day
from wallboard.store.troubles import StoreTrouble, trouble
from wallboard.store.write import write_rows

JOURNEY = """
[stages]
feed = "stages"
file = "stages.csv"
columns = {stage = "stage", seq = "seq", name = "name"}
[touchpoints]
feed = "touchpoints"
file = "touchpoints.csv"
columns = {touchpoint = "touchpoint", stage = "stage", seq = "seq", name = "name"}
"""


@pytest.mark.req("S8")
def test_the_same_file_twice_changes_nothing(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets("1,2026-06-01T10:00,,Late again,", "2,2026-06-02T10:00,2026-06-03,Broken,2"))
    first = workspace.load_one()
    assert (first.read, first.new, first.status) == (2, 2, "ok")
    before, days = workspace.versions(), workspace.rows(voice_day)
    second = workspace.load_one()
    assert (second.read, second.new, second.changed, second.same) == (2, 0, 0, 2)
    assert workspace.versions() == before
    assert workspace.rows(voice_day) == days
    assert [row[0] for row in workspace.rows(load_run, "rows_same")] == [0, 2]


@pytest.mark.req("S8")
def test_the_same_rows_in_another_file_change_nothing(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets_1.csv", tickets("1,2026-06-01T10:00,,Late again,3.5"))
    workspace.load()
    before = workspace.versions()
    workspace.put("tickets_2.csv", tickets("1,2026-06-01T10:00,,Late again,3.50"))
    assert [result.same for result in workspace.load()] == [1, 1]
    assert workspace.versions() == before


@pytest.mark.req("S8")
def test_a_late_file_fills_the_day_it_speaks_of(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets_1.csv", tickets("1,2026-06-10T10:00,,Late,", "2,2026-06-10T11:00,2026-06-12,Late,"))
    workspace.load()
    workspace.put("tickets_2.csv", tickets("3,2026-06-01T10:00,,Earlier,", "2,2026-06-10T11:00,2026-06-11,Late,"))
    assert (workspace.load()[1].new, workspace.load()[1].same) == (1, 2)
    days = [(str(day), arrived, solved) for day, arrived, solved in workspace.rows(complaint_day, "day", "arrived", "solved")]
    assert days == [("2026-06-01", 1, 0), ("2026-06-10", 2, 0), ("2026-06-11", 0, 1)]


@pytest.mark.req("S9")
def test_three_bad_rows_are_three_refusals(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    bad = ("2,yesterday,,Words,", "3,2026-06-01", "4,2026-06-05,2026-06-01,Solved before,")
    workspace.put("tickets.csv", tickets("1,2026-06-01,,Good,", *bad, "5,2026-06-01,,Good,"))
    loaded = workspace.load_one()
    assert (loaded.read, loaded.new, loaded.refused) == (5, 2, 3)
    assert [row[0] for row in workspace.refusals()] == [3, 4, 5]
    assert workspace.count(voice) == 2


def test_one_bad_file_does_not_hold_up_the_others(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets_1.csv", b"Id,Created\n\xff\xfe\x00\x01")
    workspace.put("tickets_2.csv", tickets("1,2026-06-01,,Good,"))
    bad, good = workspace.load()
    assert (bad.status, good.status, good.new) == ("refused", "ok", 1)
    assert "tickets_1.csv" in bad.message
    assert workspace.rows(load_run, "status", "file") == [("ok", "tickets_2.csv"), ("refused", "tickets_1.csv")]


def test_a_fault_of_our_own_refuses_the_file_and_leaves_no_trace(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: Any) -> None:
        raise ZeroDivisionError("division by zero")

    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,Good,"))
    monkeypatch.setattr(runs, "keep", broken)
    refused = quick.load_one()
    assert (refused.status, quick.count(voice)) == ("refused", 0)
    assert "this program failed on this file, and nothing of it was loaded (ZeroDivisionError" in refused.message


def test_no_file_is_a_refused_run_with_a_sentence(quick: Workspace) -> None:
    quick.sources(VOICE)
    loaded = quick.load_one()
    assert loaded.status == "refused"
    assert "tickets*.csv: no file matches." in loaded.message
    assert "no file matches" in quick.rows(source_state, "problem")[0][0]


def test_an_unknown_source_is_named_with_the_nearest(quick: Workspace) -> None:
    quick.sources(VOICE)
    with pytest.raises(NotFound, match=r"no source 'tikets'. Did you mean 'tickets'"):
        quick.load("tikets")


def test_a_snapshot_removes_what_is_absent(workspace: Workspace) -> None:
    workspace.sources(VOICE.replace('key = ["Id"]', 'key = ["Id"]\nmode = "snapshot"'))
    workspace.put("tickets.csv", tickets("1,2026-06-01,,One,", "2,2026-06-02,,Two,"))
    workspace.load()
    workspace.put("tickets.csv", tickets("2,2026-06-03,,Two,"))
    loaded = workspace.load_one()
    assert (loaded.changed, loaded.gone) == (1, 1)
    assert [str(day) for (day,) in workspace.rows(voice_day, "day")] == ["2026-06-03"]


def test_a_refused_row_of_a_snapshot_is_not_absent(workspace: Workspace) -> None:
    workspace.sources(VOICE.replace('key = ["Id"]', 'key = ["Id"]\nmode = "snapshot"'))
    workspace.put("tickets.csv", tickets("1,2026-06-01,,One,", "2,2026-06-02,,Two,"))
    workspace.load()
    workspace.put("tickets.csv", tickets("1,yesterday,,One,"))
    loaded = workspace.load_one()
    assert (loaded.refused, loaded.gone) == (1, 1)
    assert workspace.rows(voice, "source_key", "words") == [("1", "One")]


def test_a_problem_stays_until_every_file_is_well(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets_1.csv", "")
    quick.put("tickets_2.csv", tickets("1,2026-06-01,,One,"))
    quick.load()
    assert "the file is empty" in quick.rows(source_state, "problem")[0][0]
    before = quick.versions()
    quick.load()
    assert quick.versions() == before
    quick.put("tickets_1.csv", tickets())
    quick.load()
    assert quick.rows(source_state, "problem") == [(None,)]


def test_an_older_snapshot_that_arrives_late_does_not_win(quick: Workspace) -> None:
    quick.sources(VOICE.replace('key = ["Id"]', 'key = ["Id"]\nmode = "snapshot"'))
    quick.put("tickets_2026-02.csv", tickets("2,2026-06-02,,Two,"))
    quick.load()
    quick.put("tickets_2026-01.csv", tickets("1,2026-06-01,,One,"))
    quick.load()
    assert quick.rows(voice, "source_key") == [("2",)]


def test_rows_left_out_by_where_are_counted(quick: Workspace) -> None:
    quick.sources(VOICE + '[tickets.where]\nWords = ["Keep"]\n')
    quick.put("tickets.csv", tickets("1,2026-06-01,,Keep,", "2,2026-06-01,,Drop,"))
    loaded = quick.load_one()
    assert (loaded.read, loaded.new, loaded.refused, loaded.left_out) == (2, 1, 0, 1)
    assert quick.refusals() == []
    assert quick.rows(load_run, "rows_refused", "rows_left_out") == [(0, 1)]
    assert (quick.load_one().same, quick.load_one().left_out) == (1, 1)


def test_a_removed_touchpoint_that_is_still_spoken_of_refuses_the_file_whole(workspace: Workspace) -> None:
    workspace.sources(
        JOURNEY.replace('"touchpoints.csv"', '"touchpoints.csv"\nmode = "snapshot"') + VOICE + 'touchpoint = "door"\n'
    )
    workspace.put("stages.csv", "stage,seq,name\nget,1,I get it\n")
    workspace.put("touchpoints.csv", "touchpoint,stage,seq,name\ndoor,get,1,The door\n")
    workspace.put("tickets.csv", tickets("1,2026-06-01,,Late,"))
    assert [result.status for result in workspace.load()] == ["ok"] * 3
    assert workspace.rows(voice, "stage", "touchpoint") == [("get", "door")]
    workspace.put("touchpoints.csv", "touchpoint,stage,seq,name\nphone,get,1,The phone\n")
    refused = workspace.load("touchpoints")[0]
    assert (refused.status, workspace.rows(touchpoint, "touchpoint")) == ("refused", [("door",)])
    assert (
        "touchpoints.csv: touchpoint: 'door' is no longer in the file, and the voice '1' still refers to it (touchpoint)."
        in refused.message
    )
    assert refused.message.endswith("Nothing of this file was loaded.")


def test_rows_refused_for_an_unknown_stage_are_welcome_once_it_is_known(quick: Workspace) -> None:
    quick.sources(JOURNEY + VOICE + 'touchpoint = "door"\n')
    quick.put("stages.csv", "stage,seq,name\nget,1,I get it\n")
    quick.put("touchpoints.csv", "touchpoint,stage,seq,name\n")
    quick.put("tickets.csv", tickets("1,2026-06-01,,Late,"))
    assert quick.load()[2].refused == 1
    quick.put("touchpoints.csv", "touchpoint,stage,seq,name\ndoor,get,1,The door\n")
    assert quick.load()[2].new == 1


def test_the_progress_is_told(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets_1.csv", tickets())
    quick.put("tickets_2.csv", tickets())
    reports: list[tuple[int, int, str]] = []
    load(quick.room, quick.engine, stopped(NOW), progress=lambda *args: reports.append(args))
    assert reports == [(0, 2, "tickets: tickets_1.csv"), (1, 2, "tickets: tickets_2.csv"), (2, 2, "loaded")]


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=at_most(15), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=st.dictionaries(st.integers(0, 10**6), _CELL, max_size=8))
@pytest.mark.req("S8")
@pytest.mark.slow
def test_any_rows_twice_raise_no_version(quick: Workspace, rows: dict[int, str]) -> None:
    quick.sources(VOICE.replace('"tickets*.csv"', '"tickets.ndjson"'))
    lines = [f'{{"Id": {key}, "Created": "2026-06-01", "Words": {_json(words)}}}' for key, words in rows.items()]
    quick.put("tickets.ndjson", "\n".join(lines) + "\n\n" if lines else "\n{}\n")
    first = quick.load_one()
    before = quick.versions()
    quick.put("tickets.ndjson", "\n".join([*lines, ""]) + "\n \n" if lines else "{}\n\n")
    second = quick.load_one()
    assert (second.new, second.changed, quick.versions()) == (0, 0, before)
    assert first.read == second.read


def _json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


_KILLED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from wallboard.clock import stopped
from wallboard.loaders import runs
from wallboard.loaders.load import LoadStopped, load
from wallboard.settings import Room, Settings
from wallboard.store.open import open_store
import time
def wait(*_): print("written", flush=True); time.sleep(60)
runs.keep = wait
root, url = Path(sys.argv[1]), sys.argv[2]
room = Room(root=root, settings=Settings(company="Fern", timezone="Europe/London", currency="GBP"))
load(room, open_store(url), stopped(datetime(2026, 6, 30, tzinfo=UTC)))
"""


@pytest.mark.req("S10")
@pytest.mark.slow
def test_a_killed_load_leaves_the_store_as_it_was(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets_1.csv", tickets("1,2026-06-01,,Before,"))
    workspace.load()
    before = (workspace.versions(), workspace.rows(voice), workspace.rows(voice_day), workspace.rows(load_run))
    workspace.put("tickets_2.csv", tickets("2,2026-06-02,,Lost,"))
    url = workspace.engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-c", _KILLED, str(workspace.room.root), url]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "written\n"
        os.kill(child.pid, signal.SIGKILL)
        child.wait(10)
    time.sleep(0.1)
    versions, voices, days, earlier = before
    assert (workspace.versions(), workspace.rows(voice), workspace.rows(voice_day)) == (versions, voices, days)
    assert workspace.rows(load_run)[0] == earlier[0]
    assert workspace.load()[1].new == 1


@pytest.mark.req("S10")
def test_a_reader_during_a_load_sees_nothing_of_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets())
    workspace.load()
    before = len(workspace.versions())
    workspace.put("tickets.csv", tickets("1,2026-06-01,,Now,"))
    seen: list[int] = []
    keep = runs.keep

    def looked(*arguments: Any) -> None:
        seen.append(workspace.count(voice) + workspace.count(voice_day) + len(workspace.versions()))
        keep(*arguments)

    monkeypatch.setattr(runs, "keep", looked)
    assert workspace.load_one().new == 1
    assert seen == [before]


@pytest.mark.req("S2")
def test_a_source_says_how_old_its_newest_fact_is(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets("1,2026-06-01T10:00,,Old,", "2,2027-01-01,,Not yet,"))
    workspace.load()
    with workspace.engine.connect() as connection:
        fact_at = connection.scalar(select(source_state.c.fact_at))
    assert fact_at is not None
    assert fact_at.isoformat() == "2026-06-01T09:00:00+00:00"


def test_days_are_those_of_the_rows_own_zone(make: Callable[..., Workspace]) -> None:
    parts = {"uk": {"name": "UK"}, "us": {"name": "US", "timezone": "America/New_York"}}
    workspace = make(perimeter=parts)
    workspace.sources(VOICE.replace("[tickets.constants]", 'perimeter = "Words"\n[tickets.constants]'))
    workspace.put("tickets.csv", tickets("1,2026-06-02T01:00Z,,uk,", "2,2026-06-02T01:00Z,,us,", "3,2026-06-02,,usa,"))
    loaded = workspace.load_one()
    assert (loaded.new, loaded.refused) == (2, 1)
    assert [(p, str(day)) for p, day in workspace.rows(voice, "perimeter", "day")] == [("uk", "2026-06-02"), ("us", "2026-06-01")]
    assert "Did you mean 'us'?" in workspace.refusals()[0][2]


def test_a_load_locks_the_store_before_it_reads_so_that_nobody_comes_in_between(
    quick: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(str(quick.engine.url.database), timeout=0)
    seen: list[str] = []
    begin = runs.begin

    def meanwhile(*args: Any) -> int:
        try:
            other.execute("INSERT INTO store_property (name, value) VALUES ('lit', 'now')")
            other.commit()
        except sqlite3.OperationalError as error:
            seen.append(str(error))
        return begin(*args)

    monkeypatch.setattr(runs, "begin", meanwhile)
    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,"))
    loaded = quick.load_one()
    other.close()
    assert (loaded.status, loaded.message, seen) == ("ok", "", ["database is locked"])


def test_a_trouble_of_the_store_ends_the_load_with_the_file_that_it_met(
    quick: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: Any, **_more: Any) -> None:
        raise trouble("full")

    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,"))
    monkeypatch.setattr("wallboard.loaders.load.write_rows", full)
    with pytest.raises(StoreTrouble, match=r"its disk is full; nothing was written\. .* tickets\.csv was not loaded\."):
        quick.load()
    assert quick.count(voice) == 0


def test_where_the_store_breaks_on_the_way_the_account_of_the_files_before_is_kept(
    quick: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:

    def full_at_the_second(*args: Any, **more: Any) -> Any:
        if args[2] == "later":
            raise trouble("full")
        return write_rows(*args, **more)

    quick.sources(VOICE.replace("tickets*", "tickets") + VOICE.replace("[tickets", "[later").replace("tickets*", "later"))
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,"))
    quick.put("later.csv", tickets("2,2026-06-01,,Two,"))
    monkeypatch.setattr("wallboard.loaders.load.write_rows", full_at_the_second)
    with pytest.raises(LoadStopped, match=r"its disk is full.* later\.csv was not loaded\.") as stopped_by:
        quick.load()
    assert [(result.source, result.new) for result in stopped_by.value.loaded] == [("tickets", 1)]


def test_no_word_of_sql_tells_why_the_store_refuses_rows(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(connection: Any, *_arguments: Any, **_more: Any) -> None:
        connection.execute(insert(load_run).from_select([*load_run.c.keys()], select(load_run)))

    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,"))
    monkeypatch.setattr("wallboard.loaders.load.write_rows", twice)
    message = quick.load_one().message
    assert "two of them would be one and the same. Nothing of this file was loaded." in message
    assert not re.search("UNIQUE|constraint|load_run", message)


def test_a_store_that_is_deleted_during_a_load_is_told(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = runs.keep

    def gone(*args: Any) -> None:
        keep(*args)
        Path(str(quick.engine.url.database)).unlink()

    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,"))
    monkeypatch.setattr(runs, "keep", gone)
    with pytest.raises(StoreTrouble, match="its file is not there any more"):
        quick.load()
