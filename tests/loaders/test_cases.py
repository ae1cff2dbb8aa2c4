"""Small inputs that went wrong, each with what is right; the folders lie beside the repository and may be absent."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.loaders.conftest import Workspace
from wallboard.clock import stopped
from wallboard.loaders.media.bringing import bring
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.growth import growth_verdict
from wallboard.metrics.renewals import renewals
from wallboard.metrics.retention import retention
from wallboard.metrics.scope import Scope
from wallboard.settings import open_room
from wallboard.store.connections import reading
from wallboard.store.schema import contract, media, voice

CASES = Path(__file__).parents[3] / "shared" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")

Case = Callable[..., Workspace]


@pytest.fixture
def case(tmp_path: Path, sqlite_store: Engine) -> Case:
    """The room of a case with its exports (or only some of them), at an instant in UTC."""

    def made(name: str, *exports: str, at: tuple[int, int, int] = (2025, 3, 5)) -> Workspace:
        folder = CASES / name
        (tmp_path / "data" / "media").mkdir(parents=True)
        shutil.copy(folder / "room.toml", tmp_path / "room.toml")
        shutil.copy(folder / "sources.toml", tmp_path / "data" / "sources.toml")
        workspace = Workspace(open_room(tmp_path), sqlite_store, datetime(*at, 8, tzinfo=UTC))
        for export in exports or [file.name for file in sorted((folder / "exports").iterdir())]:
            workspace.put(f"exports/{export}", (folder / "exports" / export).read_bytes())
        return workspace

    return made


def more(workspace: Workspace, name: str, export: str) -> None:
    workspace.put(f"exports/{export}", (CASES / name / "exports" / export).read_bytes())


def add(workspace: Workspace, table: str, line: str) -> None:
    """One more line at the head of a source's table."""
    file = workspace.room.data / "sources.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"[{table}]\n", f"[{table}]\n{line}\n", 1), encoding="utf-8")


def test_01_renewed_on_the_next_day_is_a_customer_kept(case: Case) -> None:
    workspace = case("01-renewed-on-the-next-day", at=(2025, 8, 15))
    assert 'end_dates = "last day in"' in workspace.load_one().message
    add(workspace, "contracts", 'end_dates = "last day in"')
    assert workspace.load_one().message == ""
    scope = Scope.of(workspace.room.settings, workspace.now)
    with reading(workspace.engine) as connection:
        flow = {month.period_name: month for month in customer_flow(connection, scope, months=3)}
        verdict, kept = growth_verdict(connection, scope)[0], retention(connection, scope)[0]
        due = renewals(connection, scope, periods=2)[0]
    june, july = flow["2025-06"], flow["2025-07"]
    assert (june.lost, june.won_back, june.closing) == (0, 0, 10)
    assert (july.lost, july.won_back, july.closing) == (1, 0, 9)
    assert (verdict.verdict, kept.retained, kept.lost) == ("no", 9, 1)
    assert (due.period_name, due.due, due.renewed, due.lost) == ("2025-07", 10, 9, 1)


def test_02_an_older_download_does_not_win(case: Case) -> None:
    name = "02-older-download-wins"
    workspace = case(name, "tickets.csv")
    workspace.load()
    more(workspace, name, "tickets (1).csv")
    workspace.load()
    workspace.load()
    solved = [(key, at and f"{at:%d %H:%M}") for key, at in workspace.rows(voice, "source_key", "solved_at")]
    assert solved == [("1", "04 14:00"), ("2", "04 15:00"), ("3", None)]


def test_03_a_withdrawal_is_heard_whatever_bytes_spell_the_name(case: Case) -> None:
    name = "03-withdrawn-under-a-name-that-looks-the-same"
    workspace = case(name)
    workspace.load()
    subprocess.run([sys.executable, str(CASES / name / "make.py"), str(workspace.room.root)], check=True)
    brought = bring(workspace.room, workspace.engine, stopped(workspace.now))
    assert not brought.aside
    assert workspace.rows(media, "consent") == [("withdrawn",), ("withdrawn",)]


def test_05_a_currency_in_small_letters_counts(case: Case) -> None:
    workspace = case("05-currency-in-small-letters")
    workspace.load()
    with reading(workspace.engine) as connection:
        flow = customer_flow(connection, Scope.of(workspace.room.settings, workspace.now))
    assert [(row.closing_value, row.value_unknown) for row in flow[-3:]] == [(4600, 0)] * 3


@pytest.mark.parametrize(("decimal", "right"), [(".", {"C4": 980}), (",", {"C1": 1234.5, "C2": 1250, "C3": 0.5, "C4": 980})])
def test_06_the_column_decides_about_the_decimal_mark(case: Case, decimal: str, right: dict[str, float]) -> None:
    workspace = case("06-half-a-column-in-the-wrong-decimal")
    add(workspace, "contracts", f'decimal = "{decimal}"')
    workspace.load()
    assert dict(workspace.rows(contract, "contract", "annual_value")) == right
    assert {row[3] for row in workspace.refusals()} <= {'Write decimal = "," under [contracts] in data/sources.toml.'}


def test_10_amounts_as_accountants_write_them(case: Case) -> None:
    workspace = case("10-amounts-as-accountants-write-them")
    add(workspace, "contracts", 'amounts = "accounting"')
    workspace.load()
    assert [value for _, value in workspace.rows(contract, "contract", "annual_value")] == [1234.5, -120, -120, 1200, 1200]


def test_07_a_damaged_byte_is_its_row_s(case: Case) -> None:
    workspace = case("07-one-damaged-byte")
    (loaded,) = workspace.load()
    words = dict(workspace.rows(voice, "source_key", "words"))
    assert (words["1"], words["2"]) == ("Box late at the café", "Mein Tee für Oma fehlt")
    assert loaded.new == 59 and "row 4" in loaded.message


def test_08_the_first_of_several_columns_can_be_named(case: Case) -> None:
    workspace = case("08-columns-that-repeat")
    file = workspace.room.data / "sources.toml"
    (loaded,) = workspace.load()
    assert "Map 'Labels (1)' for the first" in loaded.message
    file.write_text(file.read_text(encoding="utf-8").replace('"Labels"', '"Labels (1)"'), encoding="utf-8")
    workspace.load()
    assert workspace.rows(voice, "source_key", "next_step") == [("TEA-1", "delivery"), ("TEA-2", "stock")]


def test_09_a_line_that_declares_the_delimiter_is_understood(case: Case) -> None:
    workspace = case("09-names-are-not-in-the-first-row")
    assert [result.new for result in workspace.load()] == [1]


def test_12_the_hour_that_comes_twice_is_decided_by_the_row(case: Case) -> None:
    workspace = case("12-the-hour-that-comes-twice", at=(2025, 11, 5))
    assert [(result.new, result.refused) for result in workspace.load()] == [(2, 0)]
    minutes = [(end - start).seconds // 60 for _, start, end in workspace.rows(voice, "source_key", "occurred_at", "solved_at")]
    assert minutes == [20, 75]


def test_13_months_in_the_room_s_language(case: Case) -> None:
    workspace = case("13-months-in-another-language", at=(2026, 1, 5))
    assert [(result.new, result.refused) for result in workspace.load()] == [(4, 0)]


def test_14_days_as_numbers(case: Case) -> None:
    workspace = case("14-days-as-numbers")
    workspace.load()
    assert workspace.refusals()[0][3] == 'Write "excel" under [tickets.dates] occurred_at.'
    workspace.put(
        "sources.toml",
        (workspace.room.data / "sources.toml").read_text(encoding="utf-8") + '[tickets.dates]\noccurred_at = "excel"\n',
    )
    workspace.load()
    local = [
        f"{at.astimezone(workspace.room.settings.zone()):%d %H:%M}"
        for _, at in workspace.rows(voice, "source_key", "occurred_at")
    ]
    assert local[:2] == ["03 00:00", "03 09:00"] and len(local) == 3
