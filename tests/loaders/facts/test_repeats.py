"""Contacts that follow each other, whatever arrives first, and judged as a reader of the definition would judge them."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.store.schema import cause_month, contact_repeat_day, voice

START = date(2026, 3, 1)
COLUMNS = ["occurred_at", "customer", "issue_type", "merged"]
VOICES = source("voice", "voice*.csv", COLUMNS).replace("'row'", "['No']") + "constants = {kind = 'ticket', complaint = true}\n"
TYPES = source("issue_types", "t.csv", ["issue_type", "wording", "demand"])
ALIASES = source("customer_aliases", "a.csv", ["alias", "customer"])
HEAD = "No," + ",".join(COLUMNS)
COUNTS = ("contacts", "firsts", "returned", "repeats", "unknown", "merged")

Contact = tuple[int, str, str, bool]
"""Day since START, customer, issue type, merged."""


def prepared(workspace: Workspace) -> Workspace:
    workspace.sources(TYPES + VOICES + ALIASES)
    workspace.put("t.csv", csv("issue_type,wording,demand", "late,Late,failure", "bill,Bill,failure"))
    workspace.put("a.csv", csv("alias,customer"))
    return workspace


def row(number: int, contact: Contact) -> str:
    day, who, about, merged = contact
    return (
        f"{number},{START + timedelta(days=day)} {8 + number % 9:02}:{number % 60:02},{who},{about},{'yes' if merged else 'no'}"
    )


def put(workspace: Workspace, name: str, contacts: dict[int, Contact]) -> None:
    workspace.put(name, csv(HEAD, *(row(number, contact) for number, contact in contacts.items())))


def facts(workspace: Workspace) -> dict[tuple[date, str], tuple[int, ...]]:
    return {
        (counted_row[0], counted_row[1]): tuple(counted_row[2:])
        for counted_row in workspace.rows(contact_repeat_day, "day", "issue_type", *COUNTS)
    }


def judged(contacts: dict[int, Contact], window: int = 7) -> dict[tuple[date, str], tuple[int, ...]]:
    """The definition, contact by contact."""
    ordered = sorted(contacts.items(), key=lambda entry: (row(*entry).split(",")[1], entry[0]))
    cells: dict[tuple[date, str], Counter[str]] = {}
    for place, (_, (day, who, about, merged)) in enumerate(ordered):
        cell = cells.setdefault((START + timedelta(days=day), about), Counter())
        if merged:
            cell["merged"] += 1
            continue
        cell["contacts"] += 1
        if not who or not about:
            cell["unknown"] += 1
            continue
        same = [(n, entry[1][0]) for n, entry in enumerate(ordered) if entry[1][1:] == (who, about, False)]
        again = any(n < place and day - other <= window for n, other in same)
        cell["repeats" if again else "firsts"] += 1
        cell["returned"] += not again and any(n > place and other - day <= window for n, other in same)
    return {key: tuple(cell[name] for name in COUNTS) for key, cell in cells.items()}


def test_the_same_customer_about_the_same_thing_within_the_window_is_a_repeat(workspace: Workspace) -> None:
    contacts = {
        1: (0, "c1", "late", False),
        2: (7, "c1", "late", False),
        3: (15, "c1", "late", False),
        4: (3, "c1", "bill", False),
        5: (3, "c2", "late", False),
        6: (4, "c2", "late", True),
        7: (5, "", "late", False),
        8: (5, "c2", "", False),
    }
    put(prepared(workspace), "voice_1.csv", contacts)
    assert all(result.status == "ok" for result in workspace.load())
    assert facts(workspace) == judged(contacts)
    sums = [sum(fact[n] for fact in facts(workspace).values()) for n in range(len(COUNTS))]
    assert sums == [7, 4, 1, 1, 2, 1], "day 7 repeats day 0; day 15 is 8 days on: a first contact again"


def test_a_merged_customer_is_one_customer_and_another_window_counts_again(workspace: Workspace) -> None:
    put(
        prepared(workspace),
        "voice_1.csv",
        {1: (0, "old", "late", False), 2: (3, "new", "late", False), 3: (9, "c", "bill", False)},
    )
    workspace.load()
    assert [counts[3] for counts in workspace.rows(contact_repeat_day, "day", "perimeter", "issue_type", "repeats")] == [0, 0, 0]
    workspace.put("a.csv", csv("alias,customer", "old,new"))
    workspace.load()
    assert [counts[1] for counts in workspace.rows(contact_repeat_day, "day", "repeats")] == [0, 1, 0]
    assert {counts[0] for counts in workspace.rows(contact_repeat_day, "window_days")} == {7}
    wider = Workspace(
        workspace.room.model_copy(update={"settings": workspace.room.settings.model_copy(update={"fcr_days": 2})}),
        workspace.engine,
    )
    put(wider, "voice_2.csv", {4: (40, "d", "bill", False)})
    wider.load()
    assert {counts[0] for counts in workspace.rows(contact_repeat_day, "window_days")} == {2}
    assert [counts[1] for counts in workspace.rows(contact_repeat_day, "day", "repeats")] == [0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(2))
def test_whatever_arrives_first_the_facts_are_those_of_all(quick: Workspace, seed: int) -> None:
    random = Random(seed)

    def some(number: int) -> list[Contact]:
        kinds = ("late", "late", "bill", "")
        return [(random.randrange(60), random.choice("aab "), random.choice(kinds), random.random() < 0.1) for _ in range(number)]

    contacts = {n: (day, who.strip(), about, merged) for n, (day, who, about, merged) in enumerate(some(60), 1)}
    later = {n: (day, who.strip(), about, merged) for n, (day, who, about, merged) in enumerate(some(4), 100)}
    moved = dict(zip(random.sample(sorted(contacts), 3), some(3), strict=True))
    put(prepared(quick), "voice_1.csv", contacts)
    quick.load()
    assert facts(quick) == judged(contacts)
    everything = contacts | later | {n: (day, who.strip(), about, merged) for n, (day, who, about, merged) in moved.items()}
    put(quick, "voice_1.csv", everything)
    quick.load()
    assert facts(quick) == judged(everything)


TRACED = ["occurred_at", "handled_by", "cause", "words", "complaint"]


@pytest.mark.req("R4")
def test_who_heard_and_who_caused_is_kept_by_month_and_equals_the_voices(make: Callable[..., Workspace]) -> None:
    workspace = make()
    functions = source("functions", "f.csv", ["function", "name", "customer_facing", "outsourced"])
    voices = source("voice", "v.csv", TRACED).replace("'row'", "['No']") + "constants = {kind = 'ticket'}\n"
    workspace.sources(functions + voices)
    workspace.put("f.csv", csv("function,name,customer_facing,outsourced", "care,Care,yes,no", "store,Store,no,no"))
    rows = ("1,2026-03-01,care,store,Broken.,yes", "2,2026-03-31,care,care,,yes", "3,2026-04-01,care,store,Late.,no",
            "4,2026-04-02,care,,Hm.,yes", "5,2026-04-02,,,Hm.,yes", "6,2026-04-03,care,nobody,Hm.,yes")  # fmt: skip
    workspace.put("v.csv", csv("No," + ",".join(TRACED), *rows))
    loaded = {result.feed: result for result in workspace.load()}
    assert loaded["voice"].refused == 1, "a function that nobody knows is refused with its row"
    traced: list[Any] = workspace.rows(
        cause_month, "month", "handled_by", "cause", "complaint", "contacts", "with_words", "uncosted"
    )
    march, april = START, date(2026, 4, 1)
    assert traced == [
        (march, "care", "care", True, 1, 0, 1),
        (march, "care", "store", True, 1, 1, 1),
        (april, "care", "", True, 1, 1, 1),
        (april, "care", "store", False, 1, 1, 1),
    ]
    with workspace.engine.connect() as connection:
        crossed = connection.scalar(select(func.count()).where(voice.c.handled_by != voice.c.cause))
    assert crossed == sum(row[4] for row in traced if row[1] and row[2] and row[1] != row[2]) == 2
