"""Where the column names stand: a line that declares the delimiter, titles above them, in CSV and in Excel."""

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from tests.loaders.conftest import VOICE, Workspace
from wallboard.store.schema import refusal, voice

TITLES: list[list[str | None]] = [["Open tickets"], ["made on", "5 March"], [None]]
TABLE: list[list[str | None]] = [["Id", "Created", "Solved", "Words", "Score"], ["1", "2026-06-01", None, "a", "seven"]]


def sheet(rows: Sequence[Sequence[str | None]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Sequence[Sequence[str | None]]) -> bytes:
    return "\n".join(",".join(cell or "" for cell in row) for row in rows).encode()


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "\ufeffsep=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_first_line_that_declares_the_delimiter_is_no_header(quick: Workspace, line: str, end: str) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", end.join((line, "Id;Created;Solved;Words;Score", "1;2026-06-01;;a;", "2;never;;a;", "")))
    loaded = quick.load_one()
    assert (loaded.new, loaded.refused) == (1, 1)
    assert quick.rows(refusal, "row_no") == [(4,)]


@pytest.mark.parametrize("file", ["tickets.csv", "tickets.xlsx"])
@pytest.mark.parametrize("sentence", ["4", '"find"'])
def test_titles_above_the_column_names(quick: Workspace, file: str, sentence: str) -> None:
    make = text if file.endswith("csv") else sheet
    quick.sources(VOICE.replace("tickets*.csv", file))
    quick.put(file, make(TITLES + TABLE))
    message = quick.load_one().message
    assert "the column names stand in row 4, not in the first. Write header_row = 4 under [tickets]" in message
    quick.sources(VOICE.replace("tickets*.csv", file).replace("[tickets]", f"[tickets]\nheader_row = {sentence}", 1))
    loaded = quick.load_one()
    assert (loaded.read, loaded.refused) == (1, 1)
    assert quick.rows(refusal, "row_no", "column_name") == [(5, "Score")]
    quick.put(file, make(TITLES[:1] + TABLE))
    loaded = quick.load_one()
    if sentence == "4":
        assert "there is nothing in row 4" in loaded.message
        assert 'header_row = "find"' in loaded.message
    else:
        assert quick.rows(refusal, "row_no") == [(3,)]
        assert quick.count(voice) == 0


def test_names_that_stand_nowhere_are_told(quick: Workspace) -> None:
    quick.sources(VOICE.replace("[tickets]", '[tickets]\nheader_row = "find"', 1))
    quick.put("tickets.csv", text(TITLES))
    assert "none of the first 100 rows holds the columns 'Created', 'Id'." in quick.load_one().message
