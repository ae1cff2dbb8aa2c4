"""What a file's place, its index and its recorder say of it; what is nowhere, or leads elsewhere, is put aside by name."""

import json
import os
from pathlib import Path
from time import process_time
from unicodedata import normalize
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from wallboard.errors import FileRefused
from wallboard.loaders.media.folders import Folder, look_into

LONDON = ZoneInfo("Europe/London")


def put(root: Path, name: str, content: str = "x") -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def fields_of(contents: Folder) -> dict[str, dict[str, str]]:
    return {candidate.path: candidate.fields for candidate in contents.candidates}


def aside(contents: Folder) -> dict[str, str]:
    return {quarantined.path: quarantined.what for quarantined in contents.aside}


def test_a_place_says_stage_touchpoint_and_lane_and_an_index_says_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "wait/track/hear/a.ogg")
    put(tmp_path, "wait/track/hear/a.vtt")
    put(tmp_path, "wait/experience/b.png")
    put(tmp_path, "loose.png")
    put(tmp_path, "index.csv", "path,consent,retention_until\n*.ogg,given,2027-01-01\nloose.png,not needed,\n")
    put(tmp_path, "wait/track/hear/index.csv", "File,Caption,consent,colour\na.ogg,Nine days,withdrawn,red\n")
    contents = look_into(tmp_path, LONDON)
    assert fields_of(contents) == {
        "wait/track/hear/a.ogg": {
            "stage": "wait", "touchpoint": "track", "lane": "hear",
            "caption": "Nine days", "consent": "withdrawn", "retention_until": "2027-01-01",
        },
        "wait/experience/b.png": {"stage": "wait", "lane": "experience"},
        "loose.png": {"consent": "not needed"},
    }  # fmt: skip
    assert {candidate.path: candidate.transcript and candidate.transcript.name for candidate in contents.candidates}[
        "wait/track/hear/a.ogg"
    ] == "a.vtt"
    assert [remark.split(" that")[0] for remark in contents.remarks] == ["wait/track/hear/index.csv has a column 'colour'"]


@pytest.mark.req("R83")
def test_a_file_that_is_listed_and_is_not_there_is_put_aside(tmp_path: Path) -> None:
    put(tmp_path, "index.csv", "path,caption\ngone.png,Gone\n../secret.png,No\n")
    contents = look_into(tmp_path, LONDON)
    assert "stands in row 2 of index.csv and is not there" in aside(contents)["gone.png"]
    assert "lies outside the folder" in aside(contents)["../secret.png"]


@pytest.mark.parametrize(
    "content",
    [
        "caption\nHello\n",
        'path,caption\n"a.png,broken\n',
        "path;consent\na.ogg;withdrawn\n",
        "path,caption\na.ogg,Müll\n".encode("cp1252"),
    ],
)
def test_below_an_index_that_cannot_be_read_nothing_is_shown_that_it_may_have_closed(
    tmp_path: Path, content: str | bytes
) -> None:
    put(tmp_path, "wait/track/hear/a.ogg")
    put(tmp_path, "wait/look/hear/b.ogg")
    (tmp_path / "wait/track/index.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    contents = look_into(tmp_path, LONDON)
    assert list(fields_of(contents)) == ["wait/look/hear/b.ogg"] and contents.remarks[0].startswith("wait/track/index.csv ")
    assert aside(contents)["wait/track/hear/a.ogg"].startswith(
        "is not shown, for nobody knows what wait/track/index.csv says of it"
    )


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    for name in ("order [1].png", "order 1.png", "a.ogg"):
        put(tmp_path, name)
    put(tmp_path, "index.csv", "path,consent\norder [1].png,Withdrawn\n[a].ogg,Given\n*.wav,given\n")
    contents = look_into(tmp_path, LONDON)
    assert fields_of(contents) == {"order [1].png": {"consent": "withdrawn"}, "order 1.png": {}, "a.ogg": {"consent": "given"}}
    assert contents.remarks == ["index.csv row 4: no file answers to '*.wav'."] and not contents.aside


@pytest.mark.slow
def test_two_thousand_files_and_as_many_rows_are_read_at_once(tmp_path: Path) -> None:
    for n in range(2000):
        (tmp_path / f"{n}.ogg").touch()
    put(tmp_path, "index.csv", "path,caption\n*.ogg,All\n" + "".join(f"{n}.ogg,No {n}\n" for n in range(2000)))
    before = process_time()
    assert fields_of(look_into(tmp_path, LONDON))["1999.ogg"] == {"caption": "No 1999"}
    assert process_time() - before < 5


def test_a_folder_that_cannot_be_read_is_no_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "wait/a.ogg")
    real = os.scandir

    def locked(path: str) -> object:
        if str(path).endswith("wait"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", locked)
    with pytest.raises(FileRefused, match=r"^wait: this folder cannot be read \(Permission denied\)"):
        look_into(tmp_path, LONDON)


def test_words_in_the_column_of_transcripts_are_no_file_and_stop_nothing(tmp_path: Path) -> None:
    put(tmp_path, "a.ogg")
    put(tmp_path, "index.csv", f"path,transcript\na.ogg,{'Hello. ' * 100}\n")
    assert [candidate.path for candidate in look_into(tmp_path, LONDON).candidates] == ["a.ogg"]


def test_what_is_hidden_is_not_looked_at_and_links_that_lead_out_are_put_aside(tmp_path: Path) -> None:
    room, elsewhere = tmp_path / "media", put(tmp_path, "secret/a.png")
    for name in (".made/x/play.webm", "_make/a.png", ".DS_Store", "wait/track/hear/a.ogg"):
        put(room, name)
    (room / "link.png").symlink_to(elsewhere)
    (room / "folder").symlink_to(elsewhere.parent)
    (room / "broken.png").symlink_to(tmp_path / "nowhere")
    (room / "loop").symlink_to(room / "loop")
    (room / "inside.ogg").symlink_to(room / "wait/track/hear/a.ogg")
    contents = look_into(room, LONDON)
    assert sorted(fields_of(contents)) == ["inside.ogg", "wait/track/hear/a.ogg"]
    assert set(aside(contents)) == {"link.png", "folder", "broken.png", "loop"}
    assert set(aside(contents).values()) == {"is a link that leads out of the folder."}


GENESYS = "org/year=2026/month=06/day=29/hour=23/conversation_id=c1/{}"


def test_genesys_cloud_folders(tmp_path: Path) -> None:
    put(tmp_path, GENESYS.format("r1.ogg"))
    put(tmp_path, GENESYS.format("r1_metadata.json"), json.dumps({"mediaType": "Call"}))
    put(tmp_path, GENESYS.format("r2.webm"))
    put(tmp_path, GENESYS.format("r2_metadata.json"), json.dumps({"mediaType": "Screen", "startTime": "2026-06-28T10:00:00Z"}))
    put(tmp_path, GENESYS.format("r3.ogg"))
    put(tmp_path, GENESYS.format("r4.ogg"))
    put(tmp_path, GENESYS.format("r4_metadata.json"), "{broken")
    contents = look_into(tmp_path, LONDON, besides={"stage": "help"})
    assert fields_of(contents) == {
        GENESYS.format("r1.ogg"): {"stage": "help", "kind": "call", "lane": "hear", "captured_on": "2026-06-30"},
        GENESYS.format("r2.webm"): {"stage": "help", "kind": "video", "lane": "experience", "captured_on": "2026-06-28"},
    }, "23 h UTC is the next day in London's summer"
    assert aside(contents)[GENESYS.format("r3.ogg")] == "has no r3_metadata.json that can be read beside it."
    assert GENESYS.format("r4.ogg") in aside(contents)


def contact(place: str) -> str:
    return json.dumps({"ContactId": "c", "DisconnectTimestamp": "2026-06-29T23:30:00Z", "Recording": {"Location": place}})


def test_sinch_contacts(tmp_path: Path) -> None:
    put(tmp_path, "rec/a.wav")
    put(tmp_path, "a.json", contact("bucket/2026/06/a.wav"))
    put(tmp_path, "gone.json", contact("bucket/gone.wav"))
    put(tmp_path, "out.json", contact("../../etc/passwd"))
    put(tmp_path, "other.json", '{"ContactId": 1}')
    contents = look_into(tmp_path, LONDON)
    assert fields_of(contents) == {"rec/a.wav": {"kind": "call", "lane": "hear", "captured_on": "2026-06-30"}}
    assert aside(contents) == {
        "gone.json": "names a recording that is not here: 'gone.wav'.",
        "out.json": "names a recording outside the folder: '../../etc/passwd'.",
    }


def test_contacts_of_two_folders_mean_their_own_recordings(tmp_path: Path) -> None:
    for day in (28, 29):
        put(tmp_path, f"{day}/1.wav")
        put(tmp_path, f"{day}/1.json", contact(f"bucket/{day}/1.wav").replace("06-29", f"06-{day}"))
    put(tmp_path, "other/2.wav")
    put(tmp_path, "far.json", contact("bucket/other/2.wav"))
    put(tmp_path, "both.json", contact("bucket/1.wav"))
    contents = look_into(tmp_path, LONDON)
    assert {path: fields["captured_on"] for path, fields in fields_of(contents).items()} == {
        "28/1.wav": "2026-06-29", "29/1.wav": "2026-06-30", "other/2.wav": "2026-06-30",
    }  # fmt: skip
    assert aside(contents) == {"both.json": "names a recording of which there are several: '1.wav'."}


@pytest.mark.parametrize("never", ["0001-01-01T00:00:00", "9999-12-31T23:59:59Z"])
def test_a_moment_that_a_recorder_writes_for_never_stops_nothing(tmp_path: Path, never: str) -> None:
    put(tmp_path, GENESYS.format("r.ogg"))
    put(tmp_path, GENESYS.format("r_metadata.json"), json.dumps({"startTime": never}))
    put(tmp_path, GENESYS.format("s.ogg").replace("2026", "0001"))
    put(tmp_path, GENESYS.format("s_metadata.json").replace("2026", "0001"), "{}")
    put(tmp_path, "a.wav")
    put(tmp_path, "a.json", contact("a.wav").replace("2026-06-29T23:30:00Z", never))
    contents = look_into(tmp_path, ZoneInfo("America/New_York"))
    assert fields_of(contents)[GENESYS.format("r.ogg")]["captured_on"] == "2026-06-29"
    assert "captured_on" not in fields_of(contents)[GENESYS.format("s.ogg").replace("2026", "0001")]
    assert aside(contents)["a.json"] == "says neither where its recording lies nor when the contact ended."


def test_recordings_by_time_ticket_and_agent_need_a_row_of_their_own(tmp_path: Path) -> None:
    for name in ("20260629-141500_47_jo.wav", "20260630-090000_4712_jo.wav", "20261399-090000_4713_jo.wav"):
        put(tmp_path, name)
    put(tmp_path, "index.csv", "file,stage,touchpoint,consent\n20260629-141500_47_jo.wav,help,call,given\n")
    contents = look_into(tmp_path, LONDON)
    assert fields_of(contents) == {
        "20260629-141500_47_jo.wav": {
            "kind": "call", "lane": "hear", "captured_on": "2026-06-29",
            "stage": "help", "touchpoint": "call", "consent": "given",
        }
    }  # fmt: skip
    assert aside(contents) == {
        "20260630-090000_4712_jo.wav": "stands in no index.csv.",
        "20261399-090000_4713_jo.wav": "carries a time that never was: 20261399-090000.",
    }


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..")
)


@pytest.mark.slow
@settings(max_examples=at_most(60))
@given(parts=st.lists(NAMES, min_size=1, max_size=5))
def test_any_names_are_either_taken_or_put_aside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    root = tmp_path_factory.mktemp("any")
    try:
        put(root, "/".join([*parts[:-1], parts[-1] + ".png"]))
    except OSError:
        return
    contents = look_into(root, LONDON)
    hidden = any(part.startswith((".", "_")) for part in parts)
    assert len(contents.candidates) + len(contents.aside) == (0 if hidden or parts[-1] == "Thumbs.db" else 1)
    for candidate in contents.candidates:
        assert candidate.file.resolve().is_relative_to(root.resolve()) and candidate.path.isprintable()


def test_a_row_speaks_of_its_file_whatever_bytes_spell_the_name(tmp_path: Path) -> None:
    put(tmp_path, normalize("NFD", "hear/Frau Jäger.wav"))
    put(tmp_path, "index.csv", "path,consent,caption\n*Jäger*,given,Nine\nhear/Frau Jäger.wav,With\u200bdrawn,\n")
    contents = look_into(tmp_path, LONDON)
    assert list(fields_of(contents).values()) == [{"lane": "hear", "consent": "withdrawn", "caption": "Nine"}]
    assert not contents.aside


def test_a_withdrawal_without_a_file_is_told_first_and_closes_what_looks_like_it(tmp_path: Path) -> None:
    put(tmp_path, "hear/Herr Ко.wav")  # two Cyrillic letters
    put(tmp_path, "hear/Herr Kurz.wav")
    put(tmp_path, "index.csv", "path,consent\n*.wav,given\ngone.png,\nhear/herr Ko.wav,withdrawn\n")
    contents = look_into(tmp_path, LONDON)
    assert {path: fields["consent"] for path, fields in fields_of(contents).items()} == {
        "hear/Herr Ко.wav": "withdrawn",
        "hear/Herr Kurz.wav": "given",
    }
    first, second = contents.aside
    assert (first.path, second.path) == ("hear/herr Ko.wav", "gone.png")
    assert first.what.startswith("is withdrawn by row 4 of index.csv, and no file has this name")
    assert first.remedy.startswith("Keep the row.") and "take the row out" in second.remedy
