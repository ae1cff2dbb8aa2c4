"""The number of a headline, however its locale writes it."""

from typing import Any

import pytest
from dash import html

from tests.panels.words import words_of
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.headline import Words, with_number


def numbers(part: Any) -> list[str]:
    """The words of every headline number in it."""
    if isinstance(part, list | tuple):
        return [number for child in part for number in numbers(child)]
    if "headline-number" in (getattr(part, "className", "") or "").split():
        return [str(part.children)]
    return numbers(getattr(part, "children", None) or [])


@pytest.mark.parametrize(
    ("headline", "number"),
    [
        ("Nobody is working on 18 of 87 open complaints", "18"),
        ("1,609 tickets were solved, customers closed 7", "1,609"),
        ("1\u202f609 tickets", "1\u202f609"),
        ("Complaints cost us £4,543.20; most of it is one kind", "£4,543.20"),
        ("Beschwerden kosten 4.543\u00a0€", "4.543\u00a0€"),
        ("85% of tickets are solved within 21 days", "85%"),
        ("They take −£3k back", "−£3k"),
        ("“I was charged 2 times”: 13 of 37 had to come back", "13"),
        ("Not measured since 31 May 2026: 6 sources are silent", "6"),
        ("In May 12 customers left", "12"),
        (["12 weeks: 677 arrived, ", metric_link("712", "ticket_throughput", "gain"), " were solved"], "712"),
        ([metric_link("3 early signals", "early_signals", "alert"), ": complaints may rise"], "3"),
    ],
)
def test_the_first_number_of_a_headline_is_its_largest(headline: Words, number: str) -> None:
    larger = with_number(headline, html.Div("9 more"))
    assert numbers(larger) == [number]
    assert "".join(words_of(larger).split()) == "".join(words_of(headline).split())


@pytest.mark.parametrize("headline", ["Nothing open by November 2027", "“3 pages” is said most", "Two studies", "at 9:30"])
def test_a_year_a_clock_and_what_a_customer_said_are_no_headline_number(headline: str) -> None:
    assert with_number(headline, html.Div()) == headline


@pytest.mark.parametrize(
    ("locale", "headline"), [("en-GB", "Since 31 May 2026"), ("en-US", "June 3"), ("de-DE", "31. Dez. 2026")]
)
def test_the_day_of_a_date_is_no_headline_number(locale: str, headline: str) -> None:
    assert with_number(headline, html.Div(), locale) == headline


def test_a_picture_with_a_headline_number_keeps_its_sentence() -> None:
    body = html.Div([html.P([html.B("87", className="headline-number huge"), "open now"])])
    assert with_number("7 more arrived than were solved", body) == "7 more arrived than were solved"


def test_a_part_that_opens_stays_one() -> None:
    larger: Any = with_number([metric_link("1 of 6", "weeks_to_halve", "gain"), " has halved"], html.Div())
    part = larger[0]
    assert part.className == "metric-link gain" and vars(part)["data-metric"] == "weeks_to_halve"
