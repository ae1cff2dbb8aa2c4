"""Reads everything that makes a room, and finds every fault in one run."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from wallboard.errors import FileRefused, RoomError, SettingsRefused, nearest
from wallboard.layout import read_layouts
from wallboard.loaders.sources import read_sources
from wallboard.metrics.media import media_files
from wallboard.panels import find_panels
from wallboard.settings import Room, open_room
from wallboard.store.connections import reading
from wallboard.store.open import open_store


def faults_of(root: Path) -> Iterator[RoomError]:
    """Every fault of settings, layouts, sources, screens and listed media, each with its remedy."""
    room: Room | None = None
    try:
        room = open_room(root)
    except RoomError as refusal:
        yield from _each(refusal)
    if room is None:
        return
    for read in (lambda: read_layouts(room.layouts, find_panels()), lambda: read_sources(room)):
        try:
            read()
        except RoomError as refusal:
            yield from _each(refusal)
    for screen, glass in room.settings.screen.items():
        if not (room.layouts / f"{glass.wall}.toml").is_file():
            known = [file.stem for file in room.layouts.glob("*.toml")]
            yield SettingsRefused(
                "room.toml", f"screen.{screen}.wall: there is no layout '{glass.wall}'.", nearest(glass.wall, known)
            )
    if not room.media.is_dir():
        yield SettingsRefused("room.toml", f"media: there is no folder {room.media}.", "Make it, or name another.")
    yield from _missing_media(room)


def _missing_media(room: Room) -> Iterator[RoomError]:
    if make_url(room.store_url).get_backend_name() == "sqlite" and not Path(make_url(room.store_url).database or "").is_file():
        return
    try:
        engine = open_store(room.store_url)
        with reading(engine) as connection:
            listed = media_files(connection)
        engine.dispose()
    except RoomError as refusal:
        yield refusal
        return
    for path in listed:
        file = (room.media / path).resolve()
        if not file.is_relative_to(room.media) or not file.is_file():
            yield FileRefused(
                f"{room.media}", f"the store lists '{path}', and it is not there.", "Put it back, or load the media index."
            )


def _each(refusal: RoomError) -> Iterator[RoomError]:
    yield from getattr(refusal, "faults", (refusal,))
