"""How things look on a screen of room.toml at an instant, or on the default 55 inch panel at 4 metres."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from wallboard.drawing.theme import Theme, smallest_legible
from wallboard.settings import Room, Screen

Themes: TypeAlias = Callable[[str | None, str | None, datetime], Theme]
"""The look of a screen, for a perimeter, at an instant."""


def theme_of(room: Room, screen: str | None, perimeter: str | None, now: datetime) -> Theme:
    """The look of one screen: type that is legible from where it is read, and the reader's numbers, days and zone."""
    settings = room.settings
    glass = settings.screen.get(screen or "") or Screen(wall="")
    floor = smallest_legible(glass.diagonal_in, glass.distance_m)
    zone = settings.zone(perimeter or glass.perimeter)
    names = {key: part.name for key, part in settings.perimeter.items()}
    return Theme(settings.locale, settings.currency, zone, now, settings.theme, floor, settings.small_n, names)
