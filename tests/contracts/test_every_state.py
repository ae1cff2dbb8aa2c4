"""What every panel says where it has nothing to show: never loaded, stopped, none in the period, too few, and zero.

The sentence fits the state: nobody is told to load what is loaded, silence is neither a zero nor praise. A panel whose facts
cannot be silent says why (Panel.timeless).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select

from tests.conftest import AS_OF
from tests.contracts.test_every_panel import EVERY, one_of_each, options_of
from tests.metrics import given, given_counts
from tests.panels.words import THEME, ZONE, words_of
from wallboard.metrics.availability import CUSTOMERS, Absence
from wallboard.metrics.feed_health import NEVER as NEVER_LOADED
from wallboard.metrics.feed_health import STOPPED
from wallboard.metrics.memo import Memo
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.screens.judging import doubt, drawn
from wallboard.settings import Room, Settings
from wallboard.store import schema
from wallboard.store.open import open_store

LATER = AS_OF + timedelta(days=60)
TIMED = [name for name, panel in EVERY.items() if not panel.timeless]

PRAISE = re.compile(
    r"best (of|in)|as it should be|none in trouble|100\.0%|✓|Fewer|[Ss]hrink|halved|As many came|Nobody left|is open \||as usual"
    r"|is met|better"
)
"""What nobody may say of days in which nothing was heard."""

ASKS = {
    "exposure": schema.exposure,
    "unit_costs": schema.unit_cost,
    "contracts or orders": schema.customer_day,
    "tickets or complaints": schema.complaint_day,
    "load amounts": schema.exchange_rate,
}
"""What a panel that is drawn may ask a person to load, beside what it shows: where that is not loaded."""


def read_and_words(name: str, connection: Connection, scope: Scope, now: datetime = AS_OF) -> tuple[Any, str]:
    """What a panel has read, and all words of its picture."""
    panel = EVERY[name]
    chosen = options_of(name, **({"stage": "receive"} if "stage" in panel.options.model_fields else {}))
    answer = panel.read(connection, scope, chosen)
    return answer, words_of(drawn(panel, answer, chosen, replace(THEME, now=now), doubt(connection, scope, panel)))


def quiet(connection: Connection) -> None:
    """A year in which somebody praises us each week; the only complaint and the only loss are from the year before."""
    given.journey(connection)
    given.customers(
        connection, *((f"c{n}", date(2024, 1, 9), "new", 10.0) for n in range(40)), ("c0", date(2025, 1, 7), "lost", 10.0)
    )
    given.complaints(connection, {"day": date(2025, 1, 7), "stage": "receive", "touchpoint": "parcel", "issue_type": "late",
                                  "solved_day": date(2025, 1, 9), "words": "Late."})  # fmt: skip
    _praise(connection)


def zero(connection: Connection) -> None:
    """The same, with all that is needed for a rate: boxes each week, kept KPIs, good scores; and nobody complained or left."""
    given.journey(connection)
    given.customers(connection, *((f"c{n}", date(2024, 1, 9), "new", 10.0) for n in range(40)))
    weeks = given_counts.weeks(60)
    given.exposures(connection, weeks, 1000)
    given_counts.kpi(connection, (1.0,) * 60)
    for monday in weeks[-20:]:
        given.scores(connection, monday, *(9,) * 12)
    _praise(connection)


def _praise(connection: Connection) -> None:
    plain = {"perimeter": "north", "stage": "receive", "touchpoint": "parcel", "issue_type": "", "channel": "reviews"}
    days = [*given_counts.weeks(76), AS_OF.date() - timedelta(days=1)]
    connection.execute(
        insert(schema.voice_day), [{**plain, "day": day, "voices": 3, "complaints": 0, "with_words": 0} for day in days]
    )
    connection.execute(
        insert(schema.complaint_day), [{"day": day, "perimeter": "north", "arrived": 0, "solved": 0} for day in days]
    )
    given.weeks_of_voices(connection)


MADE: dict[str, Callable[[Connection], None]] = {"none in the period": quiet, "zero": zero, "too few": one_of_each}


@pytest.fixture(scope="module")
def demo_later(demo_room: Room) -> Iterator[tuple[Connection, Scope, Memo]]:
    engine = open_store(demo_room.store_url)
    with engine.connect() as connection:
        yield connection, Scope.of(demo_room.settings, LATER), Memo()
    engine.dispose()


@pytest.fixture
def demo(demo_later: tuple[Connection, Scope, Memo]) -> Iterator[tuple[Connection, Scope]]:
    """The demo company 60 days on; its measures are shared by these tests alone, not by those of another store."""
    connection, scope, memo = demo_later
    with memo.of("later"):
        yield connection, scope


def test_each_judges_days_or_says_why_it_cannot_be_silent() -> None:
    for name, panel in EVERY.items():
        assert bool(panel.judges) != bool(panel.timeless), f"{name}: judges or timeless"
        assert panel.timeless or panel.needs, f"{name}: what judges days needs facts"
        assert not panel.needs or re.match(r"(What|Who|Whom|Why|Which|Whether|How|When|Where|The) ", panel.subject), name
        assert {need.name for group in panel.needs for need in group} <= set(panel.reads), name


def test_where_nothing_was_ever_loaded_each_says_what_to_load(sqlite_store: Engine) -> None:
    scope = Scope(AS_OF, ZONE, ("north",))
    with sqlite_store.connect() as connection:
        for name, panel in EVERY.items():
            answer, text = read_and_words(name, connection, scope)
            assert not PRAISE.search(text) and not re.search(r"\b0\b", text), f"{name}: {text}"
            if panel.needs:
                assert isinstance(answer, Absence) and answer.state == NEVER_LOADED, name
                assert text.startswith(f"{panel.subject} is not known") and "Load " in text, f"{name}: {text}"


@pytest.mark.parametrize("name", TIMED)
def test_where_its_facts_have_stopped_it_says_since_when(name: str, demo: tuple[Connection, Scope]) -> None:
    connection, scope = demo
    if name == "buyers":
        pytest.skip("the demo company has contracts, and no orders")
    answer, text = read_and_words(name, connection, scope, LATER)
    assert isinstance(answer, Absence) and answer.state == STOPPED, text
    assert re.search(r"Not measured since (29|30) June", text) and f"{EVERY[name].subject} is no longer known." in text, text
    assert "Load" not in text and "yet" not in text and not PRAISE.search(text), text
    if CUSTOMERS in (need for group in EVERY[name].needs for need in group):
        assert re.search(r"We had 4,\d{3} customers.* on (29|30) June", text), f"what was known last: {text}"


@pytest.mark.parametrize("name", [name for name, panel in EVERY.items() if panel.feeds and not panel.bare and name != "buyers"])
def test_one_state_of_a_feed_has_one_wording(name: str, demo: tuple[Connection, Scope]) -> None:
    _, text = read_and_words(name, *demo, LATER)
    assert text.startswith("Not measured since") and not PRAISE.search(text), text


def test_no_contact_point_is_good_by_what_was_heard_long_ago(demo: tuple[Connection, Scope]) -> None:
    judged = [row for row in touchpoint_states(*demo) if row.state in ("good", "attention")]
    assert not judged, "\n".join(f"{row.touchpoint} {row.state}: {row.why}" for row in judged)


@pytest.mark.slow
@pytest.mark.parametrize("state", MADE)
def test_nobody_is_told_to_load_what_is_loaded(state: str, sqlite_store: Engine) -> None:
    settings = Settings(company="One", timezone="UTC")
    scope = Scope.of(settings, AS_OF) if state == "too few" else Scope(AS_OF, ZONE, ("north",))
    with sqlite_store.connect() as connection:
        MADE[state](connection)
        for name, panel in EVERY.items():
            answer, text = read_and_words(name, connection, scope)
            if isinstance(answer, Absence):
                lacking = [group for group in panel.needs if not any(_any(connection, need.table) for need in group)]
                assert lacking or answer.state == STOPPED, f"{name}: {text}"
                continue
            asked = [words for words in ASKS if words in text]
            assert not re.search(r"\b[Ll]oad\b", text) or asked, f"{name}: {text}"
            assert not any(_any(connection, ASKS[words]) for words in asked if "oad" in text), f"{name}: {text}"


def _any(connection: Connection, table: Any) -> bool:
    return connection.execute(select(*table.primary_key).limit(1)).first() is not None


NOBODY = {
    "issue_pareto": "No complaint in 4 weeks",
    "issue_stages": "No complaint in 4 weeks",
    "issue_cost": "No complaint in March to May 2026",
    "lost_reasons": "Nobody left in these months",
    "clearing": "Nothing is open",
    "issue_list": "Nothing is open",
}


@pytest.mark.parametrize("name", NOBODY)
def test_none_in_the_period_is_said_of_the_period(name: str, sqlite_store: Engine) -> None:
    with sqlite_store.connect() as connection:
        quiet(connection)
        _, text = read_and_words(name, connection, Scope(AS_OF, ZONE, ("north",)))
        assert text.startswith(NOBODY[name]), text
