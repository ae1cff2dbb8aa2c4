"""What commands share: where they print, the clock that they are given, and the room's store while they run."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Engine

from wallboard.clock import Clock, parse_instant, running, stopped
from wallboard.errors import SettingsRefused
from wallboard.settings import Room
from wallboard.store.limits import keep_limits
from wallboard.store.open import open_store
from wallboard.store.zones import keep_zones

out = Console()
err = Console(stderr=True)

At = Annotated[str | None, typer.Option("--at", help="stop the clock: 2026-06-30 or 2026-06-30T09:00, local time of the room")]


def say(words: str, console: Console = out) -> None:
    """Print words as they are, however long, on one line."""
    console.print(words, markup=False, highlight=False, soft_wrap=True)


def clock_of(room: Room, at: str | None) -> Clock:
    """The running clock, or one that stands at the instant that the command line names."""
    if at is None:
        return running
    try:
        return stopped(parse_instant(at, room.settings.timezone))
    except ValueError:
        raise SettingsRefused("--at", f"'{at}' is not a date or time.", "Write 2026-06-30 or 2026-06-30T09:00.") from None


@contextmanager
def store_of(room: Room) -> Iterator[Engine]:
    """The room's store, as long as it is needed."""
    engine = open_store(room.store_url)
    try:
        keep_zones(engine, room.settings, running())
        keep_limits(engine, room.settings)
        yield engine
    finally:
        engine.dispose()
