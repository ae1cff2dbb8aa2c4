"""Files that were packed to burst, or are of no size that a table has: each ends with a sentence, and the others load."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pandas as pd
import pytest

from tests.loaders.conftest import VOICE, Workspace, tickets
from wallboard.errors import FileRefused
from wallboard.loaders import limits, reading
from wallboard.loaders.limits import unpacked
from wallboard.loaders.load import Loaded
from wallboard.store.schema import voice

ZEROS = b"0" * (80 * 2**20)
AFTER = VOICE.replace("tickets", "later")


def corner() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, cell in (("A1", "Id"), ("B1", "Created"), ("A2", 1), ("XFD1048576", "x")):
        sheet[place] = cell
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def zipped(content: bytes, name: str = "tickets.csv") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return written.getvalue()


def inflated() -> bytes:
    """A workbook one part of which says that it is larger than a table may be."""
    written = io.BytesIO(corner())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * 1_000)
    content = bytearray(written.getvalue())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = (2**31 - 1).to_bytes(4, "little")
    return bytes(content)


def both(workspace: Workspace, name: str, content: str | bytes, more: str = "") -> Loaded:
    """What becomes of a file; the source after it loads."""
    workspace.sources(VOICE.replace("tickets*.csv", name).replace("[tickets]", f"[tickets]\n{more}", 1) + AFTER)
    workspace.put(name, content)
    workspace.put("later.csv", tickets("1,2026-06-01,,Late,"))
    first, second = workspace.load()
    assert (second.source, second.status, second.new + second.same) == ("later", "ok", 1)
    return first


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", corner, "takes more than 2 GB of memory to read"),
        ("b.xlsx", inflated, "unpacks to 2,0"),
        ("c.csv.gz", lambda: gzip.compress(ZEROS, 9), "unpacks to more than 64 MB"),
        ("d.csv.zip", lambda: zipped(ZEROS), "unpacks to more than 64 MB"),
        ("e.csv", lambda: ",".join(f"c{n}" for n in range(10**6)).encode(), "row 1 has 1,000,000 columns"),
        ("f.json", lambda: json.dumps([{f"c{n}": 1 for n in range(20_000)}]).encode(), "has 20,000 columns"),
        ("g.ndjson", lambda: b"".join(b'{"k%d":1}\n' % n for n in range(8_000)), "comes to 8,000 rows of 8,000 columns"),
    ],
)
def test_a_bomb_ends_its_file_with_a_sentence(quick: Workspace, name: str, content: Any, sentence: str) -> None:
    refused = both(quick, name, content())
    assert refused.status == "refused" and sentence in refused.message, refused.message
    assert "this program failed" not in refused.message


def test_a_parquet_file_of_very_many_equal_rows_is_refused(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 1_000)
    written = io.BytesIO()
    pd.DataFrame({"Id": ["1"], "Created": ["2026-06-01"]}).loc[[0] * 200_000].to_parquet(written, index=False)
    assert "comes to 200,000 rows" in both(quick, "h.parquet", written.getvalue()).message


def test_what_is_packed_is_read_no_further_than_it_may_be() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"0" * size

    endless = Endless()
    with pytest.raises(FileRefused, match="it is not an export"):
        unpacked(endless, 10_000, "a.csv.gz")
    assert endless.given <= 65 * 2**20


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("a.json", '[{"Id": 1, "Created": "2026-06-01", "Solved": null, "Words": "w", "Score": %s}]'),
        ("a.ndjson", '{"Id": 1, "Created": "2026-06-01", "Solved": null, "Words": "w", "Score": %s}\n'),
        ("a.csv", "Id,Created,Solved,Words,Score\n1,2026-06-01,,w,%s\n"),
    ],
)
def test_an_integer_of_five_thousand_digits_refuses_its_row(quick: Workspace, name: str, row: str) -> None:
    loaded = both(quick, name, row % ("9" * 5_000))
    assert (loaded.status, loaded.read, loaded.refused) == ("ok", 1, 1)
    assert "is not a number" in quick.refusals()[0][2]


def test_a_file_that_is_nested_too_deep_is_told_in_the_room_s_words(quick: Workspace) -> None:
    quick.sources(VOICE.replace("tickets*.csv", "a.json"))
    quick.put("a.json", "[" * 200_000)
    assert "is nested too deep to be a table." in quick.load_one().message


def test_records_that_are_nested_too_deep_are_refused(quick: Workspace) -> None:
    good = {"Id": 1, "Created": "2026-06-01", "Solved": None, "Words": "w", "Score": None}
    deep = [json.dumps(good), *('{"a":' * depth + "1" + "}" * depth for depth in (40, 700)), "[" * 600 + "]" * 600]
    loaded = both(quick, "a.ndjson", "\n".join(deep) + "\n")
    assert (loaded.status, loaded.read, loaded.new, loaded.refused) == ("ok", 4, 1, 3)
    for depth in (900, 100_000):
        whole = both(quick, "b.json", "[" + '{"a":' * depth + "1" + "}" * depth + "]")
        assert "this program failed" not in whole.message and whole.new == 0
    assert limits.DEEPEST < 40


def test_a_file_that_grows_while_it_is_read_is_waited_for_or_refused(quick: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.read_bytes
    grown: list[Path] = []

    def growing(path: Path) -> bytes:
        content = whole(path)
        if path.name == "tickets.csv" and len(grown) < times:
            grown.append(path)
            with path.open("ab") as file:
                file.write(f"{len(grown)},2026-06-01,,Late,\n".encode())
        return content

    monkeypatch.setattr(Path, "read_bytes", growing)
    monkeypatch.setattr(reading, "PAUSE", 0)
    quick.sources(VOICE)
    quick.put("tickets.csv", tickets())
    times = 3
    assert quick.load_one().new == 3
    times = 1_000
    refused = quick.load_one()
    assert refused.status == "refused" and "tickets.csv: is still being written." in refused.message
    assert quick.count(voice) == 3


def test_a_file_that_ends_in_the_middle_of_a_row_is_refused_whole(quick: Workspace) -> None:
    quick.sources(VOICE)
    quick.put("tickets.csv", tickets("1,2026-06-01,,Late,", "2,2026-06-01,,Late,").removesuffix(",,Late,\n"))
    refused = quick.load_one()
    assert refused.status == "refused" and "row 3 has 2 of 5 cells, and no end" in refused.message
    quick.put("tickets.csv", tickets("1,2026-06-01,,Late,", "2,2026-06-01"))
    assert (quick.load_one().new, quick.load_one().refused) == (1, 1)
