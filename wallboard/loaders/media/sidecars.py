"""index.csv: what people say of the files of a folder; a row may speak of one file, of a pattern (*.wav), or of all (*)."""

import csv
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from wallboard.errors import nearest

NAME = "index.csv"
SAID = (
    "kind", "stage", "touchpoint", "lane", "caption", "captured_on", "consent", "transcript", "words",
    "retention_until", "redacted", "pair", "moment",
)  # fmt: skip
"""The columns that may be said of a file, as the feed `media` knows them."""

_FILE = ("path", "file", "name")
_WILD = "*?["


@dataclass(frozen=True)
class Line:
    """One row of an index: where it stands, which file or pattern it names, and what it says."""

    row: int
    names: str
    said: dict[str, str]

    @property
    def pattern(self) -> bool:
        """True where it speaks of several files."""
        return any(one in self.names for one in _WILD)


@dataclass
class Sidecar:
    """One index.csv: its lines, the lines that named a file which is there, and what is wrong with it."""

    folder: PurePosixPath
    file: str
    lines: tuple[Line, ...] = ()
    faults: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def of(self, relative: PurePosixPath) -> dict[str, str] | None:
        """What it says of a file below its folder; None where it says nothing. A row of its own wins over patterns."""
        try:
            inside = relative.relative_to(self.folder)
        except ValueError:
            return None
        said: dict[str, str] = {}
        own = [line for line in self.lines if not line.pattern and PurePosixPath(line.names) == inside]
        wide = [line for line in self.lines if line.pattern and _matches(inside, line.names)]
        for line in (*wide, *own):
            said |= line.said
        self.used |= {line.row for line in own}
        return said if own or wide else None

    def missing(self) -> list[Line]:
        """The lines that name one file, and it is not there."""
        return [line for line in self.lines if not line.pattern and line.row not in self.used]


def read(file: Path, folder: PurePosixPath) -> Sidecar:
    """Read an index; what cannot be read of it is among its faults, and the files are taken without it."""
    found = Sidecar(folder, (folder / file.name).as_posix())
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream, strict=True)
            heads = {head: (head or "").strip().lower() for head in rows.fieldnames or ()}
            named = next((head for head, name in heads.items() if name in _FILE), None)
            if named is None:
                found.faults.append("has no column 'path'.")
                return found
            for head in heads.values():
                if head not in (*SAID, *_FILE):
                    found.faults.append(f"has a column '{head}' that says nothing here. {nearest(head, SAID)}")
            found.lines = tuple(_lines(rows, heads, named))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        found.faults.append(f"cannot be read ({error}). Save it as CSV in UTF-8.")
    return found


def written(rows: dict[str, dict[str, str]]) -> str:
    """An index as text, by file name."""
    lines = [["path", *SAID]]
    lines += [[name, *(said.get(column, "") for column in SAID)] for name, said in sorted(rows.items())]
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)


def _lines(rows: "csv.DictReader[str]", heads: dict[str, str], named: str) -> list[Line]:
    found = []
    for row in rows:
        names = (row.get(named) or "").strip().replace("\\", "/").removeprefix("./")
        if names:
            said = {name: (row.get(head) or "").strip() for head, name in heads.items() if name in SAID}
            found.append(Line(rows.line_num, names, {name: value for name, value in said.items() if value}))
    return found


def _matches(inside: PurePosixPath, pattern: str) -> bool:
    return fnmatchcase(inside.as_posix(), pattern) or fnmatchcase(inside.name, pattern)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(one in cell for one in ',"\n\r') or cell != cell.strip() else cell
