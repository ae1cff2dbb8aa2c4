"""`wallboard media`: every file of the media folder, and of a folder from elsewhere, prepared, and listed by the feed `media`."""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd
from sqlalchemy import Engine, func, select

from wallboard.clock import Clock
from wallboard.errors import FileRefused, NotFound, nearest
from wallboard.loaders.load import Loaded, load, load_rows
from wallboard.loaders.media import transcripts
from wallboard.loaders.media.folders import TOP, Candidate, Folder, Quarantined, look_into
from wallboard.loaders.media.found import FILM, PAPER, SOUND, Found, MediaRefused
from wallboard.loaders.media.made import Made, sweep
from wallboard.loaders.media.preparing import Prepared, prepare
from wallboard.loaders.media.sidecars import SAID, WITHDRAWN
from wallboard.loaders.media.taking import NOWHERE, Taking, same
from wallboard.loaders.media.unpacking import unpack
from wallboard.loaders.sources import Source, read_sources
from wallboard.loaders.table import RawTable, Refused, column_of, text_of
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.schema import load_run, media, stage, touchpoint
from wallboard.unicode import same_as

NAME = "media folder"
"""The source under which files are listed that no export lists."""

COLUMNS = ("path", *SAID)
SOURCE = Source(name=NAME, feed="media", file="media", key=("path",), mode="snapshot", columns={one: one for one in COLUMNS})

_SHOWN = 60
"""Letters of a transcript's name in a sentence: some write the words themselves there."""

_REMEDY = "Correct it in index.csv, or the name of its folder; until then it is not on the wall."

_NOT_KEPT = "What was said at the terminal counts for this run only: write it into an index.csv of the media folder."

Progress = Callable[[int, int, str], None]
"""Told before every file and at the end: files done, files in all, and what is at hand."""


@dataclass
class Brought:
    """What became of the files: prepared now, ready before, put aside; what the load said, and what else is to be known."""

    made: int = 0
    ready: int = 0
    aside: list[Quarantined] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    loaded: Loaded | None = None
    catalogues: list[Loaded] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)


def bring(
    room: Room,
    engine: Engine,
    clock: Clock,
    folder: Path | None = None,
    *,
    index: Path | None = None,
    besides: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> Brought:
    """Take in `folder` (None: only what lies in the media folder), prepare all that is there and list it in the store.

    Whoever interrupts it may run it again: only what is missing is made. FileRefused where the media folder is away, NotFound
    where `besides` names a stage or touchpoint that the store does not know; nothing has been copied then.
    """
    _ready(room, engine, besides or {}, takes=folder is not None)
    tell = progress or (lambda done, total, now: None)
    brought = Brought()
    if folder is not None and not folder.exists():
        raise FileRefused(str(folder), "there is no such folder.", "Name a folder of files, or a ZIP file of one.")
    if folder is not None and (folder.is_file() or not folder.resolve().is_relative_to(room.media)):
        _take_in(room, engine, folder, index, besides or {}, tell, brought)
        index, besides, folder = None, None, None
    below = TOP if folder is None else PurePosixPath(folder.resolve().relative_to(room.media).as_posix())
    here = look_into(room.media, room.settings.zone(), index, besides, below)
    if index is not None or besides:
        brought.remarks.append(_NOT_KEPT)
    brought.aside += here.aside
    brought.remarks += here.remarks
    rows = _rows(room, engine, here, tell, brought)
    brought.loaded = _load(room, engine, clock, rows, brought)
    if _played_otherwise(room, engine):
        brought.catalogues = _again(room, engine, clock)
    with reading(engine) as connection:
        listed = set(connection.scalars(select(media.c.sha256)))
    if not here.unread:
        sweep(room.media, listed | brought.hashes)
    return brought


def _ready(room: Room, engine: Engine, besides: dict[str, str], *, takes: bool) -> None:
    """Refuse what would go wrong as a whole: a media folder that is away, and places that nobody knows."""
    with reading(engine) as connection:
        ours = connection.scalar(select(func.count()).select_from(media).where(media.c.source == NAME)) or 0
        for option, column in (("stage", stage.c.stage), ("touchpoint", touchpoint.c.touchpoint)):
            known = list(connection.scalars(select(column)))
            if option not in besides:
                continue
            found = same_as(besides[option], known)
            if found is None:
                raise NotFound(f"--{option}", f"there is no {option} '{besides[option]}'.", nearest(besides[option], known))
            besides[option] = found
    where, remedy = room.media.name, "Connect its disk, or correct its place."
    if not room.media.is_dir() and (ours or not takes):
        raise FileRefused(where, "the media folder is not there.", remedy)
    if ours and not any(room.media.iterdir()):
        what = f"the media folder is empty, and the store lists {ours:,} files of it."
        raise FileRefused(where, what, f"{remedy} If all of it is to go, put an empty index.csv there.")


def _take_in(
    room: Room, engine: Engine, folder: Path, index: Path | None, besides: dict[str, str], tell: Progress, brought: Brought
) -> None:
    with _opened(folder) as root:
        found = look_into(root, room.settings.zone(), index, besides)
        taking = Taking(room.media, {sha256: path for path, _, sha256 in _listed(room, engine)})
        try:
            for done, one in enumerate(found.candidates):
                tell(done, len(found.candidates), f"taking in {one.path}")
                taking.take(found, one)
        finally:
            taking.finish()
    brought.aside += [*found.aside, *taking.aside]
    brought.remarks += found.remarks


@contextmanager
def _opened(folder: Path) -> Iterator[Path]:
    """A folder as it is, or an archive unpacked for as long as it is needed."""
    if folder.is_dir():
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory() as there:
        unpack(folder, Path(there))
        yield Path(there).resolve()


def _listed(room: Room, engine: Engine) -> list[tuple[str, str, str]]:
    """Path, source and hash of every file that the store lists and that is there."""
    with reading(engine) as connection:
        rows = connection.execute(select(media.c.path, media.c.source, media.c.sha256).order_by(media.c.path)).all()
    return [(path, source, sha256) for path, source, sha256 in rows if (room.media / path).is_file()]


def _rows(room: Room, engine: Engine, here: Folder, tell: Progress, brought: Brought) -> list[dict[str, str | None]]:
    listed = {path: sha256 for path, source, sha256 in _listed(room, engine) if source != NAME}
    seen = {sha256: path for path, sha256 in listed.items()}
    rows: dict[str, dict[str, str | None]] = {}
    for done, one in enumerate(here.candidates):
        tell(done, len(here.candidates), f"preparing {one.path}")
        ready = _prepared(room, one, brought)
        if ready is None:
            continue
        withdrawn = one.said.get("consent") == WITHDRAWN
        if ready.sha256 in rows and withdrawn:
            rows[ready.sha256]["consent"] = WITHDRAWN
        if one.path in listed and not withdrawn:
            continue
        if ready.sha256 in rows or (ready.sha256 in seen and not withdrawn):
            brought.aside.append(same(one.path, seen[ready.sha256]))
        elif not one.said.get("stage") and not one.said.get("touchpoint"):
            brought.aside.append(Quarantined(one.path, NOWHERE.what, NOWHERE.remedy, "stage"))
        else:
            seen[ready.sha256] = one.path
            rows[ready.sha256] = _row(room, one, ready.found, brought)
    tell(len(here.candidates), len(here.candidates), "prepared")
    if here.unread:
        _stay_shut(room, engine, rows)
    return list(rows.values())


def _stay_shut(room: Room, engine: Engine, rows: dict[str, dict[str, str | None]]) -> None:
    """What an index had withdrawn that cannot be read now stays withdrawn, under every name and in every list."""
    ours = select(media).where(media.c.source == NAME, media.c.consent == WITHDRAWN)
    with reading(engine) as connection:
        before = connection.execute(ours).mappings().all()
    for row in before:
        if row["sha256"] in rows:
            rows[row["sha256"]]["consent"] = WITHDRAWN
        elif (room.media / row["path"]).is_file():
            rows[row["sha256"]] = {name: text_of(row[name]) for name in COLUMNS}


def _prepared(room: Room, one: Candidate, brought: Brought) -> Prepared | None:
    try:
        ready = prepare(room.media, one.file)
    except MediaRefused as refusal:
        brought.aside.append(Quarantined(one.path, refusal.what, refusal.remedy))
        return None
    except OSError as error:
        what = f"cannot be read, or what is made of it cannot be written ({error.strerror or error})."
        brought.aside.append(Quarantined(one.path, what, "Check the rights of the media folder, and the disk."))
        return None
    brought.hashes.add(ready.sha256)
    brought.made, brought.ready = brought.made + ready.now, brought.ready + (not ready.now)
    if ready.found.scripted:
        brought.remarks.append(f"{one.path} holds JavaScript: it is shown without it.")
    return ready


def _row(room: Room, one: Candidate, found: Found, brought: Brought) -> dict[str, str | None]:
    said: dict[str, str | None] = {name: one.said.get(name) for name in SAID}
    kind = {SOUND: "call", FILM: "video", PAPER: "paperwork"}.get(found.sort, "screenshot")
    transcript = _transcript(room, one, found, brought)
    return said | {"path": one.path, "kind": said["kind"] or kind, "transcript": transcript}


def _transcript(room: Room, one: Candidate, found: Found, brought: Brought) -> str | None:
    """The transcript's path below the media folder; None, and a word why, where it does not match its clip."""
    if one.transcript is None or found.sort not in (SOUND, FILM):
        return None
    path = one.transcript.as_posix().removeprefix(f"{room.media.as_posix()}/")
    what = transcripts.misfit(room.media, path, found.seconds)
    if not what:
        return path
    shown = f"its transcript {one.transcript.name[:_SHOWN]} {what}"
    brought.aside.append(Quarantined(one.path, shown, "The clip is shown without it: correct the transcript.", "transcript"))
    return None


def _load(room: Room, engine: Engine, clock: Clock, rows: list[dict[str, str | None]], brought: Brought) -> Loaded | None:
    if not rows and not brought.aside and not _ran_before(engine):
        return None
    refused = tuple(
        Refused(
            len(rows) + n, one.column, f"{one.path} {one.what}", one.remedy, json.dumps({"path": one.path}, ensure_ascii=False)
        )
        for n, one in enumerate(brought.aside, start=1)
    )
    frame = RawTable(_frame(rows), refused, said=tuple(brought.remarks), remedy=_REMEDY)
    return load_rows(room, engine, clock, SOURCE, frame)


def _ran_before(engine: Engine) -> bool:
    with reading(engine) as connection:
        return connection.execute(select(load_run.c.id).where(load_run.c.source == NAME).limit(1)).first() is not None


def _frame(rows: list[dict[str, str | None]]) -> pd.DataFrame:
    index = pd.RangeIndex(1, len(rows) + 1)
    return pd.DataFrame({name: column_of([row[name] for row in rows], index) for name in COLUMNS}, index=index)


def _played_otherwise(room: Room, engine: Engine) -> bool:
    """True where the store says of a file another type than that of what was made of it."""
    with reading(engine) as connection:
        rows = connection.execute(select(media.c.sha256, media.c.mime).where(media.c.source != NAME)).all()
    return any(ready is not None and ready[1] != mime for sha256, mime in rows if (ready := Made(room.media, sha256).played()))


def _again(room: Room, engine: Engine, clock: Clock) -> list[Loaded]:
    """Exports that list media are loaded again, for their files are played from what was made of them now."""
    if not (room.data / "sources.toml").is_file():
        return []
    names = [one.name for one in read_sources(room) if one.feed == "media"]
    return load(room, engine, clock, only=names) if names else []
