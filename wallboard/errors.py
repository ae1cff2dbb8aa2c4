"""Every refusal a person can cause: where it is, what is wrong, what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class RoomError(Exception):
    """A refusal with a sentence for a person; the command line and the screens show it without a traceback."""

    def __init__(self, where: str, what: str, remedy: str, place: tuple[str | int, ...] = ()) -> None:
        super().__init__(f"{where}: {what} {remedy}".removeprefix(": ").strip())
        self.place = place
        """The way to the key of a TOML file that it is about (wallboard.toml_lines)."""
        self.where = where
        self.what = what
        self.remedy = remedy

    @property
    def sentence(self) -> str:
        """The refusal as a sentence that stands for itself; it names what it is about, unless that is the room."""
        sentence = self.what if self.where == "the room" else f"{self.where}: {self.what}"
        return f"{sentence[:1].upper()}{sentence[1:]} {self.remedy}".strip()


class SettingsRefused(RoomError):
    """room.toml cannot be used."""


class LayoutRefused(RoomError):
    """A file in layouts/ cannot be used."""


class SourceRefused(RoomError):
    """data/sources.toml cannot be used."""


class FileRefused(RoomError):
    """A whole file of data cannot be read; nothing of it was loaded."""


class StoreRefused(RoomError):
    """The store cannot be opened or written."""


class StillReferred(StoreRefused):
    """A thing cannot go while other rows name it."""


class RowRefused(StoreRefused):
    """A row of the store breaks a rule of the room."""


class NotServed(RoomError):
    """The room cannot be served at an address."""


class RuleRefused(RoomError):
    """A rule of the room does not allow it."""


class Changed(RuleRefused):
    """Somebody else has written meanwhile; what the person saw is not what is there."""


class NotSignedIn(RoomError):
    """Nobody is signed in, or not with this name and password."""


class NotFromHere(RoomError):
    """Something was sent that no page of this room has sent."""


class TooManyTries(RoomError):
    """Somebody has tried too often to sign in."""


class NotFound(RoomError):
    """A name in a URL or on the command line is not known."""


class Faults(RoomError):
    """Several refusals found in one reading."""

    def __init__(self, faults: Iterable[RoomError]) -> None:
        self.faults = tuple(faults)
        super().__init__("", "\n".join(str(fault) for fault in self.faults), "")


def in_one_line(error: Exception) -> str:
    """What an error that nobody expected says, in at most 200 letters: its kind and its first line."""
    return " ".join([type(error).__name__, *str(error).splitlines()[:1]])[:200]


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that ends a refusal: the nearest known name, or all of them where none is near."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(names)}." if names else "None is known yet."
