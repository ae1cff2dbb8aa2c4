"""Bad input and the answer it gets: file, row, column, what was expected, what to do."""

import io

import pandas as pd

from tests.loaders.conftest import VOICE, Workspace, tickets
from wallboard.store.schema import voice


def refused_whole(workspace: Workspace, content: str | bytes, sources: str = VOICE) -> str:
    workspace.sources(sources)
    workspace.put("tickets.csv", content)
    loaded = workspace.load_one()
    assert (loaded.status, loaded.read, workspace.count(voice)) == ("refused", 0, 0)
    assert "tickets.csv" in loaded.message
    return loaded.message


def refused_row(workspace: Workspace, row: str, sources: str = VOICE) -> tuple[int, str | None, str, str, str]:
    workspace.sources(sources)
    workspace.put("tickets.csv", tickets("1,2026-06-01,,Good,", row))
    loaded = workspace.load_one()
    assert (loaded.read, loaded.new, loaded.refused) == (2, 1, 1)
    (refusal,) = workspace.refusals()
    number, column, reason, remedy, raw = refusal
    return number, column, reason, remedy, raw


def test_an_unknown_column(quick: Workspace) -> None:
    message = refused_whole(quick, "Id,Created at,Solved,Words,Score\n")
    assert "there is no column 'Created'. Did you mean 'Created at'?" in message


def test_another_delimiter(quick: Workspace) -> None:
    message = refused_whole(quick, "Id;Created;Solved;Words;Score\n1;2;3;4;5\n")
    assert "there is no column 'Created'." in message
    assert "is the `delimiter` another?" in message


def test_a_repeated_column_that_is_needed(quick: Workspace) -> None:
    message = refused_whole(quick, "Id,Created,Solved,Words,Score,Words\n")
    assert "the column 'Words' stands there more than once. Map 'Words (1)' for the first, 'Words (2)' for the second" in message


def test_the_first_of_several_columns_can_be_named_and_their_number_may_change(quick: Workspace) -> None:
    named = VOICE.replace('"Words"', '"Words (1)"').replace('score = "Score"', 'next_step = "Words (2)"')
    quick.sources(named)
    quick.put("tickets_1.csv", "Id,Created,Solved,Words,Words\n1,2026-06-01,,first,second\n")
    quick.put("tickets_2.csv", "Id,Created,Solved,Words\n1,2026-06-01,2026-06-02,only\n")
    first, second = quick.load()
    assert (first.new, second.changed) == (1, 1)
    assert second.message == "there is no column 'Words (2)': next_step stays as it was."
    assert quick.rows(voice, "words", "next_step") == [("only", "second")]


def test_a_column_that_the_feed_does_not_need_may_be_absent_once_it_was_there_or_where_that_is_declared(quick: Workspace) -> None:
    without = "Id,Created,Words,Score\n1,2026-06-01,a,\n"
    assert 'If it may be absent, write optional = ["Solved"] under [tickets].' in refused_whole(quick, without)
    quick.put("tickets.csv", tickets("1,2026-06-01,2026-06-02,a,"))
    assert quick.load_one().new == 1
    quick.put("tickets.csv", without.replace(",a,", ",b,"))
    loaded = quick.load_one()
    assert (loaded.changed, loaded.message) == (1, "there is no column 'Solved': solved_at stays as it was.")
    assert [row[0] is not None for row in quick.rows(voice, "solved_at")] == [True]
    quick.put("tickets.csv", "Created,Words,Score,Solved\n2026-06-01,a,,\n")
    assert "there is no column 'Id'" in quick.load_one().message
    quick.sources(VOICE.replace("[tickets]", '[tickets]\noptional = ["Score"]'))
    quick.put("tickets.csv", "Id,Created,Words,Solved\n1,2026-06-01,c,\n")
    assert quick.load_one().changed == 1


def test_a_repeated_column_that_nobody_asked_for(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", "Id,Created,Solved,Words,Score,Tag,Tag\n1,2026-06-01,,a,,x,y\n")
    assert quick.load_one().new == 1


def test_a_wrong_encoding(quick: Workspace) -> None:
    sources = VOICE.replace('key = ["Id"]', 'key = ["Id"]\nencoding = "utf-8"')
    message = refused_whole(quick, tickets("1,2026-06-01,,schön,").encode("latin-1"), sources)
    assert "row 2, byte" in message
    assert "0xf6 is not utf-8." in message


def test_a_half_written_file(quick: Workspace) -> None:
    assert "row 2: a quote opens and is never closed" in refused_whole(quick, 'Id,Created,Solved,Words,Score\n1,2026,"')


def test_an_empty_file(quick: Workspace) -> None:
    assert "the file is empty" in refused_whole(quick, "")


def test_a_ragged_row(quick: Workspace) -> None:
    number, column, reason, remedy, raw = refused_row(quick, "2,2026-06-01,,a,b,c")
    assert (number, column, raw) == (3, None, "2,2026-06-01,,a,b,c")
    assert "has 6 cells; expected 5" in reason
    assert remedy


def test_a_date_that_fits_no_format(quick: Workspace) -> None:
    number, column, reason, remedy, raw = refused_row(quick, "2,01.06.2026,,Bad,")
    assert (number, column) == (3, "Created")
    assert reason == "'01.06.2026' is not a valid date; expected a date such as 2026-06-30 or 2026-06-30T09:00:00."
    assert "[tickets.dates] occurred_at" in remedy
    assert '"Words": "Bad"' in raw


def test_a_declared_format_is_the_one_expected(quick: Workspace) -> None:
    sources = VOICE + '[tickets.dates]\nsolved_at = "%d.%m.%Y"\n'
    number, column, reason, _, _ = refused_row(quick, "2,2026-06-01,2026-06-02,Bad,", sources)
    assert (number, column) == (3, "Solved")
    assert "expected the format %d.%m.%Y." in reason


def test_a_foreign_decimal_comma(quick: Workspace) -> None:
    number, column, reason, remedy, _ = refused_row(quick, '2,2026-06-01,,Bad,"1.234,5"')
    assert (number, column) == (3, "Score")
    assert "'1.234,5' is not a number with the decimal mark '.'; with ',' it is one." in reason
    assert 'Write decimal = "," under [tickets]' in remedy


def test_no_number_at_all(quick: Workspace) -> None:
    assert "'good' is not a number" in refused_row(quick, "2,2026-06-01,,Bad,good")[2]


def test_a_required_cell_that_is_empty(quick: Workspace) -> None:
    number, column, reason, _, _ = refused_row(quick, "2,,,Bad,")
    assert (number, column, reason) == (3, "Created", "'occurred_at' is empty; every row needs it.")


def test_an_empty_key(quick: Workspace) -> None:
    number, column, reason, _, _ = refused_row(quick, ",2026-06-01,,Bad,")
    assert (number, column) == (3, "Id")
    assert "the key is empty" in reason


def test_a_key_with_differing_rows(quick: Workspace) -> None:
    number, column, reason, _, _ = refused_row(quick, "1,2026-06-01,,Other,")
    assert (number, column, reason) == (3, "Id", "the key '1' already stands in row 2 with other values.")


def test_the_same_row_again_is_the_same(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,Good,", "1,2026-06-01,,Good,"))
    loaded = quick.load_one()
    assert (loaded.new, loaded.same, loaded.refused) == (1, 1, 0)


def test_parts_of_a_key_do_not_run_together(quick: Workspace) -> None:
    quick.sources(VOICE.replace('key = ["Id"]', 'key = ["Id", "Words"]'))
    quick.put("tickets.csv", tickets("a|b,2026-06-01,,c,", "a,2026-06-01,,b|c,"))
    assert quick.load_one().new == 2


def test_text_is_kept_exactly_as_written(workspace: Workspace) -> None:
    words = "  <script>alert(1)</script> 'quoted' \\N \\. \t ünï "
    workspace.sources(VOICE)
    workspace.put("tickets.csv", tickets(f'1,2026-06-01,,"{words}",'))
    workspace.load()
    assert workspace.rows(voice, "words") == [(words,)]


def test_what_a_workbook_and_a_parquet_say_is_the_same(quick: Workspace) -> None:
    quick.sources(VOICE.replace("tickets*.csv", "tickets.*"))
    frame = pd.DataFrame({"Id": [1.0, 2.0], "Created": pd.to_datetime(["2026-06-01 09:00"] * 2), "Words": ["a", None]})
    frame = frame.assign(Solved=None, Score=[3, 4])
    for write, name in ((frame.to_parquet, "tickets.parquet"), (frame.to_excel, "tickets.xlsx")):
        written = io.BytesIO()
        write(written, index=False)
        quick.put(name, written.getvalue())
    quick.put("tickets.csv", frame.astype({"Id": "int64"}).to_csv(index=False))
    quick.put("tickets.json", frame.to_json(orient="records", date_format="iso", date_unit="s").replace("Z", ""))
    loaded = quick.load()
    assert sorted((result.new, result.same) for result in loaded) == [(0, 2), (0, 2), (0, 2), (2, 0)]
    assert quick.rows(voice, "source_key", "score") == [("1", 3.0), ("2", 4.0)]
