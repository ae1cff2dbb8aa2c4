"""CSV and TSV: a row is read as it stands, or refused with its line."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.conftest import SHARED
from wallboard.errors import FileRefused
from wallboard.loaders.readers.delimited import read
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable

FILE = Path("data/tickets.csv")
SPECTRUM = SHARED / "awkward" / "csv_spectrum"


def table(text: str | bytes, **fields: object) -> RawTable:
    source = Source.model_validate({"name": "t", "feed": "voice", "file": "t.csv"} | fields)
    return read(FILE, text.encode() if isinstance(text, str) else text, source)


def test_rows_are_numbered_as_in_the_file() -> None:
    raw = table('Id,Words\n1,"two\nlines"\n\n2,one\n')
    assert list(raw.frame.index) == [2, 5]
    assert list(raw.frame["Words"]) == ["two\nlines", "one"]


def test_a_row_with_too_few_or_too_many_cells_is_refused_as_it_stands() -> None:
    raw = table("Id,Words\n1\n2,a,b\n3,a,,\n4,a\n")
    assert [(refusal.row, refusal.raw) for refusal in raw.refused] == [(2, "1"), (3, "2,a,b")]
    assert "has 3 cells; expected 2" in raw.refused[1].reason
    assert list(raw.frame["Id"]) == ["3", "4"]
    assert raw.read == 4


def test_a_quote_where_none_may_be_refuses_that_row_only() -> None:
    raw = table('Id,Words\n1,"a"b\n2,c\n')
    assert [(refusal.row, refusal.raw) for refusal in raw.refused] == [(2, '1,"a"b')]
    assert list(raw.frame["Id"]) == ["2"]


def test_a_half_written_file_is_refused_whole() -> None:
    with pytest.raises(FileRefused, match=r"tickets.csv: row 3: a quote opens and is never closed"):
        table('Id,Words\n1,a\n2,"b')


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="the file is empty"):
        table("\n\n")


def test_column_names_alone_are_no_rows() -> None:
    raw = table("Id,Words\n")
    assert (raw.read, list(raw.frame.columns)) == (0, ["Id", "Words"])


def test_blank_and_repeated_names_are_told_apart() -> None:
    raw = table("Id,,Labels,Labels\n1,2,3,4\n")
    assert list(raw.frame.columns) == ["Id", "column 2", "Labels", "Labels (2)"]
    assert raw.twice == {"Labels"}


def test_further_header_rows_are_the_wording() -> None:
    raw = table('Q1,Q2\n"How likely?","Why?"\n"{""ImportId"":1}","{}"\n9,ok\n', header_rows=3)
    assert raw.wording == {"Q1": "How likely?", "Q2": "Why?"}
    assert list(raw.frame.index) == [4]


def test_a_huge_cell_is_kept_whole() -> None:
    assert len(table(f"Id,Words\n1,{'x' * 400_000}\n").frame["Words"].iloc[0]) == 400_000


@pytest.mark.skipif(not SPECTRUM.is_dir(), reason="../shared/data/awkward is absent")
@pytest.mark.parametrize("name", sorted(path.stem for path in (SPECTRUM / "csvs").glob("*.csv")))
def test_csv_spectrum(name: str) -> None:
    raw = table((SPECTRUM / "csvs" / f"{name}.csv").read_bytes())
    expected = json.loads((SPECTRUM / "json" / f"{name}.json").read_text())
    if isinstance(expected, dict):
        expected = [expected]
    assert not raw.refused
    records = raw.frame.to_dict("records")
    if name == "location_coordinates":  # its JSON hides the telephone number that its CSV shows
        records = [row | {"Contact Phone Number": "1234567890"} for row in records]
    assert records == expected


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_ROWS = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(_CELL, min_size=n, max_size=n), min_size=1, max_size=6))


@pytest.mark.slow
@given(rows=_ROWS, delimiter=st.sampled_from(",;\t|"))
def test_any_text_comes_back_and_no_row_is_lost(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    names = [f"c{number}" for number in range(len(rows[0]))]
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    raw = table(written.getvalue().encode("utf-8"), delimiter=delimiter, encoding="utf-8")
    assert raw.frame.to_numpy().tolist() == rows
    assert raw.read == len(rows)


@given(text=st.text(alphabet='a,"\n\r;1', max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        raw = table("x,y\n" + text)
    except FileRefused as refused:
        assert str(refused)
    else:
        assert raw.read == len(raw.frame) + len(raw.refused)
        assert raw.frame.index.is_unique
