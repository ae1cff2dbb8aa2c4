"""Files from elsewhere brought into the media folder: stage/touchpoint/lane/name.ext, with what is said of them beside them."""

import shutil
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from wallboard.loaders.media import sidecars
from wallboard.loaders.media.folders import Candidate, Folder, Quarantined, is_there
from wallboard.media.info import SOUND, MediaRefused
from wallboard.media.made import hash_of, part_of, write
from wallboard.media.making.probe import probe
from wallboard.store.schema import LANES

NOWHERE = Quarantined("", "nobody says at which stage it belongs.", "Say it in index.csv, or with --stage and --touchpoint.")
_PLACES = ("stage", "touchpoint", "lane")


@dataclass
class Taking:
    """Takes the files of a folder into the media folder; `known`: hash to path of what is there already."""

    media: Path
    known: dict[str, str]
    aside: list[Quarantined] = field(default_factory=list)
    _fields: dict[Path, dict[str, dict[str, str]]] = field(default_factory=dict)
    _notes: dict[Path, sidecars.Sidecar | None] = field(default_factory=dict)

    def take(self, contents: Folder, candidate: Candidate) -> None:
        """Copy one file to its place, or put it aside with the reason; what is there already is left alone."""
        try:
            sort = probe(candidate.file).sort
            sha256 = hash_of(candidate.file)
        except MediaRefused as refusal:
            self.aside.append(Quarantined(candidate.path, refusal.what, refusal.remedy))
            return
        except OSError as error:
            self.aside.append(Quarantined(candidate.path, f"cannot be opened ({error.strerror}).", "Check its rights."))
            return
        if candidate.fields.get("consent") == sidecars.WITHDRAWN and sha256 in self.known:
            self._withdraw(self.media / self.known[sha256])
        folder = self._folder(candidate, sort)
        if folder is None:
            return
        if sha256 in self.known and not (folder / candidate.file.name).is_file():
            self.aside.append(same(candidate.path, self.known[sha256]))
            return
        if broken := next((note for note in self._around(folder) if note.broken), None):
            what = f"was not taken in, for {broken.file} of the media folder {broken.broken}"
            self.aside.append(Quarantined(candidate.path, what, f"Mend {broken.file} there, and take this in again."))
            return
        target = _place(folder, candidate.file, sha256)
        self.known[sha256] = target.relative_to(self.media).as_posix()
        if not target.is_file():
            _copy(candidate.file, target)
        self._beside(contents, candidate, target)

    def _folder(self, candidate: Candidate, sort: str) -> Path | None:
        stage, touchpoint = candidate.fields.get("stage", ""), candidate.fields.get("touchpoint", "")
        lane = candidate.fields.get("lane", "hear" if sort == SOUND else "experience")
        if not stage:
            self.aside.append(Quarantined(candidate.path, NOWHERE.what, NOWHERE.remedy, "stage"))
            return None
        parts = [part for part in (stage, touchpoint, lane) if part]
        for part in parts:
            if not plain(part):
                self.aside.append(
                    Quarantined(candidate.path, f"'{part}' is not a name for a folder.", "Use the key of the stage.")
                )
                return None
        if lane not in LANES:
            self.aside.append(Quarantined(candidate.path, f"'{lane}' is not a lane.", f"Lanes: {', '.join(LANES)}.", "lane"))
            return None
        return self.media.joinpath(*parts)

    def _beside(self, contents: Folder, candidate: Candidate, target: Path) -> None:
        if candidate.transcript is not None and is_there(candidate.transcript) and inside(contents.root, candidate.transcript):
            beside = target.with_suffix(candidate.transcript.suffix.lower())
            if not beside.exists():
                _copy(candidate.transcript, beside)
        fields = {name: value for name, value in candidate.fields.items() if name not in (*_PLACES, "transcript")}
        if fields:
            rows = self._fields.setdefault(target.parent, {})
            withdrawn = rows.get(target.name, {}).get("consent") == sidecars.WITHDRAWN
            rows[target.name] = fields | ({"consent": sidecars.WITHDRAWN} if withdrawn else {})

    def _withdraw(self, path: Path) -> None:
        """Who withdraws a file that is here under another name, withdraws it here."""
        self._fields.setdefault(path.parent, {}).setdefault(path.name, {})["consent"] = sidecars.WITHDRAWN

    def finish(self) -> None:
        """Write what is said of the files beside them; what stood there stays, but a withdrawal always counts."""
        for folder, rows in self._fields.items():
            if any(note.broken for note in self._around(folder)):
                continue
            self._write(folder / sidecars.NAME, {name: self._unsaid(folder / name, row) for name, row in rows.items()})

    def _write(self, file: Path, rows: dict[str, dict[str, str]]) -> None:
        before = file.read_bytes() if file.is_file() else b""
        text = before.decode("utf-8-sig")
        after = sidecars.merged(text, rows)
        if not before or after != sidecars.merged(text, {}):
            mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
            write(file, mark + after.encode())

    def _unsaid(self, target: Path, fields: dict[str, str]) -> dict[str, str]:
        """What may be written of a file: nothing that a row above says, and no consent over a pattern that withdraws."""
        relative = PurePosixPath(target.relative_to(self.media).as_posix())
        stands: set[str] = set()
        for note in self._around(target.parent):
            note.settle({sidecars.spelling(relative)})
            if note.folder != relative.parent:
                stands |= note.own(relative).keys()
            if (note.of(relative) or {}).get("consent") == sidecars.WITHDRAWN:
                stands.add("consent")
        withdraws = fields.get("consent") == sidecars.WITHDRAWN
        return {name: value for name, value in fields.items() if name not in stands or (name == "consent" and withdraws)}

    def _around(self, folder: Path) -> list[sidecars.Sidecar]:
        """The indices of a place in the media folder, from the top to its own."""
        places = [folder, *folder.parents]
        return [note for place in reversed(places[: places.index(self.media) + 1]) if (note := self._note(place)) is not None]

    def _note(self, place: Path) -> sidecars.Sidecar | None:
        if place not in self._notes:
            file = place / sidecars.NAME
            below = PurePosixPath(place.relative_to(self.media).as_posix())
            self._notes[place] = sidecars.read(file, below) if file.exists() else None
        return self._notes[place]


def same(path: str, other: str) -> Quarantined:
    """The refusal of a file that is there already."""
    return Quarantined(path, f"holds the same as {other}.", "Nothing to do, if that is meant: it is kept once.")


def plain(name: str) -> bool:
    """True of a word that may be a folder of the media folder."""
    return bool(name) and name.isprintable() and not name.startswith((".", "_")) and not set(name) & set('/\\:*?"<>|')


def inside(root: Path, file: Path) -> bool:
    """True of a file below a folder, links followed."""
    try:
        return file.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _place(folder: Path, file: Path, sha256: str) -> Path:
    target = folder / file.name
    if target.is_file() and hash_of(target) != sha256:
        return folder / f"{file.stem}-{sha256[:8]}{file.suffix}"
    return target


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = part_of(target)
    try:
        shutil.copyfile(file, half)
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
