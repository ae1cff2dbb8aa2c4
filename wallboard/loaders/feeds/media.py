"""Screenshots, packaging, paperwork, calls and video: files below the media folder."""

from pathlib import Path
from typing import Any

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.loaders.refusals import Refusals
from wallboard.media.making.describing import NOTHING, Described, described
from wallboard.media.on_disk import on_disk
from wallboard.settings import Room
from wallboard.store.schema import media
from wallboard.store.showing import RECORDINGS

_LANES = {
    "screenshot": "experience",
    "packaging": "experience",
    "communication": "experience",
    "paperwork": "experience",
    "video": "experience",
    "call": "hear",
}

_READ = {
    "mime": "str",
    "sha256": "str",
    "size": "Int64",
    "width": "Int64",
    "height": "Int64",
    "seconds": "float64",
    "pages": "Int64",
    "fields": "Int64",
}
"""What is read from the file itself, whatever an export says."""


def _lane(frame: pd.DataFrame, _source: str) -> object:
    return frame["kind"].map(_LANES).astype("str")


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    spelt = {name: frame[name].map(lambda path: _spelt(room.media, path), na_action="ignore") for name in ("path", "transcript")}
    frame = frame.assign(**{name: cells.astype("str") for name, cells in spelt.items()})
    descriptions = [_described(room.media, path) for path in frame["path"]]
    columns = {
        name: pd.Series([getattr(description, name) for description in descriptions], index=frame.index, dtype=kind)
        for name, kind in _READ.items()
    }
    return frame.assign(**columns)


def _spelt(folder: Path, path: str) -> str:
    """A path as the disk spells it; unchanged where it leads elsewhere."""
    if path.isascii() or Path(path).is_absolute():
        return path
    return on_disk(folder, path).relative_to(folder).as_posix()


def _described(folder: Path, path: Any) -> Described:
    return NOTHING if pd.isna(path) or _fault(folder, path) else described(folder, (folder / path).resolve())


def _fault(folder: Path, path: str) -> str:
    """Why a path may not be shown; a link that leads out of the folder counts as outside."""
    try:
        target = (folder / path).resolve()
        if not target.is_relative_to(folder):
            return "lies outside the media folder."
        return "" if target.is_file() else f"is not a file in the media folder {folder}."
    except (OSError, ValueError):
        return "is not a path that this machine can open."


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    faults = frame["path"].map(lambda path: _fault(room.media, path)).astype("str")
    for fault in faults[faults != ""].unique():
        remedy = "Put the file there, or correct the path."
        refusals.add_values(frame.loc[faults == fault, "path"], "path", fault, remedy)
    there = frame[faults == ""]
    for row, path, kind in zip(there.index.tolist(), there["path"].tolist(), there["kind"].tolist(), strict=True):
        description = _described(room.media, path)
        if description.fault:
            refusals.add([row], "path", [f"'{path}' {description.fault}"], description.remedy)
        elif description.mime.startswith(("audio/", "video/")) and kind not in RECORDINGS:
            reason = f"'{path}' can be heard or runs, so that people in it must agree: it is not a {kind}."
            refusals.add([row], "kind", [reason], f"Say one of: {', '.join(RECORDINGS)}.")


FEED = Feed(
    "media",
    150,
    media,
    contract(
        media,
        kind=one_of(*_LANES),
        lane=one_of("experience", "hear", "react"),
        consent=one_of("given", "not needed", "unknown", "withdrawn"),
        moment=one_of("before", "after"),
    ),
    fact="captured_on",
    defaults={"lane": _lane, "consent": "unknown"},
    derived=tuple(_READ),
    derive=_derive,
    check=_check,
    placed=True,
    looks_outside=True,
    closed=True,
)
