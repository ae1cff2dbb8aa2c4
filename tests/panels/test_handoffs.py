"""Handoffs, research, what was learned, the customers' time and the ears of a stage, as the wall says them."""

import re
from datetime import date

import pytest
from sqlalchemy import Connection

from tests.metrics import given, given_handoffs, given_worth
from tests.panels.words import picture, words_of
from wallboard.screens.serialise import as_bytes

DAY, MAY, MET = date(2026, 6, 10), date(2026, 5, 1), date(2026, 6, 15)


@pytest.mark.req("R65")
def test_the_worst_handoff_stands_first_and_one_without_data_says_not_measured(connection: Connection) -> None:
    given.journey(connection)
    assert "Load handoffs" in words_of(picture(connection, "handoffs"))
    given_handoffs.handoffs(connection)
    assert "Nobody has counted what passes between us" in words_of(picture(connection, "handoffs"))
    fine = {"handed": 400, "taken": 400, "wait_hours": 800.0, "in_time": 399, "late": 1, "complete": 400, "complete_known": 400}
    bad = {"handed": 40, "taken": 40, "wait_hours": 1440.0, "in_time": 10, "late": 30, "complete": 20, "complete_known": 25}
    given_handoffs.passed(connection, DAY, "shop-to-store", **fine, returned=2)
    given_handoffs.passed(connection, DAY, "store-to-carrier", **bad, returned=10)
    text = words_of(picture(connection, "handoffs"))
    assert "Store passes cases to Carrier: 10 of 40 cases came back" in text and "one not measured" in text
    assert "Store Carrier an order 36 hours 75% late 80% 15 unknown 25% 10 of 40" in text
    assert "Shop Store an order 2 hours 0.2% late 100% all known 0.5% 2 of 400" in text
    assert text.endswith("Care Bank an order not measured")
    assert text.index("Store Carrier") < text.index("Shop Store") < text.index("Care Bank")


@pytest.mark.req("R65")
def test_few_cases_have_no_rate(connection: Connection) -> None:
    given.journey(connection)
    given_handoffs.handoffs(connection)
    given_handoffs.passed(connection, DAY, "shop-to-store", handed=6, taken=5, wait_hours=9.0, in_time=4, late=1, returned=3)
    text = words_of(picture(connection, "handoffs"))
    assert "5 taken 1 of 5 late not known 3 of 6 too few for a rate" in text and "%" not in text


def test_few_cases_that_come_back_are_not_nothing(connection: Connection) -> None:
    given.journey(connection)
    given_handoffs.handoffs(connection)
    given_handoffs.passed(connection, DAY, "shop-to-store", handed=9, taken=9, wait_hours=9.0, in_time=9, returned=6)
    text = words_of(picture(connection, "handoffs", rows=1))
    assert "6 of 9 cases passed on came back" in text and "two not measured" in text and "go better" not in text
    given_handoffs.passed(connection, DAY, "store-to-carrier", handed=4, taken=4, wait_hours=9.0, in_time=4, returned=1)
    assert "one more with too few cases · two" not in words_of(picture(connection, "handoffs", rows=2))
    assert "one more with too few cases · one not measured" in words_of(picture(connection, "handoffs", rows=1))


def test_a_handoff_without_cases_is_not_one_that_nobody_counts(connection: Connection) -> None:
    given.journey(connection)
    given_handoffs.handoffs(connection)
    counts = {"handed": 20, "taken": 20, "wait_hours": 20.0, "in_time": 20}
    given_handoffs.passed(connection, date(2026, 1, 7), "shop-to-store", **counts)
    drawn = picture(connection, "handoffs")
    text = words_of(drawn)
    assert "Nothing was passed on" in text and "two not measured" in text and "Nobody has counted" not in text
    assert re.findall(r'"alt":"([^"]*)"', as_bytes(drawn.body).decode()) == ["no cases", "not measured", "not measured"]
    assert "one more" not in words_of(picture(connection, "handoffs", rows=3))
    given_handoffs.passed(connection, DAY, "store-to-carrier", **counts)
    text = words_of(picture(connection, "handoffs", rows=1))
    assert "20 cases passed on, none came back" in text and "one more without cases · one not measured" in text


def test_the_handoffs_of_a_stage(connection: Connection) -> None:
    given.journey(connection)
    given_handoffs.handoffs(connection)
    assert "No handoff is described at this stage" in words_of(picture(connection, "stage_handoffs", stage="leave"))
    assert "Nobody counts what is passed on here" in words_of(picture(connection, "stage_handoffs", stage="choose"))
    counts = {"handed": 40, "taken": 40, "wait_hours": 20.0, "in_time": 40, "complete": 40, "complete_known": 40}
    given_handoffs.passed(connection, DAY, "store-to-carrier", **counts, returned=10)
    text = words_of(picture(connection, "stage_handoffs", stage="receive"))
    assert "10 of 40 cases passed on came back" in text and "Shop" not in text
    assert "waits 30 minutes, none late · 100% complete · 25% back (10 of 40)" in text and "Care Bank not measured" in text


@pytest.mark.req("R161")
def test_the_shelf_says_how_who_what_where_and_whether_it_was_reviewed(connection: Connection) -> None:
    given.journey(connection)
    assert "Load research" in words_of(picture(connection, "research_shelf"))
    given_handoffs.studies(
        connection,
        {"study": "talks", "finished_on": MAY, "stage": "receive"},
        {"study": "visits", "finished_on": MAY, "n": None},
    )
    given_handoffs.reviewed(connection, "visits", given.at(date(2026, 6, 9)))
    text = words_of(picture(connection, "research_shelf"))
    assert "One study waits to be reviewed: on the next agenda" in text
    assert "Talks Talks · n = 12 · I get my order They wait for a word. not reviewed since 1 May" in text
    assert "Visits Talks · n not known · the whole journey They wait for a word. reviewed 9 Jun by Fay" in text
    given_handoffs.reviewed(connection, "talks", given.at(date(2026, 6, 9)))
    assert "The room has reviewed every study" in words_of(picture(connection, "research_shelf"))


@pytest.mark.req("R29")
def test_what_is_new_since_the_room_met(connection: Connection) -> None:
    given.journey(connection)
    assert "The room has not met before today" in words_of(picture(connection, "learned_since"))
    given_handoffs.attendance(connection, MET)
    given.complaints(connection, {"day": date(2026, 6, 14), "stage": "receive"}, {"day": MET, "stage": "receive"},
                     {"day": MET, "stage": "receive", "complaint": False})  # fmt: skip
    text = words_of(picture(connection, "learned_since"))
    assert "Since last time: 2 voices | since we met on 15 June" in text and "I get my order 2, 1 complaint" in text
    assert "I choose nothing new" in text and "No research, no signal, no task tried, nothing written" in text
    given_handoffs.studies(connection, {"study": "talks", "finished_on": MET}, {"study": "before", "finished_on": MAY})
    given_handoffs.wrote(connection, given.at(date(2026, 6, 20)), "They look for a knife.")
    given_handoffs.tried(connection, given.at(date(2026, 6, 20)), "gave up")
    text = words_of(picture(connection, "learned_since"))
    assert "Since last time: 2 voices, 1 study, 1 lesson, 1 task tried" in text and "Before" not in text
    assert "research Talks (n = 12) lesson Fay: They look for a knife. we tried Send it back: 1 time, 1 of them given up" in text


@pytest.mark.req("R135")
def test_their_hours_stand_beside_our_money_and_are_never_added(connection: Connection) -> None:
    given.journey(connection)
    assert "is not known" in words_of(picture(connection, "customer_cost"))
    given_worth.add_voices(connection, date(2026, 1, 5))
    assert "No failure of ours cost a customer time" in words_of(picture(connection, "customer_cost"))
    given_worth.contacts(connection, MAY, "late", 30, 5.0, stage="receive", touchpoint="parcel")
    given_worth.contacts(connection, MAY, "bill", 12, 4.0, stage="choose", touchpoint="site", minutes=30.0)
    given_worth.contacts(connection, MAY, "broken", 8, None, stage="receive", touchpoint="hotline")
    drawn = picture(connection, "customer_cost", months=1)
    text = words_of(drawn)
    assert "Each failure of ours takes 8 minutes of a customer’s life" in text
    assert "6 hours of our customers’ own time and £198 of our money" in text
    assert "5 hours The parcel arrives 30 £150" in text and "30 minutes Web shop 12 £48.00" in text
    assert "not known I call 8 not costed" in text and "50 failures · 8 without minutes · 8 without a unit cost" in text
    assert re.findall(r'"data-metric":"(\w+)"', as_bytes(drawn.body).decode()) == ["customer_time", "failure_cost"]


def test_more_contact_points_than_fit_are_one_row_and_nothing_is_lost(connection: Connection) -> None:
    given.journey(connection)
    given_worth.add_voices(connection, date(2026, 1, 5))
    for place, number in (("parcel", 30), ("site", 12), ("hotline", 6)):
        given_worth.contacts(connection, MAY, "late", number, 5.0, touchpoint=place)
    text = words_of(picture(connection, "customer_cost", months=1, rows=2))
    assert "5 hours The parcel arrives 30 £150" in text and "3 hours 2 others 18 £90.00" in text and "Web shop" not in text


@pytest.mark.req("R82")
def test_a_stage_heard_through_one_source_only_is_flagged_and_silent_sources_are_named(connection: Connection) -> None:
    given.journey(connection)
    assert "How we hear from them is not known | Load tickets" in words_of(picture(connection, "stage_sources", stage="receive"))
    given.complaints(connection, {"day": DAY, "stage": "receive"}, {"day": DAY, "stage": "choose", "channel": "phone"})
    drawn = picture(connection, "stage_sources", stage="receive")
    text = words_of(drawn)
    assert "Only one source covers: helpdesk" in text and "helpdesk 1 10 Jun" in text and "silent here: phone" in text
    assert "shape watch" in as_bytes({"head": drawn.headline}).decode()
    given.complaints(connection, {"day": DAY, "stage": "receive", "channel": "review"})
    assert "Heard through two sources" in words_of(picture(connection, "stage_sources", stage="receive"))
    assert "Nobody hears from them here" in words_of(picture(connection, "stage_sources", stage="leave"))
