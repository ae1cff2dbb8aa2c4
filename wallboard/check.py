"""Reads everything that makes a room, and finds every fault in one run."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from wallboard.errors import FileRefused, RoomError, SettingsRefused, nearest
from wallboard.layout import read_layouts
from wallboard.loaders.media.transcripts import misfit
from wallboard.loaders.naming import naming_hints
from wallboard.loaders.sources import read_sources
from wallboard.metrics.media import media_files, transcripts
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


def hints_of(root: Path) -> list[str]:
    """What might be better and is no fault: stages and contact points that are named as the company calls them."""
    try:
        room = open_room(root)
        if not _has_store(room):
            return []
        engine = open_store(room.store_url)
        with reading(engine) as connection:
            found = list(naming_hints(connection))
        engine.dispose()
    except RoomError:
        return []
    return found


def _has_store(room: Room) -> bool:
    url = make_url(room.store_url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def _missing_media(room: Room) -> Iterator[RoomError]:
    if not _has_store(room):
        return
    try:
        engine = open_store(room.store_url)
        with reading(engine) as connection:
            listed, transcribed = media_files(connection), transcripts(connection)
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
    for path, transcript, seconds in transcribed:
        if fault := misfit(room.media, transcript, seconds):
            yield FileRefused(f"{room.media}", f"the transcript '{transcript}' of '{path}' {fault}", "It is shown without it.")


def _each(refusal: RoomError) -> Iterator[RoomError]:
    yield from getattr(refusal, "faults", (refusal,))
