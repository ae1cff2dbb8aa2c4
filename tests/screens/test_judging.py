"""No panel praises a feed that dries up: it asks until a person says that the fall is real, and judges no source that is late."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.loaders.conftest import Workspace, room_at
from tests.panels.words import THEME, words_of
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.metrics import feed_health
from wallboard.metrics.scope import Scope
from wallboard.panel import Picture
from wallboard.panels import find_panels
from wallboard.screens.frame import age_words, most_overdue
from wallboard.screens.freshness import SourceAge
from wallboard.screens.judging import Doubt, doubt, drawn
from wallboard.screens.serialise import as_bytes
from wallboard.store.feeds import FEEDS

pytestmark = pytest.mark.slow

END = datetime(2025, 6, 4, 18, tzinfo=UTC)
LATE, IN_TIME = datetime(2025, 6, 30, 6, tzinfo=UTC), datetime(2025, 6, 3, 5, tzinfo=UTC)
FEWER = "only 3 a week from tickets"
ON_WALL_2 = ("issue_rate", "issue_signals", "counts_down", "issue_arrivals", "clearing", "leading_signals", "two_closings")
FALL = {"source": "tickets", "day": "2024-11-08", "note": "Anna asked the desk: the new form answers most of it."}
SOURCES = """
[kinds]
feed = "issue_types"
file = "kinds.csv"
key = ["kind"]
columns = {issue_type = "kind", wording = "wording"}
[tickets]
feed = "voice"
file = "tickets.csv"
key = ["Id"]
columns = {occurred_at = "Created", solved_at = "Solved", issue_type = "Kind", words = "Subject"}
constants = {kind = "ticket", complaint = true}
"""


def dried_up(after: float) -> str:
    """60 weeks of about 100 tickets a week in three kinds, and 30 weeks of about `after`: the export's filter was changed."""
    dice, turn, when = random.Random(7), END - timedelta(weeks=30), END - timedelta(weeks=90)
    rows = ["Id,Created,Solved,Kind,Subject"]
    while when < END:
        when += timedelta(hours=dice.expovariate((100 if when < turn else after) / 168))
        solved = when + timedelta(days=dice.expovariate(1 / 6))
        kind = dice.choice(["late", "late", "late", "bill", "bill", "damaged"])
        if when < END:
            done = f"{solved:%Y-%m-%dT%H:%MZ}" if solved < END else ""
            rows.append(f"{len(rows)},{when:%Y-%m-%dT%H:%MZ},{done},{kind},Something about {kind}")
    return "\n".join((*rows, ""))


@pytest.fixture
def room(tmp_path: Path, sqlite_store: Engine) -> Callable[..., Workspace]:
    def loaded(after: float, **settings: Any) -> Workspace:
        fields = {"timezone": "Europe/Berlin", "cadence": {"tickets": "1d"}, **settings}
        workspace = Workspace(room_at(tmp_path / "room", **fields), sqlite_store)
        workspace.sources(SOURCES)
        workspace.put("kinds.csv", "kind,wording\nlate,It came late\nbill,The bill is wrong\ndamaged,It came broken\n")
        workspace.put("tickets.csv", dried_up(after))
        load(workspace.room, workspace.engine, stopped(LATE))
        return workspace

    return loaded


def shown(workspace: Workspace, name: str, at: datetime) -> Picture:
    panel = find_panels()[name]
    chosen, scope = panel.options(), Scope.of(workspace.room.settings, at)
    with workspace.engine.connect() as connection:
        return drawn(panel, panel.read(connection, scope, chosen), chosen, THEME, doubt(connection, scope, panel))


@pytest.mark.parametrize("after", [3, 0.5])
@pytest.mark.parametrize("at", [IN_TIME, LATE], ids=["in time", "late"])
def test_a_feed_that_dries_up_is_asked_about_and_never_praised(
    room: Callable[..., Workspace], after: float, at: datetime
) -> None:
    workspace = room(after)
    for name in ON_WALL_2:
        picture = shown(workspace, name, at)
        words = words_of(picture)
        assert words.startswith("Feed stale or filtered?") and "a week from tickets since November" in words, f"{name}: {words}"
        assert not picture.judged and not {"below", "halved", "shrink", "fewer"} & set(words.lower().split()), f"{name}: {words}"
        assert b"#56b4e9" not in as_bytes({"body": picture.body}), f"{name} is blue"


def test_what_a_person_has_found_to_be_real_is_judged_until_the_source_is_late(room: Callable[..., Workspace]) -> None:
    workspace = room(3, real_fall=[FALL])
    assert words_of(shown(workspace, "issue_rate", IN_TIME).headline).startswith("Fewer customers complain")
    late = "Not measured since 2 June 2025: nothing newer from tickets"
    assert words_of(shown(workspace, "issue_rate", LATE).headline) == late
    for name in ("issue_list", "issue_pareto", "clearing"):
        assert words_of(shown(workspace, name, LATE)).startswith(late), "one wording of one state"


def test_a_feed_that_is_as_it_was_is_judged(room: Callable[..., Workspace]) -> None:
    workspace = room(40)
    for name in ON_WALL_2:
        assert shown(workspace, name, IN_TIME).judged
    assert words_of(shown(workspace, "issue_rate", IN_TIME).headline).startswith("Fewer customers complain"), (
        "a fall of six tenths"
    )


def test_every_panel_that_judges_names_a_table_of_that_feed_among_those_it_reads() -> None:
    for name, panel in find_panels().items():
        for series in panel.feeds:
            named = ("contracts", "orders") if series.feed == "customers" else (series.feed,)
            tables = {table for feed in named for table in FEEDS[feed].tables}
            assert tables & set(panel.reads), f"{name} would not be drawn again when {series.feed} arrives"


@pytest.mark.parametrize(
    ("state", "word", "beside"),
    [
        (feed_health.LATE, "stale", ""),
        (feed_health.STOPPED, "stopped", ""),
        (feed_health.COLLAPSED, "stale", "only 3 a week from tickets"),
    ],
)
def test_an_aside_says_once_and_in_one_word_what_is_wrong_with_a_source(state: str, word: str, beside: str) -> None:
    panel = find_panels()["turned_away"]
    trouble = feed_health.Trouble("voice", state, "tickets", None, END.date(), None, 100, 3, False)
    stale = SourceAge("tickets", frozenset({"voice"}), END, "stale")
    in_doubt, seen = Doubt(None, (trouble,)), most_overdue([stale])
    picture = drawn(replace(panel, draw=lambda *_: Picture("A headline", "")), (), panel.options(), THEME, in_doubt, seen)
    assert words_of(picture.note) == beside
    assert age_words((stale,), THEME, None, in_doubt.stopped).startswith(f"tickets {word}: as of ")
