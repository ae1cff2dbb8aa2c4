"""A room that is served while somebody edits it: its layouts and its room.toml are read again on save."""

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from flask import Flask

from wallboard.app import create_app
from wallboard.clock import Clock
from wallboard.errors import Faults, RoomError
from wallboard.layout import read_layouts
from wallboard.layout_faults import layout_faults
from wallboard.panels import find_panels
from wallboard.settings import Room, open_room
from wallboard.store.open import open_store
from wallboard.toml_lines import line_of

log = logging.getLogger(__name__)


class Editing:
    """Serves the last room that could be read; screens ask every two seconds, and each asking looks whether a file was saved.

    A room that was read again has another build, for which every screen loads itself anew.
    """

    def __init__(self, room: Room, clock: Clock) -> None:
        self._root = room.root
        self._clock = clock
        self._lock = Lock()
        self._slip = ""
        self._saved = self._signature()
        self._url, self._engine = room.store_url, open_store(room.store_url)
        self._server = self._lit(room)
        self._known = set(map(str, self._faults(room)))

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request as the room that is served now."""
        if environ.get("PATH_INFO") == "/pulse":
            self.read_again()
        return self._server(environ, start_response)

    def read_again(self) -> None:
        """Take what was saved since; where it cannot be read, keep what is served and say why on every screen."""
        with self._lock:
            if (saved := self._signature()) == self._saved:
                return
            self._saved = saved
            try:
                room = open_room(self._root)
                faults = self._faults(room)
                if new := [fault for fault in faults if str(fault) not in self._known]:
                    raise Faults(new)
                self._reopen(room)
                self._server = self._lit(room)
            except RoomError as refusal:
                self._slip = slip(refusal, self._root)
                log.warning("%s", self._slip)
            else:
                self._slip, self._known = "", set(map(str, faults))

    def _faults(self, room: Room) -> list[RoomError]:
        """What `wallboard check` says of its layouts; what was so before is no slip of this save."""
        return list(layout_faults(room, read_layouts(room.layouts, find_panels())))

    def _lit(self, room: Room) -> Flask:
        server: Flask = create_app(room, self._clock, self._engine, lambda: self._slip).server
        return server

    def _reopen(self, room: Room) -> None:
        """Another store, where room.toml names another one; of that of before, what nobody reads any more is closed."""
        if room.store_url != self._url:
            before, self._engine = self._engine, open_store(room.store_url)
            self._url = room.store_url
            before.dispose()

    def _signature(self) -> tuple[tuple[str, int, int], ...]:
        """Name, time and size of every file that makes the room; of one that an editor is just replacing, nothing."""
        return tuple(_seen([self._root / "room.toml", *sorted((self._root / "layouts").glob("*.toml"))]))


def slip(refusal: RoomError, root: Path) -> str:
    """What is wrong with what was saved: file, line, fault and remedy of the first, and how many there are besides."""
    first, *others = getattr(refusal, "faults", (refusal,))
    more = f" And {len(others)} more." if others else ""
    return f"Not shown yet, {_where(first, root)}: {first.what} {first.remedy}{more}".strip()


def _where(fault: RoomError, root: Path) -> str:
    """The file and the line that a fault is about; a layout's faults name its file first."""
    name, _, rest = fault.where.removeprefix(f"{root.resolve()}/").removeprefix(f"{root}/").partition(": ")
    if ", line " in name:
        return name
    try:
        text = (root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return fault.where
    broken = re.search(r"at line (\d+)", fault.what)
    end = "at end of document" in fault.what and len(text.splitlines())
    line = int(broken[1]) if broken else end or line_of(text, fault.place)
    return f"{name}, line {line}" + (f": {rest}" if rest else "")


def _seen(files: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    for file in files:
        try:
            stat = file.stat()
        except FileNotFoundError:
            continue
        yield file.name, stat.st_mtime_ns, stat.st_size
