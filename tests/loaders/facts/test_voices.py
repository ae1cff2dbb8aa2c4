"""Weeks of voices are the sums of their days, whatever arrives and is corrected."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.test_feeds import source
from wallboard.store.schema import complaint_week, source_week, voice_day

START = date(2026, 3, 1)
TYPES = source("issue_types", "t.csv", ["issue_type", "wording", "demand"])
VOICES = source("voice", "voice*.csv", ["occurred_at", "issue_type", "complaint"]).replace("'row'", "['No']")


def put(workspace: Workspace, name: str, numbers: range, chance: Random) -> None:
    rows = []
    for number in numbers:
        day = START + timedelta(days=chance.randrange(30))
        rows.append(f"{number},{day} 09:30,{chance.choice(['late', 'bill', ''])},{chance.choice(['yes', 'no'])}")
    workspace.put(name, csv("No,occurred_at,issue_type,complaint", *rows))


def test_weeks_are_the_sums_of_their_days_after_every_load(workspace: Workspace) -> None:
    workspace.sources(TYPES + VOICES + "constants = {kind = 'ticket'}\n")
    workspace.put("t.csv", csv("issue_type,wording,demand", "late,Late,failure", "bill,Bill,failure"))
    chance = Random(4)
    for name, numbers in (("voice1.csv", range(60)), ("voice2.csv", range(40, 90)), ("voice3.csv", range(5))):
        put(workspace, name, numbers, chance)
        workspace.load()
        types: Counter[tuple[Any, ...]] = Counter()
        weekly: dict[tuple[Any, ...], list[Any]] = {}
        for day, kind, through, voices, complaints in workspace.rows(
            voice_day, "day", "issue_type", "channel", "voices", "complaints"
        ):
            monday = day - timedelta(days=day.weekday())
            types[monday, kind] += complaints
            totals = weekly.setdefault((monday, through), [0, 0, day])
            totals[:] = [totals[0] + voices, totals[1] + complaints, max(totals[2], day)]
        rows = workspace.rows(complaint_week, "week", "issue_type", "complaints")
        assert {(week, kind): n for week, kind, n in rows} == {key: n for key, n in types.items() if n}
        weeks = workspace.rows(source_week, "week", "channel", "voices", "complaints", "latest")
        assert {(week, through): list(rest) for week, through, *rest in weeks} == weekly
