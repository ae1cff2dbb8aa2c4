"""What holds of every fact: any order of loads, one load and counting from scratch are the same, and it says what it reads."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, Table, event, insert, select

from tests import fingerprints
from tests.loaders.conftest import Workspace, room_at
from tests.loaders.facts.histories import MADE, PARTS, History
from tests.postgres import missing
from wallboard.loaders.counting import grains, portions
from wallboard.loaders.counting.declared import EVERYTHING, Fact, Grain
from wallboard.loaders.facts import buyers, customers, facts, questions, referrals, tickets
from wallboard.loaders.recounting import catch_up, count_whole, invalidate, ordered
from wallboard.metrics.customers import counted_periods, customer_flow
from wallboard.metrics.scope import Scope
from wallboard.store.open import make_engine
from wallboard.store.schema import contract, fact_version, metadata, source_day, volume_week

FOLDER = Path(customers.__file__).parent
FEW = {
    (grains, "DAYS_AT_ONCE"): 60, (grains, "MONTHS_AT_ONCE"): 5, (portions, "CUSTOMERS_AT_ONCE"): 5, (customers, "MANY"): 4,
    (buyers, "MONTHS_AT_ONCE"): 6, (referrals, "MONTHS_AT_ONCE"): 9, (tickets, "TICKETS_AT_ONCE"): 4, (questions, "AT_ONCE"): 1,
}  # fmt: skip
"""Batches that are so small that every fact is counted in several."""

NAMED = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
EMPTY = {"contracts": set[str](), "orders": {"undated"}}
"""The facts that a rule leaves without rows."""

OF_PORTIONS = {
    *("accounts", "behaviours", "customer_months", "losses", "renewals", "retention", "tiers", "undated", "winbacks"),
}
"""Facts of all customers, which no memory should have to hold together."""

RULES = {"contracts": {"rule": "contracts"}, "orders": {"rule": "orders", "lapse_days": 60}}


def counted(workspace: Workspace, fact: Fact[Any]) -> list[list[Any]]:
    """All rows of a fact, without their numbers."""
    columns = {table: [column.name for column in table.columns if column.name != "id"] for table in fact.writes}
    return [sorted(map(_rounded, workspace.rows(table, *names)), key=str) for table, names in columns.items()]


def _rounded(row: Any) -> tuple[Any, ...]:
    return tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row)


def room_with(root: Path, engine: Engine, history: History, rule: str) -> Workspace:
    workspace = Workspace(room_at(root, perimeter=PARTS, customers=RULES[rule]), engine)
    workspace.sources(history.sources())
    history.put_steady(workspace)
    history.put(workspace, *MADE)
    return workspace


def loaded(workspace: Workspace, *only: str) -> None:
    refused = [
        (result.source, result.message, result.reasons)
        for result in workspace.load(*only)
        if result.status != "ok" or result.refused
    ]
    assert not refused, refused


@pytest.fixture
def two_stores(request: pytest.FixtureRequest, sqlite_store: Engine, blank: Path, tmp_path: Path) -> Iterator[list[Engine]]:
    """A store on SQLite and one on PostgreSQL; both on SQLite where the other is not installed."""
    lone = missing() is not None
    other = make_engine(f"sqlite:///{shutil.copy(blank, tmp_path / 'other')}" if lone else request.getfixturevalue("emptied")())
    yield [sqlite_store, other]
    other.dispose()


@pytest.mark.req("S8")
@pytest.mark.parametrize(("rule", "first"), [("contracts", 1), ("orders", 0)])
def test_any_order_of_loads_is_one_load_is_counting_from_scratch(
    tmp_path: Path, two_stores: list[Engine], rule: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many loads on one database, one load on the other; what is counted is the same on both."""
    history = History(14)
    history.go_on(*MADE)
    workspace = room_with(tmp_path / "room", two_stores[first], history, rule)
    loaded(workspace)
    for names in history.turns(2):
        history.go_on(*names)
        history.put(workspace, *names)
        for half in (names[::2], names[1::2]):
            loaded(workspace, *half)
    other = room_with(tmp_path / "other", two_stores[1 - first], history, rule)
    loaded(other)
    with other.engine.connect() as connection:
        scope = Scope.of(other.room.settings, datetime(2027, 6, 10, tzinfo=UTC))
        assert all(month.holds for month in counted_periods(customer_flow(connection, scope, months=40)))
    bit_by_bit, at_once = ({name: counted(each, fact) for name, fact in facts().items()} for each in (workspace, other))
    for (module, name), size in FEW.items():
        monkeypatch.setattr(module, name, size)
    for each in (workspace, other):
        with each.engine.begin() as connection:
            assert not OF_PORTIONS & _unbounded(connection, each) - EMPTY[rule], "of these all rows would be held at once"
            undeclared = {name: _read_undeclared(connection, each, facts()[name]) for name in ordered(facts())}
        assert not any(undeclared.values()), f"read and not declared: {undeclared}"
    from_scratch = {name: [counted(each, fact) for each in (workspace, other)] for name, fact in facts().items()}
    assert not [name for name in facts() if bit_by_bit[name] != at_once[name]], "many loads gave something else than one"
    for name in facts():
        assert from_scratch[name] == [bit_by_bit[name]] * 2, f"{name} counted bit by bit is not what is counted from scratch"
    assert {name for name, rows in bit_by_bit.items() if not all(rows)} == EMPTY[rule], "nothing of them was tried"


def _unbounded(connection: Connection, workspace: Workspace) -> set[str]:
    """The facts that are counted from scratch in one part."""
    batches = {name: fact.grain.batches(connection, workspace.room) for name, fact in facts().items()}
    return {name for name, parts in batches.items() if len(list(islice(parts, 2))) < 2}


def _read_undeclared(connection: Connection, workspace: Workspace, fact: Fact[Any]) -> set[str]:
    """Tables from which a fact is counted from scratch, as the database is asked, and which it does not name."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        count_whole(connection, workspace.room, fact)
    finally:
        event.remove(connection, "before_cursor_execute", note)
    declared = {table.name for table in (*fact.reads, *fact.writes)}
    return {name for statement in asked for name in NAMED.findall(statement)} & set(metadata.tables) - declared


def test_a_fact_is_found_by_its_file_and_each_table_of_facts_has_one_writer() -> None:
    assert set(facts()) == {file.stem for file in FOLDER.glob("[a-z]*.py")}
    written = [table for fact in facts().values() for table in fact.writes]
    assert len(written) == len(set(written)) and {source_day, volume_week} <= set(written)


def test_each_fact_comes_after_those_that_it_reads() -> None:
    order = ordered(facts())
    for name, fact in facts().items():
        above = [name_above for name_above in order if set(facts()[name_above].writes) & set(fact.reads)]
        assert all(order.index(name_above) < order.index(name) for name_above in above), name


def made_up(name: str, *reads: Table) -> Fact[Any]:
    """A fact that nobody counts."""
    grain = Grain("whole", lambda _change: EVERYTHING, lambda _connection, _room: [EVERYTHING])
    table = Table(name, MetaData(), Column("n", Integer))
    return Fact(
        reads,
        (table,),
        1,
        grain,
        lambda _connection, _room, _part: None,
    )


def test_facts_in_a_circle_and_two_writers_are_refused_with_a_sentence() -> None:
    first, second = made_up("first"), made_up("second")
    circle = {
        "first": Fact(second.writes, first.writes, 1, first.grain, first.count),
        "second": Fact(first.writes, second.writes, 1, second.grain, second.count),
    }
    with pytest.raises(ValueError, match=r"circle: (first reads second reads first|second reads first reads second)\. Let one"):
        ordered(circle)
    with pytest.raises(ValueError, match="the facts first and again both write first"):
        ordered({"first": first, "again": first})


def late(workspace: Workspace) -> list[str]:
    """What the load says that it counts again."""
    messages: list[str] = []
    with workspace.engine.begin() as connection:
        catch_up(connection, workspace.room, messages.append)
    return messages


def test_another_version_or_rule_counts_a_fact_and_what_reads_it_again_and_says_so(
    make: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make(perimeter=PARTS, customers=RULES["orders"])
    history = History(5)
    history.go_on("orders", "voice")
    workspace.sources(history.sources())
    history.put_steady(workspace)
    history.put(workspace, *MADE)
    loaded(workspace)
    assert late(workspace) == []
    monkeypatch.setitem(facts(), "scores", _newer(facts()["scores"]))
    assert late(workspace) == [], "of a fact without rows there is nothing to say"
    monkeypatch.setitem(facts(), "voices", _newer(facts()["voices"]))
    assert late(workspace) == ["counting voices again"]
    monkeypatch.setattr(customers, "MANY", 4)
    monkeypatch.setitem(facts(), "customers", _newer(facts()["customers"]))
    messages = late(workspace)
    assert messages[:2] == ["counting customers again", "counting customers again, part 2"]
    assert {f"counting {name} again" for name in ("accounts", "customer flow", "retention", "winbacks")} <= set(messages)
    settings = workspace.room.settings
    workspace.room = workspace.room.model_copy(
        update={"settings": settings.model_copy(update={"fcr_days": settings.fcr_days + 1})}
    )
    assert late(workspace) == ["counting repeats again"]
    with workspace.engine.connect() as connection:
        known = {row.fact: row.version for row in connection.execute(select(fact_version))}
    assert known == {name: fact.version for name, fact in facts().items()}


def test_what_reads_a_fact_of_a_stale_table_is_stale_too(sqlite_store: Engine) -> None:
    names = {"customers", "tiers", "retention", "voices", "losses", "scores"}
    with sqlite_store.begin() as connection:
        rows = [{"fact": name, "version": 1, "rules": ""} for name in names]
        connection.execute(insert(fact_version), rows)
        invalidate(connection, contract)
        assert set(connection.scalars(select(fact_version.c.fact))) == {"voices", "scores"}


def _newer(fact: Fact[Any]) -> Fact[Any]:
    return Fact(fact.reads, fact.writes, fact.version + 1, fact.grain, fact.count, fact.rules, fact.apart)


def test_a_fact_whose_code_is_another_one_has_another_version() -> None:
    names = fingerprints.unversioned()
    assert not names, f"{', '.join(names)}: raise `version`, or say that numbers are the same (tests/fingerprints.py)"
    assert fingerprints.kept() == fingerprints.fingerprints(), "tests/loaders/facts/fingerprints.toml is old: make docs"


@pytest.mark.slow
def test_a_fingerprint_is_of_what_counts_and_of_all_that_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    before, read = fingerprints.fingerprints(), fingerprints._source
    calendar = "wallboard.calendar"
    monkeypatch.setattr(fingerprints, "_source", lambda name: read(name) + ("# said anew\n" if name == calendar else ""))
    assert fingerprints.fingerprints() == before
    monkeypatch.setattr(
        fingerprints, "_source", lambda name: read(name).replace("1970", "1971") if name == calendar else read(name)
    )
    changed = {name for name, seen in fingerprints.fingerprints().items() if seen != before[name]}
    assert {"tiers", "referrals", "buyers"} <= changed and "kpis" not in changed
    assert set(fingerprints.unversioned()) == changed
