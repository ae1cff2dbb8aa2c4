"""What the panels of wall 1 say: the verdict, the flow, the trend and the reasons."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from tests.metrics.given_definitions import aimed
from tests.panels.words import picture, words_of
from wallboard.store.schema import customer_movement, undated_loss

APRIL, MAY = date(2026, 4, 10), date(2026, 5, 12)


def month(connection: Connection, opening: int = 100, **kinds: tuple[int, float]) -> None:
    """Customers and their value in May, after a beginning in April."""
    who = {"lost": "o", "new": "n"}
    gone, worth = kinds.get("lost", (0, 0.0))
    values = [worth / gone if number < gone else 50_000.0 for number in range(opening)]
    there: list[given.Event] = [(f"o{number}", APRIL, "new", value) for number, value in enumerate(values)]
    for kind, (customers, value) in kinds.items():
        there += [(f"{who[kind]}{number}", MAY, kind, value / customers) for number in range(customers)]
    given.customers(connection, *there)


@pytest.mark.req("R75")
@pytest.mark.parametrize(
    ("new", "lost", "parts"),
    [
        (
            (30, 9000.0),
            (10, 4000.0),
            (
                "Yes.",
                "120 on 31 May; 120 on 29 Jun",
                "20 more customers",
                " and together",
                "£5,000 more a year",
            ),
        ),
        ((30, 1000.0), (10, 4000.0), ("Not yet.", "20 more customers", ", but together", "£3,000 less a year")),
        ((10, 9000.0), (30, 4000.0), ("Not yet.", "20 fewer customers", ", but together", "£5,000 more a year")),
        ((10, 1000.0), (30, 4000.0), ("No.", "20 fewer customers", " and together", "£3,000 less a year")),
    ],
)
def test_the_verdict_is_one_of_four_sentences_with_its_numbers(
    connection: Connection, new: tuple[int, float], lost: tuple[int, float], parts: tuple[str, ...]
) -> None:
    month(connection, new=new, lost=lost)
    sentence = words_of(picture(connection, "growth_verdict"))
    assert sentence.startswith(parts[0]) and all(part in sentence for part in parts), sentence


@pytest.mark.req("R76")
@pytest.mark.slow
def test_in_and_out_stand_in_whole_numbers(connection: Connection) -> None:
    month(connection, 50_000, new=(22_000, 1.0), lost=(27_000, 1.0))
    flow, trend = words_of(picture(connection, "customer_flow")), words_of(picture(connection, "customer_trend"))
    assert "22,000" in flow and "27,000" in flow and "50,000 + 22,000 + 0 − 27,000" in flow and "45,000" in flow
    assert "−5,000" in trend
    assert "%" not in flow + trend


def test_what_nobody_knows_to_be_worth_is_not_worth_nothing(connection: Connection) -> None:
    given.customers(connection, ("a", APRIL, "new", None), ("b", MAY, "new", None), ("a", MAY, "lost", None))
    flow, board = words_of(picture(connection, "customer_flow")), words_of(picture(connection, "scoreboard"))
    assert "value not known" in flow and "came 1 value not known" in flow
    assert "£0" not in board, board


PANELS = (
    "growth_verdict",
    "customer_flow",
    "customer_bridge",
    "customer_trend",
    "customer_parts",
    "forum",
    "scoreboard",
    "long_view",
)


@pytest.mark.parametrize("panel", PANELS)
def test_no_wall_praises_while_customers_have_left_nobody_knows_when(connection: Connection, panel: str) -> None:
    month(connection, new=(30, 9000.0), lost=(10, 4000.0))
    here = {"perimeter": "north", "customer_group": "", "value": 0.0, "value_unknown": 1869}
    connection.execute(undated_loss.insert().values(day=APRIL, customers=1869, **here))
    drawn = picture(connection, panel)
    assert "1,869" in words_of(drawn) + drawn.alarm, words_of(drawn)
    assert "Yes." not in words_of(drawn)


def test_beside_each_count_stand_the_plan_and_the_same_month_a_year_before(connection: Connection) -> None:
    last_may = date(2025, 5, 5)
    given.customers(connection, *((f"o{n}", date(2025, 1, 10), "new", 1.0) for n in range(9)))
    given.customers(connection, *((f"m{n}", last_may, "new", 1.0) for n in range(4)), ("o1", last_may, "lost", 1.0))
    given.customers(connection, *((f"n{n}", MAY, "new", 1.0) for n in range(3)), ("o2", MAY, "lost", 1.0))
    assert "came 3" in (flow := words_of(picture(connection, "customer_flow"))) and "4 a year ago" in flow and "plan" not in flow
    aimed(connection, "new_customers", "", date(2026, 1, 1), 5)
    flow = words_of(picture(connection, "customer_flow"))
    assert "came 3 plan 5, 4 a year ago" in flow and "left 1 one symbol" not in flow.partition("came back")[0], flow
    assert "1 a year ago" in flow and "12 a year ago" in flow, "who left then, and how many customers there were"
    people: Any = picture(connection, "customer_flow").body
    came, back, left = (row.children[1].className for row in people.children[:3])
    assert came.endswith("big loss"), "fewer than planned"
    assert (back, left) == ("metric-link big", "metric-link big"), "without a plan no colour says which way is good"


def test_the_month_is_worth_what_closing_less_opening_is_and_says_what_those_who_stayed_took(connection: Connection) -> None:
    given.customers(connection, *((f"o{n}", APRIL, "new", 1000.0) for n in range(10)))
    given.customers(connection, ("n", MAY, "new", 500.0), ("o1", MAY, "changed", 80.0), ("o2", MAY, "changed", -20.0))
    assert "together worth £560 more a year." in words_of(picture(connection, "growth_verdict"))
    flow, bridge = words_of(picture(connection, "customer_flow")), words_of(picture(connection, "customer_bridge"))
    assert "31 May 11 = 10 + 1 + 0 − 0 +£560" in flow and "those who stayed +£60.00 a year" in flow, flow
    for part in (
        "customers 30 Apr 10",
        "customers 31 May 11",
        "+£500 came",
        "+£80.00 grew",
        "−£20.00 shrank",
    ):
        assert part in bridge, bridge


def test_growth_that_only_those_who_stayed_have_made_is_called_so(connection: Connection) -> None:
    given.customers(connection, *((f"o{n}", APRIL, "new", 1000.0) for n in range(10)))
    given.customers(connection, ("n", MAY, "new", 500.0), ("m", MAY, "new", 100.0), ("o1", MAY, "lost", 1000.0))
    given.customers(connection, ("o2", MAY, "changed", 900.0), ("u", MAY, "new", None))
    text = words_of(picture(connection, "growth_verdict"))
    assert "£500 more a year, only because those who stayed took more; of 1 the value is not known." in text, text


def test_a_part_is_ranked_by_what_became_of_it_moves_among_it(connection: Connection) -> None:
    given.customers(connection, *((f"r{n}", APRIL, "new", 10.0) for n in range(20)), group="Regulars")
    given.customers(connection, *((f"s{n}", APRIL, "new", 10.0) for n in range(5)), group="Starters")
    given.customers(connection, *((f"r{n}", MAY, "lost", 10.0) for n in range(3)), group="Regulars")
    given.customers(connection, ("s0", MAY, "lost", 10.0), group="Starters")
    given.moved(connection, *((f"s{n}", MAY, 10.0) for n in range(1, 4)), into="Regulars", out_of="Starters")
    text = words_of(picture(connection, "customer_parts"))
    assert text.startswith("Starters: 4 fewer customers | ")
    assert "Regulars 20 · worth the same 0 0 3 +3" in text and "Starters 1 · worth £40.00 less −4 0 1 −3" in text


def test_numbers_that_do_not_add_up_are_an_alarm_instead_of_a_total(connection: Connection) -> None:
    given.customers(connection, ("a", APRIL, "new", 100.0), ("b", APRIL, "new", 100.0), ("a", MAY, "lost", 100.0))
    assert not picture(connection, "customer_flow").alarm
    connection.execute(customer_movement.update().where(customer_movement.c.kind == "lost").values(customers=7))
    drawn = picture(connection, "customer_flow")
    assert "do not add up" in drawn.alarm
    years = picture(connection, "long_view")
    assert "do not add up" in years.alarm and words_of(years).startswith("Opening, in and out are not closing")


@pytest.mark.req("R78")
def test_reasons_are_told_apart_by_who_says_so_and_the_unknown_are_shown(connection: Connection) -> None:
    given.reasons(connection, dear="Too dear", late="It came late")
    for who, reason, source in (
        ("a", "late", "customer said"), ("b", "late", "customer said"), ("c", "late", "staff entered"),
        ("d", "dear", "inferred"), ("e", "", "unknown"), ("f", "", "unknown"),
    ):  # fmt: skip
        fields = {"reason": reason, "reason_source": source, "reason_words": "It leaked." if who == "a" else ""}
        given.customers(connection, (who, APRIL, "new", 100.0), (who, MAY, "lost", 100.0), fields=fields)
    drawn = picture(connection, "lost_reasons", months=1)
    text = words_of(drawn)
    assert re.search(r"\b6 \w+ (left )?in 1 month", text)
    assert "It came late 3" in text and "Too dear 1" in text and "we do not know 2" in text
    assert "“It leaked.”" in text
    assert all(source in text for source in ("the customer said", "we entered", "inferred", "unknown"))


def test_nobody_having_left_is_not_the_same_as_nothing_loaded(connection: Connection) -> None:
    assert "Load customers" in words_of(picture(connection, "lost_reasons"))
    given.customers(connection, ("a", date(2025, 1, 10), "new", 100.0))
    assert words_of(picture(connection, "lost_reasons", months=1)).startswith("Nobody left in these months")


def test_joiners_say_why_on_the_same_terms(connection: Connection) -> None:
    given.reasons(connection, friend="A friend told me")
    fields = {"reason": "friend", "reason_source": "customer said", "reason_words": "My neighbour swears by it."}
    given.customers(connection, ("a", MAY, "new", 1.0), ("b", MAY, "new", 1.0), fields=fields, why=True)
    given.customers(connection, ("c", MAY, "new", 1.0))
    text = words_of(picture(connection, "joined_reasons", months=1))
    assert "“A friend told me” is the most common reason" in text and "A friend told me 2" in text and "we do not know 1" in text
    assert "“My neighbour swears by it.”" in text


def test_two_ends_of_a_bridge_that_differ_are_written_so(connection: Connection) -> None:
    month(connection, new=(2, 2000.0), lost=(1, 4000.0))
    text = words_of(picture(connection, "customer_bridge")).casefold()
    assert "£4.954m" in text and "£4.952m" in text, "£4.95m twice would say that nothing changed"


def test_the_bridge_leads_from_what_was_to_what_is(connection: Connection) -> None:
    month(connection, new=(30, 9000.0), lost=(10, 500_000.0))
    drawn = picture(connection, "customer_bridge")
    text = words_of(drawn)
    assert text.startswith("20 more customers at the end of the month than at its start")
    for part in ("100", "+30", "−10", "120", "£5m", "+£9,000", "−£500k", "£4.51m"):
        assert part in text.casefold(), f"{part}: how a million is spelt is the locale's affair"
    connection.execute(customer_movement.update().where(customer_movement.c.kind == "lost").values(customers=7))
    broken = picture(connection, "customer_bridge")
    assert "do not add up" in broken.alarm and "120" not in words_of(broken)


def test_every_group_shows_who_came_and_left(connection: Connection) -> None:
    given.customers(connection, *((f"h{n}", APRIL, "new", 10.0) for n in range(5)), group="Homes")
    given.customers(connection, *((f"o{n}", APRIL, "new", 10.0) for n in range(3)), group="Offices")
    given.customers(connection, ("h0", MAY, "lost", 10.0), ("h1", MAY, "lost", 10.0), group="Homes")
    given.customers(connection, ("o9", MAY, "new", 10.0), group="Offices")
    text = words_of(picture(connection, "customer_parts"))
    assert text.startswith("Homes: 2 fewer customers; Offices: 1 more customer") and "customers on 31 May" in text
    assert "Offices 4 · worth £10.00 more +1 1 0 0" in text and "Homes 3 · worth £20.00 less −2 0 2 0" in text
    assert text.index("Homes 3") < text.index("Offices 4"), "who shrank comes first"


def test_buyers_stand_by_month_and_what_cannot_be_judged_is_marked(connection: Connection) -> None:
    months = [(date(2026, m, 1), "north", 100 + m, 5) for m in (2, 3, 4, 5, 6)]
    given.buyers(connection, *months, last=None)
    text = words_of(picture(connection, "buyers"))
    assert text.startswith("105 customers bought in May 2026, for £1,050")
    assert "begins: the records begin" in text and "so far: incomplete" in text
    assert "102 Feb begins" in text and "105 May" in text and "– Jun so far" in text, "no number of a month that still runs"
    assert "106" not in text
