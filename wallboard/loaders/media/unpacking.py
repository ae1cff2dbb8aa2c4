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
            for one in members:
                _judge(archive, one)
            left = min(MOST_BYTES, max(archive.stat().st_size * MOST_RATIO, 2**26))
            for one in members:
                if not one.is_dir():
                    left = _member(archive, opened, one, target, left)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        raise _refused(archive, "holds a file and a folder of the same name.") from None
    except OSError as error:
        what = f"cannot be unpacked ({error.strerror})." if error.strerror else f"is no whole archive ({error})."
        raise _refused(archive, what) from None
    except _BROKEN as error:
        raise _refused(archive, f"is no whole archive ({error}).") from None


def _judge(archive: Path, one: zipfile.ZipInfo) -> None:
    name = one.filename.replace("\\", "/")
    path = PurePosixPath(name)
    drive = len(path.parts) > 0 and path.parts[0].endswith(":")
    if path.is_absolute() or ".." in path.parts or drive or "\x00" in name:
        raise _refused(archive, f"holds a file that would lie outside the folder: '{one.filename[:120]}'.")
    if stat.S_ISLNK(one.external_attr >> 16):
        raise _refused(archive, f"holds a link: '{one.filename[:120]}'.")
    if one.flag_bits & 0x1:
        raise _refused(archive, "asks for a password.")


def _member(archive: Path, opened: zipfile.ZipFile, one: zipfile.ZipInfo, target: Path, left: int) -> int:
    file = target.joinpath(*PurePosixPath(one.filename.replace("\\", "/")).parts)
    file.parent.mkdir(parents=True, exist_ok=True)
    with opened.open(one) as source, file.open("wb") as sink:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _refused(archive, "unpacks to far more than it is: it may be made to fill the disk.")
            sink.write(piece)
    return left


def _refused(archive: Path, what: str) -> FileRefused:
    return FileRefused(str(archive), what, "Unpack it yourself, look at it, and name the folder.")
