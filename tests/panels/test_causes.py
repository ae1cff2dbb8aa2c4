"""The nature of issues and where we listen, as the wall says it."""

import re
from datetime import date
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_worth
from tests.metrics.given_causes import add_voices, functions, left, repeats, traced
from tests.panels.words import picture, words_of
from wallboard.panel import Picture
from wallboard.screens.serialise import as_bytes

DAY, MAY = date(2026, 6, 24), date(2026, 5, 1)


def opens(drawn: Picture) -> list[str]:
    """What the bars of a picture ask for when they are touched."""
    return re.findall(r'"data-voices":"([^"]*)"', as_bytes(drawn.body).decode())


def bars(drawn: Picture) -> list[str]:
    return re.findall(r'"className":"point","style":\{"left":"([^"]*)"\}', as_bytes(drawn.body).decode())


def classes(drawn: Picture, name: str) -> int:
    return orjson.dumps(orjson.loads(as_bytes(drawn.body))).decode().count(f'"className":"{name}"')


@pytest.mark.req("R41")
def test_the_line_ends_at_all_and_every_bar_leads_to_its_voices(connection: Connection) -> None:
    given.journey(connection)
    for kind, times in (("late", 5), ("broken", 3), ("bill", 1), (None, 1)):
        given.complaints(connection, *[{"day": DAY, "issue_type": kind}] * times)
    assert "+5" not in words_of(picture(connection, "issue_pareto")), "nothing was loaded of the weeks before"
    given.complaints(connection, {"day": date(2026, 1, 10)})
    drawn = picture(connection, "issue_pareto", top=2)
    assert bars(drawn) == ["50.00%", "80.00%", "90.00%", "100.00%"]
    text = words_of(drawn)
    assert "“My order is late” 5 50% +5" in text and "unclassified 1 90% +1" in text and text.endswith("other 1 100% +1")
    since = "since=2026-06-01&until=2026-06-28"
    assert opens(drawn) == [
        f"issue_type=late&{since}",
        f"issue_type=broken&{since}",
        f"issue_type=&{since}",
        f"besides=late%2Cbroken&{since}",
    ]


@pytest.mark.req("R41")
def test_cost_is_told_with_what_is_not_costed(connection: Connection) -> None:
    given.journey(connection)
    given_worth.add_voices(connection, date(2026, 1, 5))
    assert "No complaint in" in words_of(picture(connection, "issue_cost"))
    given_worth.contacts(connection, MAY, "late", 4, None)
    assert "What 4 complaints cost is not known" in words_of(picture(connection, "issue_cost"))
    given_worth.contacts(connection, MAY, "bill", 3, 20.0)
    text = words_of(picture(connection, "issue_cost"))
    assert "Complaints cost us £60.00; “My bill is wrong” is £60.00 of it" in text and "4 of 7 complaints not costed" in text
    assert "“My order is late” not costed" in text and "£0" not in text.split("unclassified")[0]


@pytest.mark.req("R41")
def test_each_kind_stands_at_its_stages(connection: Connection) -> None:
    given.journey(connection)
    given.complaints(connection, *[{"day": DAY, "issue_type": "late", "stage": "receive"}] * 4, {"day": DAY, "stage": "choose"})
    drawn = picture(connection, "issue_stages")
    text = words_of(drawn)
    assert "4 of 5 complaints arise at “I get my order”" in text and "unattributed" not in text
    assert "I choose I get my order I leave “My order is late” 0 4 0 unclassified 1 0 0 total 1 4 0" in text
    assert any("issue_type=late&stage=receive" in href for href in opens(drawn))
    given.complaints(connection, {"day": DAY, "issue_type": "late"})
    assert "unattributed" in words_of(picture(connection, "issue_stages"))


def test_failure_demand_is_said_with_its_n_and_the_unclassified_apart(connection: Connection) -> None:
    given.journey(connection)
    assert "is not known" in words_of(picture(connection, "demand"))
    given_worth.add_voices(connection, date(2026, 1, 5))
    given_worth.contacts(connection, MAY, "", 6, 1.0)
    assert "Which contacts we caused is not known" in words_of(picture(connection, "demand"))
    given_worth.contacts(connection, MAY, "late", 30, 1.0)
    text = words_of(picture(connection, "demand"))
    assert "100 of 100 contacts came only because we failed" in text and "30 of 30" in text
    assert "6 more contacts unclassified" in text and "complaints" not in text


def test_first_contacts_say_their_kind_their_window_and_what_is_not_judged(connection: Connection) -> None:
    given.journey(connection)
    assert "Load tickets" in words_of(picture(connection, "first_contact"))
    day = date(2026, 6, 15)
    repeats(connection, day, "late", 40, 10, 12)
    repeats(connection, day, "bill", 4, 1, 1)
    repeats(connection, day, "", 0, 0, unknown=8, merged=3)
    repeats(connection, date(2026, 6, 26), "late", 5, 0)
    text = words_of(picture(connection, "first_contact"))
    assert "“My order is late”: 10 of 40 had to come back" in text and "33 of 44" in text
    assert "75% (61% to 85%)" in text and "23% of all contacts were repeats" in text
    assert "“My bill is wrong” 3 of 4 too few" in text
    assert "By repeats within 7 days. Not judged: 8 unknown, 3 merged, 5 too recent to judge." in text


@pytest.mark.req("R4")
def test_what_crosses_departments_is_said_with_what_is_not_known(connection: Connection) -> None:
    functions(connection)
    given_worth.add_voices(connection, date(2026, 1, 5))
    given_worth.contacts(connection, MAY, "", 20, 5.0)
    assert "No problem of these months is traced to its cause" in words_of(picture(connection, "cross_department"))
    traced(connection, MAY, "care", "store", 9)
    traced(connection, MAY, "care", "care", 3)
    drawn = picture(connection, "cross_department")
    text = words_of(drawn)
    assert "9 of 12 problems were caused by a department other than the one that hears about them" in text
    assert "75%" in text and "8 more contacts: cause or department not known" in text
    assert "Store never meets a customer 9 Care meets customers 0" in text
    assert opens(drawn)[0].startswith("cause=store&")


@pytest.mark.req("R5")
def test_a_function_without_a_trace_says_so_instead_of_no_complaints(connection: Connection) -> None:
    assert "Load functions" in words_of(picture(connection, "function_effect"))
    functions(connection)
    given_worth.add_voices(connection, date(2026, 1, 5))
    assert "Nothing is traced to those" in words_of(picture(connection, "function_effect"))
    traced(connection, MAY, "care", "store", 9)
    add_voices(connection, {"day": date(2026, 5, 9), "cause": "store", "words": "<b>Crushed</b>"})
    text = words_of(picture(connection, "function_effect"))
    assert "9 complaints were caused by those who never meet a customer" in text
    assert "Store 9 complaints £45.00 “<b>Crushed</b>”" in text
    given.customers(connection, ("a", date(2025, 1, 5), "new", 20.0))
    assert "£45.00 nobody left" in words_of(picture(connection, "function_effect"))
    left(connection, MAY, "store", 4, 60.0, unknown=1)
    assert "£45.00 4 left with £60.00" in words_of(picture(connection, "function_effect"))
    assert text.count("nothing traced here, which") == 2 and "0 complaints" not in text and "Care" not in text.split("|")[-1][:4]


@pytest.mark.req("R82")
def test_the_matrix_equals_the_voices_and_flags_a_stage_with_one_source(connection: Connection) -> None:
    assert "Where we listen is not known" in words_of(picture(connection, "listening_matrix"))
    given.journey(connection)
    place: dict[str, Any] = {"day": DAY, "stage": "receive"}
    given.complaints(
        connection, *[place] * 3, {**place, "channel": "chat"}, {**place, "day": date(2026, 4, 20), "stage": "choose"}
    )
    drawn = picture(connection, "listening_matrix")
    text = words_of(drawn)
    assert "Nobody listens at “I leave”" in text
    assert "helpdesk 1 20 Apr 3" in text and "chat 1" in text and classes(drawn, "cell blank") == 3
    assert "sources, newest one only 20 Apr 2 24 Jun nobody never" in text
    given.complaints(connection, {"day": DAY, "stage": "leave"}, {"day": DAY, "stage": "choose", "channel": "chat"})
    assert "Only one source covers: “I leave”" in words_of(picture(connection, "listening_matrix"))
    given.complaints(connection, {"day": DAY, "stage": "leave", "channel": "chat"})
    assert "Every stage is covered; “I choose” by the fewest sources: 2" in words_of(picture(connection, "listening_matrix"))
    assert "2 other sources" not in text and "1 other source" in words_of(picture(connection, "listening_matrix", sources=1))
