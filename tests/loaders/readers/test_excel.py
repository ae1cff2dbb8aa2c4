"""Workbooks: values as the sheet shows them."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.readers.excel import read
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable


def book(rows: list[list[Any]], merge: str = "") -> bytes:
    written = io.BytesIO()
    with pd.ExcelWriter(written, engine="openpyxl") as writer:
        pd.DataFrame(rows, dtype="object").to_excel(writer, sheet_name="Orders", header=False, index=False)
        if merge:
            writer.sheets["Orders"].merge_cells(merge)
    return written.getvalue()


def table(content: bytes, **fields: object) -> RawTable:
    source = Source.model_validate({"name": "t", "feed": "voice", "file": "t.xlsx"} | fields)
    return read(Path("data/orders.xlsx"), content, source)


def test_numbers_dates_and_row_numbers() -> None:
    raw = table(book([["Id", "On", "Sum"], [12, date(2026, 6, 30), 1.5], [None, None, None], [13, date(2026, 7, 1), 2]]))
    assert list(raw.frame.index) == [2, 4]
    assert list(raw.frame["Id"]) == [12, 13]
    assert list(raw.frame["On"]) == [date(2026, 6, 30), date(2026, 7, 1)]


def test_a_merged_cell_stands_in_every_row() -> None:
    raw = table(book([["Id", "Shop"], [1, "Bath"], [2, None]], merge="B2:B3"))
    assert list(raw.frame["Shop"]) == ["Bath", "Bath"]


def test_an_unknown_sheet_is_named_with_the_nearest() -> None:
    with pytest.raises(FileRefused, match=r"there is no sheet 'Order'. Did you mean 'Orders'"):
        table(book([["Id"]]), sheet="Order")


def test_a_half_written_workbook_is_refused_whole() -> None:
    whole = book([["Id"], [1]])
    with pytest.raises(FileRefused, match="is not a complete workbook"):
        table(whole[: len(whole) // 2])


def test_an_empty_sheet_is_refused() -> None:
    with pytest.raises(FileRefused, match="the sheet is empty"):
        table(book([]))
