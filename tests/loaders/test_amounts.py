"""Numbers of a column: the decimal mark is the column's, and amounts may be written as accountants write them."""

import pandas as pd
import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.test_codes import CONTRACTS
from wallboard.codes import signs_of
from wallboard.loaders.amounts import plain
from wallboard.loaders.cells import numbers, written_otherwise
from wallboard.store.schema import contract


@pytest.mark.parametrize(
    ("decimal", "cells", "otherwise"),
    [
        (".", ["1.234,50", "1.250", "0,500", "980"], [True, True, True, False]),
        (",", ["1.234,50", "1.250", "0,500", "980"], [False] * 4),
        (".", ["1,234.50", "1.5", "1,250", "12,5"], [False, False, False, True]),  # one slip in a column that proves the point
        (".", ["1,250", "980"], [False, False]),
        (",", ["1,234.50", "1,250"], [True, True]),
        (".", [1.25, "1,5", "1.250", 7], [False, True, True, False]),
    ],
)
def test_the_column_decides_about_the_decimal_mark(decimal: str, cells: list[object], otherwise: list[bool]) -> None:
    column = pd.Series(cells)
    assert written_otherwise(column, numbers(column, decimal), decimal).tolist() == otherwise


def test_nobody_groups_a_leading_zero() -> None:
    assert numbers(pd.Series(["0,500", "00,500"]), ".").isna().all()
    assert numbers(pd.Series(["0,500", "0.500", "1.250"]), ",").tolist()[::2] == [0.5, 1250]


def test_amounts_as_accountants_write_them() -> None:
    texts = [
        "€1,234.50",
        "(120.00)",
        "120.00-",
        "EUR 1,200.00",
        "1,200.00 €",
        "$(12.34)",
        "-£5",
        "£-5",
        "(£5.00)",
        "CHF 1'200.50",
    ]
    amounts = plain(pd.Series(texts))
    assert numbers(amounts.cells, ".").tolist() == [1234.5, -120, -120, 1200, 1200, -12.34, -5, -5, -5, 1200.5]
    assert amounts.signs.fillna("").tolist() == ["€", "", "", "EUR", "€", "$", "£", "£", "£", "CHF"]
    for wrong in ("-(5)", "(5", "5)", "--5", "€5€", "-5-", "5 of 7", "five", ""):
        assert plain(pd.Series([wrong])).cells.tolist() == [wrong]


def test_a_sign_belongs_to_every_currency_that_uses_it() -> None:
    assert "$" in signs_of("USD") & signs_of("CAD") & signs_of("AUD") and "$" not in signs_of("EUR")
    assert "£" in signs_of("GBP") and "¥" in signs_of("JPY") and "KR" in signs_of("SEK") and "€" in signs_of("EUR")


def test_a_sign_of_another_currency_than_the_row_s_is_refused(quick: Workspace) -> None:
    quick.sources(CONTRACTS.replace('key = ["contract"]', 'key = ["contract"]\namounts = "accounting"'))
    rows = ('1,c,2026-01-01,"$1,200.00",usd,', "2,c,2026-01-01,€5,,", "3,c,2026-01-01,(£5.00),,", "4,c,2026-01-01,£5,EUR,")
    quick.put("c.csv", "\n".join(("contract,customer,started_on,annual_value,currency,who", *rows, "")))
    quick.load()
    assert quick.rows(contract, "contract", "annual_value") == [("1", 1200), ("3", -5)]
    assert [row[1:3] for row in quick.refusals()] == [
        ("annual_value", "'€' is not a sign of GBP, the currency of the row."),
        ("annual_value", "'£' is not a sign of EUR, the currency of the row."),
    ]


def test_what_is_not_declared_is_refused_with_the_key_that_would_read_it(quick: Workspace) -> None:
    quick.sources(CONTRACTS)
    rows = ("1,c,2026-01-01,£5,,", "2,c,2026-01-01,(5),,", "3,c,2026-01-01,five,,")
    quick.put("c.csv", "\n".join(("contract,customer,started_on,annual_value,currency,who", *rows, "")))
    assert quick.load_one().refused == 3
    remedy = 'Write amounts = "accounting" under [contracts] in data/sources.toml.'
    assert [row[3] for row in quick.refusals()] == [remedy, remedy, "Correct the cell, or map it."]
