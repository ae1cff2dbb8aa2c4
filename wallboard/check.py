"""Reads everything that makes a room, and finds every fault in one run."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from wallboard.account import foot_of
from wallboard.clock import Clock
from wallboard.errors import FileRefused, RoomError, SettingsRefused, SourceRefused, nearest
from wallboard.layout import Layout, read_layouts
from wallboard.layout_faults import layout_faults
from wallboard.loaders.naming import naming_hints
from wallboard.loaders.sources import Source, read_sources, source_hints
from wallboard.media.transcripts import misfit
from wallboard.metrics.media import media_files, transcripts
from wallboard.openid import Provider, ProviderSilent
from wallboard.panels import find_panels
from wallboard.settings import Room, open_room
from wallboard.store.connections import reading
from wallboard.store.limits import keep_limits
from wallboard.store.open import open_store
from wallboard.store.violations import orphans, reviewed_words, violations
from wallboard.store.zones import keep_zones
from wallboard.trial import has_store, strangers, trial


def faults_of(root: Path, clock: Clock, remarks: list[str], *, every: bool = False) -> Iterator[RoomError]:
    """Every fault of settings, layouts, sources, screens, listed media and first rows, each with its remedy.

    What a load would say of single rows goes to `remarks`, and how many rows of the store were reviewed; `every`: which, and why.
    """
    room: Room | None = None
    try:
        room = open_room(root)
    except RoomError as refusal:
        yield from _each(refusal)
    if room is None:
        return
    layouts: dict[str, Layout] = {}
    try:
        layouts = read_layouts(room.layouts, find_panels())
    except RoomError as refusal:
        yield from _each(refusal)
    yield from layout_faults(room, layouts)
    yield from _tried(room, clock, layouts, remarks)
    yield from _unknown_sources(room)
    yield from _sign_in_faults(room)
    if not room.media.is_dir():
        yield SettingsRefused("room.toml", f"media: there is no folder {room.media}.", "Make it, or name another.")
    yield from _store_faults(room, clock, remarks, every=every)


def _unknown_sources(room: Room) -> Iterator[RoomError]:
    """What room.toml says of sources that sources.toml does not name."""
    try:
        known = [source.name for source in read_sources(room)]
    except RoomError:
        return
    named = [(f"cadence.{name}", name) for name in room.settings.cadence]
    named += [(f"real_fall.{n}.source", fall.source) for n, fall in enumerate(room.settings.real_fall)]
    for key, name in named:
        if name not in known:
            yield SettingsRefused("room.toml", f"{key}: there is no source '{name}' in data/sources.toml.", nearest(name, known))


def _sign_in_faults(room: Room) -> Iterator[RoomError]:
    """What keeps people from signing in by the company's provider: no secret, another issuer, or nobody who answers."""
    declared = room.settings.sign_in.openid_connect
    if declared is None:
        return
    try:
        declared.secret()
        Provider(declared).offers()
    except ProviderSilent as refusal:
        yield SettingsRefused("room.toml", f"sign_in.openid_connect: {refusal.what}", refusal.remedy)
    except SettingsRefused as refusal:
        yield refusal


def _tried(room: Room, clock: Clock, layouts: dict[str, Layout], remarks: list[str]) -> Iterator[RoomError]:
    """What is wrong with the sources, with their files, and with what layouts name: told by a load of the first rows."""
    try:
        sources = read_sources(room)
        if not sources:
            yield SourceRefused(f"{room.data / 'sources.toml'}", "names no source yet.", "Write one [table] for each export.")
        for source in sources:
            yield from _perimeters(room, source)
        with trial(room, clock) as (loaded, engine):
            yield from (FileRefused(f"[{result.source}]", result.message, "") for result in loaded if result.status == "refused")
            for result in loaded:
                if result.refused and result.refused == result.read:
                    yield FileRefused(f"[{result.source}]", f"every row would be refused: {result.reasons[0]}.", "")
                else:
                    remarks += foot_of(result, "would be refused")
            yield from strangers(layouts, engine)
    except RoomError as refusal:
        yield from _each(refusal)


def _perimeters(room: Room, source: Source) -> Iterator[RoomError]:
    """Perimeters that a source gives to its rows and room.toml does not know."""
    known = room.settings.leaves(None)
    stated = [("constants", source.constants.get("perimeter"))]
    stated += [("values", value) for value in source.values.get("perimeter", {}).values()]
    for part, perimeter in stated:
        if perimeter and perimeter not in known:
            where = f"{room.data / 'sources.toml'} [{source.name}]"
            what = f"{part}.perimeter = '{perimeter}' is not a perimeter without parts in room.toml."
            yield SourceRefused(where, what, nearest(str(perimeter), known))


def hints_of(root: Path) -> list[str]:
    """What might be better and is no fault: layouts that do not say what they are; sources in words of before; stages and contact
    points that are named as the company calls them."""
    hints: list[str] = []
    try:
        room = open_room(root)
        hints += [layout.hint for layout in read_layouts(room.layouts, find_panels()).values() if layout.hint]
        hints += source_hints(room)
        if not has_store(room):
            return hints
        engine = open_store(room.store_url)
        with reading(engine) as connection:
            hints += naming_hints(connection)
        engine.dispose()
    except RoomError:
        return hints
    return hints


def _store_faults(room: Room, clock: Clock, remarks: list[str], *, every: bool) -> Iterator[RoomError]:
    """What is wrong with the store: rows that break a rule, and files that it lists and that are not there."""
    if not has_store(room):
        return
    try:
        engine = open_store(room.store_url)
        keep_zones(engine, room.settings, clock())
        keep_limits(engine, room.settings)
        with reading(engine) as connection:
            broken = [*violations(connection), *orphans(connection)]
            remarks += reviewed_words(connection, every=every)
            listed, transcribed = media_files(connection), transcripts(connection)
        engine.dispose()
    except RoomError as refusal:
        yield refusal
        return
    yield from broken
    yield from _missing_media(room, listed, transcribed)


def _missing_media(
    room: Room, listed: Iterable[str], transcribed: Iterable[tuple[str, str, float | None]]
) -> Iterator[RoomError]:
    for path in listed:
        file = (room.media / path).resolve()
        if not file.is_relative_to(room.media) or not file.is_file():
            yield FileRefused(
                f"{room.media}", f"the store lists '{path}', but the file is not there.", "Put it back, or load the media index."
            )
    for path, transcript, seconds in transcribed:
        if fault := misfit(room.media, transcript, seconds):
            yield FileRefused(
                f"{room.media}", f"the transcript '{transcript}' of '{path}' {fault}", "The recording is shown without it."
            )


def _each(refusal: RoomError) -> Iterator[RoomError]:
    yield from getattr(refusal, "faults", (refusal,))
