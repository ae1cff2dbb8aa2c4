"""Ids that a spreadsheet has damaged are refused or told, never taken for others."""

import io

import pandas as pd
import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from tests.loaders.conftest import VOICE, Workspace, tickets
from wallboard.loaders.ids import damaged
from wallboard.store.schema import voice

LOST = "is an id that a spreadsheet has shortened: its last digits are lost."


@pytest.mark.parametrize("cell", ["8.9E+15", "8,9e+15", "1E+16", " 8.90000E+15 ", 8.9e15, 1e15])
def test_what_was_a_number_of_many_digits_is_damaged(cell: object) -> None:
    assert len(damaged(pd.Series([cell]))) == 1
    assert len(damaged(pd.Series([cell, "a", 7], dtype="object"))) == 1


@pytest.mark.parametrize("cell", ["8E5", "E+15", "8900000000000000", "A1E+15", 8_900_000_000_000_001, 1e14, None, ""])
def test_what_only_looks_odd_is_not(cell: object) -> None:
    assert damaged(pd.Series([cell])).empty
    assert damaged(pd.Series([cell, "a"], dtype="object")).empty


def test_a_shortened_key_or_customer_is_refused(quick: Workspace) -> None:
    quick.sources(VOICE.replace('score = "Score"', 'customer = "Score"'))
    quick.put("tickets.csv", tickets("8.9E+15,2026-06-01,,a,", "2,2026-06-01,,b,4.1E+12", "3,2026-06-01,,c,0041"))
    assert (quick.load_one().refused, quick.count(voice)) == (2, 1)
    assert [row[1:3] for row in quick.refusals()] == [("Id", f"'8.9E+15' {LOST}"), ("Score", f"'4.1E+12' {LOST}")]


def test_a_workbook_keeps_fifteen_digits(quick: Workspace) -> None:
    quick.sources(VOICE.replace("tickets*.csv", "tickets.xlsx"))
    book = Workbook()
    for row in (
        ["Id", "Created", "Solved", "Words", "Score"],
        [8_912_345_678_901_234, "2026-06-01"],
        [123_456_789, "2026-06-01"],
    ):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    quick.put("tickets.xlsx", out.getvalue())
    assert quick.load_one().refused == 1
    assert quick.rows(voice, "source_key") == [("123456789",)]


def test_a_key_without_its_zeros_is_refused_and_a_customer_without_them_is_told(quick: Workspace) -> None:
    customers = '[people]\nfeed = "customers"\nfile = "p.csv"\n[people.columns]\ncustomer = "customer"\nname = "name"\n'
    quick.sources(customers + VOICE.replace('score = "Score"', 'customer = "Score"'))
    quick.put("p.csv", "customer,name\n00123,A\n00456,B\n456,C\n")
    quick.put("tickets.csv", tickets("0071,2026-06-01,,a,00123", "8,2026-06-01,,b,"))
    assert [result.refused for result in quick.load()] == [0, 0]
    quick.put("p.csv", "customer,name\n123,A\n456,C\n")
    quick.put("tickets.csv", tickets("71,2026-06-01,,a,123", "8,2026-06-01,,b,456"))
    people, voices = quick.load()
    assert (people.refused, voices.refused, voices.changed) == (1, 1, 1)
    assert {row[2] for row in quick.refusals()} == {
        "'123' is known as '00123': its leading zeros are lost.",
        "'71' is known as '0071': its leading zeros are lost.",
    }
    quick.put("tickets.csv", tickets("9,2026-06-01,,a,123"))
    message = "1 row name customers without their leading zeros ('123' is known as '00123'): export that column as text."
    assert quick.load()[1].message == message
