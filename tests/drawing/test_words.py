from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.panels.words import THEME
from wallboard.drawing.numbers import Numbers
from wallboard.drawing.reader import Reader
from wallboard.drawing.words import crop, per_hundred, quote

UK, AT, FR = "en-GB", "de-AT", "fr-FR"
VIENNA = ZoneInfo("Europe/Vienna")
NOW = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)


def reader(locale: str, now: datetime = NOW) -> Reader:
    return Reader(locale, "GBP", VIENNA, now)


@pytest.mark.parametrize(
    ("number", "locale", "words"),
    [
        (4214, UK, "4,214"),
        (4214, AT, "4.214"),
        (-5, UK, "−5"),
        (0, UK, "0"),
        (-0.2, UK, "0"),
        (1234567, FR, "1\u202f234\u202f567"),
    ],
)
def test_whole_numbers(number: float, locale: str, words: str) -> None:
    assert reader(locale).whole(number) == words


@pytest.mark.parametrize(("number", "words"), [(12, "+12"), (-5, "−5"), (0, "0"), (0.3, "0")])
def test_changes_carry_their_sign(number: float, words: str) -> None:
    assert reader(UK).signed(number) == words


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "words"),
    [
        (96000, "GBP", UK, "£96,000"),
        (1_234_567, "GBP", UK, "£1.2 million"),
        (1_000_000, "GBP", UK, "£1 million"),
        (999_999.6, "GBP", UK, "£1 million"),
        (12.5, "GBP", UK, "£12.50"),
        (99.996, "GBP", UK, "£100"),
        (-96000, "EUR", UK, "−€96,000"),
        (0, "EUR", UK, "€0.00"),
        (96000, "EUR", "de-DE", "96.000\xa0€"),
        (1_234_567, "EUR", "de-DE", "1,2 Millionen\xa0€"),
        (5000, "JPY", UK, "JP¥5,000"),
    ],
)
def test_money(amount: float, currency: str, locale: str, words: str) -> None:
    assert Numbers(locale, currency).money(amount) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.881, "88%"),
        (0, "0%"),
        (1, "100%"),
        (0.004, "0.4%"),
        (0.998, "99.8%"),
        (0.00001, "<0.01%"),
        (-0.05, "−5%"),
        (2.5, "250%"),
        (0.99996, ">99.99%"),
        (0.00004, "<0.01%"),
        (0.9999, "99.99%"),
    ],
)
def test_a_share_is_rounded_but_not_to_nothing_or_all(value: float, words: str) -> None:
    assert reader(UK).share(value) == words


def test_shares_and_rates_with_digits() -> None:
    british, austrian = reader(UK), reader(AT)
    assert [british.share(part, 1) for part in (1, 0, 0.95)] == ["100%", "0%", "95.0%"] and austrian.share(
        0.99996, 1
    ) == ">99,99\xa0%"
    assert [per_hundred(part) for part in (0, 0.001, 0.5, 0.999, 1)] == [0, 1, 50, 99, 100]
    assert british.share(0.0691, 1) == "6.9%" and austrian.share(0.0691, 1) == "6,9\xa0%"
    assert british.decimal(4.1138) == "4.1" and british.decimal(-0.04) == "0.0"


def test_counts_with_their_noun() -> None:
    assert [reader(UK).plural(n, "customer", "customers") for n in (0, 1, 2, 4214)] == [
        "0 customers", "1 customer", "2 customers", "4,214 customers",
    ]  # fmt: skip


def test_days_and_months_in_the_reader_s_language() -> None:
    day = date(2026, 11, 3)
    assert (reader(UK).weekday(day), reader(UK).month(day), reader(UK).full_day(day)) == (
        "Tuesday 3 November",
        "November 2026",
        "3 November 2026",
    )
    assert (reader(AT).month(day), reader(FR).full_day(day)) == ("November 2026", "3 novembre 2026")
    late = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    there = reader(UK, late)
    assert there.weekday(there.today) == "Tuesday 3 November"


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2023, 7, 27), "27 July", "27 Jul"),
        (date(2015, 7, 27), "27 July 2015", "27 Jul 2015"),
        (date(2024, 1, 2), "2 January 2024", "2 Jan 2024"),
    ],
)
def test_a_day_of_another_year_than_the_reader_s_has_its_year(day: date, long: str, short: str) -> None:
    theme = replace(THEME, now=datetime(2023, 11, 20, 9, tzinfo=UTC))
    assert (theme.day(day), theme.short_day(day)) == (long, short)
    assert theme.plain_month(day) == long.partition(" ")[2]


def test_a_period_has_its_year_once_where_that_is_enough() -> None:
    theme = replace(THEME, now=datetime(2023, 11, 20, 9, tzinfo=UTC))
    march, june = date(2023, 3, 3), date(2023, 6, 28)
    assert theme.days(march, june) == "3 March to 28 June"
    assert theme.days(march.replace(year=2015), june.replace(year=2015)) == "3 March to 28 June 2015"
    assert theme.days(march.replace(year=2015), june) == "3 March 2015 to 28 June"


def test_a_fact_of_last_year_says_so_also_in_the_first_days_of_the_year() -> None:
    fact, now = datetime(2025, 12, 27, 9, tzinfo=UTC), datetime(2026, 1, 2, 9, tzinfo=UTC)
    assert reader(UK, now).as_of(fact) == "as of 27 December 2025"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (60, "8 weeks"),
        (61, "2 months"),
        (729, "23 months"),
        (731, "2 years"),
    ],
)
def test_ages_in_their_natural_unit(days: int, words: str) -> None:
    assert reader(UK).age(days) == words


@pytest.mark.parametrize(
    ("fact_at", "words"),
    [
        (datetime(2026, 11, 5, 6, 0, tzinfo=UTC), "as of today 07:00"),
        (datetime(2026, 11, 4, 23, 30, tzinfo=UTC), "as of today 00:30"),
        (datetime(2026, 11, 4, 22, 30, tzinfo=UTC), "as of yesterday"),
        (datetime(2026, 11, 3, 12, 0, tzinfo=UTC), "as of Tuesday 3 November"),
        (datetime(2025, 11, 3, 12, 0, tzinfo=UTC), "as of 3 November 2025"),
        (datetime(2026, 12, 1, tzinfo=UTC), "as of today 09:30"),
    ],
    ids=["today", "local midnight", "yesterday", "this week", "last year", "never in the future"],
)
def test_how_old_a_fact_is(fact_at: datetime, words: str) -> None:
    assert reader(UK).as_of(fact_at) == words


def test_words_of_customers_stay_as_they_are() -> None:
    assert quote("it's <b>“late”</b>") == "“it's <b>“late”</b>”"
    assert crop("One two three", 8) == crop("One two three", 9) == "One two…"


def test_a_sample_is_written_in_one_way() -> None:
    assert THEME.sample(1204) == "n\u00a0=\u00a01,204" and THEME.sample(0) == "n\u00a0=\u00a00"
    assert THEME.sample(None) == "n not known"
