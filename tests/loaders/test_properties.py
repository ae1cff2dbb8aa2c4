"""What holds for any cell, time and text: nothing is read as something else than what was written."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from wallboard.loaders.amounts import plain
from wallboard.loaders.cells import coded, numbers, texts, written_otherwise
from wallboard.loaders.encoding import decode
from wallboard.loaders.times import When, days, instants

few = settings(max_examples=at_most(60))
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")


@pytest.mark.slow
@few
@given(st.lists(amounts, min_size=1, max_size=8), st.sampled_from([(".", "en"), (",", "de")]))
def test_a_number_as_a_language_writes_it_is_read_as_it_or_not_at_all(values: list[float], how: tuple[str, str]) -> None:
    decimal, language = how
    written = pd.Series([format_decimal(value, format="#,##0.00", locale=language) for value in values])
    assert numbers(written, decimal).tolist() == [float(value) for value in values]
    other = "," if decimal == "." else "."
    misread = numbers(written, other)
    assert misread[~written_otherwise(written, misread, other)].dropna().empty, "two decimals prove the mark"


@few
@given(amounts.map(abs), st.sampled_from(["{}", "({})", "{}-", "-{}", "€{}", "{} €", "EUR {}", "(€{})", "€-{}", "- {}"]))
def test_an_amount_keeps_its_size_and_its_sign(value: float, how: str) -> None:
    written = how.format(format_decimal(value, format="#,##0.00", locale="en"))
    (number,) = numbers(plain(pd.Series([written])).cells, ".")
    assert number == (-float(value) if "-" in how or "(" in how else float(value))


@pytest.mark.slow
@few
@given(st.text(max_size=12))
def test_a_text_that_is_no_number_with_any_mark_is_missing_and_a_code_is_spelt_once(text: str) -> None:
    cell = pd.Series([text], dtype="str")
    for mark in ".,":
        for number in numbers(cell, mark).dropna():
            assert any(sign.isdigit() for sign in text) and number == number
    assert coded(coded(cell)).equals(coded(cell))
    assert texts(texts(cell)).equals(texts(cell))


@pytest.mark.slow
@few
@given(st.datetimes(datetime.fromisoformat("1980-01-01"), datetime.fromisoformat("2079-01-01")), st.sampled_from(ZONES))
def test_a_moment_written_in_any_way_is_that_moment(at: datetime, zone: str) -> None:
    at = at.replace(microsecond=0)
    aware = at.replace(tzinfo=UTC)
    local = aware.astimezone(ZoneInfo(zone))
    ways = {
        "iso": [aware.isoformat(), f"{at.isoformat()}Z", local.isoformat()],
        "unix": [str(int(aware.timestamp()))],
        "unix-ms": [str(int(aware.timestamp()) * 1000)],
    }
    for how, written in ways.items():
        assert set(instants(pd.Series(written), When(how, zone))) == {pd.Timestamp(aware)}
    naive = local.replace(tzinfo=None, fold=0)
    number = (naive - datetime.fromisoformat("1899-12-30")).total_seconds() / 86400
    both = [
        instants(pd.Series([form]), When(how, zone))[0] for form, how in ((naive.isoformat(), "iso"), (repr(number), "excel"))
    ]
    assert both[0] == both[1]
    assert both[0] == pd.Timestamp(aware) or local.fold, "only the hour that comes twice is another one"


@pytest.mark.slow
@few
@given(st.dates(date(1980, 1, 1), date(2079, 1, 1)), st.sampled_from(ZONES))
def test_a_day_is_that_day_in_every_zone(day: date, zone: str) -> None:
    for written in (str(day), f"{day}T00:00:00Z", f"{day}T00:00:00"):
        assert str(days(pd.Series([written]), When("iso", zone))[0].date()) == str(day)


@few
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00\ufeff"), max_size=40), st.integers(0, 200))
def test_a_damaged_byte_changes_nothing_but_its_character(text: str, place: int) -> None:
    whole = ("übermäßig schöne Grüße aus Köln\n" * 20) + text
    raw = whole.encode()
    cut = len(raw) if place >= len(raw) else place
    while cut and raw[cut - 1] >= 0x80:  # between two characters
        cut -= 1
    decoded = decode("f", raw[:cut] + b"\xff" + raw[cut:], None)
    assert decoded.text.replace("\ufffd", "", 1) == whole or "\ufffd" in whole
    assert any("damaged" in note for note in decoded.notes)
