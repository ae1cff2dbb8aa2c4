"""Customers in and out: opening + new + won back - lost = closing, in volume and in value, on every day."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from wallboard.loaders.counting.ledger import UNIT, YEAR, from_contracts, from_orders

START = date(2025, 1, 1)
CONTRACT = ["customer", "perimeter", "started_on", "ended_on", "value", "reason", "reason_source", "reason_words"]


def contracts(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame([(*row, *[None] * (len(CONTRACT) - len(row))) for row in rows], columns=CONTRACT)
    dates = {name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in ("started_on", "ended_on")}
    texts = {name: frame[name].astype("str") for name in ("customer", "perimeter", "reason", "reason_source", "reason_words")}
    return frame.assign(**dates, **texts, value=frame["value"].astype("float64"))


def orders(*rows: tuple[Any, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["customer", "perimeter", "day", "value"])
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[us]")
    frame["value"] = frame["value"].astype("float64")
    return frame.assign(unpriced=frame["value"].isna().astype("int64"))


def reasons_of(events: pd.DataFrame) -> list[tuple[str, str, float | None]]:
    rows = zip(events["day"].dt.strftime("%Y-%m-%d"), events["kind"], events["value"], strict=True)
    return [(day, kind, None if pd.isna(value) else float(value)) for day, kind, value in rows]


def test_a_contract_comes_changes_goes_and_comes_back() -> None:
    events = from_contracts(
        contracts(
            ("c", "all", "2025-01-01", "2025-06-01", 100, "price", "customer said", "Too dear."),
            ("c", "all", "2025-03-01", "2025-06-01", 50),
            ("c", "all", "2025-09-01", None, 70),
        )
    )
    assert reasons_of(events) == [
        ("2025-01-01", "new", 100),
        ("2025-03-01", "changed", 50),
        ("2025-06-01", "lost", 150),
        ("2025-09-01", "won back", 70),
    ]
    lost = events.iloc[2]
    assert (lost["reason"], lost["reason_source"], lost["reason_words"]) == ("price", "customer said", "Too dear.")


def test_the_very_day_another_ended_is_a_continuation() -> None:
    events = from_contracts(contracts(("c", "all", "2025-01-01", "2025-06-01", 100), ("c", "all", "2025-06-01", None, 80)))
    assert reasons_of(events) == [("2025-01-01", "new", 100), ("2025-06-01", "changed", -20)]


def test_a_missing_value_is_unknown_and_not_zero() -> None:
    events = from_contracts(contracts(("c", "all", "2025-01-01", "2025-02-01", None)))
    assert reasons_of(events) == [("2025-01-01", "new", None), ("2025-02-01", "lost", None)]
    assert events["reason_source"].tolist() == ["unknown", "unknown"]


def test_a_contract_that_never_ran_makes_no_customer() -> None:
    assert from_contracts(contracts(("c", "all", "2025-01-01", "2025-01-01", 100))).empty
    assert from_contracts(contracts()).empty


def test_orders_come_lapse_and_come_back() -> None:
    events = from_orders(orders(("c", "all", "2025-01-01", 10), ("c", "all", "2025-02-01", 5), ("c", "all", "2025-08-01", 7)), 90)
    assert reasons_of(events) == [
        ("2025-01-01", "new", 10),
        ("2025-02-01", "changed", 5),
        ("2025-05-02", "lost", 15),
        ("2025-08-01", "won back", 22),
        ("2025-10-30", "lost", 22),
    ], "what was bought before a win-back is worth as much for a year"


def test_a_gap_of_exactly_the_lapse_is_no_loss() -> None:
    events = from_orders(orders(("c", "all", "2025-01-01", 10), ("c", "all", "2025-04-01", 5)), 90)
    assert [kind for _, kind, _ in reasons_of(events)] == ["new", "changed", "lost"]


def test_purchases_leave_the_value_after_a_year() -> None:
    rows = [("c", "all", START + timedelta(days=60 * n), 10.0) for n in range(8)]
    events = from_orders(orders(*rows), 90)
    taken = events[(events["kind"] == "changed") & (events["value"] < 0)]
    assert [str(day.date()) for day in taken["day"]] == ["2026-01-01", "2026-03-02", "2026-05-01"]
    assert from_orders(orders(), 90).empty


def test_a_purchase_older_than_a_year_is_not_carried_into_the_next_stay() -> None:
    rows = [
        ("c", "all", "2025-01-01", 10),
        ("c", "all", "2025-06-01", 5),
        ("c", "all", "2026-02-01", 7),
        ("d", "all", "2026-02-01", 1),
    ]
    events = from_orders(orders(*rows), 90)
    assert reasons_of(events[events["customer"] == "c"]) == [
        ("2025-01-01", "new", 10),
        ("2025-04-01", "lost", 10),
        ("2025-06-01", "won back", 15),
        ("2025-08-30", "lost", 15),
        ("2026-02-01", "won back", 12),
        ("2026-05-02", "lost", 12),
    ]
    again = from_orders(orders(("c", "all", "2025-01-01", 10), ("c", "all", "2025-12-01", 5)), 90)
    assert reasons_of(again)[2:] == [("2025-12-01", "won back", 15), ("2026-01-01", "changed", -10), ("2026-03-01", "lost", 5)]


def test_a_contract_renewed_without_a_value_has_not_shrunk() -> None:
    events = from_contracts(
        contracts(("c", "all", "2025-01-01", "2025-06-01", 100), ("c", "all", "2025-06-01", "2025-09-01", None))
    )
    assert reasons_of(events) == [("2025-01-01", "new", 100), ("2025-06-01", "revalued", -100), ("2025-09-01", "lost", None)]


def test_who_has_anything_of_unknown_value_is_of_unknown_value() -> None:
    """Money is that of the customers whose value is known to the end: a part of it is no value."""
    events = from_contracts(
        contracts(
            ("c", "all", "2025-01-01", "2025-08-01", None),
            ("c", "all", "2025-01-01", "2025-09-01", 40),
            ("c", "all", "2025-06-01", "2025-07-01", 5),
        )
    )
    assert reasons_of(events) == [("2025-01-01", "new", None), ("2025-08-01", "revalued", 40), ("2025-09-01", "lost", 40)]


def test_a_purchase_without_an_amount_makes_its_customer_s_value_unknown_for_a_year() -> None:
    bought = orders(("c", "all", "2025-01-01", 10), ("c", "all", "2025-06-01", 7), ("c", "all", "2026-05-01", 5))
    bought["unpriced"] = [0, 1, 0]
    assert reasons_of(from_orders(bought, 360)) == [
        ("2025-01-01", "new", 10),
        ("2025-06-01", "revalued", -10),
        ("2026-06-01", "revalued", 5),
        ("2027-04-26", "lost", 5),
    ], "one line of several lacks its amount: what the others come to is not what the customer is worth"
    assert reasons_of(from_orders(bought.tail(2), 90)) == [
        ("2025-06-01", "new", None),
        ("2025-08-30", "lost", None),
        ("2026-05-01", "won back", None),
        ("2026-06-01", "revalued", 5),
        ("2026-07-30", "lost", 5),
    ]


def flows(events: pd.DataFrame, day: date) -> tuple[int, int]:
    """Customers and ten-thousandths of value that the events of all days up to `day` add up to."""
    until = events[events["day"] <= pd.Timestamp(day)]
    units = (until["value"].fillna(0) * UNIT).round().astype("int64")
    sign = until["kind"].map({"new": 1, "won back": 1, "lost": -1, "changed": 0, "revalued": 0}).astype("int64")
    worth = units * until["kind"].map({"new": 1, "won back": 1, "lost": -1, "changed": 1, "revalued": 1}).astype("int64")
    return int(sign.sum()), int(worth.sum())


_DAY = st.integers(0, 60).map(lambda n: START + timedelta(days=n))
_MONEY = st.one_of(st.none(), st.integers(0, 10**7).map(lambda cents: cents / 100))
_CONTRACTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), _DAY, st.one_of(st.none(), st.integers(0, 40)), _MONEY)
)


@pytest.mark.slow
@settings(max_examples=at_most(25))
@given(rows=_CONTRACTS)
def test_contracts_in_and_out_add_up_on_every_day(rows: list[tuple[str, str, date, int | None, float | None]]) -> None:
    made = [(c, p, start, None if n is None else start + timedelta(days=n), value) for c, p, start, n, value in rows]
    events = from_contracts(contracts(*made))
    for day in (START + timedelta(days=n) for n in range(0, 105, 7)):
        running = [((c, p), value) for c, p, start, end, value in made if start <= day and (end is None or day < end)]
        unknown = {who for who, value in running if value is None}
        known = [round(value * UNIT) for who, value in running if value is not None and who not in unknown]
        expected = len({who for who, _ in running}), sum(known)
        assert flows(events, day) == expected


@pytest.mark.slow
@settings(max_examples=at_most(25))
@given(
    bought=st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 900)), _MONEY, max_size=25),
    lapse=st.sampled_from([1, 30, 90, 365, 400]),
)
def test_orders_in_and_out_add_up_on_every_day(bought: dict[tuple[str, int], float | None], lapse: int) -> None:
    rows = [(c, "all", START + timedelta(days=n), value) for (c, n), value in bought.items()]
    events = from_orders(orders(*rows), lapse)
    for now in range(0, 1350, 97):
        active, worth = 0, 0
        for who in {c for c, _ in bought}:
            past = sorted(n for c, n in bought if c == who and n <= now)
            if past and now - past[-1] < lapse:
                active += 1
                year = [bought[who, n] for n in past if now - n < YEAR]
                worth += 0 if None in year else sum(round((value or 0) * UNIT) for value in year)
        assert flows(events, START + timedelta(days=now)) == (active, worth)
