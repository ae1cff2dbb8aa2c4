"""What serves for months holds nothing that only a load or a command needs: asked of one process that has drawn every wall."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from tests.conftest import REPOSITORY
from wallboard import __version__
from wallboard.cli import COMMANDS, RENAMED, app
from wallboard.commands import demo
from wallboard.settings import Room

ABSENT = {
    "wallboard.loaders", "wallboard.demo", "wallboard.media.making", "wallboard.check", "wallboard.trial", "wallboard.account",
    "wallboard.paper", "fpdf", "fontTools", "uharfbuzz", "authlib", "joserfc", "cryptography",
    "av", "pillow_heif", "pypdf", "pypdfium2", "pandera", "openpyxl", "python_calamine", "scipy", "charset_normalizer",
    "numpy", "pandas", "pyarrow", "alembic", "mako", "psycopg", "sqlalchemy.orm", "hypothesis", "playwright", "pytest",
}  # fmt: skip

SERVED = """
import sys
from pathlib import Path

from wallboard.cli import app
from typer.main import get_command

get_command(app).commands["serve"]
from wallboard.app import create_app
from wallboard.clock import running
from wallboard.settings import open_room

client = create_app(open_room(Path(sys.argv[1])), running).server.test_client()
for wall in client.get("/walls").text.split():
    pulse = client.get(f"/pulse?path=/wall/{wall}")
    assert pulse.status_code == 200, pulse.text
    for name in pulse.get_json()["tokens"]:
        while (status := client.get(f"/picture/{name}?path=/wall/{wall}").status_code) == 202:  # a busy machine takes longer
            pass
        assert status == 200, name
assert client.get("/room/issues").status_code == client.get("/healthz").status_code == 200
print(*sys.modules)
"""


@pytest.mark.slow
def test_a_serving_process_holds_no_loader_no_media_library_and_no_statistics(empty_room: Room, empty_store: Engine) -> None:
    """Of a room in SQLite whose store is up to date: what changes a store is imported where it has to be changed."""
    command = [sys.executable, "-c", SERVED, str(empty_room.root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=REPOSITORY, check=False)
    assert done.returncode == 0, done.stderr
    held = set(done.stdout.split())
    assert not {name for name in held if any(f"{name}.".startswith(f"{absent}.") for absent in ABSENT)}
    assert "wallboard.panels.issue_list" in held, "it has drawn"


def test_each_command_is_a_file() -> None:
    """The command line knows its commands by name alone; a file that it does not name could not be called."""
    assert {*COMMANDS, *RENAMED} == {file.stem for file in (REPOSITORY / "wallboard" / "commands").glob("[a-z]*.py")}


@pytest.mark.slow
def test_the_demo_becomes_the_server_when_it_has_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What loading needed is gone with the program that loaded; the server is the same process, and keeps its number."""
    became: list[list[str]] = []
    for name in ("write_exports", "loaded_at_the_terminal", "play"):
        monkeypatch.setattr(demo, name, lambda *_: None)
    monkeypatch.setattr(os, "execv", lambda _, command: became.append(command))
    result = CliRunner().invoke(app, ["--root", str(tmp_path / "room"), "demo", "--port", "8139", "--at", "2026-11-22"])
    assert result.exit_code == 0, result.output
    [command] = became
    assert command[command.index("-m") + 1 :] == [
        "wallboard", "--root", str(tmp_path / "room"), "serve", "--host", "127.0.0.1", "--port", "8139", "--at", "2026-11-22",
    ]  # fmt: skip
    version = subprocess.run(
        [*command[: command.index("wallboard") + 1], "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout.strip() == __version__
