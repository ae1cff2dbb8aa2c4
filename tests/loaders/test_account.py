"""What becomes of refused rows, of snapshots that have shrunk, and of things that go while others name them."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import select

from tests.loaders.conftest import NOW, VOICE, Workspace, tickets
from wallboard.account import foot_of, print_loaded
from wallboard.errors import RuleRefused
from wallboard.loaders.load import Loaded
from wallboard.loaders.refusals import commonest
from wallboard.metrics.freshness import last_runs, refused_rows, sources
from wallboard.records import users
from wallboard.records.acting import Acting
from wallboard.records.passwords import Hashed
from wallboard.records.shrunk import accept_shrunk, shrunk_snapshots
from wallboard.store.connections import writing
from wallboard.store.schema import audit, load_run, refusal, shrunk_snapshot, source_state, stage, voice

SNAPSHOT = VOICE.replace('key = ["Id"]', 'key = ["Id"]\nmode = "snapshot"')
JOURNEY = """
[functions]
feed = "functions"
file = "functions.csv"
mode = "snapshot"
columns = {function = "k", name = "n"}
[stages]
feed = "stages"
file = "stages.csv"
mode = "snapshot"
columns = {stage = "k", seq = "n", name = "w"}
[touchpoints]
feed = "touchpoints"
file = "points.csv"
columns = {touchpoint = "k", stage = "s", seq = "n", name = "w", function = "f"}
"""

ANSWERS = """
[answers]
feed = "survey_responses"
file = "answers.csv"
key = ["R"]
columns = {responded_at = "At", score = "Score"}
constants = {survey = "s", measure = "satisfaction", scale_min = 0, scale_max = 10}
"""


def many(first: int, last: int) -> str:
    return tickets(*(f"{n},2026-06-01,,Late," for n in range(first, last + 1)))


@pytest.mark.req("S9")
def test_a_load_says_the_three_commonest_reasons_with_counts_and_an_example(quick: Workspace) -> None:
    quick.sources(VOICE)
    bad = [f"{n},the {n}th,,Words," for n in range(20, 26)] + [f"{n},2026-06-01,,Words,{n}/5" for n in range(30, 33)]
    bad += ["40,2026-06-05,2026-06-01,Before,", "41,2026-06-05,2026-06-02,Before,", "42,2026-06-01", ",2026-06-01,,No key,"]
    quick.put("tickets.csv", tickets("1,2026-06-01,,Good,", *bad))
    loaded = quick.load_one()
    head, dates, numbers, third, others = foot_of(loaded)
    assert head == "tickets: 13 of 14 rows of tickets.csv refused (93%):"
    assert dates.startswith("  6 × Created: 'the 20th' is not a valid date; expected") and dates.endswith("(row 3)")
    assert numbers.startswith("  3 × Score: '30/5' is not a number") and numbers.endswith("(row 9)")
    assert third.startswith("  2 × ") and others == "  2 × other reasons; /status shows the rows"
    assert quick.load_one().reasons == loaded.reasons


def test_reasons_are_told_apart_by_what_they_say_and_not_by_values() -> None:
    def row(row_no: int, reason: str) -> Any:
        columns = {"row_no": row_no, "column_name": "a", "reason": reason, "remedy": "Map it."}
        return type("Row", (), columns)()

    reasons = ["'it's' is not a known stage. Did you mean 'x'?", "'o. k.' is not a known stage. Known: a, b.", "'b' is below 0."]
    commonest_reasons = commonest([row(n, reason) for n, reason in enumerate(reasons, start=1)])
    assert [(reason.rows, reason.row) for reason in commonest_reasons] == [(2, 1), (1, 3)]


def test_refused_rows_of_an_older_load_of_the_same_file_are_replaced(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets_a.csv", tickets("1,never,,One,", "2,never,,Two,"))
    workspace.put("tickets_b.csv", tickets("9,never,,Nine,"))
    workspace.load()
    workspace.put("tickets_a.csv", tickets("1,2026-06-01,,One,", "2,never,,Two,"))
    workspace.load()
    assert sorted(row[0] for row in workspace.refusals()) == [2, 3]


def test_refused_rows_are_kept_for_the_declared_time(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets_a.csv", tickets("1,never,,One,"))
    quick.put("tickets_b.csv", tickets("2,never,,Two,"))
    quick.load()
    (quick.room.data / "tickets_a.csv").unlink()
    quick.now = NOW + timedelta(days=89)
    quick.load()
    assert quick.count(refusal) == 2
    quick.now = NOW + timedelta(days=91)
    quick.load()
    assert [row[4] for row in quick.refusals()] == ['{"Id": "2", "Created": "never", "Solved": "", "Words": "Two", "Score": ""}']


def test_an_unchanged_file_is_skipped_although_it_had_refusals(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_arguments: Any) -> None:
        raise AssertionError("the file was read again")

    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,One,", "2,never,,Two,"))
    quick.load()
    monkeypatch.setattr("wallboard.loaders.load.read", read)
    again = quick.load_one()
    assert (again.status, again.read, again.same, again.refused) == ("ok", 2, 1, 1)
    newest = quick.rows(load_run, "id")[-1][0]
    assert quick.rows(refusal, "load_run_id") == [(newest,)]


@pytest.mark.parametrize("rows", [44, 0])
def test_a_snapshot_that_has_shrunk_is_refused_with_both_counts_until_somebody_says_yes(workspace: Workspace, rows: int) -> None:
    workspace.accept_shrink = False
    workspace.sources(SNAPSHOT)
    workspace.put("tickets.csv", many(1, 50))
    assert workspace.load_one().status == "ok"
    workspace.put("tickets.csv", many(1, rows))
    refused = workspace.load_one()
    assert (refused.status, workspace.count(voice)) == ("refused", 50)
    assert f"tickets.csv: has {rows} rows where the load before had 50" in refused.message
    assert "wallboard load tickets --accept-shrink" in refused.message
    assert refused.message == workspace.rows(source_state, "problem")[0][0]
    workspace.accept_shrink = True
    accepted = workspace.load_one()
    assert (accepted.status, accepted.gone, workspace.count(voice)) == ("ok", 50 - rows, rows)
    workspace.accept_shrink = False
    assert workspace.load_one().status == "ok"


def test_what_the_room_accepts_is_loaded_and_nothing_else(workspace: Workspace) -> None:
    workspace.accept_shrink = False
    workspace.sources(SNAPSHOT)
    for last in (50, 20):
        workspace.put("tickets.csv", many(1, last))
        result = workspace.load_one()
    assert result.status == "refused" and "or say so at /room/loads" in result.message
    with writing(workspace.engine) as connection:
        hashed = Hashed("x")
        president = users.add(Acting(connection, workspace.room.settings, NOW, None), "ada", "Ada", "president", hashed).id
        team = users.add(Acting(connection, workspace.room.settings, NOW, president), "tom", "Tom", "team member", hashed).id
        (waits,) = shrunk_snapshots(connection)
        assert (waits.source, waits.rows_before, waits.rows_now, waits.accepted_by) == ("tickets", 50, 20, None)
        act = Acting(connection, workspace.room.settings, NOW, president)
        with pytest.raises(RuleRefused, match="only a facilitator or the president"):
            accept_shrunk(replace(act, actor=team), "tickets", waits.content)
        with pytest.raises(RuleRefused, match="another file has come since you looked"):
            accept_shrunk(act, "tickets", "0" * 64)
        accept_shrunk(act, "tickets", waits.content)
        assert shrunk_snapshots(connection)[0].accepted_by == "Ada"
        assert connection.execute(select(audit.c.did, audit.c.actor).where(audit.c.changed == "shrunk_snapshot")).all() == [
            ("accepted", president)
        ]
    workspace.put("tickets.csv", many(1, 10))
    assert workspace.load_one().status == "refused", "another file than the one that was accepted"
    with writing(workspace.engine) as connection:
        (waits,) = shrunk_snapshots(connection)
        assert (waits.rows_now, waits.accepted_by) == (10, None)
        accept_shrunk(Acting(connection, workspace.room.settings, NOW, president), "tickets", waits.content)
    taken = workspace.load_one()
    assert (taken.status, taken.gone, workspace.count(voice), workspace.rows(shrunk_snapshot)) == ("ok", 40, 10, [])


def test_a_snapshot_may_lose_what_its_source_declares(quick: Workspace) -> None:
    quick.accept_shrink = False
    quick.sources(SNAPSHOT)
    quick.put("tickets.csv", many(1, 50))
    quick.load()
    quick.put("tickets.csv", many(6, 50))
    assert (quick.load_one().status, quick.count(voice)) == ("ok", 45)
    quick.sources(SNAPSHOT.replace("[tickets]", "[tickets]\nshrink = 0.5"))
    quick.put("tickets.csv", many(6, 30))
    assert (quick.load_one().status, quick.count(voice)) == ("ok", 25)


def test_what_goes_while_others_name_it_is_told_with_who_names_it(workspace: Workspace) -> None:
    workspace.sources(JOURNEY)
    workspace.put("functions.csv", "k,n\nlogistics,Logistics\nsales,Sales\n")
    workspace.put("stages.csv", "k,n,w\nget,1,I get it\nuse,2,I use it\n")
    workspace.put("points.csv", "k,s,n,w,f\n" + "".join(f"p{n},get,{n},Point,logistics\n" for n in range(1, 6)))
    assert [result.status for result in workspace.load()] == ["ok"] * 3
    workspace.put("functions.csv", "k,n\nsales,Sales\n")
    workspace.put("stages.csv", "k,n,w\nuse,2,I use it\n")
    stages, functions = sorted(workspace.load("stages", "functions"), key=lambda result: result.source, reverse=True)
    who = "5 rows of touchpoint still refer to it ({}): 'p1', 'p2', 'p3', …."
    assert stages.message.startswith(f"stages.csv: stage: 'get' is no longer in the file, and {who.format('stage')}")
    assert functions.message.startswith(
        f"functions.csv: function: 'logistics' is no longer in the file, and {who.format('function')}"
    )
    assert "FOREIGN KEY" not in functions.message and workspace.rows(stage, "stage") == [("get",), ("use",)]
    workspace.put("functions.csv", "k,n\nlogistics,Logistics\n")
    assert workspace.load("functions")[0].gone == 1


def test_a_source_that_is_taken_out_leaves_the_state_of_the_data_and_its_rows_stay(quick: Workspace) -> None:
    quick.sources(VOICE + VOICE.replace("tickets", "old"))
    quick.put("tickets.csv", many(1, 2))
    quick.put("old.csv", many(3, 4).replace("2026-06-01", "never", 1))
    quick.load()
    with quick.engine.connect() as connection:
        assert {load.source for load in last_runs(connection)} == {"old", "tickets"} and len(refused_rows(connection)) == 1
    quick.sources(VOICE)
    before = quick.versions()["source_state"]
    quick.load()
    with quick.engine.connect() as connection:
        assert {load.source for load in last_runs(connection)} == {"tickets"} and not refused_rows(connection)
        assert [source.source for source in sources(connection, NOW)] == ["tickets"]
    assert quick.count(voice) == 3 and quick.versions()["source_state"] == before + 1


def test_a_star_that_takes_words_for_nothing_says_so(quick: Workspace) -> None:
    quick.sources(
        VOICE.replace('solved_at = "Solved"', 'owner = "Solved"') + '[tickets.values.owner]\n"tel" = "phone"\n"*" = "other"\n'
    )
    quick.put(
        "tickets.csv", tickets("1,2026-06-01,tel,a,", "2,2026-06-01,NULL,b,", "3,2026-06-01,NULL,c,", "4,2026-06-01,fax,d,")
    )
    assert "\"*\" under [tickets.values.owner] makes 'other' of 'NULL' (2): name it under `null`" in quick.load_one().message


def test_a_file_whose_every_row_is_refused_is_no_fault_of_ours(quick: Workspace) -> None:
    quick.sources(ANSWERS)
    quick.put("answers.csv", "R,At,Score\n1,£12.50,3\n2,£12.50,4\n")
    loaded = quick.load_one()
    assert (loaded.status, loaded.read, loaded.refused) == ("ok", 2, 2), loaded.message


def test_the_table_of_a_load_that_is_piped_cuts_no_name() -> None:
    console = Console(file=StringIO())
    long = Loaded(
        14_519, 0, 0, 14_507, 12, 1, 11,
        source="subscriptions_of_all", feed="contracts", file="exports/subscriptions_2026.xlsx", seconds=3.4,
    )  # fmt: skip
    print_loaded([long], console, console)
    head, row = str(console.file.getvalue()).splitlines()  # type: ignore[attr-defined]
    assert head.split() == ["source", "file", "read", "new", "changed", "same", "gone", "refused", "left", "out", "seconds"]
    assert row.split() == [long.source, long.file, "14,519", "0", "0", "14,507", "12", "1", "11", "3.4"]
