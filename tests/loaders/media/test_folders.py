"""What a file's place, its index and its recorder say of it; what is nowhere, or leads elsewhere, is put aside by name."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallboard.loaders.media.folders import Folder, look_into

LONDON = ZoneInfo("Europe/London")


def put(root: Path, name: str, content: str = "x") -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    return file


def said(found: Folder) -> dict[str, dict[str, str]]:
    return {one.path: one.said for one in found.candidates}


def aside(found: Folder) -> dict[str, str]:
    return {one.path: one.what for one in found.aside}


def test_a_place_says_stage_touchpoint_and_lane_and_an_index_says_the_rest(tmp_path: Path) -> None:
    put(tmp_path, "wait/track/hear/a.ogg")
    put(tmp_path, "wait/track/hear/a.vtt")
    put(tmp_path, "wait/experience/b.png")
    put(tmp_path, "loose.png")
    put(tmp_path, "index.csv", "path,consent,retention_until\n*.ogg,given,2027-01-01\nloose.png,not needed,\n")
    put(tmp_path, "wait/track/hear/index.csv", "File,Caption,consent,colour\na.ogg,Nine days,withdrawn,red\n")
    found = look_into(tmp_path, LONDON)
    assert said(found) == {
        "wait/track/hear/a.ogg": {
            "stage": "wait", "touchpoint": "track", "lane": "hear",
            "caption": "Nine days", "consent": "withdrawn", "retention_until": "2027-01-01",
        },
        "wait/experience/b.png": {"stage": "wait", "lane": "experience"},
        "loose.png": {"consent": "not needed"},
    }  # fmt: skip
    assert {one.path: one.transcript and one.transcript.name for one in found.candidates}["wait/track/hear/a.ogg"] == "a.vtt"
    assert [one.split(" that")[0] for one in found.remarks] == ["wait/track/hear/index.csv has a column 'colour'"]


@pytest.mark.req("R83")
def test_a_file_that_is_listed_and_is_not_there_is_put_aside(tmp_path: Path) -> None:
    put(tmp_path, "index.csv", "path,caption\ngone.png,Gone\n../secret.png,No\n")
    found = look_into(tmp_path, LONDON)
    assert "stands in row 2 of index.csv and is not there" in aside(found)["gone.png"]
    assert "lies outside the folder" in aside(found)["../secret.png"]


@pytest.mark.parametrize(
    "content", ["caption\nHello\n", 'path,caption\n"a.png,broken\n', "\udcff".encode("utf-8", "surrogateescape")]
)
def test_an_index_that_cannot_be_read_is_named_and_the_files_are_taken_without_it(tmp_path: Path, content: str | bytes) -> None:
    put(tmp_path, "wait/track/hear/a.ogg")
    (tmp_path / "index.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    found = look_into(tmp_path, LONDON)
    assert len(found.candidates) == 1 and found.remarks[0].startswith("index.csv ")


def test_what_is_hidden_is_not_looked_at_and_links_that_lead_out_are_put_aside(tmp_path: Path) -> None:
    room, elsewhere = tmp_path / "media", put(tmp_path, "secret/a.png")
    for name in (".made/x/play.webm", "_make/a.png", ".DS_Store", "wait/track/hear/a.ogg"):
        put(room, name)
    (room / "link.png").symlink_to(elsewhere)
    (room / "folder").symlink_to(elsewhere.parent)
    (room / "broken.png").symlink_to(tmp_path / "nowhere")
    (room / "loop").symlink_to(room / "loop")
    (room / "inside.ogg").symlink_to(room / "wait/track/hear/a.ogg")
    found = look_into(room, LONDON)
    assert sorted(said(found)) == ["inside.ogg", "wait/track/hear/a.ogg"]
    assert set(aside(found)) == {"link.png", "folder", "broken.png", "loop"}
    assert set(aside(found).values()) == {"is a link that leads out of the folder."}


GENESYS = "org/year=2026/month=06/day=29/hour=23/conversation_id=c1/{}"


def test_genesys_cloud_folders(tmp_path: Path) -> None:
    put(tmp_path, GENESYS.format("r1.ogg"))
    put(tmp_path, GENESYS.format("r1_metadata.json"), json.dumps({"mediaType": "Call"}))
    put(tmp_path, GENESYS.format("r2.webm"))
    put(tmp_path, GENESYS.format("r2_metadata.json"), json.dumps({"mediaType": "Screen", "startTime": "2026-06-28T10:00:00Z"}))
    put(tmp_path, GENESYS.format("r3.ogg"))
    put(tmp_path, GENESYS.format("r4.ogg"))
    put(tmp_path, GENESYS.format("r4_metadata.json"), "{broken")
    found = look_into(tmp_path, LONDON, besides={"stage": "help"})
    assert said(found) == {
        GENESYS.format("r1.ogg"): {"stage": "help", "kind": "call", "lane": "hear", "captured_on": "2026-06-30"},
        GENESYS.format("r2.webm"): {"stage": "help", "kind": "video", "lane": "experience", "captured_on": "2026-06-28"},
    }, "23 h UTC is the next day in London's summer"
    assert aside(found)[GENESYS.format("r3.ogg")] == "has no r3_metadata.json that can be read beside it."
    assert GENESYS.format("r4.ogg") in aside(found)


def contact(place: str) -> str:
    return json.dumps({"ContactId": "c", "DisconnectTimestamp": "2026-06-29T23:30:00Z", "Recording": {"Location": place}})


def test_sinch_contacts(tmp_path: Path) -> None:
    put(tmp_path, "rec/a.wav")
    put(tmp_path, "a.json", contact("bucket/2026/06/a.wav"))
    put(tmp_path, "gone.json", contact("bucket/gone.wav"))
    put(tmp_path, "out.json", contact("../../etc/passwd"))
    put(tmp_path, "other.json", '{"ContactId": 1}')
    found = look_into(tmp_path, LONDON)
    assert said(found) == {"rec/a.wav": {"kind": "call", "lane": "hear", "captured_on": "2026-06-30"}}
    assert aside(found) == {
        "gone.json": "names a recording that is not here: 'gone.wav'.",
        "out.json": "names a recording outside the folder: '../../etc/passwd'.",
    }


def test_recordings_by_time_ticket_and_agent_need_a_row_of_their_own(tmp_path: Path) -> None:
    for name in ("20260629-141500_47_jo.wav", "20260630-090000_4712_jo.wav", "20261399-090000_4713_jo.wav"):
        put(tmp_path, name)
    put(tmp_path, "index.csv", "file,stage,touchpoint,consent\n20260629-141500_47_jo.wav,help,call,given\n")
    found = look_into(tmp_path, LONDON)
    assert said(found) == {
        "20260629-141500_47_jo.wav": {
            "kind": "call", "lane": "hear", "captured_on": "2026-06-29",
            "stage": "help", "touchpoint": "call", "consent": "given",
        }
    }  # fmt: skip
    assert aside(found) == {
        "20260630-090000_4712_jo.wav": "stands in no index.csv.",
        "20261399-090000_4713_jo.wav": "carries a time that never was: 20261399-090000.",
    }


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20).filter(
    lambda name: name not in (".", "..")
)


@settings(deadline=None, max_examples=60)
@given(parts=st.lists(NAMES, min_size=1, max_size=5))
def test_any_names_are_either_taken_or_put_aside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    root = tmp_path_factory.mktemp("any")
    try:
        put(root, "/".join([*parts[:-1], parts[-1] + ".png"]))
    except OSError:
        return
    found = look_into(root, LONDON)
    hidden = any(part.startswith((".", "_")) for part in parts)
    assert len(found.candidates) + len(found.aside) == (0 if hidden or parts[-1] == "Thumbs.db" else 1)
    for one in found.candidates:
        assert one.file.resolve().is_relative_to(root.resolve()) and one.path.isprintable()
