"""JSON and NDJSON: records, flattened with dots."""

from pathlib import Path

import pytest

from wallboard.errors import FileRefused
from wallboard.loaders.readers.json import read
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable


def table(text: str, name: str = "tickets.json", **fields: object) -> RawTable:
    source = Source.model_validate({"name": "t", "feed": "voice", "file": "t.json"} | fields)
    return read(Path(name), text.encode(), source)


def test_records_below_a_path_are_flattened() -> None:
    raw = table('{"data": {"items": [{"id": 1, "via": {"name": "web"}, "tags": ["a"]}, {"id": 2}]}}', records="data.items")
    assert list(raw.frame.columns) == ["id", "via.name", "tags"]
    assert raw.frame["tags"].iloc[0] == '["a"]'
    assert list(raw.frame.index) == [1, 2]


def test_a_wrong_path_is_named_with_the_nearest() -> None:
    with pytest.raises(FileRefused, match=r"there is no 'item'. Did you mean 'items'"):
        table('{"items": []}', records="item")


def test_a_list_elsewhere_is_offered() -> None:
    with pytest.raises(FileRefused, match='Write records = "items"'):
        table('{"items": []}')


def test_half_written_json_is_refused_whole() -> None:
    with pytest.raises(FileRefused, match="is not whole JSON"):
        table('[{"id": 1}, {"id"')


def test_a_bad_line_is_refused_and_a_cut_last_line_refuses_the_file() -> None:
    raw = table('{"id": 1}\nnonsense\n{"id": 3}\n[1]\n', name="t.ndjson")
    assert list(raw.frame.index) == [1, 3]
    assert [(refusal.row, refusal.raw) for refusal in raw.refused] == [(2, "nonsense"), (4, "[1]")]
    with pytest.raises(FileRefused, match="row 2: the file ends in the middle of a record"):
        table('{"id": 1}\n{"id": ', name="t.ndjson")


def test_halves_of_a_character_and_long_numbers_survive() -> None:
    raw = table('[{"id": 123456789012345678901234, "words": "\\ud83d a\\u0000"}]')
    assert str(raw.frame["id"].iloc[0]) == "123456789012345678901234"
    assert raw.frame["words"].iloc[0] == "\ufffd a\ufffd"
