"""On which line of a TOML file a key stands, for whoever has to correct it."""

import re

Place = tuple[str | int, ...]
"""The way to a key: names of tables and keys, and the numbers of the elements of arrays."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=")


def line_of(text: str, place: Place) -> int:
    """The line of the key at `place`, or of the nearest table around it; 1 where nothing of it is there."""
    best, line = 0, 1
    for number, path in _paths(text):
        if len(path) > best and path == place[: len(path)]:
            best, line = len(path), number
    return line


def _paths(text: str) -> list[tuple[int, Place]]:
    """Each header and each key with its line and the way to it."""
    paths: list[tuple[int, Place]] = []
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _into(_names(header[2]), counts, opens=header[1] == "[[")
            paths.append((number, table))
        elif key := _KEY.match(line):
            paths.append((number, (*table, *_names(key[1]))))
    return paths


def _into(names: list[str], counts: dict[Place, int], *, opens: bool) -> Place:
    """The table of a header, in the newest element of each array on its way."""
    path: Place = ()
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if opens and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _names(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
