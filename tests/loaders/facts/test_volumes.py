"""How much each source brought: by day with its first and last instant, and by week and part."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

from tests.loaders.conftest import Workspace
from tests.loaders.facts.test_facts import csv
from tests.loaders.facts.test_voices import START, TYPES, VOICES, put
from tests.loaders.test_feeds import source
from wallboard.loaders.facts.volumes import _spans
from wallboard.store.schema import source_day, voice, volume_week

DAY = ("source", "perimeter", "day", "facts", "first_at", "last_at")


def test_days_and_weeks_are_those_of_the_rows_after_every_load(workspace: Workspace) -> None:
    workspace.sources(TYPES + VOICES + "constants = {kind = 'ticket'}\n")
    workspace.put("t.csv", csv("issue_type,wording,demand", "late,Late,failure", "bill,Bill,failure"))
    chance = Random(5)
    for name, numbers in (("voice1.csv", range(60)), ("voice2.csv", range(40, 90)), ("voice3.csv", range(5))):
        put(workspace, name, numbers, chance)
        workspace.load()
        rows = workspace.rows(voice, "source", "perimeter", "day", "occurred_at", "complaint", "issue_type")
        days = {(key_row[0], key_row[1], key_row[2]): [row[3] for row in rows if row[:3] == key_row[:3]] for key_row in rows}
        by_key = {tuple(row[:3]): tuple(row[3:]) for row in workspace.rows(source_day, *DAY)}
        assert by_key == {key: (len(at), min(at), max(at)) for key, at in days.items()}
        weeks = Counter((day - timedelta(days=day.weekday()), f"{'complaint' if bad else 'other'}:{kind or ''}")
                        for _, _, day, _, bad, kind in rows)  # fmt: skip
        assert Counter({(w, part): n for w, part, n in workspace.rows(volume_week, "week", "part", "volume")}) == weeks


def test_a_row_counts_for_what_its_feed_says_and_a_day_begins_at_midnight_in_the_room(workspace: Workspace) -> None:
    workspace.sources(
        source("stages", "s.csv", ["stage", "name", "seq"])
        + source("touchpoints", "p.csv", ["touchpoint", "name", "stage", "seq"])
        + source("exposure", "e.csv", ["touchpoint", "day", "quantity"])
    )
    workspace.put("s.csv", csv("stage,name,seq", "use,Use it,1"))
    workspace.put("p.csv", csv("touchpoint,name,stage,seq", "door,The door,use,1"))
    workspace.put("e.csv", csv("touchpoint,day,quantity", f"door,{START},40", f"door,{START + timedelta(days=1)},60"))
    workspace.load()
    weeks = {week: (part, volume) for week, part, volume in workspace.rows(volume_week, "week", "part", "volume")}
    assert weeks == {date(2026, 2, 23): ("door:orders", 40), date(2026, 3, 2): ("door:orders", 60)}
    firsts = [row[4] for row in workspace.rows(source_day, *DAY)]
    assert min(firsts) <= datetime(2026, 3, 1, tzinfo=UTC)


def test_weeks_in_a_row_are_one_question_of_their_source() -> None:
    monday, week = date(2026, 6, 1), timedelta(days=7)
    spans = _spans([monday, monday + week, monday + 2 * week, monday + 4 * week])
    assert spans == [(monday, date(2026, 6, 21)), (date(2026, 6, 29), date(2026, 7, 5))]
    assert _spans([]) == []
