"""Files of the program are packed once in a process, not for each browser that asks: plotly.js takes a tenth of a second."""

from flask import Request

MOST = 64
"""Files that are kept packed: a page needs no more than twenty, each in the ways that browsers read."""

FILES = ("/bundle/", "/fonts/", "/_dash-component-suites/")


def file_asked(request: Request) -> str:
    """The name of the file of this program that is asked for, whatever build the page is of; nothing for all that is made."""
    if not request.path.startswith(FILES):
        return ""
    parts = request.view_args or {}
    return f"{parts['entry']}.{parts['kind']}" if "build" in parts else request.path


class Packed:
    """What flask-compress asks for packed bytes, and gives those that it had to pack."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The packed bytes of a file, once somebody has asked for it; `key` is the way of packing and the name."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep them, if they are a file's."""
        if key.partition(";")[2] and len(self._kept) < MOST:
            self._kept[key] = value
