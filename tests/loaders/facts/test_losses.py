"""Who left soon after a complaint, by the function that had caused it: through loads in any order, and counted by hand."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.store.schema import cause_loss_month

SPAN = ["contract", "customer", "started_on", "ended_on", "annual_value"]
COLUMNS = ["occurred_at", "customer", "cause", "complaint", "merged"]
SOURCES = (
    source("functions", "f.csv", ["function", "name", "customer_facing", "outsourced"])
    + source("contracts", "c.csv", SPAN).replace("'row'", "['contract']")
    + 'mode = "snapshot"\n'
    + source("voice", "v.csv", COLUMNS).replace("'row'", "['No']")
    + 'mode = "snapshot"\nconstants = {kind = "ticket"}\n'
    + source("customer_aliases", "a.csv", ["alias", "customer"])
)
START = date(2025, 1, 10)

Span = tuple[str, int | None, int | None]
"""Customer, day on which they left (None: still here), value (None: not known)."""
Complaint = tuple[int, str, str, bool, bool]
"""Day, customer, cause, whether it is a complaint, whether it was merged."""


def prepared(workspace: Workspace) -> Workspace:
    workspace.sources(SOURCES)
    workspace.put("f.csv", csv("function,name,customer_facing,outsourced", "store,Store,no,no", "bank,Bank,no,no"))
    workspace.put("a.csv", csv("alias,customer"))
    spans(workspace, [])
    put_complaints(workspace, [])
    return workspace


def day(number: int) -> date:
    return START + timedelta(days=number)


def spans(workspace: Workspace, given: Iterable[Span]) -> None:
    rows = (f"{n},{who},2024-01-01,{'' if left is None else day(left)},{'' if worth is None else worth}"
            for n, (who, left, worth) in enumerate(given))  # fmt: skip
    workspace.put("c.csv", csv(",".join(SPAN), *rows))


def put_complaints(workspace: Workspace, given: Iterable[Complaint]) -> None:
    rows = (f"{n},{day(when)},{who},{cause},{'yes' if bad else 'no'},{'yes' if merged else 'no'}"
            for n, (when, who, cause, bad, merged) in enumerate(given))  # fmt: skip
    workspace.put("v.csv", csv("No," + ",".join(COLUMNS), *rows))


def loaded(workspace: Workspace, *only: str) -> dict[tuple[date, str], tuple[int, float, int]]:
    assert all(result.status == "ok" and not result.refused for result in workspace.load(*only))
    rows = workspace.rows(cause_loss_month, "month", "cause", "customers", "value", "value_unknown")
    return {(month, cause): (people, float(value), unknown) for month, cause, people, value, unknown in rows}


def judged(left: Iterable[Span], complaints: Iterable[Complaint]) -> dict[tuple[date, str], tuple[int, float, int]]:
    """The definition, customer by customer."""
    cells: dict[tuple[date, str], tuple[int, float, int]] = defaultdict(lambda: (0, 0.0, 0))
    for who, gone, worth in left:
        if gone is None:
            continue
        causes = {cause for when, customer, cause, bad, merged in complaints
                  if customer == who and cause and bad and not merged and 0 <= gone - when <= 90}  # fmt: skip
        for cause in causes:
            key = (day(gone).replace(day=1), cause)
            people, value, unknown = cells[key]
            cells[key] = people + 1, value + (worth or 0), unknown + (worth is None)
    return dict(cells)


PEOPLE: list[Span] = [("anna", 100, 40), ("bo", 101, None), ("cem", 130, 7), ("dana", None, 90), ("eve", 130, 5), ("old", 102, 3)]
COMPLAINTS: list[Complaint] = [
    (10, "anna", "store", True, False),
    (50, "anna", "store", True, False),
    (100, "anna", "bank", True, False),
    (101, "anna", "bank", True, False),
    (9, "bo", "bank", True, False),
    (11, "bo", "store", True, False),
    (60, "cem", "store", False, False),
    (60, "cem", "bank", True, True),
    (60, "cem", "", True, False),
    (60, "dana", "store", True, False),
    (40, "eve", "store", True, False),
]


@pytest.mark.req("R5")
def test_who_left_within_90_days_of_a_complaint_counts_once_for_each_function_that_caused_one(workspace: Workspace) -> None:
    prepared(workspace)
    spans(workspace, PEOPLE)
    put_complaints(workspace, COMPLAINTS)
    april, may = date(2025, 4, 1), date(2025, 5, 1)
    expected = {(april, "store"): (2, 40.0, 1), (april, "bank"): (1, 40.0, 0), (may, "store"): (1, 5.0, 0)}
    assert loaded(workspace) == judged(PEOPLE, COMPLAINTS) == expected
    workspace.put("a.csv", csv("alias,customer", "elder,old"))
    put_complaints(workspace, [*COMPLAINTS, (80, "elder", "bank", True, False)])
    expected[april, "bank"] = (2, 43.0, 0)
    assert loaded(workspace) == expected, "who complained under another number is the same customer"
    spans(workspace, [*PEOPLE[:-1], ("old", 102, 4)])
    expected[april, "bank"] = (2, 44.0, 0)
    assert loaded(workspace) == expected, "a value that is corrected is told as it is now"


@pytest.mark.parametrize("seed", range(2))
def test_whatever_arrives_first_the_facts_are_those_of_all(quick: Workspace, seed: int) -> None:
    random = Random(seed)
    names = [f"c{n}" for n in range(12)]

    def people() -> list[Span]:
        return [(who, random.choice([None, random.randrange(500)]), random.choice([None, 10, 25])) for who in names]

    def complaints(number: int) -> list[Complaint]:
        return [(random.randrange(500), random.choice(names), random.choice(["store", "bank", ""]), random.random() < 0.8,
                 random.random() < 0.1) for _ in range(number)]  # fmt: skip

    prepared(quick)
    here, voiced = people(), complaints(40)
    first = ("contracts_1", "voice_1")[seed % 2]
    for turn in range(3):
        spans(quick, here)
        put_complaints(quick, voiced)
        loaded(quick, "functions_1", first)
        assert loaded(quick) == judged(here, voiced), turn
        here = [random.choice([old, new, (*old[:2], new[2])]) for old, new in zip(here, people(), strict=True)]
        voiced = [*random.sample(voiced, 35), *complaints(3)]
