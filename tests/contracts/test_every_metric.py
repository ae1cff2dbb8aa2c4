"""What holds for every measure: it says what it returns, returns it, and sees nothing later than it may."""

import inspect
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, insert, update

from tests import postgres
from tests.conftest import DATABASES
from tests.metrics import (
    given,
    given_bond,
    given_causes,
    given_churn_risk,
    given_flow,
    given_handoffs,
    given_journey,
    given_pipeline,
    given_roster,
    given_scores,
    given_worth,
)
from tests.metrics.given_definitions import aimed, defined, done
from tests.metrics.given_room import EVERYTHING, Lives
from tests.metrics.given_sessions import fulfilled, held, planned, promised
from tests.metrics.given_tasks import someone, steps, tried
from tests.records.living import MONDAY, ROOM
from wallboard.metrics.frames import frame
from wallboard.metrics.quotations import Quotation
from wallboard.metrics.registry import Metric, all_metrics
from wallboard.metrics.rows import columns, row_class
from wallboard.metrics.scope import Scope
from wallboard.store.limits import keep_limits
from wallboard.store.open import make_engine, open_store
from wallboard.store.schema import source_state, tier, voice, walk, walk_annotation
from wallboard.store.zones import keep_zones

NOW = Scope(datetime(2026, 6, 30, 9, tzinfo=UTC), ZoneInfo("UTC"), ("north", "south"), small_n=1)
EVERY = all_metrics().values()
ON_A_SIGNAL = {"milestones", "eased_targets", "feed_troubles", "complaint_shifts", "early_shifts", "state_shifts"}
"""Measures that have no row while nothing happens that chance alone would not do."""
PLAIN = {str, Quotation, int, float, bool, date, datetime, type(None)}
"""What a cell may be; a quotation is a text that knows where it stands."""
ON_A_CHOICE = {"chosen_voice", "initiative_movements", "settled_findings", "finished_initiatives"}
"""Without a row while nobody chose, started, finished or settled one; test_on_the_walls, test_initiatives and test_gaps do."""


def test_each_says_what_it_returns_and_needs_no_option() -> None:
    for metric in EVERY:
        assert metric.summary.endswith((".", "?")) and metric.grain.startswith("one row"), metric.name
        assert len(set(metric.columns)) == len(metric.columns), metric.name
        assert all(default is not inspect.Parameter.empty for default in metric.options.values()), metric.name


def test_the_rows_of_each_are_frozen_slotted_and_explained() -> None:
    for metric in EVERY:
        row = row_class(metric.function)
        assert row is not None, metric.name
        assert row.__dataclass_params__.frozen and "__slots__" in vars(row), metric.name  # type: ignore[attr-defined]
        explained = row.__doc__ and not row.__doc__.startswith(f"{row.__name__}(")
        assert explained, f"{row.__name__} does not say its grain and units"
        for counted in row.__subclasses__():
            assert columns(counted) == columns(row), f"{counted.__name__} makes other columns than {row.__name__}"


def test_every_family_is_there() -> None:
    assert {"customer_flow", "growth_verdict", "issue_flow", "issue_pareto", "kpi_board", "stage_state", "verbatims"} <= set(
        all_metrics()
    )


@pytest.mark.slow
def test_an_empty_store_has_the_same_columns(store: Engine) -> None:
    with store.connect() as connection:
        for name, frame in measured(connection).items():
            assert list(frame.columns) == list(all_metrics()[name].columns), name


@dataclass
class Filled:
    """A store with something of everything, and what each metric measured there by each rule before a test writes."""

    connection: Connection
    known: dict[str, dict[str, pd.DataFrame]] = field(default_factory=dict)

    def before(self, rule: str = "contracts") -> dict[str, pd.DataFrame]:
        if rule not in self.known:
            self.known[rule] = measured(self.connection, rule)
        return self.known[rule]


@pytest.fixture(scope="module", params=DATABASES)
def filled_once(request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """To fill a store and to measure it costs more than all that is asked of it here: on each database it is done once."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            engine = make_engine(f"sqlite:///{shutil.copy(blank, tmp_path_factory.mktemp('filled') / 'room.sqlite')}")
        else:
            engine = open_store(stack.enter_context(postgres.database(request.getfixturevalue("postgres_server"), "filled")))
            keep_zones(engine, ROOM, MONDAY)
            keep_limits(engine, ROOM)
        stack.callback(engine.dispose)
        connection = stack.enter_context(engine.connect())
        fill(connection, NOW.last_day)
        connection.commit()
        yield Filled(connection)


@pytest.fixture
def filled(filled_once: Filled) -> Iterator[Filled]:
    """It forgets what a test wrote."""
    yield filled_once
    filled_once.connection.rollback()


@pytest.mark.slow
def test_a_full_store_has_the_documented_columns_and_only_plain_values(filled: Filled) -> None:
    for name, table in filled.before().items():
        assert list(table.columns) == list(all_metrics()[name].columns), name
        assert len(table) or name in ON_A_SIGNAL | ON_A_CHOICE, f"{name} shows nothing of a full store"
        odd = {type(value) for value in table.to_numpy().ravel()} - PLAIN
        assert not odd, f"{name} has values of {odd}"
        assert not any(value != value for value in table.to_numpy().ravel()), f"{name}: missing is None, never NaN"


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["contracts", "orders"])
def test_rows_dated_after_the_instant_change_nothing(filled: Filled, rule: str) -> None:
    before = filled.before(rule)
    for later in (NOW.today, NOW.today + timedelta(days=1), NOW.today + timedelta(days=400)):
        after_the_instant(filled.connection, later)
    for name, table in measured(filled.connection, rule).items():
        pd.testing.assert_frame_equal(table, before[name], obj=name)


SUMMED = {
    "customer_flow": "closing",
    "growth_verdict": "lost",
    "issue_flow": "arrived",
    "issue_pareto": "complaints",
    "lost_reasons": "value",
    "kpi_board": "denominator",
    "complaint_rate": "complaints",
    "scores": "n",
    "active_buyers": "customers",
    "open_summary": "open",
}


@pytest.mark.req("R10")
@pytest.mark.slow
def test_the_perimeters_sum_to_their_parent(filled: Filled) -> None:
    for name, column in SUMMED.items():
        metric = all_metrics()[name]
        whole = taken(metric, filled.connection, NOW)[column].dropna().sum()
        scopes = [Scope(NOW.as_of, NOW.zone, (perimeter,), small_n=1) for perimeter in NOW.perimeters]
        parts = [taken(metric, filled.connection, scope)[column].dropna().sum() for scope in scopes]
        assert whole == sum(parts) and all(parts), name


def measured(connection: Connection, rule: str = "contracts") -> dict[str, pd.DataFrame]:
    scope = Scope(NOW.as_of, NOW.zone, NOW.perimeters, small_n=1, rule=rule)
    return {name: taken(metric, connection, scope) for name, metric in all_metrics().items()}


def taken(metric: Metric, connection: Connection, scope: Scope) -> pd.DataFrame:
    return frame(metric.call(connection, scope), metric.function)


def fill(connection: Connection, last: date) -> None:
    """Something of everything, in both perimeters, on the last day and through the months before."""
    given.journey(connection)
    given.reasons(connection, dear="Too dear")
    state = {"source": "tests", "feed": "voice", "fact_at": NOW.as_of, "loaded_at": NOW.as_of, "problem": None}
    connection.execute(insert(source_state).values(**state))
    given.answers(connection, {"day": last, "words": "Asked and answered"})
    given.media(connection, {"path": "a.png", "captured_on": last}, {"path": "a.ogg", "kind": "call", "captured_on": last})
    given_causes.functions(connection)
    given_journey.feelings(connection, last)
    given.posts(connection, {"posted_at": given.at(last), "words": "Seen"})
    given.refused(connection)
    defined(connection, "nps", 1, date(2025, 1, 1), formula="one")
    defined(connection, "nps", 2, date(2026, 5, 1), formula="another", owner="ana")
    aimed(connection, "nps", "", date(2026, 5, 1), 40)
    done(connection, "nps", date(2026, 5, 1), "Called back", owner="ana")
    for perimeter, back in (("north", 0), ("south", 40)):
        facts(connection, perimeter, last)
        facts(connection, perimeter, last - timedelta(days=10))
        facts(connection, perimeter, date(2026, 5, 12))
        facts(connection, perimeter, last - timedelta(days=100 + back))
        given.buyers(connection, (date(2026, 4, 1), perimeter, 9, 4))
    asset(connection, last)
    steps(connection)
    tried(connection, 90)
    for perimeter in NOW.perimeters:
        given_flow.changes(connection, (f"open-{perimeter}", "new", last), perimeter=perimeter)
        given_flow.solved(connection, last - timedelta(days=3), 2, 5, perimeter=perimeter, name=f"done-{perimeter}")
    room(connection)
    given_handoffs.everything(connection, last)
    walked(connection)


def walked(connection: Connection) -> None:
    """A walk on which one mark was made."""
    by, at = someone(connection, "ana"), NOW.as_of - timedelta(hours=1)
    number = connection.execute(
        insert(walk).values(at=at, day=at.date(), perimeter="north", actor=by, attendance=None).returning(walk.c.id)
    ).scalar_one()
    mark = {"walk": number, "at": at, "actor": by, "kind": "improve", "stage": "receive", "words": "Tell them when it comes."}
    connection.execute(insert(walk_annotation).values(**mark))


def room(connection: Connection) -> None:
    """Issues of the room in every state."""
    lives = Lives(connection)
    for day, perimeter in enumerate(NOW.perimeters):
        lives.admitted(40 + day, perimeter=perimeter)
        lives.closed(2 + day, 20, perimeter=perimeter)
        lives.relayed(3 + day, None, perimeter=perimeter)
        for upto in range(1, len(EVERYTHING)):
            made = lives.admitted(5 + day, perimeter=perimeter)
            for n, name in enumerate(EVERYTHING[:upto]):
                lives.take(made, name, 6 + day + n)
            if upto > 1:
                lives.take(made, "cause", 30)
        held(lives, planned(lives, 10 + day, perimeter=perimeter), 10 + day, "lena")
        planned(lives, 80 + day, perimeter=perimeter)
        fulfilled(lives, promised(lives, "lena", 12, 20), 20)
    given_roster.tasked(lives, given_roster.listed(lives, "Say when the box comes"), pilot=True)
    given_roster.recognised(lives, day=59)
    lives.closed(50, 60)


def asset(connection: Connection, last: date) -> None:
    """Of everything that is counted by month something in May, and whatever else wall 1 asks for."""
    may = date(2026, 5, 1)
    given_bond.behaviours(connection, "pours")
    given_churn_risk.people(connection)
    given_worth.unit_costs(connection, {"activity": "helpdesk", "amount": 4.0, "valid_from": may})
    given_worth.meetings(connection, (date(2026, 5, 5), date(2026, 5, 5)))
    improvement = {
        "quotation": "It leaks",
        "what": "Tighter caps",
        "presented_on": may,
        "done_on": may,
        "value": 9.0,
        "basis": "a guess",
    }
    given_worth.improvements(connection, improvement)
    given_churn_risk.contracts(connection, {"customer": "north-x", "cancel_requested_on": last - timedelta(days=5)})
    given_churn_risk.actions(connection, {"subject": "north-back", "since": date(2026, 4, 1), "what": "Call"})
    given.loaded(connection, tier, {"tier": "gold", "name": "Gold", "seq": 1, "at_least": None, "valid_from": date(2020, 1, 1)})
    given_pipeline.money(connection)
    given_pipeline.stands(connection, may, ("gold", 2, 9.0, ""))
    given_pipeline.moves(connection, ("gold", "gold", 2, 0), months=12)
    given_pipeline.action(connection, "gold", "Thank them", may)
    given_pipeline.accounts(connection, ("north", "", 2, 50.0), ("north", "acme", 2, 50.0))
    given_pipeline.whale(connection, [5.0, 3.0, -1.0])
    given_scores.question(connection, "Would you?", date(2026, 1, 1))
    for perimeter in ("north", "south"):
        given_worth.contacts(connection, may, "late", 3, 5.0, perimeter=perimeter)
        given_causes.traced(connection, may, "care", "store", 3, perimeter=perimeter)
        given_causes.repeats(connection, last - timedelta(days=20), "late", 9, 2, 2, perimeter=perimeter)
        given_bond.counted(connection, "pours", may, 1, 1, 1, 1, perimeter=perimeter)
        given_bond.sent(connection, may, 2, 3, 1, perimeter=perimeter)
        back = f"{perimeter}-back"
        lives = [(back, date(2025, 1, 3), "new", 1.0), (back, date(2026, 1, 3), "lost", 1.0), (back, may, "won back", 2.0)]
        given.customers(connection, *lives, (f"{perimeter}-x", date(2025, 2, 1), "new", 1.0), perimeter=perimeter)
    reasons = {"reason": "dear", "reason_source": "customer said", "reason_words": "It was a gift"}
    given.customers(connection, ("north-told", may, "new", 1.0), fields=reasons, why=True)
    given_churn_risk.counted(connection)


def facts(connection: Connection, perimeter: str, day: date) -> None:
    who = f"{perimeter}-{day}"
    by_key = {"reason": "dear", "reason_source": "customer said", "reason_words": "Too dear for me"}
    lives = [(f"{who}-stays", day, "new", 10.0), (f"{who}-goes", day, "new", 20.0)]
    given.customers(connection, *lives, perimeter=perimeter)
    given.customers(connection, (f"{who}-goes", day, "lost", 20.0), perimeter=perimeter, fields=by_key)
    place: dict[str, Any] = {"stage": "receive", "touchpoint": "parcel", "issue_type": "late", "perimeter": perimeter, "day": day}
    given.complaints(connection, {**place, "words": "Where is it?"}, {**place, "solved_day": day})
    given.kpis(connection, {"day": day, "perimeter": perimeter, "numerator": 9, "denominator": 10})
    given.exposures(connection, [day], 100, perimeter=perimeter)
    given.scores(connection, day, 9, 3, 7, perimeter=perimeter)


def after_the_instant(connection: Connection, later: date) -> None:
    """What a later load would add."""
    tomorrow = later + timedelta(days=1)
    defined(connection, "nps", later.toordinal(), tomorrow, formula="later")
    aimed(connection, "nps", "", tomorrow, 90)
    done(connection, "nps", tomorrow, "Later")
    solved = {"solved_day": later, "solved_at": given.at(later)}
    connection.execute(update(voice).where(voice.c.solved_day.is_(None), voice.c.day < later).values(**solved))
    for perimeter in ("north", "south"):
        facts(connection, perimeter, later)
        given.kpis(connection, {"day": later, "perimeter": perimeter, "kpi": "late", "numerator": 1, "denominator": 1})
        given.customers(connection, (f"{perimeter}-{NOW.last_day}-stays", later, "lost", 10.0), perimeter=perimeter)
        given.customers(connection, (f"{perimeter}-{NOW.last_day}-stays", later, "changed", 5.0), perimeter=perimeter)
        given.buyers(connection, (later.replace(day=1) + timedelta(days=40), perimeter, 50, 50))
    given.answers(connection, {"day": later, "words": "Said later"})
    tried(connection, 9, ended=NOW.as_of + timedelta(seconds=1 + later.toordinal()))
    given.media(connection, {"path": f"{later}.png", "captured_on": later + timedelta(days=1)})
    given.posts(connection, {"posted_at": NOW.as_of + timedelta(seconds=1 + later.toordinal()), "words": "Later"})
    given_journey.feelings(connection, later)
    given_handoffs.later(connection, later, NOW.as_of + timedelta(seconds=1 + later.toordinal()))
