"""The name that the disk has for a file: what looks the same may be written in another way."""

from pathlib import Path, PurePosixPath

from wallboard.unicode import tidied


def on_disk(folder: Path, path: str) -> Path:
    """A file below a folder under the name that the disk has for it, where that only looks the same; else as written."""
    at = folder
    try:
        if path.isascii() or (folder / path).exists() or ".." in PurePosixPath(path).parts:
            return folder / path
        for part in PurePosixPath(path).parts:
            names = [] if (at / part).exists() else [entry.name for entry in at.iterdir() if tidied(entry.name) == tidied(part)]
            at = at / (names[0] if len(names) == 1 else part)
    except (OSError, ValueError):
        return folder / path
    return at
