"""Exports that something has happened to: cells, rows, names, encodings, formats and bytes, by chance from a seed."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from random import Random
from typing import Any

import pandas as pd

Cells = list[list[Any]]

ODD = (
    *("", " ", "\u00a0", "NULL", "n/a", "-", "nan", "inf", "-inf", "1e999", "9" * 5_000, "-0", "0x1f", "٣٤", "½", "1.234,56"),
    *(
        "1,234.56",
        "(1,200)",
        "£12.50",
        "12%",
        "31/02/2026",
        "0000-00-00",
        "9999-12-31",
        "1969-12-31",
        "2026-02-30T25:61",
        "46203",
    ),
    *(
        "2026-03-29T01:30",
        "2026-10-25 01:30",
        "20260630",
        "June 2026",
        "30 juin 2026",
        "true",
        "JA",
        "'",
        '"',
        '""',
        "a\nb",
        "a\r\nb",
    ),
    *(
        "a;b,c\td|e",
        "=HYPERLINK(1)",
        "<script>",
        "\x00",
        "\u202e",
        "\ufeff",
        "e\u0301",
        "🫖" * 50,
        "x" * 100_000,
        "é" * 401,
        "\\N",
    ),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "cp1251", "cp932", "mac_roman")
FORMATS = ("csv", "csv", "csv", "tsv", "xlsx", "json", "ndjson", "parquet", "csv.gz", "csv.zip")


def mutant(rng: Random, table: Cells) -> tuple[str, bytes]:
    """One export made of a good table (column names first): its ending, and its bytes."""
    for _ in range(rng.randint(1, 2)):
        table = rng.choice(_TABLES)(rng, [list(row) for row in table]) or [[]]
    ending = rng.choice(FORMATS)
    content = _written(rng, table, ending)
    if rng.random() < 0.15:
        content = rng.choice(_BYTES)(rng, content)
    return ending, content


def _cell(rng: Random, table: Cells) -> Cells:
    for _ in range(rng.randint(1, 6)):
        row = rng.choice(table[1:] or table)
        if row:
            row[rng.randrange(len(row))] = rng.choice((*ODD, None, rng.randint(-(10**12), 10**12), rng.random()))
    return table


def _column(rng: Random, table: Cells) -> Cells:
    place, odd = rng.randrange(max(1, len(table[0]))), rng.choice(ODD)
    return [table[0], *([*row[:place], odd, *row[place + 1 :]] for row in table[1:])]


def _name(rng: Random, table: Cells) -> Cells:
    if table[0]:
        table[0][rng.randrange(len(table[0]))] = rng.choice((*ODD, *table[0]))
    return table


def _no_column(rng: Random, table: Cells) -> Cells:
    place = rng.randrange(max(1, len(table[0])))
    return [row[:place] + row[place + 1 :] for row in table]


def _columns(rng: Random, table: Cells) -> Cells:
    order = rng.sample(range(len(table[0])), len(table[0]))
    return [[row[n] for n in order if n < len(row)] for row in table]


def _ragged(rng: Random, table: Cells) -> Cells:
    row = rng.choice(table)
    row[:] = row[: rng.randrange(len(row) + 1)] if rng.random() < 0.5 else [*row, *row]
    return table


def _twice(rng: Random, table: Cells) -> Cells:
    return table[:1] + [row for row in table[1:] for _ in range(rng.randint(1, 2))]


def _few(rng: Random, table: Cells) -> Cells:
    return table[: rng.randint(0, len(table))]


def _above(rng: Random, table: Cells) -> Cells:
    return [["Report of the month", *[""] * (len(table[0]) - 1)], *table]


_TABLES: tuple[Callable[[Random, Cells], Cells], ...] = (
    *(*[_cell] * 8, *[_column] * 3, _name, _no_column, *[_columns] * 2, _ragged, *[_twice] * 2, *[_few] * 2, _above),
)


def _written(rng: Random, table: Cells, ending: str) -> bytes:
    if ending in ("xlsx", "parquet"):
        return _typed(table, ending)
    if ending in ("json", "ndjson"):
        return _records(rng, table, ending)
    delimiter = "\t" if ending == "tsv" else rng.choice((*"," * 9, ";"))
    end = rng.choice(("\n", "\n", "\r\n", "\r"))
    text = end.join(delimiter.join(_quoted(rng, cell, delimiter) for cell in row) for row in table) + rng.choice((end, end, ""))
    content = text.encode(rng.choice((*["utf-8"] * 20, *ENCODINGS)), "replace")
    if ending == "csv.gz":
        return gzip.compress(content)
    return _zipped(content) if ending == "csv.zip" else content


def _quoted(rng: Random, cell: Any, delimiter: str) -> str:
    text = "" if cell is None else str(cell)
    needs = any(sign in text for sign in (delimiter, '"', "\n", "\r"))
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if needs and rng.random() < 0.9 else text


def _typed(table: Cells, ending: str) -> bytes:
    wide = max(1, *(len(row) for row in table))
    names = [str(cell)[:200] for cell in table[0]] + [f"c{n}" for n in range(len(table[0]), wide)]
    names = names if len(set(names)) == wide else [f"c{n}" for n in range(wide)]
    frame = pd.DataFrame([[*row, *[None] * (wide - len(row))] for row in table[1:]], columns=names)
    out = io.BytesIO()
    if ending == "parquet":
        frame.astype("str").to_parquet(out, index=False)
    else:
        legal = dict.fromkeys(range(32), " ")
        frame = frame.map(lambda cell: cell.translate(legal)[:30_000] if isinstance(cell, str) else cell)
        frame.rename(columns=lambda name: name.translate(legal)).to_excel(out, index=False)
    return out.getvalue()


def _records(rng: Random, table: Cells, ending: str) -> bytes:
    rows: list[Any] = [dict(zip(map(str, table[0]), row, strict=False)) for row in table[1:]]
    for _ in range(rng.randint(0, 3)):
        odd: Any = rng.choice((None, 1, "x", [], [[]], {"a": {"b": [1]}}, float("nan"), 10**30, _deep(rng.choice((20, 400)))))
        if rng.random() < 0.5:
            rows.insert(rng.randrange(len(rows) + 1), odd)
        elif rows and isinstance(rows[0], dict) and table[0]:
            rows[0][str(rng.choice(table[0]))] = odd
    if ending == "ndjson":
        return "\n".join(json.dumps(row) for row in rows).encode()
    return json.dumps(rows if rng.random() < 0.8 else {"result": {"items": rows}}).encode()


def _deep(levels: int) -> Any:
    nested: Any = 1
    for _ in range(levels):
        nested = {"a": nested}
    return nested


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.csv", content)
    return out.getvalue()


def _flipped(rng: Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if flipped:
            flipped[rng.randrange(len(flipped))] = rng.randrange(256)
    return bytes(flipped)


def _cut(rng: Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _strewn(rng: Random, content: bytes) -> bytes:
    place = rng.randrange(len(content) + 1)
    return content[:place] + rng.randbytes(rng.randint(1, 30)) + content[place:]


_BYTES: tuple[Callable[[Random, bytes], bytes], ...] = (_flipped, _cut, _strewn)
