"""Which of a source's files is the newer one.

What was loaded before is older than what was not. Of files that are new, the one that was written later is newer; of files
that were copied together, their names decide, numbers in them as numbers. Names with a date (tickets_2026-06.csv) are believed
before all that, but for a name that was loaded before: a month that is exported again is news.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection

from wallboard.loaders import runs
from wallboard.loaders.reading import Arrival
from wallboard.loaders.sources import Source

_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-_. ]?(?:0[1-9]|1[0-2]|[QW]\d)\d*)?(?!\d)", re.IGNORECASE)
_TOGETHER = 2.0
"""Seconds between two writes of a copy or a checkout, which say nothing about which file is newer."""


def oldest_first(connection: Connection, source: Source, arrivals: Iterable[Arrival]) -> list[Arrival]:
    """The files in the order in which they are loaded, so that the newest one has the last word."""
    dated = [(_since(connection, source, arrival), by_name(arrival.name), arrival) for arrival in arrivals]
    known = sorted((entry for entry in dated if entry[0] is not None), key=lambda entry: entry[:2])
    return [arrival for *_, arrival in known] + _as_written([arrival for since, _, arrival in dated if since is None])


def by_name(name: str) -> tuple[list[list[str | int]], str]:
    """Names in the order a person expects: 9 before 10, "tickets" before "tickets (1)"."""
    path = PurePosixPath(name)
    return [_natural(part) for part in (*path.parts[:-1], path.stem)], path.suffix


def _natural(part: str) -> list[str | int]:
    return [int(piece) if n % 2 else piece.casefold() for n, piece in enumerate(re.split(r"(\d+)", part))]


def series_of(name: str) -> str | None:
    """What the names of a dated series have in common, year first so that they sort by date; None for any other name."""
    match = _DATED.search(name)
    return name[: match.start()] + re.sub(r"\d+", "#", name[match.start() :]) if match else None


def since(connection: Connection, source: Source, name: str, sha256: str | None) -> int | None:
    """The run in which a file's present content first came; None where it comes now.

    A file that is late, for one of a later date was loaded before it, takes its place before that one.
    """
    run_number = runs.since(connection, source.name, name, sha256)
    series = series_of(name)
    if run_number is not None or series is None:
        return run_number
    loaded = runs.loaded(connection, source.name)
    later = [run for other, run in loaded.items() if series_of(other) == series and by_name(other) > by_name(name)]
    return min(later) - 1 if later and name not in loaded else None


def _since(connection: Connection, source: Source, arrival: Arrival) -> int | None:
    return since(connection, source, arrival.name, _hash(arrival.path)) if arrival.path else None


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _as_written(arrivals: list[Arrival]) -> list[Arrival]:
    batches: list[list[Arrival]] = []
    last = float("-inf")
    for time, arrival in sorted(((_written(arrival.path), arrival) for arrival in arrivals), key=lambda pair: pair[0]):
        if time - last > _TOGETHER:
            batches.append([])
        batches[-1].append(arrival)
        last = time
    return _dated_in_turn([arrival for batch in batches for arrival in sorted(batch, key=lambda arrival: by_name(arrival.name))])


def _dated_in_turn(arrivals: list[Arrival]) -> list[Arrival]:
    """The files of a dated series in the order of their dates, in the places that they hold."""
    series = [series_of(arrival.name) for arrival in arrivals]
    queues = {key: iter(_series(arrivals, series, key)) for key in set(series) if key is not None}
    return [next(queues[key]) if key is not None else arrival for arrival, key in zip(arrivals, series, strict=True)]


def _series(arrivals: list[Arrival], series: list[str | None], key: str) -> list[Arrival]:
    mine = (arrival for arrival, its in zip(arrivals, series, strict=True) if its == key)
    return sorted(mine, key=lambda arrival: by_name(arrival.name))


def _written(path: Path | None) -> float:
    try:
        return path.stat().st_mtime if path else 0.0
    except OSError:
        return 0.0
