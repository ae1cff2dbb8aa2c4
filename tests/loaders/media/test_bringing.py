"""`wallboard media`: folders become rows of the feed `media`; what does not is kept with its reason."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.loaders.conftest import Workspace
from tests.loaders.media import files
from tests.metrics import given
from wallboard.clock import stopped
from wallboard.errors import FileRefused, NotFound
from wallboard.loaders.facts import facts
from wallboard.loaders.media import bringing
from wallboard.loaders.media.bringing import bring
from wallboard.loaders.media.listing import NAME, Brought
from wallboard.loaders.media.quarantine import left_aside
from wallboard.media.making.preparing import Prepared, prepare
from wallboard.store.schema import fact_version, media


@pytest.fixture
def room(quick: Workspace) -> Workspace:
    with quick.engine.begin() as connection:
        given.journey(connection)
    return quick


def brought(workspace: Workspace, folder: Path | None = None, **fields: str) -> Brought:
    result = bring(workspace.room, workspace.engine, stopped(workspace.now), folder, besides=fields)
    outcome = result.loaded
    assert outcome is None or (
        outcome.status == "ok" and outcome.read == outcome.new + outcome.changed + outcome.same + outcome.refused
    ), outcome
    return result


def test_what_another_version_has_counted_is_counted_again_here_too(room: Workspace) -> None:
    brought(room)
    with room.engine.begin() as connection:
        connection.execute(update(fact_version).where(fact_version.c.fact == "voices").values(version=0))
    brought(room)
    assert dict(room.rows(fact_version, "fact", "version"))["voices"] == facts()["voices"].version


def aside(workspace: Workspace) -> dict[str, str]:
    with workspace.engine.connect() as connection:
        return {quarantined.path: quarantined.reason for quarantined in left_aside(connection)}


def paths(workspace: Workspace) -> list[str]:
    return [path for (path,) in workspace.rows(media, "path")]


def test_files_of_the_media_folder_become_rows(workspace: Workspace) -> None:
    with workspace.engine.begin() as connection:
        given.journey(connection)
    at = workspace.room.media / "receive/parcel"
    files.picture(at / "experience/box.png", (80, 60))
    files.paper(at / "experience/form.pdf", pages=2, fields=3)
    files.film(at / "experience/film.mp4", frames=5)
    files.sound(at / "hear/call.wav", 2)
    (at / "hear/call.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n", encoding="utf-8")
    (at / "index.csv").write_text(
        "path,caption,captured_on,retention_until,redacted,pair,moment\n"
        "experience/box.png,The box,2026-06-01,2027-06-01,yes,box,before\n",
        encoding="utf-8",
    )
    assert brought(workspace).made == 4 and not aside(workspace)
    columns = ("path", "kind", "lane", "consent", "mime", "width", "height", "seconds", "pages", "fields")
    assert [row[0].split("/", 2)[2:] + list(row[1:]) for row in workspace.rows(media, *columns)] == [
        ["experience/box.png", "screenshot", "experience", "unknown", "image/png", 80, 60, None, None, None],
        ["experience/film.mp4", "video", "experience", "unknown", "video/webm", 160, 90, 0.2, None, None],
        ["experience/form.pdf", "paperwork", "experience", "unknown", "application/pdf", 300, 400, None, 2, 3],
        ["hear/call.wav", "call", "hear", "unknown", "audio/webm", None, None, 2.0, None, None],
    ]
    rows = workspace.rows(media, "caption", "redacted", "pair", "moment", "transcript", "source")
    assert ("The box", True, "box", "before", None, NAME) in rows
    assert (None, None, None, None, "receive/parcel/hear/call.srt", NAME) in rows


def test_a_second_run_makes_nothing_and_changes_nothing(room: Workspace) -> None:
    files.sound(room.room.media / "receive/parcel/hear/a.wav")
    assert brought(room).made == 1
    again = brought(room)
    assert (again.made, again.ready, again.loaded and again.loaded.same) == (0, 1, 1)


def test_what_is_ready_is_listed_before_a_long_file_is_done(room: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what somebody withdrew is never listed meanwhile under another name of it."""
    at, seen = room.room.media / "receive/parcel", list[tuple[str, list[tuple[str, str]]]]()
    files.picture(at / "experience/a.png")
    files.sound(at / "hear/call.wav", 9)
    call = files.sound(at / "hear/kept.wav", 0.5).read_bytes()
    (at / "hear/taken back.wav").write_bytes(call)
    (at / "index.csv").write_text("path,consent\nhear/taken back.wav,withdrawn\n", encoding="utf-8")

    def watched(media_folder: Path, file: Path) -> Prepared:
        seen.append((file.name, [(str(path), str(consent)) for path, consent in room.rows(media, "path", "consent")]))
        return prepare(media_folder, file)

    monkeypatch.setattr(bringing, "prepare", watched)
    monkeypatch.setattr(bringing, "_LONG", 100_000)
    brought(room)
    assert [name for name, _ in seen] == ["taken back.wav", "a.png", "kept.wav", "call.wav"]
    assert seen[-1][1] == [
        ("receive/parcel/experience/a.png", "unknown"),
        ("receive/parcel/hear/kept.wav", "withdrawn"),
    ]
    assert paths(room) == sorted([path for path, _ in seen[-1][1]] + ["receive/parcel/hear/call.wav"])


def test_a_file_that_is_gone_is_listed_no_more_and_what_was_made_of_it_is_gone_too(room: Workspace) -> None:
    file = files.picture(room.room.media / "receive/parcel/experience/a.png")
    brought(room)
    assert len(list((room.room.media / ".made").iterdir())) == 1
    file.unlink()
    gone = brought(room).loaded
    assert gone is not None and gone.gone == 1 and paths(room) == []
    assert list((room.room.media / ".made").iterdir()) == []


@pytest.mark.req("R83")
def test_what_is_left_aside_is_kept_with_its_reason_and_remedy(room: Workspace) -> None:
    at = room.room.media / "receive/parcel"
    files.picture(at / "experience/good.png")
    (at / "experience/broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    files.sound(at / "hear/call.wav").rename(at / "hear/call.png")
    files.paper(at / "experience/locked.pdf", password="tea")
    (at / "experience/evil.svg").write_text("<svg><script>1</script></svg>", encoding="utf-8")
    (at / "experience/link.png").symlink_to("/etc/hostname")
    (at / "experience/index.csv").write_text("path\ngone.png\n", encoding="utf-8")
    files.picture(room.room.media / "receive/parcle/experience/typo.png", colour="red")
    files.picture(room.room.media / "loose.png", colour="blue")
    brought(room)
    assert paths(room) == ["receive/parcel/experience/good.png"]
    reasons = aside(room)
    for path, reason in {
        "broken.png": "is damaged", "call.png": "is a sound, not what", "locked.pdf": "asks for a password",
        "evil.svg": "SVG with a script", "link.png": "leads out of the folder", "gone.png": "is not there",
    }.items():  # fmt: skip
        [why_aside] = [why for name, why in reasons.items() if name.endswith(path)]
        assert reason in why_aside and path in why_aside
    assert "'parcle' is not a known touchpoint. Did you mean 'parcel'?" in reasons["receive/parcle/experience/typo.png"]
    assert "nobody says at which stage" in reasons["loose.png"]
    assert len(room.refusals()) == len(reasons) == 8 and all(row[3] and json.loads(row[4]) for row in room.refusals())


def test_the_same_content_is_kept_once(room: Workspace) -> None:
    first = files.picture(room.room.media / "receive/parcel/experience/a.png")
    (first.parent / "b.png").write_bytes(first.read_bytes())
    brought(room)
    assert paths(room) == ["receive/parcel/experience/a.png"]
    assert aside(room) == {
        "receive/parcel/experience/b.png": "receive/parcel/experience/b.png holds the same as receive/parcel/experience/a.png."
    }


def test_what_an_export_lists_is_prepared_and_keeps_its_row(room: Workspace) -> None:
    files.sound(room.room.media / "receive/parcel/hear/a.wav")
    room.put("x.csv", "path,stage,touchpoint,kind,consent\nreceive/parcel/hear/a.wav,receive,parcel,call,given\n")
    columns = "".join(f'{name} = "{name}"\n' for name in ("path", "stage", "touchpoint", "kind", "consent"))
    room.sources(f'[catalogue]\nfeed = "media"\nfile = "x.csv"\nkey = ["path"]\n[catalogue.columns]\n{columns}')
    room.load()
    assert room.rows(media, "source", "mime", "consent") == [("catalogue", "audio/wav", "given")]
    result = brought(room)
    assert result.made == 1 and result.loaded is None
    assert room.rows(media, "source", "mime", "consent") == [("catalogue", "audio/webm", "given")]
    assert not brought(room).catalogues, "loaded again only where something is played otherwise now"


def test_a_folder_from_elsewhere_is_taken_in_with_what_is_said_of_it(room: Workspace, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    files.sound(inbox / "20260629-141500_47_jo.wav")
    (inbox / "20260629-141500_47_jo.txt").write_text("Hello", encoding="utf-8")
    files.picture(inbox / "any where/box.jpg")
    files.picture(inbox / "receive/parcel/experience/other.png", colour="red")
    (inbox / "index.csv").write_text(
        'path,caption,consent,stage\n20260629-141500_47_jo.wav,"Late, again",given,receive\n', encoding="utf-8"
    )
    result = brought(room, inbox, stage="receive", touchpoint="parcel")
    assert result.made == 3 and not aside(room)
    columns = ("path", "kind", "caption", "captured_on", "consent", "transcript")
    rows = {row[0]: tuple(map(str, row[1:])) for row in room.rows(media, *columns)}
    call = "receive/parcel/hear/20260629-141500_47_jo.wav"
    assert rows[call] == ("call", "Late, again", "2026-06-29", "given", call.replace(".wav", ".txt"))
    assert sorted(rows) == ["receive/parcel/experience/box.jpg", "receive/parcel/experience/other.png", call]
    assert (inbox / "any where/box.jpg").is_file(), "what was taken in stays where it was"
    for folder in (inbox, None):
        again = brought(room, folder, stage="receive", touchpoint="parcel").loaded
        assert again is not None and (again.new, again.changed, again.same, again.gone) == (0, 0, 3, 0)


def test_two_files_of_one_name_both_stay_and_one_file_twice_comes_once(room: Workspace, tmp_path: Path) -> None:
    files.picture(tmp_path / "one/receive/parcel/experience/a.png")
    files.picture(tmp_path / "two/receive/parcel/experience/a.png", colour="red")
    files.picture(tmp_path / "two/receive/parcel/experience/b.png")
    brought(room, tmp_path / "one")
    for _ in range(2):
        brought(room, tmp_path / "two")
        assert len(paths(room)) == 2
        assert list(aside(room)) == ["receive/parcel/experience/b.png"]


def test_an_archive_is_unpacked_safely_or_refused_by_name(room: Workspace, tmp_path: Path) -> None:
    good, evil = tmp_path / "good.zip", tmp_path / "evil.zip"
    shown = files.picture(tmp_path / "a.png").read_bytes()
    for archive, name in ((good, "receive/parcel/experience/a.png"), (evil, "../receive/parcel/experience/a.png")):
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr(name, shown)
    brought(room, good)
    assert paths(room) == ["receive/parcel/experience/a.png"]
    with pytest.raises(FileRefused, match=r"evil\.zip: holds a file that would lie outside the folder"):
        brought(room, evil)
    with pytest.raises(FileRefused, match="there is no such folder"):
        brought(room, tmp_path / "nowhere")


@pytest.mark.parametrize("stage", ["../..", "a/b", ".made", "_make", "/etc"])
def test_no_word_of_an_index_leads_out_of_the_media_folder(room: Workspace, tmp_path: Path, stage: str) -> None:
    files.picture(tmp_path / "inbox/a.png")
    (tmp_path / "inbox/index.csv").write_text(f"path,stage\na.png,{stage}\n", encoding="utf-8")
    brought(room, tmp_path / "inbox")
    assert f"'{stage}' is not a name for a folder." in aside(room)["a.png"]
    assert list(room.room.media.iterdir()) == []


@pytest.mark.req("R85")
@pytest.mark.parametrize(
    ("transcript", "reason"),
    [
        ("WEBVTT\n\n00:00.000 --> 01:00.000\nHi\n", "runs to 60 s, and the clip ends at 1 s."),
        ("Hello there", "does not begin with WEBVTT."),
    ],
)
def test_a_transcript_that_does_not_match_is_named_and_the_clip_is_shown_without(
    room: Workspace, transcript: str, reason: str
) -> None:
    at = room.room.media / "receive/parcel/hear"
    files.sound(at / "a.wav")
    (at / "a.vtt").write_text(transcript, encoding="utf-8")
    brought(room)
    assert room.rows(media, "path", "transcript") == [("receive/parcel/hear/a.wav", None)]
    assert aside(room) == {"receive/parcel/hear/a.wav": f"receive/parcel/hear/a.wav its transcript a.vtt {reason}"}


def test_nothing_to_bring_is_nothing_to_say(room: Workspace) -> None:
    assert brought(room).loaded is None


def test_the_list_of_a_folder_can_be_read_again(room: Workspace, tmp_path: Path) -> None:
    caption = 'Line one\nline "two", and more'
    files.picture(tmp_path / "inbox/receive/parcel/experience/a.png")
    out = io.StringIO()
    csv.writer(out).writerows([["path", "caption"], ["receive/parcel/experience/a.png", caption]])
    (tmp_path / "inbox/index.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    brought(room, tmp_path / "inbox")
    assert room.rows(media, "caption") == [(caption,)]


def test_what_is_said_at_the_terminal_of_files_in_place_counts_below_that_folder_and_for_that_run(room: Workspace) -> None:
    files.picture(room.room.media / "here/a.png")
    files.picture(room.room.media / "there/b.png", colour="red")
    result = brought(room, room.room.media / "here", stage="receive")
    assert paths(room) == ["here/a.png"] and list(aside(room)) == ["there/b.png"]
    assert "counts for this run only" in result.remarks[-1]
    assert brought(room).remarks == [] and paths(room) == []


@pytest.mark.parametrize(("option", "sentence"), [("stage", "recieve"), ("touchpoint", "parcle")])
def test_a_place_that_nobody_knows_is_refused_before_anything_is_copied(
    room: Workspace, tmp_path: Path, option: str, sentence: str
) -> None:
    files.picture(tmp_path / "inbox/a.png")
    with pytest.raises(NotFound, match=f"--{option}: there is no {option} '{sentence}'. Did you mean"):
        brought(room, tmp_path / "inbox", **{"stage": "receive", option: sentence})
    assert list(room.room.media.iterdir()) == []


def test_a_media_folder_that_is_away_is_refused_and_its_list_stays(room: Workspace) -> None:
    at = room.room.media
    files.picture(at / "receive/parcel/experience/a.png")
    brought(room)
    at.rename(at.with_name("away"))
    with pytest.raises(FileRefused, match="the media folder is not there"):
        brought(room)
    at.mkdir()
    with pytest.raises(FileRefused, match="is empty, and the store lists 1 files of it"):
        brought(room)
    assert len(paths(room)) == 1
    (at / "index.csv").touch()
    brought(room)
    assert not paths(room), "whoever means it puts an empty index there"


@pytest.mark.parametrize("transcript", ["/calls/call.vtt", "../call.vtt", "Good morning. " * 40])
def test_a_transcript_that_is_no_file_here_stops_nothing(room: Workspace, transcript: str) -> None:
    at = room.room.media / "receive/parcel/hear"
    files.sound(at / "a.wav")
    (at / "index.csv").write_text(f"path,transcript\na.wav,{transcript}\n", encoding="utf-8")
    brought(room)
    assert room.rows(media, "path", "transcript") == [("receive/parcel/hear/a.wav", None)]
    [reason] = aside(room).values()
    assert reason.startswith("receive/parcel/hear/a.wav its transcript ") and len(reason) < 160
