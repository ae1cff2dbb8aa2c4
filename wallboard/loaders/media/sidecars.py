"""index.csv: what people say of the files of a folder; a row may speak of one file, of a pattern (*.wav), or of all (*)."""

import csv
import io
import re
from collections.abc import Container
from dataclasses import dataclass, field
from fnmatch import translate
from pathlib import Path, PurePosixPath

from wallboard.errors import nearest
from wallboard.unicode import skeleton, tidied

NAME = "index.csv"
FIELDS = (
    "kind", "stage", "touchpoint", "lane", "caption", "captured_on", "consent", "transcript", "words",
    "retention_until", "redacted", "pair", "moment",
)  # fmt: skip
"""The columns that may be said of a file, as the feed `media` knows them."""

FILE = ("path", "file", "name")
"""The columns that may name the file."""

WITHDRAWN = "withdrawn"
_ONE_WORD = ("kind", "lane", "consent", "moment")
"""The columns whose words are those of a list, so that capitals say nothing."""

_WILD = "*?["


@dataclass(frozen=True)
class Line:
    """One row of an index: where it stands, which file or pattern it names, and what it says."""

    row: int
    names: str
    fields: dict[str, str]

    @property
    def wild(self) -> bool:
        """True where it may speak of several files; a name may hold brackets as well."""
        return any(sign in self.names for sign in _WILD)

    @property
    def withdraws(self) -> bool:
        """True where a customer took the consent back."""
        return self.fields.get("consent") == WITHDRAWN


@dataclass
class Sidecar:
    """One index.csv: its lines, the lines that named a file which is there, what is wrong with it, and why it is not read."""

    folder: PurePosixPath
    file: str
    lines: tuple[Line, ...] = ()
    faults: list[str] = field(default_factory=list)
    broken: str = ""
    """Why nothing of it could be read: what it says of its files is not known, and none of them may be shown."""

    used: set[int] = field(default_factory=set)
    _own: dict[str, list[Line]] = field(default_factory=dict)
    _wide: list[tuple[Line, re.Pattern[str]]] = field(default_factory=list)
    _closed: set[str] = field(default_factory=set)
    """Names, folded, of files that are withdrawn and not there: what looks like them stays shut."""

    def settle(self, files: Container[str]) -> None:
        """Tell the lines that name one file from the patterns: what is the name of a file which is there is no pattern.

        `files`: the paths of what is there, as `spelling` gives them.
        """
        self._own, self._wide, self._closed = {}, [], set()
        for line in self.lines:
            there = spelling(self.folder / line.names) in files
            if line.wild and not there:
                self._wide.append((line, re.compile(translate(line.names))))
                continue
            self._own.setdefault(spelling(line.names), []).append(line)
            if line.withdraws and not there:
                self._closed.add(_folded(line.names))

    def of(self, relative: PurePosixPath) -> dict[str, str] | None:
        """What it says of a file below its folder; None where it says nothing. A row of its own wins over patterns."""
        try:
            inside = relative.relative_to(self.folder)
        except ValueError:
            return None
        path, name = spelling(inside), spelling(inside.name)
        lines = [line for line, fits in self._wide if fits.match(path) or fits.match(name)]
        lines += self._own.get(path, [])
        self.used |= {line.row for line in lines}
        fields = _together(lines) if lines else None
        return (fields or {}) | {"consent": WITHDRAWN} if self._closed and _folded(inside) in self._closed else fields

    def own(self, relative: PurePosixPath) -> dict[str, str]:
        """What its rows say of one file by name."""
        return _together(self._own.get(spelling(relative.relative_to(self.folder)), []))

    def missing(self) -> list[Line]:
        """The lines that name one file, and it is not there; withdrawals first."""
        unused = [line for lines in self._own.values() for line in lines if line.row not in self.used]
        return sorted(unused, key=lambda line: (not line.withdraws, line.row))

    def idle(self) -> list[Line]:
        """The patterns to which no file answers."""
        return [line for line, _ in self._wide if line.row not in self.used]


def read(file: Path, folder: PurePosixPath) -> Sidecar:
    """Read an index; what is odd about it is among its faults, and where nothing can be read of it, `broken` says why."""
    sidecar = Sidecar(folder, (folder / file.name).as_posix())
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            heads = {head: tidied(head or "").lower() for head in rows.fieldnames or ()}
            named = next((head for head, name in heads.items() if name in FILE), None)
            if named is None:
                sidecar.broken = "has no column 'path'. Save it as CSV with commas between its columns."
                return sidecar
            for head in heads.values():
                if head not in (*FIELDS, *FILE):
                    sidecar.faults.append(f"has a column '{head}' that says nothing here. {nearest(head, FIELDS)}")
            sidecar.lines = tuple(_lines(rows, heads, named))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        sidecar.broken = f"cannot be read ({error}). Save it as CSV in UTF-8."
    return sidecar


def merged(before: str, rows: dict[str, dict[str, str]]) -> str:
    """The text of an index with what is said of files by name: what stands there stays, but a withdrawal always counts.

    `before`: the text that can be read there now, or nothing. Its order, its patterns and its own columns are kept.
    """
    lines = list(csv.reader(io.StringIO(before, newline=""), strict=True)) or [["path", *FIELDS]]
    heads = [head.strip().lower() for head in lines[0]]
    named = next(n for n, head in enumerate(heads) if head in FILE)
    missing = [column for column in FIELDS if column not in heads and any(row.get(column) for row in rows.values())]
    heads, lines[0] = heads + missing, lines[0] + missing
    places = {_name(line[named]): line for line in lines[1:] if len(line) > named}
    for name, row in rows.items():
        line = places.get(spelling(name))
        if line is None:
            line = [""] * len(heads)
            line[named] = name
            lines.append(line)
        _fill(line, heads, row)
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)


def _fill(line: list[str], heads: list[str], row: dict[str, str]) -> None:
    line += [""] * (len(heads) - len(line))
    for column, value in row.items():
        at = heads.index(column)
        if not line[at].strip() or (column == "consent" and value == WITHDRAWN):
            line[at] = value


def _lines(rows: "csv.DictReader[str]", heads: dict[str, str], named: str) -> list[Line]:
    lines = []
    for row in rows:
        names = _name(row.get(named) or "")
        if names:
            fields = {name: (row.get(head) or "").strip() for head, name in heads.items() if name in FIELDS}
            fields |= {name: skeleton(fields[name]).lower() for name in _ONE_WORD if name in fields}
            lines.append(Line(rows.line_num, names, {name: value for name, value in fields.items() if value}))
    return lines


def _together(lines: list[Line]) -> dict[str, str]:
    return {name: value for line in lines for name, value in line.fields.items()}


def _name(cell: str) -> str:
    return tidied(cell).replace("\\", "/").removeprefix("./")


def spelling(path: PurePosixPath | str) -> str:
    """A path in the one spelling in which paths are compared, whatever bytes a disk or a program wrote it with."""
    return tidied(str(path))


def _folded(path: PurePosixPath | str) -> str:
    return skeleton(str(path)).casefold()


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in ',"\n\r') or cell != cell.strip() else cell
