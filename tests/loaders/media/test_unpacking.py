"""A ZIP file instead of a folder: nothing of it ever lies outside, and it does not fill the disk."""

import stat
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import at_most
from wallboard.errors import FileRefused
from wallboard.loaders.media import unpacking
from wallboard.loaders.media.unpacking import unpack


def packed(file: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_what_stays_below_is_unpacked(tmp_path: Path) -> None:
    unpack(packed(tmp_path / "a.zip", ("wait/track/hear/a.ogg", b"sound"), ("wait/", b"")), tmp_path / "out")
    assert (tmp_path / "out/wait/track/hear/a.ogg").read_bytes() == b"sound"


@pytest.mark.parametrize(
    ("member", "reason"),
    [
        ("../evil.png", "outside the folder"),
        ("a/../../evil.png", "outside the folder"),
        ("/etc/evil.png", "outside the folder"),
        ("..\\evil.png", "outside the folder"),
        ("C:/evil.png", "outside the folder"),
        (link("a.png"), "holds a link"),
    ],
)
def test_what_would_lie_outside_is_refused_whole(tmp_path: Path, member: str | zipfile.ZipInfo, reason: str) -> None:
    archive = packed(tmp_path / "a.zip", ("good.png", b"x"), (member, b"/etc/passwd"))
    with pytest.raises(FileRefused, match=reason):
        unpack(archive, tmp_path / "out")
    assert {path.name for path in tmp_path.rglob("*")} <= {"a.zip", "out"}


def test_what_unpacks_to_far_more_than_it_is_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = packed(tmp_path / "a.zip", ("a.png", b"\0" * 3_000_000))
    monkeypatch.setattr(unpacking, "MOST_BYTES", 2_000_000)
    with pytest.raises(FileRefused, match="fill the disk"):
        unpack(archive, tmp_path / "out")


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_an_archive_that_is_damaged_within_is_refused_however_it_was_packed(tmp_path: Path, packing: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", packing) as archive:
        archive.writestr("a.png", bytes(range(256)) * 400)
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:44] + b"\xff" * 40 + whole[84:])
    with pytest.raises(FileRefused, match="not a complete archive"):
        unpack(tmp_path / "a.zip", tmp_path / "out")


@pytest.mark.parametrize("names", [("a", "a/b"), ("a/b", "a")])
def test_a_file_and_a_folder_of_one_name_are_refused_by_the_name_of_the_archive(tmp_path: Path, names: tuple[str, str]) -> None:
    archive = packed(tmp_path / "a.zip", *((name, b"x") for name in names))
    with pytest.raises(FileRefused, match=r"a\.zip: holds a file and a folder of the same name\.") as refused:
        unpack(archive, tmp_path / "out")
    assert "out" not in refused.value.what


def test_what_is_no_whole_archive_is_refused(tmp_path: Path) -> None:
    whole = packed(tmp_path / "a.zip", ("a.png", bytes(range(256)) * 40)).read_bytes()
    for n, broken in enumerate((b"no zip", whole[: len(whole) // 2], whole.replace(b"\x00\x01\x02\x03", b"\x09\x09\x09\x09"))):
        (tmp_path / f"{n}.zip").write_bytes(broken)
    for n in (0, 1):
        with pytest.raises(FileRefused, match="not a complete archive"):
            unpack(tmp_path / f"{n}.zip", tmp_path / "out")


@settings(max_examples=at_most(50))
@given(name=st.text(st.sampled_from("ab./\\:C~"), min_size=1, max_size=12))
def test_no_name_leads_out(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    root = tmp_path_factory.mktemp("zip")
    target = root / "deep" / "out"
    with suppress(FileRefused, OSError):
        unpack(packed(root / "a.zip", (name, b"x")), target)
    written = [path for path in root.rglob("*") if path.is_file() and path.name != "a.zip"]
    assert all(path.is_relative_to(target) for path in written)
