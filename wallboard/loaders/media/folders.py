"""A folder of media: which files are there, and what their place, their index and their recorder say of each."""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NoReturn
from zoneinfo import ZoneInfo

from wallboard.errors import FileRefused
from wallboard.loaders.media import recorders, sidecars
from wallboard.loaders.media.sidecars import Sidecar
from wallboard.media import transcripts
from wallboard.media.on_disk import on_disk
from wallboard.store.schema import LANES
from wallboard.unicode import tidied

TOP = PurePosixPath()
_SIDE = {".csv", ".json", ".md", ".toml", ".ini", ".db", ".log", *transcripts.ENDINGS}
"""What lies beside media and is none."""


@dataclass(frozen=True)
class Quarantined:
    """A file that is left aside: which, in which column, why, and what to do."""

    path: str
    what: str
    remedy: str
    column: str = "path"


@dataclass(frozen=True)
class Candidate:
    """One file that may become a row: where it lies, what is said of it, and the transcript beside it."""

    file: Path
    path: str
    fields: dict[str, str]
    transcript: Path | None = None


@dataclass
class Folder:
    """What was found in one folder."""

    root: Path
    candidates: list[Candidate] = field(default_factory=list)
    aside: list[Quarantined] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unread: bool = False
    """An index could not be read, so that files were put aside which were shown before and will be again."""


def look_into(
    root: Path,
    zone: ZoneInfo,
    index: Path | None = None,
    besides: dict[str, str] | None = None,
    below: PurePosixPath = TOP,
) -> Folder:
    """All files of a folder with what is said of them.

    `index`: one more index, whose paths begin at `below`. `besides` is said of every file below it that nobody else says it of.
    Files below an index that cannot be read are put aside, for nobody knows what it closes. FileRefused where a folder in it
    cannot be read: its files are there, though nobody sees them.
    """
    contents = Folder(root)
    files = sorted(_files(root, contents))
    notes = [sidecars.read(root / name, name.parent) for name in files if name.name == sidecars.NAME]
    if index is not None:
        notes.append(sidecars.read(index, below))
    contacts = _contacts(root, files, contents)
    beside = _by_folder(notes, set(files))
    for name in files:
        if name.suffix.lower() not in _SIDE:
            noted = [note for folder in reversed(name.parents) for note in beside.get(folder, ())]
            _consider(contents, name, noted, contacts, zone, (besides or {}) if name.is_relative_to(below) else {})
    notes.sort(key=lambda note: len(note.folder.parts))
    for note in notes:
        contents.remarks += [f"{note.file} {fault}" for fault in (note.broken, *note.faults) if fault]
        contents.remarks += [f"{note.file} row {line.row}: no file answers to '{line.names}'." for line in note.idle()]
    missing = [(note, line) for note in notes for line in note.missing()]
    gone = [_not_there(note, line) for note, line in sorted(missing, key=lambda pair: not pair[1].withdraws)]
    withdrawn = sum(line.withdraws for _, line in missing)
    contents.aside = [*gone[:withdrawn], *contents.aside, *gone[withdrawn:]]
    return contents


def _by_folder(notes: list[Sidecar], files: set[PurePosixPath]) -> dict[PurePosixPath, list[Sidecar]]:
    beside: dict[PurePosixPath, list[Sidecar]] = defaultdict(list)
    spelt = {sidecars.spelling(file) for file in files}
    for note in notes:
        note.settle(spelt)
        beside[note.folder].append(note)
    return beside


def _files(root: Path, contents: Folder) -> Iterator[PurePosixPath]:
    """Every file below `root` but what is hidden (.made, _make); links that lead out are put aside."""

    def unseen(error: OSError) -> NoReturn:
        where = Path(error.filename or root)
        shown = where.relative_to(root).as_posix() if where != root and where.is_relative_to(root) else root.name
        raise FileRefused(shown, f"this folder cannot be read ({error.strerror}).", "Check its rights and its disk.") from None

    for at, folders, names in os.walk(root, onerror=unseen):
        here = PurePosixPath(Path(at).relative_to(root).as_posix())
        for name in sorted(folders):
            if Path(at, name).is_symlink() and not name.startswith((".", "_")):
                _aside_link(root, here / name, contents)
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")) and not Path(at, name).is_symlink())
        for name in names:
            path = here / name
            if name.startswith((".", "_")) or name == "Thumbs.db":
                continue
            if not _storable(path.as_posix()):
                shown = path.as_posix().encode("utf-8", "replace").decode()
                contents.aside.append(Quarantined(shown, "has a name that no store can keep.", "Rename it in plain letters."))
            elif _leads_out(root, path):
                _aside_link(root, path, contents)
            else:
                yield path


def _aside_link(root: Path, path: PurePosixPath, contents: Folder) -> None:
    if _leads_out(root, path):
        contents.aside.append(
            Quarantined(path.as_posix(), "is a link that leads out of the folder.", "Put the file itself there.")
        )


def _leads_out(root: Path, path: PurePosixPath) -> bool:
    try:
        return not (root / path).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return True


def _storable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return path.isprintable()


def _consider(
    contents: Folder,
    name: PurePosixPath,
    notes: list[Sidecar],
    contacts: dict[PurePosixPath, recorders.Contact],
    zone: ZoneInfo,
    besides: dict[str, str],
) -> None:
    if broken := next((note for note in notes if note.broken), None):
        what = f"is not shown, for nobody knows what {broken.file} says of it: that file {broken.broken}"
        contents.aside.append(Quarantined(name.as_posix(), what, f"Mend {broken.file}, and run this again."))
        contents.unread = True
        return
    noted = [stated for note in notes if (stated := note.of(name)) is not None]
    recorder = recorders.recorded(contents.root / name, name, bool(noted), zone, contacts)
    if recorder is not None and recorder.fault:
        contents.aside.append(Quarantined(name.as_posix(), recorder.fault, recorder.remedy))
        return
    fields = dict(besides) | _placed(name) | (recorder.fields if recorder else {})
    for stated in noted:
        fields |= stated
    contents.candidates.append(Candidate(contents.root / name, name.as_posix(), fields, _transcript(contents.root, name, fields)))


def _placed(name: PurePosixPath) -> dict[str, str]:
    """stage/touchpoint/lane/name.ext, or stage/lane/name.ext, at the end of a path."""
    parts = name.parts[:-1]
    if not parts or parts[-1] not in LANES:
        return {}
    places = dict(zip(("stage", "touchpoint"), parts[-3:-1] if len(parts) > 2 else parts[-2:-1], strict=False))
    return places | {"lane": parts[-1]}


def _transcript(root: Path, name: PurePosixPath, fields: dict[str, str]) -> Path | None:
    """The transcript that an index names (beside the file, or from the top), else the one of the same name beside it."""
    if "transcript" in fields:
        wanted = fields["transcript"].replace("\\", "/")
        near = [on_disk(root / name.parent, wanted), on_disk(root, wanted)]
        return next((path for path in near if is_there(path)), near[-1])
    stems = (name.stem, name.name)
    near = [on_disk(root / name.parent, f"{stem}{ending}") for ending in transcripts.ENDINGS for stem in stems]
    return next((path for path in near if path.is_file()), None)


def is_there(file: Path) -> bool:
    """True of a file; False of what is no name of one either, such as the words themselves."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _contacts(root: Path, files: list[PurePosixPath], contents: Folder) -> dict[PurePosixPath, recorders.Contact]:
    """What contact centres tell, by the recording that each contact names."""
    contacts: dict[PurePosixPath, recorders.Contact] = {}
    named: dict[str, list[PurePosixPath]] = defaultdict(list)
    for name in files:
        named[tidied(name.name)].append(name)
    for name in files:
        if name.suffix.lower() != ".json" or name.name.endswith(recorders.METADATA):
            continue
        try:
            contact = recorders.contact(root / name)
            if contact is not None:
                contacts[recorders.recording_of(contact, name, named[tidied(contact.recording.name)])] = contact
        except ValueError as error:
            contents.aside.append(
                Quarantined(name.as_posix(), f"{error}.", "Export the contact again, with its recording beside it.")
            )
    return contacts


def _not_there(note: Sidecar, line: sidecars.Line) -> Quarantined:
    path = PurePosixPath(line.names)
    if path.is_absolute() or ".." in path.parts:
        return Quarantined(line.names, f"(row {line.row} of {note.file}) lies outside the folder.", "Name a file below it.")
    shown = (note.folder / path).as_posix()
    if line.withdraws:
        what = (
            f"is withdrawn by row {line.row} of {note.file}, and no file has this name: under another one it may still be shown."
        )
        return Quarantined(shown, what, "Keep the row. If the file is here under another name, write that name into the row.")
    what = f"stands in row {line.row} of {note.file} and is not there, or was put aside."
    return Quarantined(shown, what, "Put the file there, or take the row out.")
