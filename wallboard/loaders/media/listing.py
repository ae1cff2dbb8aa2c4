"""The list of the media folder: one row a file that has been prepared, loaded as the feed `media`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from sqlalchemy import Engine, select

from wallboard.clock import Clock
from wallboard.loaders.load import Loaded, load_rows
from wallboard.loaders.media.folders import Candidate, Folder, Quarantined
from wallboard.loaders.media.sidecars import FIELDS, WITHDRAWN
from wallboard.loaders.media.taking import NOWHERE, same
from wallboard.loaders.sources import Source
from wallboard.loaders.table import RawTable, Refused, column_of, text_of
from wallboard.media import transcripts
from wallboard.media.info import FILM, PAPER, SOUND, MediaInfo
from wallboard.media.making.preparing import Prepared
from wallboard.settings import Room
from wallboard.store.connections import reading
from wallboard.store.schema import load_run, media

NAME = "media folder"
"""The source under which files are listed that no export lists."""

COLUMNS = ("path", *FIELDS)
SOURCE = Source(
    name=NAME, feed="media", file="media", key=("path",), mode="snapshot", columns={column: column for column in COLUMNS}
)

_SHOWN = 60
"""Letters of a transcript's name in a sentence: some write the words themselves there."""

_REMEDY = "Correct it in index.csv, or the name of its folder; until then it is not on the wall."

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


def listed_files(room: Room, engine: Engine) -> list[tuple[str, str, str]]:
    """Path, source and hash of every file that the store lists and that is there."""
    with reading(engine) as connection:
        rows = connection.execute(select(media.c.path, media.c.source, media.c.sha256).order_by(media.c.path)).all()
    return [(path, source, sha256) for path, source, sha256 in rows if (room.media / path).is_file()]


def rows_of_folder(
    room: Room, engine: Engine, here: Folder, prepared: Mapping[str, Prepared], brought: Brought
) -> list[dict[str, str | None]]:
    """A row for each content that has been prepared, in the order of the folder; what is left aside goes to `brought`.

    `prepared`: by path. Content that anybody withdrew under any name is withdrawn.
    """
    listed = {path: sha256 for path, source, sha256 in listed_files(room, engine) if source != NAME}
    seen = {sha256: path for path, sha256 in listed.items()}
    rows: dict[str, dict[str, str | None]] = {}
    for candidate in here.candidates:
        ready = prepared.get(candidate.path)
        if ready is None:
            continue
        withdrawn = candidate.fields.get("consent") == WITHDRAWN
        if ready.sha256 in rows and withdrawn:
            rows[ready.sha256]["consent"] = WITHDRAWN
        if candidate.path in listed and not withdrawn:
            continue
        if ready.sha256 in rows or (ready.sha256 in seen and not withdrawn):
            brought.aside.append(same(candidate.path, seen[ready.sha256]))
        elif not candidate.fields.get("stage") and not candidate.fields.get("touchpoint"):
            brought.aside.append(Quarantined(candidate.path, NOWHERE.what, NOWHERE.remedy, "stage"))
        else:
            seen[ready.sha256] = candidate.path
            rows[ready.sha256] = _row(room, candidate, ready.info, brought)
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


def _row(room: Room, candidate: Candidate, info: MediaInfo, brought: Brought) -> dict[str, str | None]:
    fields: dict[str, str | None] = {name: candidate.fields.get(name) for name in FIELDS}
    kind = {SOUND: "call", FILM: "video", PAPER: "paperwork"}.get(info.sort, "screenshot")
    transcript = _transcript(room, candidate, info, brought)
    return fields | {"path": candidate.path, "kind": fields["kind"] or kind, "transcript": transcript}


def _transcript(room: Room, candidate: Candidate, info: MediaInfo, brought: Brought) -> str | None:
    """The transcript's path below the media folder; None, and a word why, where it does not match its clip."""
    if candidate.transcript is None or info.sort not in (SOUND, FILM):
        return None
    path = candidate.transcript.as_posix().removeprefix(f"{room.media.as_posix()}/")
    what = transcripts.misfit(room.media, path, info.seconds)
    if not what:
        return path
    shown = f"its transcript {candidate.transcript.name[:_SHOWN]} {what}"
    brought.aside.append(
        Quarantined(candidate.path, shown, "The clip is shown without it: correct the transcript.", "transcript")
    )
    return None


def load_list(room: Room, engine: Engine, clock: Clock, rows: list[dict[str, str | None]], brought: Brought) -> Loaded | None:
    """Load the whole list: files that are gone leave it; None where there is nothing to say."""
    if not rows and not brought.aside and not _ran_before(engine):
        return None
    refused = tuple(
        Refused(
            len(rows) + n,
            file.column,
            f"{file.path} {file.what}",
            file.remedy,
            json.dumps({"path": file.path}, ensure_ascii=False),
        )
        for n, file in enumerate(brought.aside, start=1)
    )
    frame = RawTable(_frame(rows), refused, notes=tuple(brought.remarks), remedy=_REMEDY)
    return load_rows(room, engine, clock, SOURCE, frame)


def load_some(room: Room, engine: Engine, clock: Clock, rows: list[dict[str, str | None]]) -> Loaded:
    """Load what is ready while the rest is still being prepared; nothing leaves the list."""
    return load_rows(room, engine, clock, SOURCE.model_copy(update={"mode": "incremental"}), RawTable(_frame(rows)))


def _ran_before(engine: Engine) -> bool:
    with reading(engine) as connection:
        return connection.execute(select(load_run.c.id).where(load_run.c.source == NAME).limit(1)).first() is not None


def _frame(rows: list[dict[str, str | None]]) -> pd.DataFrame:
    index = pd.RangeIndex(1, len(rows) + 1)
    return pd.DataFrame({name: column_of([row[name] for row in rows], index) for name in COLUMNS}, index=index)
