"""What people wrote in the media folder stays when a folder is taken in again; and who withdraws, withdraws for good."""

import shutil
from pathlib import Path

import pytest

from tests.loaders.conftest import Workspace
from tests.loaders.media import files
from tests.loaders.media.test_bringing import aside, brought
from tests.metrics import given
from wallboard.loaders.media.sidecars import merged
from wallboard.store.schema import media

HEAR = "receive/parcel/hear"


@pytest.fixture
def room(quick: Workspace) -> Workspace:
    with quick.engine.begin() as connection:
        given.journey(connection)
    return quick


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A call that may be heard, with its row."""
    files.sound(tmp_path / f"inbox/{HEAR}/a.wav")
    put(tmp_path / "inbox", f"path,consent,caption\n{HEAR}/a.wav,given,New\n")
    return tmp_path / "inbox"


def put(folder: Path, content: str | bytes) -> Path:
    file = folder / "index.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def consents(room: Workspace) -> dict[str, str]:
    return {path.rpartition("/")[2]: consent for path, consent in room.rows(media, "path", "consent")}


BY_HAND = """path,by whom,consent,retention_until,caption
z.wav,Jo,given,,
*.wav,Jo,,2027-01-01,
a.wav,Jo,withdrawn,,"Ours, by hand"
"""


def test_what_was_written_by_hand_stays_when_the_same_folder_is_taken_in_again(room: Workspace, inbox: Path) -> None:
    brought(room, inbox)
    index = put(room.room.media / HEAR, BY_HAND)
    files.sound(room.room.media / HEAR / "z.wav", tone=500)
    for _ in range(2):
        brought(room, inbox)
        assert index.read_text(encoding="utf-8") == BY_HAND
    assert room.rows(media, "consent", "caption", "retention_until")[1][:2] == ("withdrawn", "Ours, by hand")


@pytest.mark.parametrize(
    ("above", "content"), [("", f"path,consent\n{HEAR}/a.wav,withdrawn\n"), (HEAR, "path,consent\n*,withdrawn\n")]
)
def test_no_new_consent_opens_what_an_index_above_or_a_pattern_has_withdrawn(
    room: Workspace, inbox: Path, above: str, content: str
) -> None:
    put(room.room.media / above, content)
    for _ in range(2):
        brought(room, inbox)
        assert consents(room) == {"a.wav": "withdrawn"}


def test_a_new_withdrawal_counts_against_what_stands_there(room: Workspace, inbox: Path) -> None:
    brought(room, inbox)
    put(inbox, f"path,consent\n{HEAR}/a.wav,Withdrawn\n")
    brought(room, inbox)
    assert consents(room) == {"a.wav": "withdrawn"} and room.rows(media, "caption") == [("New",)]


@pytest.mark.parametrize("content", [b"path;consent\na.wav;withdrawn\n", "path,caption\na.wav,Müll\n".encode("cp1252")])
def test_an_index_that_cannot_be_read_is_never_written_over(room: Workspace, inbox: Path, content: bytes) -> None:
    index = put(room.room.media / HEAR, content)
    brought(room, inbox)
    assert index.read_bytes() == content and consents(room) == {}
    assert [path.name for path in index.parent.iterdir()] == ["index.csv"]
    assert f"was not taken in, for {HEAR}/index.csv of the media folder" in aside(room)[f"{HEAR}/a.wav"]


@pytest.mark.parametrize("first", ["c.wav", "d.wav"])
def test_who_withdraws_one_of_two_files_of_the_same_content_withdraws_both(room: Workspace, first: str) -> None:
    at = room.room.media / HEAR
    (at / "c.wav").parent.mkdir(parents=True)
    (at / "d.wav").write_bytes(files.sound(at / "c.wav").read_bytes())
    put(at, "path,consent\n*,given\n" + f"{first},withdrawn\n")
    brought(room)
    assert set(consents(room).values()) == {"withdrawn"} and len(aside(room)) == 1


@pytest.mark.parametrize(("stage", "reason"), [("receive", "holds the same as"), ("", "nobody says at which stage")])
def test_who_withdraws_a_recording_under_another_name_withdraws_it_here(
    room: Workspace, inbox: Path, tmp_path: Path, stage: str, reason: str
) -> None:
    brought(room, inbox)
    again = tmp_path / "again"
    files.sound(again / "a renamed.wav")
    files.sound(again / f"{HEAR}/a.wav")
    put(again, f"path,consent,stage\na renamed.wav,withdrawn,{stage}\n{HEAR}/a.wav,given,receive\n")
    brought(room, again)
    assert consents(room) == {"a.wav": "withdrawn"} and reason in aside(room)["a renamed.wav"]
    brought(room)
    assert consents(room) == {"a.wav": "withdrawn"}, "it stands in the index now"


def test_who_withdraws_what_an_export_lists_withdraws_it_in_the_media_folder_too(room: Workspace) -> None:
    files.sound(room.room.media / HEAR / "a.wav")
    room.put("x.csv", f"path,stage,touchpoint,kind,consent\n{HEAR}/a.wav,receive,parcel,call,given\n")
    columns = "".join(f'{name} = "{name}"\n' for name in ("path", "stage", "touchpoint", "kind", "consent"))
    room.sources(f'[catalogue]\nfeed = "media"\nfile = "x.csv"\nkey = ["path"]\n[catalogue.columns]\n{columns}')
    room.load()
    put(room.room.media / HEAR, "path,consent\na.wav,withdrawn\n")
    for _ in range(2):
        brought(room)
        assert room.rows(media, "source", "consent") == [("catalogue", "given"), ("media folder", "withdrawn")]


def test_an_index_keeps_its_order_its_columns_and_its_words() -> None:
    before = 'File,note,Consent\n\nb.png,"one, two",given\n*.png,,\n'
    assert merged(before, {"a.png": {"caption": 'He said "no"'}, "b.png": {"consent": "not needed", "caption": "B"}}) == (
        'File,note,Consent,caption\n\nb.png,"one, two",given,B\n*.png,,\na.png,,,"He said ""no"""\n'
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("witdrawn,,", "'witdrawn' is none of: given"),
        ("given,31.12.2026,", "'31.12.2026' is not a valid date"),
        ("given,,perhaps", "neither yes nor no"),
    ],
)
def test_a_row_that_is_refused_leaves_nothing_open_that_it_may_close(room: Workspace, row: str, reason: str) -> None:
    files.sound(room.room.media / HEAR / "a.wav")
    put(room.room.media / HEAR, "path,consent\na.wav,GIVEN\n")
    brought(room)
    assert consents(room) == {"a.wav": "given"}
    put(room.room.media / HEAR, f"path,consent,retention_until,redacted\na.wav,{row}\n")
    brought(room)
    [(_, _, refusal, remedy, _)] = room.refusals()
    assert consents(room) == {} and reason in refusal
    assert remedy == "Correct it in index.csv, or the name of its folder; until then it is not on the wall."


def test_a_refused_row_of_an_export_of_media_leaves_nothing_open_either(workspace: Workspace) -> None:
    with workspace.engine.begin() as connection:
        given.journey(connection)
    files.sound(workspace.room.media / HEAR / "a.wav")
    columns = "".join(f'{name} = "{name}"\n' for name in ("path", "stage", "kind", "consent"))
    workspace.sources(f'[catalogue]\nfeed = "media"\nfile = "x.csv"\nkey = ["path"]\n[catalogue.columns]\n{columns}')
    for consent, left in (("given", 1), ("revoked", 0)):
        workspace.put("x.csv", f"path,stage,kind,consent\n{HEAR}/a.wav,receive,call,{consent}\n")
        workspace.load()
        assert workspace.count(media) == left
    assert workspace.refusals()[0][3] == "Map it under `values`."


def test_what_was_withdrawn_stays_so_under_every_name_while_its_index_cannot_be_read(room: Workspace) -> None:
    at = room.room.media / "receive/parcel"
    files.sound(at / "hear/c.wav")
    files.sound(at.with_name("hotline") / "hear/d.wav")
    files.picture(at.with_name("hotline") / "experience/e.png")
    put(at, "path,consent\n*,given\n")
    put(at.with_name("hotline"), "path,consent,retention_until,redacted\n*,withdrawn,2027-01-01,yes\n")
    brought(room)
    before = room.rows(media, "path", "consent", "retention_until", "redacted")
    assert consents(room) == {"d.wav": "withdrawn", "e.png": "withdrawn"}
    index = put(at.with_name("hotline"), "path;consent\n*;withdrawn\n")
    brought(room)
    assert consents(room) == {"c.wav": "withdrawn", "e.png": "withdrawn"}
    assert room.rows(media, "path", "consent", "retention_until", "redacted")[0] == before[0]
    assert sum("nobody knows what" in reason for reason in aside(room).values()) == 2
    index.unlink()
    brought(room)
    assert set(consents(room).values()) == {"unknown"}


def test_a_transcript_that_was_corrected_by_hand_stays(room: Workspace, inbox: Path) -> None:
    (inbox / HEAR / "a.txt").write_text("Helo", encoding="utf-8")
    brought(room, inbox)
    kept = room.room.media / HEAR / "a.txt"
    kept.write_text("Hello", encoding="utf-8")
    brought(room, inbox)
    assert kept.read_text(encoding="utf-8") == "Hello"


def test_what_was_said_of_the_files_that_came_is_written_though_the_disk_is_full(
    room: Workspace, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.picture(inbox / HEAR / "b.png")
    real = shutil.copyfile

    def full(file: Path, target: Path) -> object:
        if file.suffix == ".png":
            raise OSError(28, "No space left on device")
        return real(file, target)

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        brought(room, inbox)
    assert "a.wav" in (room.room.media / HEAR / "index.csv").read_text(encoding="utf-8")
