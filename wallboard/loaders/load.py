"""The load: file after file, each in one transaction, and an account of every row."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from traceback import extract_tb
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from wallboard.clock import Clock, elapsed
from wallboard.errors import FileRefused, NotFound, RoomError, StoreRefused, in_one_line, nearest
from wallboard.loaders import runs, shrink
from wallboard.loaders.checks import checked
from wallboard.loaders.counting.declared import Change
from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.loaders.formulas import renew_formulas
from wallboard.loaders.ids import customers_without_zeros
from wallboard.loaders.keys import once
from wallboard.loaders.mapping import Mapping
from wallboard.loaders.order import oldest_first, since
from wallboard.loaders.presence import absent
from wallboard.loaders.reading import Arrival, Content, arrivals, read, take
from wallboard.loaders.recounting import Report, catch_up, invalidate, refresh
from wallboard.loaders.refusals import Reason, Refusals
from wallboard.loaders.sources import Source, read_sources
from wallboard.loaders.table import RawTable
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.constraints import rows_refused
from wallboard.store.schema import survey_response
from wallboard.store.troubles import StoreTrouble
from wallboard.store.versions import raise_versions
from wallboard.store.write import as_stored, write_rows

"""Letters of what a fault of our own says."""

MOST_HINTS = 3
"""Hints told at a load."""

_OUR_FAULT = "this program failed on this file, and nothing of it was loaded"


class LoadStopped(StoreTrouble):
    """The store could take no more; `loaded` is the account of the files before."""

    def __init__(self, trouble: StoreTrouble, loaded: "list[Loaded]") -> None:
        super().__init__(trouble.where, trouble.what, trouble.remedy)
        self.loaded = loaded


Progress = Callable[[int, int, str], None]
"""Told before every file and at the end: files done, files in all, and what is at hand."""


@dataclass(frozen=True, kw_only=True)
class Loaded(runs.Counts):
    """What became of one file; `gone` stood there before."""

    source: str
    feed: str
    file: str
    seconds: float = 0.0
    status: str = "ok"
    message: str = ""
    reasons: tuple[Reason, ...] = ()
    """The commonest reasons for which rows were refused."""


def load(
    room: Room,
    engine: Engine,
    clock: Clock,
    *,
    only: Iterable[str] = (),
    progress: Progress | None = None,
    accept_shrink: bool = False,
    first_rows: int | None = None,
) -> list[Loaded]:
    """Load the room's sources, or `only` some; a file that cannot be read is refused and the others go on.

    With `accept_shrink` a snapshot may lose any number of its rows. With `first_rows` so many are loaded of the last file of each
    source, and all of the things to which others refer. Raises StoreTrouble where the store can take nothing, LoadStopped
    (with what was loaded before) where that begins on the way.
    """
    every = read_sources(room)
    sources = _chosen(every, tuple(only))
    with writing(engine) as connection:
        runs.leave(connection, [source.name for source in every], clock())
        if renew_formulas(connection, [source.name for source in every if source.gives("formula")]):
            invalidate(connection, survey_response)
        work = [(source, *_arrived(connection, room, source)) for source in sources]
    if first_rows:
        work = [(source, files if feeds()[source.feed].key else files[-1:], missing) for source, files, missing in work]
    loaded: list[Loaded] = []
    tell, total = progress or (lambda *_: None), sum(len(files) for _, files, _ in work)
    count_again(room, engine, clock, lambda what: tell(0, total, what))
    try:
        for source, files, missing in work:
            loader = _FileLoader(room, engine, clock(), source, feeds()[source.feed], accept_shrink, first_rows)
            before = len(loaded)
            for arrival in files:
                tell(len(loaded), total, f"{source.name}: {arrival.name}")
                loaded.append(loader.load(arrival, missing))
            loader.settle(loaded[before:])
    except StoreTrouble as trouble:
        raise LoadStopped(trouble, loaded) from None
    with writing(engine) as connection:
        runs.forget(connection, clock() - timedelta(days=room.settings.refused_days))
    tell(total, total, "loaded")
    return loaded


def load_rows(room: Room, engine: Engine, clock: Clock, source: Source, rows: RawTable) -> Loaded:
    """Load rows that were found rather than exported, on the same terms as those of a file."""
    loader = _FileLoader(room, engine, clock(), source, feeds()[source.feed])
    loaded = loader.load(Arrival(source.name, None, rows), None)
    loader.settle([loaded])
    return loaded


def count_again(room: Room, engine: Engine, clock: Clock, tell: Report) -> None:
    """Count again what another version of the program, or by other rules of room.toml, has counted; before anything is loaded."""
    with writing(engine) as connection:
        raise_versions(connection, catch_up(connection, room, tell), clock())


def _chosen(sources: tuple[Source, ...], only: tuple[str, ...]) -> tuple[Source, ...]:
    names = [source.name for source in sources]
    for name in only:
        if name not in names:
            raise NotFound("data/sources.toml", f"there is no source '{name}'.", nearest(name, names))
    return tuple(source for source in sources if not only or source.name in only)


def _arrived(connection: Connection, room: Room, source: Source) -> tuple[list[Arrival], RoomError | None]:
    try:
        files = arrivals(room, source)
        return (oldest_first(connection, source, files) if len(files) > 1 else files), None
    except FileRefused as missing:
        return [Arrival(source.file or "query", None)], missing


@dataclass(frozen=True)
class _FileLoader:
    """Where the files of one source go into the store."""

    room: Room
    engine: Engine
    at: datetime
    source: Source
    feed: Feed
    accept_shrink: bool = False
    first_rows: int | None = None

    def load(self, arrival: Arrival, missing: RoomError | None) -> Loaded:
        """Load one file, or say why not."""
        began, content = elapsed(), Content(arrival, b"", None)
        try:
            if missing is not None:
                raise missing
            content = take(arrival)
            result = self._again(content) or self._anew(content, began)
            return replace(result, seconds=elapsed() - began)
        except StoreTrouble as trouble:
            raise StoreTrouble(trouble.where, trouble.what, f"{trouble.remedy} {arrival.name} was not loaded.") from None
        except StoreRefused as refusal:
            message = f"{arrival.name}: {refusal} Nothing of this file was loaded."
        except shrink.Shrunk as shrunk:
            with writing(self.engine) as connection:
                shrink.remember(connection, shrunk, self.at)
            message = str(shrunk)
        except RoomError as refusal:
            message = str(refusal)
        except MemoryError:
            message = f"{arrival.name}: this machine has not memory enough for this file. Export it in parts."
        except SQLAlchemyError as error:
            message = f"{arrival.name}: {rows_refused(getattr(error, 'orig', error))} Nothing of this file was loaded."
        except Exception as error:
            message = f"{arrival.name}: {_OUR_FAULT} ({in_one_line(error)}; {_place(error)}). Please report it."
        return self._refused(content, elapsed() - began, message)

    def settle(self, loaded: list[Loaded]) -> None:
        """Once all files of the source were tried: note what is wrong with it, if anything."""
        problem = next((result.message for result in loaded if result.status == "refused"), None)
        with writing(self.engine) as connection:
            runs.settle(connection, self.source, self.at, problem)

    def _again(self, content: Content) -> Loaded | None:
        """The same file under the same mapping: nothing to do but to say so."""
        if content.sha256 is None:
            return None
        with writing(self.engine) as connection:
            name, mapping = content.arrival.name, self.source.fingerprint(self.room)
            first = self._since(connection, content)
            overtaken = runs.newer_than(connection, self.source.name, first) if self.source.mode == "snapshot" else None
            message = self._overtaken(name, overtaken) if overtaken is not None else ""
            before = runs.unchanged(connection, self.feed, self.source.name, name, content.sha256, mapping)
            if overtaken is not None:
                before = before or runs.Before(0, runs.Counts(), None)
            if before is None or (self.feed.looks_outside and overtaken is None):
                return None
            run = runs.begin(connection, self.source, name, content.sha256, mapping, self.at, first)
            runs.hand_on(connection, before.run, run)
            runs.end(connection, run, before.counts, 0.0, before.fact_at, message)
            reasons = runs.reasons(connection, run) if before.counts.refused else ()
        return replace(self._blank(name), **vars(before.counts), message=message, reasons=reasons)

    def _since(self, connection: Connection, content: Content) -> int | None:
        return since(connection, self.source, content.arrival.name, content.sha256) if content.sha256 else None

    def _overtaken(self, name: str, newer: Any) -> str:
        """Why an older snapshot is not loaded over a newer one: told where the newer one is there no more."""
        if (self.room.data / newer.file).is_file():
            return ""
        day = f"{newer.started_at:%Y-%m-%d}"
        return f"{name} is older than {newer.file}, loaded on {day}, and is not loaded over it. Export it again to load it."

    def _anew(self, content: Content, began: float) -> Loaded:
        """Rows, refusals, facts, versions and the run itself in one transaction, all or nothing."""
        raw = read(content, self.source)
        raw = raw.first(self.first_rows) if self.first_rows and not self.feed.key else raw
        refusals = Refusals(raw)
        name, mapping = content.arrival.name, self.source.fingerprint(self.room)
        with writing(self.engine) as connection:
            first = self._since(connection, content)
            run = runs.begin(connection, self.source, name, content.sha256, mapping, self.at, first)
            counts, fact_at, notes = self._write(connection, run, first, content, raw, refusals)
            message = " ".join((*_message(raw, counts), *refusals.remarks, *notes, *hinted(self.feed.hints(connection))))
            runs.keep(connection, run, self.source, name, refusals)
            reasons = runs.reasons(connection, run) if counts.refused else ()
            runs.end(connection, run, counts, elapsed() - began, fact_at, message)
        return replace(self._blank(name), **vars(counts), message=message, reasons=reasons)

    def _write(
        self, connection: Connection, run: int, first: int | None, content: Content, raw: RawTable, refusals: Refusals
    ) -> tuple[runs.Counts, datetime | None, list[str]]:
        name = content.arrival.name
        seen = runs.loaded_by(connection, self.source.name, self.source.fingerprint(self.room))
        mapping = Mapping(self.source, self.feed, self.room, seen)
        missing = absent(raw, self.source)
        frame = mapping.frame(raw, name, refusals)
        frame = as_stored(connection, self.feed.table, self.source.name, frame, missing)
        frame = checked(connection, frame, self.source, self.feed, self.room, refusals)
        frame, again = once(frame, self.source, self.feed, refusals)
        if not self.accept_shrink:
            shrink.refuse_shrunk(connection, self.source, self.feed, frame, refusals, name, content.sha256)
        shrink.forget(connection, self.source.name)
        snapshot = self.source.mode == "snapshot"
        keys: dict[str, Collection[str]] = {"shut" if self.feed.closed else "spared": refusals.spared()}
        keys["newer"] = runs.written_since(connection, self.feed.table, self.source.name, first)
        written = write_rows(connection, self.feed.table, self.source.name, frame, run, snapshot=snapshot, **keys)
        fact_at = runs.newest_fact(frame, self.feed, self.room, self.at)
        raised = runs.note_source(connection, self.source, fact_at, self.at, anything=written.anything)
        moved: list[str] = []
        if written.anything:
            moved = refresh(Change(connection, self.room, self.feed, self.source.name, written))
            moved.append(self.feed.table.name)
        raise_versions(connection, (*moved, *raised), self.at)
        new, changed, gone = len(written.new), len(written.changed), len(written.gone)
        notes = [f"there is no column '{self.source.columns[column]}': {column} stays as it was." for column in missing]
        notes += customers_without_zeros(connection, frame, self.feed)
        notes += [f"{_rows(written.newer)} left as a newer file says."] if written.newer else []
        counts = runs.Counts(raw.read, new, changed, written.same + again, gone, len(refusals), refusals.left_out)
        return counts, fact_at, notes

    def _refused(self, content: Content, seconds: float, message: str) -> Loaded:
        name = content.arrival.name
        with writing(self.engine) as connection:
            first = self._since(connection, content)
            runs.refuse(connection, self.source, name, self.at, seconds, message, content.sha256, first)
        return replace(self._blank(name), status="refused", message=message, seconds=seconds)

    def _blank(self, name: str) -> Loaded:
        return Loaded(source=self.source.name, feed=self.feed.name, file=name)


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def _place(error: Exception) -> str:
    last = extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}, line {last.lineno}"


def _message(raw: RawTable, counts: runs.Counts) -> list[str]:
    notes = list(raw.notes)
    if counts.read and counts.refused == counts.read:
        notes.append("every row was refused; see the refusals.")
    return notes


def hinted(hints: Iterable[str]) -> list[str]:
    """The first few hints, and how many more there are."""
    every = list(hints)
    more = [f"And {len(every) - MOST_HINTS} more: wallboard check names them all."] if len(every) > MOST_HINTS else []
    return [f"Hint: {hint}" for hint in every[:MOST_HINTS]] + more
