"""data/sources.toml: how each real export is mapped onto a feed, without code."""

import codecs
import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError, model_validator

from wallboard.errors import Faults, RoomError, SourceRefused, nearest
from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.loaders.former_names import former_names, renamed
from wallboard.settings import LocaleName, Room, Strict, Zone, model_faults
from wallboard.unicode import nfc

FORMATS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".parquet": "parquet",
    ".pq": "parquet",
}


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError(
            f"is not an encoding. {nearest(name, ('utf-8', 'utf-16', 'latin-1', 'cp1252', 'iso-8859-15'))}"
        ) from None
    return name


Cell = str | bool | int | float | datetime | date
Format = Literal["csv", "tsv", "excel", "json", "ndjson", "parquet", "sql"]


class Source(Strict):
    """One export, or query, and how its columns become those of a feed."""

    name: str = Field(description="how the source is called; its cadence stands in room.toml")
    feed: str = Field(description="the feed it fills")
    file: str | None = Field(None, description="pattern below the room's data folder, such as exports/tickets_*.csv")
    database: str | None = Field(None, description="URL of a database to ask instead; ${NAME} is taken from the environment")
    query: str | None = Field(None, description="what to ask that database")
    format: Format | None = Field(None, description="csv, tsv, excel, json, ndjson, parquet or sql; by default the file's ending")
    encoding: Annotated[str, AfterValidator(_known_encoding)] | None = Field(None, description="default: UTF-8, else a guess")
    delimiter: str | None = Field(None, min_length=1, max_length=1, description="what stands between cells of a CSV")
    sheet: str | None = Field(None, description="the sheet of a workbook; the first by default")
    header_row: Annotated[int, Field(ge=1, le=10_000)] | Literal["find"] | None = Field(
        None, description='the row in which the column names stand; "find": the first row that holds them; default the first'
    )
    optional: tuple[str, ...] = Field((), description="columns of the export that may be absent from a file")
    header_rows: int = Field(1, ge=1, le=9, description="rows of headers; the first gives the names, the second the wording")
    records: str | None = Field(None, description="path to the list within a JSON file, such as result.items")
    mode: Literal["incremental", "snapshot"] = Field(
        "incremental", description="snapshot: rows absent from a newer file are gone"
    )
    shrink: float = Field(0.1, ge=0, le=1, description="share of its rows that a snapshot may lose at one load")
    key: tuple[str, ...] | Literal["row"] | None = Field(
        None, description='columns that identify a row; "row": file and row number'
    )
    timezone: Zone | None = Field(None, description="zone of the export's times that name none; default the room's")
    decimal: Literal[".", ","] = Field(".", description="the decimal mark of the export's numbers")
    amounts: Literal["plain", "accounting"] = Field(
        "plain", description="accounting: numbers with a currency sign or code, in brackets, or with the minus behind"
    )
    null: tuple[str, ...] = Field((), description='what the export writes where it knows nothing, such as ["?", "n/a"]')
    columns: dict[str, str] = Field(default_factory=dict, description="column of the feed = column of the export")
    constants: dict[str, Cell] = Field(default_factory=dict, description="column of the feed = one value for all rows")
    dates: dict[str, str] = Field(
        default_factory=dict, description="column of the feed = strptime format, iso, unix, unix-ms, excel or excel-1904"
    )
    date_language: LocaleName | None = Field(
        None, description="language of the months in dates; default that of the room's locale"
    )
    end_dates: Literal["first day out", "last day in"] = Field(
        "first day out", description="what the export's end dates name: the first day without, or the last day with"
    )
    values: dict[str, dict[str, Cell]] = Field(default_factory=dict, description="column of the feed: value there = value here")
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict, description="keep rows whose export column says one of these")

    @model_validator(mode="after")
    def _file_or_query(self) -> "Source":
        if bool(self.file) == bool(self.database):
            raise ValueError("say where it comes from: either `file`, or `database` and `query`.")
        if bool(self.database) != bool(self.query):
            raise ValueError("`database` and `query` go together.")
        if self.file and (Path(self.file).is_absolute() or ".." in Path(self.file).parts):
            raise ValueError(f"file = '{self.file}': a pattern below the room's data folder; no '..' and no leading '/'.")
        return self

    @property
    def named(self) -> frozenset[str]:
        """The columns of the export that the source speaks of."""
        return frozenset((*self.columns.values(), *self.key_columns, *self.where))

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The columns of the export that identify a row."""
        return self.key if isinstance(self.key, tuple) else ()

    def gives(self, column: str) -> bool:
        """Whether it says itself what stands in a column of the feed."""
        return column in self.columns or column in self.constants

    @cached_property
    def needed(self) -> frozenset[str]:
        """The columns of the export without which no row can be read."""
        feed = feeds()[self.feed]
        required = {there for name, there in self.columns.items() if not feed.columns[name].nullable}
        return frozenset((*required, *self.key_columns, *self.where)) - set(self.optional)

    def format_of(self, file: str) -> str | None:
        """The format of a file of this source: as declared, else by its ending."""
        return self.format or FORMATS.get(Path(file).suffix.lower())

    def fingerprint(self, room: Room) -> str:
        """A hash of everything that decides what a file of this source means."""
        chosen = room.settings.model_dump_json(include={"timezone", "currency", "perimeter", "locale"})
        columns = ",".join(feeds()[self.feed].columns)
        return hashlib.sha256(f"{self.model_dump_json()}{chosen}{columns}".encode()).hexdigest()


def read_sources(room: Room) -> tuple[Source, ...]:
    """The sources of a room in the order in which they are loaded; raises Faults naming every fault of the file."""
    file, sources, faults = _file(room), list[Source](), list[RoomError]()
    for name, entry in _entries(file).items():
        _read_one(f"{file} [{name}]", name, entry, room, sources, faults)
    if faults:
        raise Faults(faults)
    return tuple(sorted(sources, key=lambda source: feeds()[source.feed].order))


def source_hints(room: Room) -> list[str]:
    """What the sources of a room say in words of before; raises SourceRefused where they cannot be read."""
    entries = _entries(_file(room))
    return [hint for name, entry in entries.items() if isinstance(entry, dict) for hint in former_names(name, entry)]


def _file(room: Room) -> Path:
    return room.data / "sources.toml"


def _entries(file: Path) -> dict[str, object]:
    if not file.is_file():
        raise SourceRefused(
            str(file), "there are no sources here.", "Write one [table] for each export; `wallboard init` shows an example."
        )
    try:
        return tomllib.loads(nfc(file.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceRefused(str(file), f"is not readable TOML ({error}).", "Correct that line.") from None


def _read_one(where: str, name: str, entry: object, room: Room, sources: list[Source], faults: list[RoomError]) -> None:
    if not isinstance(entry, dict):
        faults.append(SourceRefused(where, f"'{name}' stands outside any source.", "Put it under a [source]."))
        return
    try:
        source = Source.model_validate(renamed(entry) | {"name": name})
    except ValidationError as error:
        faults.extend(model_faults(error, where, Source, SourceRefused))
        return
    mapping_faults = list(_mapping_faults(where, source, room))
    faults.extend(mapping_faults)
    sources.append(source)


def _mapping_faults(where: str, source: Source, room: Room) -> Iterable[RoomError]:
    feed = feeds().get(source.feed)
    if feed is None:
        yield SourceRefused(where, f"feed = '{source.feed}' is not a feed.", nearest(source.feed, feeds()))
        return
    for part in ("columns", "constants", "dates", "values"):
        for column in getattr(source, part):
            if column not in feed.columns:
                yield SourceRefused(
                    where, f"{part}.{column}: feed '{feed.name}' has no such column.", nearest(column, feed.columns)
                )
    if source.end_dates == "last day in" and not feed.ends:
        yield SourceRefused(where, f"end_dates: feed '{feed.name}' has no end dates.", "Take that line out.")
    for column in source.columns.keys() & source.constants.keys():
        yield SourceRefused(where, f"'{column}' stands in columns and in constants.", "Keep one of them.")
    for column in source.dates.keys() & set(feed.columns) - set(feed.times):
        yield SourceRefused(where, f"dates.{column}: this column holds no date.", nearest(column, feed.times))
    yield from _missing(where, source, feed, room)


def _missing(where: str, source: Source, feed: Feed, room: Room) -> Iterable[RoomError]:
    given = source.columns.keys() | source.constants.keys() | feed.default_columns(room)
    if feed.placed and "touchpoint" in given:
        given |= {"stage"}
    for column in feed.required:
        if column not in given:
            remedy = f'Write under [{source.name}.columns]: {column} = "<column of the export>", or a constant.'
            yield SourceRefused(where, f"nothing gives '{column}', which feed '{feed.name}' needs.", remedy)
    if source.key is None and feed.key is None:
        remedy = 'Name the columns of the export that identify a row, or write key = "row".'
        yield SourceRefused(where, "'key' is missing.", remedy)
