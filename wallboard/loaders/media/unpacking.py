"""A ZIP file instead of a folder: unpacked only where every name in it stays below, and no more than a disk can bear."""

import lzma
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from wallboard.errors import FileRefused

MOST_FILES = 100_000
MOST_BYTES = 50 * 2**30
MOST_RATIO = 500
_PIECE = 2**20
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, ValueError)


def unpack(archive: Path, target: Path) -> None:
    """Unpack below `target`; FileRefused where a name leads out, it holds links or a password, is broken or a bomb."""
    try:
        with zipfile.ZipFile(archive) as opened:
            members = opened.infolist()
            if len(members) > MOST_FILES:
                raise _refused(archive, f"holds more than {MOST_FILES:,} files.")
            for member in members:
                _judge(archive, member)
            left = min(MOST_BYTES, max(archive.stat().st_size * MOST_RATIO, 2**26))
            for member in members:
                if not member.is_dir():
                    left = _member(archive, opened, member, target, left)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise _refused(archive, "holds a file and a folder of the same name.") from None
    except OSError as error:
        what = f"cannot be unpacked ({error.strerror})." if error.strerror else f"is not a complete archive ({error})."
        raise _refused(archive, what) from None
    except _BROKEN as error:
        raise _refused(archive, f"is not a complete archive ({error}).") from None


def _judge(archive: Path, member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    path = PurePosixPath(name)
    drive = len(path.parts) > 0 and path.parts[0].endswith(":")
    if path.is_absolute() or ".." in path.parts or drive or "\x00" in name:
        raise _refused(archive, f"holds a file that would lie outside the folder: '{member.filename[:120]}'.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _refused(archive, f"holds a link: '{member.filename[:120]}'.")
    if member.flag_bits & 0x1:
        raise _refused(archive, "asks for a password.")


def _member(archive: Path, opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int) -> int:
    file = target.joinpath(*PurePosixPath(member.filename.replace("\\", "/")).parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(member) as source, file.open("wb") as sink:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _refused(archive, "unpacks to far more than it is: it may be made to fill the disk.")
            sink.write(piece)
    return left


def _refused(archive: Path, what: str) -> FileRefused:
    return FileRefused(str(archive), what, "Unpack it yourself, look at it, and name the folder.")
