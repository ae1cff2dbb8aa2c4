"""Texts that a person cannot tell apart: Unicode normalisation of what is compared."""

import re
from collections.abc import Callable, Iterable
from unicodedata import normalize

_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<![\u0600-\U0010ffff])[\u200c\u200d]"
)
"""Soft hyphens, zero-width spaces, marks of direction; joiners only where they join nothing."""

BLANK = (
    *((0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x1680, 0x1680)),
    *((0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800)),
    *((0x3000, 0x3000), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB)),
    *((0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""First and last code points of what nobody sees: spaces, controls, Unicode's Default_Ignorable_Code_Point, blank Braille."""

_VISIBLE = re.compile(f"[^{''.join(f'{chr(first)}-{chr(last)}' for first, last in BLANK)}]")
_SPACES = re.compile(r"[^\S\n]+")
_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο‐‑‒–—−’‘ʼ“”„",
    "ABESIJKMHOPCTYXaesijopcyxdhqwABEZHIKMNOPTYXo------'''\"\"\"",
)
"""Cyrillic and Greek letters that look like Latin ones (Unicode TR39), and the dashes and quotes that programs put in."""


def visible(text: str | None) -> bool:
    """Whether a person can see any of a text."""
    return bool(text and _VISIBLE.search(text))


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
