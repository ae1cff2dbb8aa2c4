"""A store of an earlier release is brought to one spelling, and counts again what hung on two."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from tests.loaders.conftest import VOICE, Workspace, room_at, tickets
from tests.loaders.test_codes import CONTRACTS
from tests.loaders.test_load import JOURNEY
from wallboard.store.open import make_engine, migrate
from wallboard.store.schema import contract, store_property, touchpoint, voice, voice_day

ORIGIN = "source, source_key, row_hash, load_run_id"
MAC, OURS = normalize("NFD", "büy"), "büy"
BEFORE = (
    "INSERT INTO load_run (source, feed, file, started_at, status, since) "
    "VALUES ('tickets', 'voice', 'tickets.csv', '2026-06-01 09:00:00', 'ok', 1)",
    f"INSERT INTO stage ({ORIGIN}, stage, seq, name) VALUES ('stages', '{MAC}', 1, 1, '{MAC}', 1, 'I buy')",
    f"INSERT INTO touchpoint ({ORIGIN}, touchpoint, stage, seq, name, priority, moment_of_truth) "
    f"VALUES ('touchpoints', '{MAC}', 1, 1, '{MAC}', '{MAC}', 1, 'I', false, false)",
    *(
        f"INSERT INTO voice ({ORIGIN}, occurred_at, day, perimeter, kind, complaint, stage, touchpoint, heard_through) VALUES "
        f"('tickets', '{key}', 1, 1, '2026-06-01 10:00:00', '2026-06-01', 'all', 'ticket', true, '{MAC}', '{MAC}', 'tickets')"
        for key in (f"{MAC} 1", f"{OURS} 1", f"{MAC} 2")
    ),
    "INSERT INTO voice_day (day, perimeter, stage, touchpoint, issue_type, heard_through, voices, complaints, with_words) "
    f"VALUES ('2026-06-01', 'all', '{MAC}', '{MAC}', '', 'tickets', 3, 3, 0)",
    *(
        f"INSERT INTO contract ({ORIGIN}, contract, customer, perimeter, started_on, annual_value, currency) "
        f"VALUES ('contracts', '{n}', 1, 1, '{n}', 'c', 'all', '2026-01-01', 5, '{code}')"
        for n, code in enumerate(("usd", "GBP"))
    ),
)


@pytest.fixture
def earlier(nowhere: str) -> Iterator[Engine]:
    """A store as the version before has left it, in which a Mac's export and another one have spelt the same words."""
    engine = make_engine(nowhere)
    config = Config()
    config.set_main_option("script_location", "wallboard/store/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        for statement in BEFORE:
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def test_an_upgrade_leaves_one_row_for_keys_that_look_the_same_and_the_next_load_counts_it_once(
    earlier: Engine, tmp_path: Path
) -> None:
    migrate(earlier)
    workspace = Workspace(room_at(tmp_path), earlier, datetime(2026, 6, 30, 9, tzinfo=UTC))
    assert workspace.rows(touchpoint, "touchpoint", "stage") == [(OURS, OURS)]
    assert workspace.rows(voice, "source_key", "touchpoint") == [(f"{OURS} 1", OURS), (f"{OURS} 2", OURS)]
    assert workspace.rows(contract, "contract", "currency") == [("0", "USD"), ("1", "GBP")]
    workspace.sources(JOURNEY + VOICE.replace('score = "Score"', 'touchpoint = "Score"') + CONTRACTS)
    workspace.put("stages.csv", f"stage,seq,name\n{MAC},1,I buy\n")
    workspace.put("touchpoints.csv", f"touchpoint,stage,seq,name\n{MAC},{MAC},1,I\n")
    workspace.put("tickets.csv", tickets(f"{MAC} 1,2026-06-01T10:00Z,,a,{MAC}", f"{OURS} 2,2026-06-01T10:00Z,,b,{MAC}"))
    workspace.put(
        "c.csv", "contract,customer,started_on,annual_value,currency,who\n0,c,2026-01-01,5,usd,\n1,c,2026-01-01,5,GBP,\n"
    )
    assert {result.source: (result.new, result.refused) for result in workspace.load()} == dict.fromkeys(
        ("stages", "touchpoints", "tickets", "contracts"), (0, 0)
    )
    assert workspace.rows(voice_day, "touchpoint", "voices") == [(OURS, 2)]
    assert not [name for (name,) in workspace.rows(store_property, "name") if name == "spelling"]
    assert workspace.count(voice) == 2 and workspace.count(contract) == 2


def test_facts_are_counted_once_also_where_the_files_are_gone(earlier: Engine, tmp_path: Path) -> None:
    migrate(earlier)
    workspace = Workspace(room_at(tmp_path), earlier, datetime(2026, 6, 30, 9, tzinfo=UTC))
    workspace.sources(JOURNEY)
    workspace.load()
    assert workspace.rows(voice_day, "touchpoint", "voices") == [(OURS, 2)]
