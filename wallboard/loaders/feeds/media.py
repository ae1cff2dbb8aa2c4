"""Screenshots, packaging, paperwork, calls and video: files below the media folder."""

import hashlib
import mimetypes
from pathlib import Path
from typing import Any

import pandas as pd

from wallboard.loaders.feed import Feed, contract, one_of
from wallboard.loaders.refusals import Refusals
from wallboard.settings import Room
from wallboard.store.schema import media

_LANES = {
    "screenshot": "experience",
    "packaging": "experience",
    "communication": "experience",
    "paperwork": "experience",
    "video": "experience",
    "call": "hear",
}


def _lane(frame: pd.DataFrame, _source: str) -> Any:
    return frame["kind"].map(_LANES).astype("str")


def _derive(frame: pd.DataFrame, room: Room) -> pd.DataFrame:
    found = [_described(room.media, path) for path in frame["path"]]
    mime, sha256, size = zip(*found, strict=True) if found else ((), (), ())
    there = {"mime": "str", "sha256": "str", "size": "Int64"}
    columns = {n: pd.Series(v, index=frame.index, dtype=t) for (n, t), v in zip(there.items(), (mime, sha256, size), strict=True)}
    return frame.assign(**columns)


def _described(folder: Path, path: Any) -> tuple[str, str, int]:
    if pd.isna(path) or _fault(folder, path):
        return "", "", 0
    content = (folder / path).read_bytes()
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return kind, hashlib.sha256(content).hexdigest(), len(content)


def _fault(folder: Path, path: str) -> str:
    """Why a path may not be shown; a link that leads out of the folder counts as outside."""
    try:
        target = (folder / path).resolve()
        if not target.is_relative_to(folder):
            return "lies outside the media folder."
        return "" if target.is_file() else f"is no file in the media folder {folder}."
    except (OSError, ValueError):
        return "is no path that this machine can open."


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    faults = frame["path"].map(lambda path: _fault(room.media, path)).astype("str")
    for fault in faults[faults != ""].unique():
        remedy = "Put the file there, or correct the path."
        refusals.add_values(frame.loc[faults == fault, "path"], "path", fault, remedy)


FEED = Feed(
    "media",
    150,
    media,
    contract(
        media,
        kind=one_of(*_LANES),
        lane=one_of("experience", "hear", "react"),
        consent=one_of("given", "not needed", "unknown", "withdrawn"),
    ),
    fact="captured_on",
    defaults={"lane": _lane, "consent": "unknown"},
    derived=("mime", "sha256", "size"),
    derive=_derive,
    check=_check,
    placed=True,
    looks_outside=True,
)
