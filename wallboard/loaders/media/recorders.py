"""How recorders of calls lay out their folders: what a file's place, its name and the metadata beside it say."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

GENESYS = re.compile(r"(?:^|/)year=(\d{4})/month=(\d{1,2})/day=(\d{1,2})/hour=(\d{1,2})/conversation_id=[^/]+/[^/]+$")
GENERIC = re.compile(r"^(\d{8}-\d{6})_([^_]+)_(.+)$")
METADATA = "_metadata.json"
_MOST = 2**20
_FIRST_YEAR, _NEVER = 1900, 9999


@dataclass(frozen=True)
class Recorded:
    """What a recorder says of one file; `fault` where its metadata are missing."""

    fields: dict[str, str]
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
    content = _json(file)
    if not isinstance(content, dict) or not {"ContactId", "DisconnectTimestamp", "Recording"} <= content.keys():
        return None
    recording = content["Recording"]
    place = recording.get("Location") if isinstance(recording, dict) else None
    ended = _instant(content["DisconnectTimestamp"])
    if not isinstance(place, str) or ended is None:
        raise ValueError("says neither where its recording lies nor when the contact ended")
    parts = PurePosixPath(place.replace("\\", "/").partition("?")[0]).parts
    if not parts or ".." in parts:
        raise ValueError(f"names a recording outside the folder: '{place[:120]}'")
    return Contact(str(content["ContactId"]), ended, PurePosixPath(*parts))


def recording_of(described: Contact, beside: PurePosixPath, named: list[PurePosixPath]) -> PurePosixPath:
    """Which of the files of its name a contact means: that beside it, else the one whose place ends as it says.

    `beside`: where the contact lies. ValueError where no file is meant, or nobody can say which.
    """
    if beside.with_name(described.recording.name) in named:
        return beside.with_name(described.recording.name)
    if not named:
        raise ValueError(f"names a recording that is not here: '{described.recording.name}'")
    alike = {path: _alike(path, described.recording) for path in named}
    best = [path for path in named if alike[path] == max(alike.values())]
    if len(best) > 1:
        raise ValueError(f"names a recording of which there are several: '{described.recording.name}'")
    return best[0]


def _alike(path: PurePosixPath, other: PurePosixPath) -> int:
    """In how many parts two paths agree, from their ends."""
    pairs = zip(reversed(path.parts), reversed(other.parts), strict=False)
    return next((n for n, (left, right) in enumerate(pairs) if left != right), min(len(path.parts), len(other.parts)))


def _genesys(file: Path, place: re.Match[str], zone: ZoneInfo) -> Recorded:
    beside = next(
        (path for path in (file.with_name(file.stem + METADATA), file.with_name(file.name + METADATA)) if path.is_file()), None
    )
    metadata = None if beside is None else _json(beside)
    if not isinstance(metadata, dict):
        what = f"has no {file.stem}{METADATA} that can be read beside it."
        return Recorded({}, what, "Export the recording with its metadata.")
    screen = str(metadata.get("mediaType", "")).lower() == "screen"
    fields = {"kind": "video", "lane": "experience"} if screen else {"kind": "call", "lane": "hear"}
    began = _instant(metadata.get("startTime") or metadata.get("conversationStart")) or _hour(place)
    return Recorded(fields if began is None else fields | {"captured_on": _day(began, zone)})


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
        return _known_moment(datetime(year, month, day, hour, tzinfo=UTC))
    except ValueError:
        return None


def _instant(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return _known_moment(at if at.tzinfo else at.replace(tzinfo=UTC))


def _known_moment(at: datetime) -> datetime | None:
    """A moment, or None of one that recorders write where they know none (year 1, year 9999)."""
    return at if _FIRST_YEAR <= at.year < _NEVER else None


def _day(at: datetime, zone: ZoneInfo) -> str:
    day: date = at.astimezone(zone).date()
    return day.isoformat()


def _json(file: Path) -> object:
    try:
        return json.loads(file.read_bytes()) if file.stat().st_size <= _MOST else None
    except (OSError, ValueError, RecursionError):
        return None
