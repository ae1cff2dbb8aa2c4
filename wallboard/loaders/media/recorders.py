"""How recorders of calls lay out their folders: what a file's place, its name and the metadata beside it say."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

GENESYS = re.compile(r"(?:^|/)year=(\d{4})/month=(\d{1,2})/day=(\d{1,2})/hour=(\d{1,2})/conversation_id=[^/]+/[^/]+$")
GENERIC = re.compile(r"^(\d{8}-\d{6})_([^_]+)_(.+)$")
METADATA = "_metadata.json"
_MOST = 2**20
_FIRST_YEAR, _NEVER = 1900, 9999


@dataclass(frozen=True)
class Recorded:
    """What a recorder says of one file; `fault` where its metadata are missing."""

    said: dict[str, str]
    fault: str = ""
    remedy: str = ""


def recorded(
    file: Path, relative: PurePosixPath, listed: bool, zone: ZoneInfo, contacts: dict[PurePosixPath, "Contact"]
) -> Recorded | None:
    """What a recorder says of a file; None of a file that no recorder laid there. `listed`: an index.csv speaks of it."""
    if contact := contacts.get(relative):
        return Recorded({"kind": "call", "lane": "hear", "captured_on": _day(contact.ended, zone)})
    if place := GENESYS.search(relative.as_posix()):
        return _genesys(file, place, zone)
    if name := GENERIC.match(relative.stem):
        return _generic(name[1], listed)
    return None


@dataclass(frozen=True)
class Contact:
    """One contact of a contact centre (ContactId, DisconnectTimestamp, Recording.Location) and the recording it names."""

    number: str
    ended: datetime
    recording: PurePosixPath


def contact(file: Path) -> Contact | None:
    """The contact that a JSON file tells of; None where it tells of none. ValueError where its recording's name is no name."""
    told = _json(file)
    if not isinstance(told, dict) or not {"ContactId", "DisconnectTimestamp", "Recording"} <= told.keys():
        return None
    recording = told["Recording"]
    place = recording.get("Location") if isinstance(recording, dict) else None
    ended = _instant(told["DisconnectTimestamp"])
    if not isinstance(place, str) or ended is None:
        raise ValueError("says neither where its recording lies nor when the contact ended")
    parts = PurePosixPath(place.replace("\\", "/").partition("?")[0]).parts
    if not parts or ".." in parts:
        raise ValueError(f"names a recording outside the folder: '{place[:120]}'")
    return Contact(str(told["ContactId"]), ended, PurePosixPath(*parts))


def recording_of(told: Contact, beside: PurePosixPath, named: list[PurePosixPath]) -> PurePosixPath:
    """Which of the files of its name a contact means: that beside it, else the one whose place ends as it says.

    `beside`: where the contact lies. ValueError where no file is meant, or nobody can say which.
    """
    if beside.with_name(told.recording.name) in named:
        return beside.with_name(told.recording.name)
    if not named:
        raise ValueError(f"names a recording that is not here: '{told.recording.name}'")
    alike = {one: _alike(one, told.recording) for one in named}
    best = [one for one in named if alike[one] == max(alike.values())]
    if len(best) > 1:
        raise ValueError(f"names a recording of which there are several: '{told.recording.name}'")
    return best[0]


def _alike(one: PurePosixPath, other: PurePosixPath) -> int:
    """In how many parts two paths agree, from their ends."""
    pairs = zip(reversed(one.parts), reversed(other.parts), strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(one.parts), len(other.parts)))


def _genesys(file: Path, place: re.Match[str], zone: ZoneInfo) -> Recorded:
    beside = next(
        (one for one in (file.with_name(file.stem + METADATA), file.with_name(file.name + METADATA)) if one.is_file()), None
    )
    told = None if beside is None else _json(beside)
    if not isinstance(told, dict):
        what = f"has no {file.stem}{METADATA} that can be read beside it."
        return Recorded({}, what, "Export the recording with its metadata.")
    screen = str(told.get("mediaType", "")).lower() == "screen"
    said = {"kind": "video", "lane": "experience"} if screen else {"kind": "call", "lane": "hear"}
    began = _instant(told.get("startTime") or told.get("conversationStart")) or _hour(place)
    return Recorded(said if began is None else said | {"captured_on": _day(began, zone)})


def _generic(stamp: str, listed: bool) -> Recorded:
    try:
        began = datetime.strptime(stamp, "%Y%m%d-%H%M%S").date()  # noqa: DTZ007 - a recorder writes its own local time
    except ValueError:
        return Recorded({}, f"carries a time that never was: {stamp}.", "Correct its name.")
    if not listed:
        return Recorded({}, "stands in no index.csv.", "Write a row for it: path, stage, touchpoint, consent.")
    return Recorded({"kind": "call", "lane": "hear", "captured_on": began.isoformat()})


def _hour(place: re.Match[str]) -> datetime | None:
    try:
        year, month, day, hour = (int(part) for part in place.groups())
        return _told(datetime(year, month, day, hour, tzinfo=UTC))
    except ValueError:
        return None


def _instant(told: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return _told(at if at.tzinfo else at.replace(tzinfo=UTC))


def _told(at: datetime) -> datetime | None:
    """A moment, or None of one that recorders write where they know none (year 1, year 9999)."""
    return at if _FIRST_YEAR <= at.year < _NEVER else None


def _day(at: datetime, zone: ZoneInfo) -> str:
    day: date = at.astimezone(zone).date()
    return day.isoformat()


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes()) if file.stat().st_size <= _MOST else None
    except (OSError, ValueError, RecursionError):
        return None
