"""`wallboard media`: every file of the media folder, and of a folder from elsewhere, prepared, and listed by the feed `media`."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine, func, select

from wallboard.clock import Clock, elapsed
from wallboard.errors import FileRefused, NotFound, nearest
from wallboard.loaders.load import Loaded, count_again, load
from wallboard.loaders.media.folders import TOP, Candidate, Folder, Quarantined, look_into
from wallboard.loaders.media.listing import NAME, Brought, Progress, listed_files, load_list, load_some, rows_of_folder
from wallboard.loaders.media.sidecars import WITHDRAWN
from wallboard.loaders.media.taking import Taking
from wallboard.loaders.media.unpacking import unpack
from wallboard.loaders.sources import read_sources
from wallboard.media.info import MediaRefused
from wallboard.media.made import Made, sweep
from wallboard.media.making.preparing import Prepared, prepare
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.schema import media, stage, touchpoint
from wallboard.unicode import same_as

_NOT_KEPT = "What was said at the terminal counts for this run only: write it into an index.csv of the media folder."

_LONG = 2**20
"""Bytes from which on preparing a file may take long: what is ready is listed before."""

_LIST_SECONDS = 2.0
"""After so many seconds of small files it is listed too."""


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
    count_again(room, engine, clock, lambda what: tell(0, 0, what))
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
    prepared = _prepare(room, engine, clock, here, tell, brought)
    brought.loaded = load_list(room, engine, clock, rows_of_folder(room, engine, here, prepared, brought), brought)
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
            match = same_as(besides[option], known)
            if match is None:
                raise NotFound(f"--{option}", f"there is no {option} '{besides[option]}'.", nearest(besides[option], known))
            besides[option] = match
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
        contents = look_into(root, room.settings.zone(), index, besides)
        taking = Taking(room.media, {sha256: path for path, _, sha256 in listed_files(room, engine)})
        try:
            for done, candidate in enumerate(contents.candidates):
                tell(done, len(contents.candidates), f"taking in {candidate.path}")
                taking.take(contents, candidate)
        finally:
            taking.finish()
    brought.aside += [*contents.aside, *taking.aside]
    brought.remarks += contents.remarks


@contextmanager
def _opened(folder: Path) -> Iterator[Path]:
    """A folder as it is, or an archive unpacked for as long as it is needed."""
    if folder.is_dir():
        yield folder.resolve()
        return
    with tempfile.TemporaryDirectory() as there:
        unpack(folder, Path(there))
        yield Path(there).resolve()


def _prepare(room: Room, engine: Engine, clock: Clock, here: Folder, tell: Progress, brought: Brought) -> dict[str, Prepared]:
    """Every file that can be shown, by its path; what is ready is listed before the next long one is begun.

    What was withdrawn comes first, so that no other name of it is listed; then the smaller before the larger.
    """
    prepared: dict[str, Prepared] = {}
    unlisted, since = 0, elapsed()
    for done, candidate in enumerate(sorted(here.candidates, key=_order)):
        tell(done, len(here.candidates), f"preparing {candidate.path}")
        long = _size(candidate) > _LONG or elapsed() - since > _LIST_SECONDS
        if unlisted and long and not here.unread:
            load_some(room, engine, clock, rows_of_folder(room, engine, here, prepared, Brought()))
            unlisted, since = 0, elapsed()
        ready = _prepared(room, candidate, brought)
        if ready is not None:
            prepared[candidate.path] = ready
            unlisted += ready.now
    tell(len(here.candidates), len(here.candidates), "prepared")
    return prepared


def _order(candidate: Candidate) -> tuple[bool, int, str]:
    return candidate.fields.get("consent") != WITHDRAWN, _size(candidate), candidate.path


def _size(candidate: Candidate) -> int:
    try:
        return candidate.file.stat().st_size
    except OSError:
        return 0


def _prepared(room: Room, candidate: Candidate, brought: Brought) -> Prepared | None:
    try:
        ready = prepare(room.media, candidate.file)
    except MediaRefused as refusal:
        brought.aside.append(Quarantined(candidate.path, refusal.what, refusal.remedy))
        return None
    except OSError as error:
        what = f"cannot be read, or what is made of it cannot be written ({error.strerror or error})."
        brought.aside.append(Quarantined(candidate.path, what, "Check the rights of the media folder, and the disk."))
        return None
    brought.hashes.add(ready.sha256)
    brought.made, brought.ready = brought.made + ready.now, brought.ready + (not ready.now)
    if ready.info.scripted:
        brought.remarks.append(f"{candidate.path} holds JavaScript: it is shown without it.")
    return ready


def _played_otherwise(room: Room, engine: Engine) -> bool:
    """True where the store says of a file another type than that of what was made of it."""
    with reading(engine) as connection:
        rows = connection.execute(select(media.c.sha256, media.c.mime).where(media.c.source != NAME)).all()
    return any(ready is not None and ready[1] != mime for sha256, mime in rows if (ready := Made(room.media, sha256).played()))


def _again(room: Room, engine: Engine, clock: Clock) -> list[Loaded]:
    """Exports that list media are loaded again, for their files are played from what was made of them now."""
    if not (room.data / "sources.toml").is_file():
        return []
    names = [source.name for source in read_sources(room) if source.feed == "media"]
    return load(room, engine, clock, only=names) if names else []
