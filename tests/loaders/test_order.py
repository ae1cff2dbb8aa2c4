"""Which file is newer: an older one never undoes what a newer one said."""

import os
from datetime import timedelta
from pathlib import Path

from tests.loaders.conftest import NOW, VOICE, Workspace, tickets
from wallboard.loaders.order import by_name, series_of
from wallboard.store.schema import voice

OPEN = tickets("1,2026-06-01T10:00,,Late,", "2,2026-06-02T10:00,,Wrong,")
SOLVED = tickets("1,2026-06-01T10:00,2026-06-03T10:00,Late,", "2,2026-06-02T10:00,2026-06-03T11:00,Wrong,")


def solved(workspace: Workspace) -> list[bool]:
    return [row[1] is not None for row in workspace.rows(voice, "source_key", "solved_at")]


def written(file: Path, minutes: int) -> None:
    at = (NOW + timedelta(minutes=minutes)).timestamp()
    os.utime(file, (at, at))


def test_a_file_that_was_loaded_before_does_not_undo_a_newer_one(workspace: Workspace) -> None:
    workspace.sources(VOICE)
    workspace.put("tickets.csv", OPEN)
    workspace.load()
    workspace.put("tickets (1).csv", SOLVED)
    assert [(result.file, result.changed) for result in workspace.load()] == [("tickets.csv", 0), ("tickets (1).csv", 2)]
    assert [result.same for result in workspace.load()] == [2, 2]
    assert solved(workspace) == [True, True]


def test_of_new_files_the_one_written_later_wins_whatever_it_is_called(quick: Workspace) -> None:
    quick.sources(VOICE)
    written(quick.put("tickets_b.csv", OPEN), 0)
    written(quick.put("tickets_a.csv", SOLVED), 5)
    assert [result.file for result in quick.load()] == ["tickets_b.csv", "tickets_a.csv"]
    assert solved(quick) == [True, True]


def test_files_copied_together_go_by_name_with_numbers_as_numbers(quick: Workspace) -> None:
    quick.sources(VOICE)
    for second, name in enumerate(("tickets (10).csv", "tickets (9).csv", "tickets.csv")):
        at = NOW.timestamp() + second
        os.utime(quick.put(name, OPEN), (at, at))
    assert [result.file for result in quick.load()] == ["tickets.csv", "tickets (9).csv", "tickets (10).csv"]


def test_an_old_file_under_another_name_stays_old(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", OPEN)
    quick.load()
    quick.put("tickets.csv", SOLVED)
    quick.put("tickets_old.csv", OPEN)
    assert [result.file for result in quick.load()] == ["tickets_old.csv", "tickets.csv"]
    assert solved(quick) == [True, True]


def test_a_file_put_back_on_purpose_is_the_newest(quick: Workspace) -> None:
    quick.sources(VOICE)
    for content in (OPEN, SOLVED, OPEN):
        quick.put("tickets.csv", content)
        quick.load()
    assert solved(quick) == [False, False]


def test_an_older_file_read_again_leaves_what_a_newer_one_said_and_says_so(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", OPEN)
    quick.load()
    newer = quick.put("tickets_2.csv", SOLVED)
    quick.load()
    newer.unlink()
    quick.sources(VOICE.replace("complaint = true", "complaint = false"))
    loaded = quick.load_one()
    assert (loaded.changed, loaded.same, loaded.message) == (0, 2, "2 rows left as a newer file says.")
    assert solved(quick) == [True, True]


def test_an_older_snapshot_is_not_loaded_over_a_newer_one(quick: Workspace) -> None:
    stages = (
        '[stages]\nfeed = "stages"\nfile = "stages*.csv"\nmode = "snapshot"\ncolumns = {stage = "s", seq = "n", name = "t"}\n'
    )
    quick.sources(stages)
    quick.put("stages.csv", "s,n,t\nbuy,1,I buy\nuse,2,I use\n")
    quick.load()
    newer = quick.put("stages (1).csv", "s,n,t\nbuy,1,I choose\n")
    assert [(result.changed, result.gone) for result in quick.load()] == [(0, 0), (1, 1)]
    newer.unlink()
    quick.sources(stages.replace('"t"}', '"t", promise = "t"}'))
    loaded = quick.load_one()
    assert (loaded.new, loaded.changed) == (0, 0)
    assert "is older than stages (1).csv, loaded on 2026-06-30" in loaded.message


def test_dated_names_are_believed_and_a_month_exported_again_is_news(quick: Workspace) -> None:
    quick.sources(VOICE)
    written(quick.put("tickets_2026-05.csv", OPEN), 9)
    written(quick.put("tickets_2026-06.csv", SOLVED), 0)
    assert [result.file for result in quick.load()] == ["tickets_2026-05.csv", "tickets_2026-06.csv"]
    quick.put("tickets_2026-04.csv", OPEN)
    quick.load()
    assert solved(quick) == [True, True]
    quick.put("tickets_2026-05.csv", OPEN + "\n")
    quick.load()
    assert solved(quick) == [False, False]


def test_what_is_a_dated_name() -> None:
    assert series_of("a_2026-06-01.csv") == series_of("a_2025-12-31.csv") is not None
    assert series_of("a_20260601.csv") and series_of("a_2026Q1.csv") and series_of("a_2026.csv")
    assert series_of("a_2026-06 (1).csv") != series_of("a_2026-06.csv")
    assert [series_of(name) for name in ("a_2.csv", "a (2).csv", "a_83921.csv", "a_20419.csv", "a_01-06-20261.csv")] == [None] * 5


def test_names_compare_as_people_read_them() -> None:
    names = ["b/x.csv", "a/tickets (2).csv", "a/tickets (10).csv", "a/tickets.csv", "a/2026-1.csv"]
    assert sorted(names, key=by_name) == ["a/2026-1.csv", "a/tickets.csv", "a/tickets (2).csv", "a/tickets (10).csv", "b/x.csv"]
