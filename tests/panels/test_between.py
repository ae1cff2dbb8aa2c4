"""What falls between functions, who depends on whom, and whether the first visit fixes it, as the wall says it."""

from datetime import date

import pytest
from sqlalchemy import Connection, update

from tests.metrics import given_gaps, given_worth
from tests.metrics.test_visits import visited
from tests.panels.words import picture, words_of
from wallboard.store.schema import touchpoint


@pytest.mark.req("R42", "R129")
def test_a_touchpoint_without_an_accountable_is_a_gap_on_the_wall(connection: Connection) -> None:
    given_gaps.company(connection, functions=3, touchpoints=6)
    assert words_of(picture(connection, "gaps")).startswith("No gap and no overlap between us")
    connection.execute(update(touchpoint).where(touchpoint.c.touchpoint == "t004").values(owner=None))
    given_gaps.role(connection, "t005", "f00")
    text = words_of(picture(connection, "gaps"))
    assert text.startswith("2 gaps and overlaps; nobody works on any of them")
    assert "“t004” “I do 4” nobody answers for it" in text and "two answer for it Person f02 and Person f00" in text


@pytest.mark.req("R141")
def test_functions_stand_against_stages_with_what_they_hand_on(connection: Connection) -> None:
    given_gaps.company(connection, functions=3, touchpoints=6)
    text = words_of(picture(connection, "dependency_map"))
    assert text.startswith("6 handoffs tie 3 functions and suppliers to one customer")
    assert text.count("gives 1") == text.count("takes 1") == 6


@pytest.mark.req("R133", "R134", "R137")
def test_the_first_visit_its_window_and_what_a_better_call_would_save(connection: Connection) -> None:
    answers = {"informed": 300, "informed_known": 400, "equipped": 0, "equipped_known": 0}
    visited(connection, date(2026, 3, 10), jobs=1000, fixed_first=800, visits=1200, minutes=6000.0, timed=100, **answers)
    visited(connection, date(2026, 5, 31), jobs=30, fixed_first=30, visits=30)
    assert "no unit cost of a visit is loaded" in words_of(picture(connection, "first_time_fix"))
    given_worth.unit_costs(connection, {"activity": "visit", "amount": 150.0, "currency": "GBP", "valid_from": date(2026, 1, 1)})
    text = words_of(picture(connection, "first_time_fix"))
    assert text.startswith("800 of 1,000 jobs were fixed at the first visit") and "30 days have not passed" in text
    assert "75%" in text and "300 of 400, 830 unknown" in text and "not known" in text
    assert "£14,000" in text and "breaks even at £15" in text


@pytest.mark.req("R69")
def test_each_function_sees_exactly_the_handoffs_that_it_affects(connection: Connection) -> None:
    given_gaps.company(connection, functions=4, touchpoints=4)
    for own, other in (("f00", "f02"), ("f01", "f03"), ("f02", "f00"), ("f03", "f01")):
        text = words_of(picture(connection, "handoffs", function=own, rows=8))
        before, after = f"F0{(int(own[-1]) - 1) % 4}", f"F0{(int(own[-1]) + 1) % 4}"
        assert text.count(own.upper()) == 2 and text.count(before) == text.count(after) == 1 and other.upper() not in text
