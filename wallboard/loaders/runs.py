"""The account of loads: runs, refused rows, and how fresh each source is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from wallboard.loaders.feed import Feed
from wallboard.loaders.feeds import feeds
from wallboard.loaders.refusals import Reason, Refusals, commonest
from wallboard.loaders.sources import Source
from wallboard.loaders.times import from_local
from wallboard.settings import Room
from wallboard.store.schema import load_run, refusal, source_state
from wallboard.store.versions import raise_versions
from wallboard.store.write import insert_rows

_R = load_run.c


@dataclass(frozen=True)
class Counts:
    """What became of the rows of a file: read = new + changed + same + refused + left out by `where`."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    gone: int = 0
    refused: int = 0
    left_out: int = 0


@dataclass(frozen=True)
class Before:
    """The last good run of a file, and what its rows come to when it is loaded again."""

    run: int
    counts: Counts
    fact_at: datetime | None


def begin(
    connection: Connection, source: Source, file: str, sha256: str | None, mapping: str, at: datetime, since: int | None = None
) -> int:
    """Open a run; its number stands in every row it writes. `since`: the run in which the content first came, else this one."""
    values = {"source": source.name, "feed": source.feed, "file": file, "sha256": sha256, "mapping": mapping}
    opened = insert(load_run).values(**values, started_at=at, status="running", since=since).returning(_R.id)
    run = int(connection.scalars(opened).one())
    if since is None:
        connection.execute(update(load_run).where(_R.id == run).values(since=run))
    return run


def since(connection: Connection, source: str, file: str, sha256: str | None) -> int | None:
    """The run in which a file's present content first came, under this name or, for a new name, under another one."""
    mine = select(load_run).where(_R.source == source, _R.sha256.is_not(None))
    last = connection.execute(mine.where(_R.file == file).order_by(_R.id.desc()).limit(1)).one_or_none()
    if last is not None:
        return int(last.since) if last.sha256 == sha256 else None
    earliest: int | None = connection.scalar(select(func.min(_R.since)).where(_R.source == source, _R.sha256 == sha256))
    return earliest


def loaded(connection: Connection, source: str) -> dict[str, int]:
    """The files of a source that were loaded, each with the run in which its newest content first came."""
    rows = select(_R.file, func.max(_R.since)).where(_R.source == source, _R.status == "ok").group_by(_R.file)
    return {file: int(run) for file, run in connection.execute(rows) if run is not None}


def loaded_by(connection: Connection, source: str, mapping: str) -> bool:
    """True where a file of a source was loaded by this mapping."""
    mine = select(_R.id).where(_R.source == source, _R.mapping == mapping, _R.status == "ok")
    return connection.execute(mine.limit(1)).first() is not None


def newer_than(connection: Connection, source: str, since: int | None) -> object:
    """The newest loaded run of a source (id, file, started_at) whose content came after `since`; None without one."""
    if since is None:
        return None
    newer = select(load_run).where(_R.source == source, _R.status == "ok", _R.since > since)
    return connection.execute(newer.order_by(_R.since.desc(), _R.id.desc()).limit(1)).one_or_none()


def written_since(connection: Connection, table: Table, source: str, since: int | None) -> set[str]:
    """The keys of a source's rows that a newer file wrote than one that came with the run `since`."""
    if newer_than(connection, source, since) is None:
        return set()
    rows = select(table.c.source_key).join(load_run, _R.id == table.c.load_run_id)
    return set(connection.scalars(rows.where(table.c.source == source, _R.since > since)))


def end(connection: Connection, run: int, counts: Counts, seconds: float, fact_at: datetime | None, message: str) -> None:
    """Close a run with its counts; the store itself refuses counts that do not add up."""
    rows = {f"rows_{name}": number for name, number in vars(counts).items()}
    closing = {"status": "ok", "seconds": seconds, "fact_at": fact_at, "message": message or None}
    connection.execute(update(load_run).where(_R.id == run).values(**rows, **closing))


def keep(connection: Connection, run: int, source: Source, file: str, refusals: Refusals) -> None:
    """Keep every refused row with its reason, as it came, in the place of those of earlier loads of the file."""
    earlier = select(_R.id).where(_R.source == source.name, _R.file == file, _R.id < run)
    connection.execute(delete(refusal).where(refusal.c.load_run_id.in_(earlier)))
    if len(refusals):
        insert_rows(connection, refusal, refusals.frame(), {"load_run_id": run})


def hand_on(connection: Connection, before: int, run: int) -> None:
    """Let the rows that an earlier run refused stand with a run that found the file unchanged."""
    connection.execute(update(refusal).where(refusal.c.load_run_id == before).values(load_run_id=run))


def forget(connection: Connection, before: datetime) -> None:
    """Forget the refused rows of files that were not loaded again since `before`."""
    older = select(_R.id).where(_R.started_at < before)
    connection.execute(delete(refusal).where(refusal.c.load_run_id.in_(older)))


def reasons(connection: Connection, run: int) -> tuple[Reason, ...]:
    """Why a run refused rows: the commonest reasons first."""
    columns = refusal.c.row_no, refusal.c.column_name, refusal.c.reason, refusal.c.remedy
    return commonest(connection.execute(select(*columns).where(refusal.c.load_run_id == run).order_by(refusal.c.row_no)))


def unchanged(connection: Connection, feed: Feed, source: str, file: str, sha256: str, mapping: str) -> Before | None:
    """The last good run of a file, where loading it again would change nothing."""
    mine = select(load_run).where(_R.source == source, _R.file == file, _R.status == "ok")
    last = connection.execute(mine.order_by(_R.id.desc()).limit(1)).one_or_none()
    if last is None or last.sha256 != sha256 or last.mapping != mapping:
        return None
    if last.rows_refused and _known_since(connection, feed, last.id):
        return None
    same = last.rows_read - last.rows_refused - last.rows_left_out
    counts = Counts(last.rows_read, same=same, refused=last.rows_refused, left_out=last.rows_left_out)
    return Before(last.id, counts, last.fact_at)


def _known_since(connection: Connection, feed: Feed, run: int) -> bool:
    """True where a later run changed what refused rows may refer to, or who says what they say: they may be welcome now."""
    tables = {column.table.name for column in feed.references.values()}
    if feed.key or feed.claims:
        tables.add(feed.table.name)
    filled = [other.name for other in feeds().values() if other.table.name in tables]
    later = select(_R.id).where(_R.feed.in_(filled), _R.id > run, _R.rows_new + _R.rows_changed + _R.rows_gone > 0)
    return connection.execute(later.limit(1)).first() is not None


def newest_fact(frame: pd.DataFrame, feed: Feed, room: Room, at: datetime) -> datetime | None:
    """The newest instant of a fact in these rows that is not in the future; of things without one, the load itself."""
    if feed.fact is None:
        return at
    facts: pd.Series[Any] = frame[feed.fact].dropna()
    if not isinstance(facts.dtype, pd.DatetimeTZDtype):
        facts = from_local(facts, room.settings.timezone)
    past = facts[facts <= pd.Timestamp(at)]
    return past.max().to_pydatetime() if len(past) else None


def note_source(
    connection: Connection, source: Source, fact_at: datetime | None, at: datetime, *, anything: bool
) -> tuple[str, ...]:
    """Note that a source has sent something; gives the tables whose version that raises."""
    s = source_state.c
    known = connection.execute(select(source_state).where(s.source == source.name)).one_or_none()
    if known is None:
        values = {"source": source.name, "feed": source.feed, "fact_at": fact_at, "loaded_at": at}
        connection.execute(insert(source_state).values(**values))
        return (source_state.name,)
    newest = max(filter(None, (known.fact_at, fact_at)), default=None) if anything else known.fact_at
    values = {"feed": source.feed, "fact_at": newest, "loaded_at": at}
    connection.execute(update(source_state).where(s.source == source.name).values(**values))
    return (source_state.name,) if known.fact_at != newest else ()


def refuse(
    connection: Connection,
    source: Source,
    file: str,
    at: datetime,
    seconds: float,
    message: str,
    sha256: str | None = None,
    since: int | None = None,
) -> None:
    """Note that a whole file was refused, and why; what the store knew before stays, and so does the day on which it came."""
    run = begin(connection, source, file, sha256, "", at, since)
    connection.execute(update(load_run).where(_R.id == run).values(status="refused", seconds=seconds, message=message))


def leave(connection: Connection, named: Collection[str], at: datetime) -> None:
    """Let sources go that the room names no more, except those whose rows are found rather than exported; their rows stay."""
    without_file = select(_R.source).where(_R.file == _R.source)
    gone = source_state.c.source.not_in([*named]), source_state.c.source.not_in(without_file)
    if connection.execute(delete(source_state).where(*gone)).rowcount:
        raise_versions(connection, (source_state.name,), at)


def settle(connection: Connection, source: Source, at: datetime, problem: str | None) -> None:
    """Once all files of a source were tried: what is wrong with it, if anything."""
    s = source_state.c
    known = connection.execute(select(source_state).where(s.source == source.name)).one_or_none()
    if known is None:
        values = {"source": source.name, "feed": source.feed, "loaded_at": at, "problem": problem}
        connection.execute(insert(source_state).values(**values))
    elif known.problem != problem:
        connection.execute(update(source_state).where(s.source == source.name).values(problem=problem))
    else:
        return
    raise_versions(connection, (source_state.name,), at)
