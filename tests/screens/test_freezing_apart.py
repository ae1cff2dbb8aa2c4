"""A session is frozen by a process of its own: what it refuses, and how it may end, is told in a sentence."""

import subprocess
import sys
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import create_engine

from wallboard.screens.console import session_walls
from wallboard.screens.freezing_apart import FreezingApart, NotFrozen
from wallboard.screens.frozen import FrozenSessions
from wallboard.screens.serialise import as_bytes


def answered(monkeypatch: pytest.MonkeyPatch, code: int, stderr: str) -> list[list[str]]:
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> "subprocess.CompletedProcess[str]":
        asked.append(command)
        return subprocess.CompletedProcess(command, code, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return asked


def test_the_process_freezes_the_room_at_the_instant_of_the_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = answered(monkeypatch, 0, "")
    FreezingApart(tmp_path, "2026-06-01T10:00").freeze(7)
    FreezingApart(tmp_path).freeze(8)
    first, second = (command[command.index("wallboard") + 1 :] for command in asked)
    assert first == ["--root", str(tmp_path), "freeze", "--at", "2026-06-01T10:00", "--", "7"]
    assert second == ["--root", str(tmp_path), "freeze", "--", "8"] and asked[0][0] == sys.executable


def test_what_the_process_refuses_is_said_and_what_it_notes_is_logged(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    answered(monkeypatch, 1, "panel a could not be frozen\nThe numbers: are frozen while a session runs. Begin it first.\n")
    with pytest.raises(NotFrozen) as refusal:
        FreezingApart(tmp_path).freeze(7)
    assert refusal.value.sentence == "The numbers: are frozen while a session runs. Begin it first."
    assert "session 7: panel a could not be frozen" in caplog.text and "Begin it" not in caplog.text
    answered(monkeypatch, -9, "")
    with pytest.raises(NotFrozen, match="ended with -9"):
        FreezingApart(tmp_path).freeze(7)
    answered(monkeypatch, 0, "panel b could not be frozen")
    FreezingApart(tmp_path).freeze(7)
    assert "panel b could not be frozen" in caplog.text


def test_why_the_last_try_has_failed_stands_on_the_sessions_page(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = Event()

    def refuse(_session: int) -> None:
        tried.set()
        raise NotFrozen("", "There is no room on the disk.", "")

    engine, nothing = create_engine("sqlite://"), cast("Any", None)
    sessions = FrozenSessions(nothing, engine, nothing, nothing, {}, refuse)
    assert sessions.freeze_soon(7) is None and tried.wait(30)
    while (why := sessions.freeze_soon(7)) is None:
        tried.wait(0.01)
    assert why == "There is no room on the disk."
    monkeypatch.setattr(session_walls, "frozen_scenes", lambda *_: {})
    for failed, words in ((None, "The numbers are being frozen"), (why, "could not be frozen. There is no room on the disk.")):
        page = SimpleNamespace(allowed=lambda _: True, connection=None, freeze=lambda _, failed=failed: failed)
        (section,) = session_walls.on_the_walls(cast("Any", SimpleNamespace(number=7)), cast("Any", page))
        assert words in as_bytes(section).decode()
