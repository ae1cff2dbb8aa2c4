"""`wallboard media` at the terminal: what was made, what was left aside and why; interrupted, it goes on where it stopped."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.conftest import MORNING
from tests.loaders.media import files
from tests.metrics import given
from wallboard import cli, terminal
from wallboard.check import faults_of
from wallboard.settings import Room

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], empty_room: Room, empty_store: Engine) -> Run:
    """The program as its entry point starts it, on paper 200 wide, in a room with a journey and no media."""
    for file in sorted(empty_room.media.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    with empty_store.begin() as connection:
        given.journey(connection)
    for console in (terminal.out, terminal.err):
        monkeypatch.setattr(console, "_width", 200)

    def run(*words: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["wallboard", "--root", str(empty_room.root), "media", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            cli.main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        return int(end.value.code or 0), printed.out + printed.err

    return run


def test_it_says_what_was_made_and_what_was_left_aside_and_why(run: Run, empty_room: Room, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    files.picture(inbox / "box.png")
    files.paper(inbox / "form.pdf", script="app.alert(1)")
    (inbox / "evil.svg").write_text("<svg><script>1</script></svg>", encoding="utf-8")
    code, output = run(inbox, "--stage", "receive", "--touchpoint", "parcel")
    assert code == 0 and "2 prepared now, 0 ready before; listed: 2 new, 0 changed, 0 the same, 0 gone; 1 set aside." in output
    assert "form.pdf holds JavaScript: it is shown without it." in output
    assert "evil.svg is an SVG with a script." in output and "Export it as PNG." in output
    assert (empty_room.media / "receive/parcel/experience/box.png").is_file()
    assert "0 prepared now, 2 ready before" in run()[1]


def test_interrupted_it_goes_on_where_it_stopped(run: Run, empty_room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        files.picture(empty_room.media / f"receive/parcel/experience/{n}.png", colour=f"#00000{n}")
    seen: list[str] = []

    def stopped(media: Path, file: Path) -> Any:
        seen.append(file.name)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(media, file)

    real = sys.modules["wallboard.loaders.media.bringing"].prepare
    monkeypatch.setattr("wallboard.loaders.media.bringing.prepare", stopped)
    code, output = run()
    assert code == 130 and "Stopped. What was made is kept" in output
    monkeypatch.setattr("wallboard.loaders.media.bringing.prepare", real)
    assert "1 prepared now, 2 ready before; listed: 3 new" in run()[1]


def test_a_folder_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    code, output = run(tmp_path / "nowhere")
    assert code == 1 and "there is no such folder." in output


@pytest.mark.slow
def test_check_names_a_transcript_that_does_not_match(run: Run, empty_room: Room, empty_store: Engine) -> None:
    call = files.sound(empty_room.media / "a.wav")
    call.with_suffix(".vtt").write_text("Hello", encoding="utf-8")
    with empty_store.begin() as connection:
        given.media(connection, {"path": "a.wav", "transcript": "a.vtt", "seconds": 1.0})
    [fault] = [str(each) for each in faults_of(empty_room.root, MORNING, []) if "the transcript" in str(each)]
    assert "the transcript 'a.vtt' of 'a.wav' does not begin with WEBVTT." in fault
