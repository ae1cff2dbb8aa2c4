"""JSON and NDJSON: a list of records; nested ones flattened with dots, lists kept as JSON."""

import json
import re
from collections.abc import Iterable, Mapping
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from wallboard.errors import FileRefused, nearest
from wallboard.loaders.encoding import decode
from wallboard.loaders.limits import DEEPEST, LONGEST_INTEGER, refuse_large, refuse_wide
from wallboard.loaders.sources import Source
from wallboard.loaders.table import UNSTORABLE, Header, RawTable, Refused, frame_of
from wallboard.unicode import tidied

_DEEP = f"is nested deeper than {DEEPEST} levels."
_OBJECT = 'is not a record; expected an object such as {"id": 1}.'


def read(path: Path, content: bytes, source: Source) -> RawTable:
    """Read records; rows count from 1, in NDJSON they are the file's lines."""
    decoded = decode(str(path), content, source.encoding)
    if not decoded.text.strip():
        raise FileRefused(str(path), "the file is empty.", "Export it again; expected a list of records.")
    lines = source.format_of(path.name) == "ndjson"
    records = _lines(path, decoded.text) if lines else enumerate(_records(path, decoded.text, source), start=1)
    rows: list[tuple[int, dict[str, object]]] = []
    refused: list[Refused] = []
    for number, record in records:
        if isinstance(record, Refused):
            refused.append(record)
        elif isinstance(record, Mapping):
            try:
                rows.append((number, dict(_flat(record))))
            except RecursionError:
                refused.append(Refused(number, None, _DEEP, "Correct it in the export.", _written(record)))
        else:
            refused.append(Refused(number, None, _OBJECT, "Correct it in the export.", _written(record)))
    names = tuple(dict.fromkeys(name for _, row in rows for name in row))
    refuse_wide(len(names), str(path))
    refuse_large(len(rows), len(names), sum(len(row) for _, row in rows), str(path))
    cells = [[row.get(name) for name in names] for _, row in rows]
    frame = frame_of(Header(names, frozenset()), cells, [number for number, _ in rows])
    return RawTable(frame, tuple(refused), notes=decoded.notes, sparse=True)


def _lines(path: Path, text: str) -> Iterable[tuple[int, object]]:
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_int=_integer)
        except (JSONDecodeError, RecursionError) as error:
            if number == len(lines) and not isinstance(error, RecursionError):
                what = f"row {number}: the file ends in the middle of a record ({error})."
                raise FileRefused(str(path), what, "It is half-written: export it again.") from None
            why = _DEEP if isinstance(error, RecursionError) else f"is not JSON ({error})."
            yield number, Refused(number, None, why, "Correct it in the export.", line)


def _records(path: Path, text: str, source: Source) -> list[object]:
    try:
        content: object = json.loads(text, parse_int=_integer)
    except (JSONDecodeError, RecursionError) as error:
        what = "is nested too deep to be a table." if isinstance(error, RecursionError) else f"is not whole JSON ({error})."
        raise FileRefused(
            str(path), what, 'It may be half-written: export it again. One record a line is format = "ndjson".'
        ) from None
    for step in source.records.split(".") if source.records else ():
        if not isinstance(content, Mapping) or step not in content:
            known = content if isinstance(content, Mapping) else ()
            raise FileRefused(str(path), f"records = '{source.records}': there is no '{step}'.", nearest(step, known))
        content = content[step]
    if not isinstance(content, list):
        lists = [name for name, value in content.items() if isinstance(value, list)] if isinstance(content, Mapping) else []
        hint = f'Write records = "{lists[0]}" in data/sources.toml.' if lists else "Name the path to the list under `records`."
        raise FileRefused(str(path), "holds no list of records.", hint)
    return content


def _integer(digits: str) -> int | str:
    """A whole number; a row of digits that is none stays text, exactly as it is written."""
    return int(digits) if len(digits) <= LONGEST_INTEGER else digits


def _written(record: Any) -> str:
    try:
        return json.dumps(record, ensure_ascii=False)
    except RecursionError:
        return "(too deep to be kept)"


def _flat(record: Mapping[str, object], above: str = "", depth: int = 1) -> Iterable[tuple[str, object]]:
    if depth > DEEPEST:
        raise RecursionError
    for name, value in record.items():
        place = re.sub(UNSTORABLE, "\ufffd", f"{above}{tidied(name)}")
        if isinstance(value, Mapping):
            yield from _flat(value, f"{place}.", depth + 1)
        elif isinstance(value, list):
            yield place, re.sub(UNSTORABLE, "\ufffd", json.dumps(value, ensure_ascii=False))
        else:
            yield place, re.sub(UNSTORABLE, "\ufffd", value) if isinstance(value, str) else value
