"""Texts that a person cannot tell apart: Unicode normalisation of what is compared."""

import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
)
"""Soft hyphens, zero-width spaces, marks of direction; joiners only where they join nothing."""

_SPACES = re.compile(r"[^\S\n]+")
_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο‐‑‒–—−’‘ʼ“”„",
    "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXo------'''\"\"\"",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode TR39), and the dashes and quotes that programs put in."""


def nfc(text: str) -> str:
    """A text with its accents composed (NFC): a Mac stores "ä" as two characters, Windows as one."""
    return text if text.isascii() else normalize("NFC", text)


def tidied(text: str) -> str:
    """A name or key as it is kept and compared: NFC, without invisible characters, with plain single spaces inside."""
    if text.isascii():
        return _SPACES.sub(" ", text).strip() if "  " in text or "\t" in text or text != text.strip() else text
    return _SPACES.sub(" ", _INVISIBLE.sub("", normalize("NFC", text))).strip()


def skeleton(text: str) -> str:
    """What is left of a text once all that looks alike is the same: other forms of letters, other alphabets, dashes, quotes."""
    return tidied(normalize("NFKD", tidied(text)).translate(_LATIN))


def lookup(known: Iterable[str], *, fold: bool = False) -> Callable[[str], str | None]:
    """A function that gives the one known name that a person would read as the same; None for none, or for more than one.

    `fold`: capitals say nothing.
    """
    names = set(known)
    form = (lambda name: skeleton(name).casefold()) if fold else skeleton
    alike: dict[str, str | None] = {}
    for name in names:
        alike[form(name)] = None if form(name) in alike else name
    return lambda name: name if name in names else alike.get(form(name))


def same_as(name: str, known: Iterable[str]) -> str | None:
    """The one known name that a person would read as the same; None where there is none, or more than one."""
    return lookup(known)(name)
