"""Files that are not what their name says, and every awkward table."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.loaders.conftest import SHARED, Workspace
from wallboard.errors import FileRefused, RoomError
from wallboard.loaders.reading import Arrival, read, take
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable
from wallboard.store.schema import post, refusal

AWKWARD = SHARED / "awkward"
FILES = sorted(path for path in AWKWARD.rglob("*") if path.is_file())
SOURCE = Source(name="t", feed="voice", file="*")


def table(path: Path, source: Source = SOURCE) -> RawTable:
    return read(take(Arrival(path.name, path)), source)


def zipped(**files: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.csv"), text)
    return written.getvalue()


def test_an_archive_of_one_file_is_opened(tmp_path: Path) -> None:
    for name, content in (
        ("a.zip", zipped(a="Id\n1\n")),
        ("b.csv", zipped(a="Id\n1\n")),
        ("c.csv.gz", gzip.compress(b"Id\n1\n")),
    ):
        (tmp_path / name).write_bytes(content)
        assert list(table(tmp_path / name).frame["Id"]) == ["1"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.zip", zipped(a="", b=""), "is an archive of 2 files; expected one."),
        ("a.csv", zipped(a="Id\n1\n")[:40], "is not a complete archive"),
        ("a.csv", b"", "the file is empty (0 bytes)."),
        ("a.csv", b"<!DOCTYPE html><html><body>Log in</body></html>", "is a web page or XML, not csv."),
        ("a.csv", b"PAR1....", "is a Parquet file, not csv."),
        ("a.csv", b"%PDF-1.7", "is a PDF, not csv."),
        ("a.csv", b"--x\r\nContent-Disposition: form-data\r\n\r\nId\n", "is a multipart message, not a table."),
        ("a.md", b"Id\n", "the ending '.md' says no format."),
    ],
)
def test_what_is_no_table_is_refused_with_a_word(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileRefused) as refused:
        table(tmp_path / name)
    assert sentence in str(refused.value)
    assert name in str(refused.value)
    assert refused.value.remedy


@pytest.mark.req("S9")
@pytest.mark.skipif(not FILES, reason="../shared/data/awkward is absent: it stands beside the repository")
@pytest.mark.slow
def test_every_awkward_file_loads_or_is_refused_and_no_row_is_lost(quick: Workspace) -> None:
    entries = []
    for number, path in enumerate(FILES):
        quick.put(f"awkward/{number}/{path.name}", path.read_bytes())
        column = first_column(path)
        entries.append(
            f"[a{number}]\nfeed = 'posts'\nfile = 'awkward/{number}/*'\nkey = 'row'\n"
            f"constants = {{brand = 'x', ours = true, posted_at = '2026-06-01'}}\ncolumns = {{words = {json.dumps(column)}}}\n"
        )
    quick.sources("\n".join(entries))
    loaded = quick.load()
    assert len(loaded) == len(FILES)
    assert {result.status for result in loaded} == {"ok", "refused"}
    assert not [result.message for result in loaded if "this program failed" in result.message]
    assert all(result.message.endswith(".") for result in loaded if result.status == "refused")
    assert sum(result.new for result in loaded) == quick.count(post)
    assert sum(result.refused for result in loaded) == quick.count(refusal)


def first_column(path: Path) -> str:
    try:
        names = table(path).columns
    except RoomError:
        return "?"
    return names[0] if names else "?"
