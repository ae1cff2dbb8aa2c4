"""How wide words are in the room's typeface, without a browser: the sum of the letters' advance widths.

`advances.json` has those of Inter at two weights, between which they grow evenly; a test compares it with the font.
Kerning is left out: it makes words narrower, hardly ever wider.
"""

from functools import cache
from pathlib import Path
from unicodedata import category, east_asian_width, normalize

import orjson

from wallboard.metrics.cropping import crop

ADVANCES = Path(__file__).with_name("advances.json")
LIGHT, BOLD = 400, 700
"""The weights whose advance widths are known."""

OTHER, SQUARE = 0.62, 1.0
"""Parts of the type size: a letter of an alphabet that Inter does not have, and one that fills a square (Chinese, emoji)."""

_UNSEEN = ("Mn", "Me", "Cf", "Cc")

Advances = dict[str, tuple[int, int]]
"""By letter: its advance at both weights, in thousandths of the type size."""


@cache
def advances(*, tabular: bool = False) -> Advances:
    """Those of all letters of the typeface; `tabular`: as they stand in columns of numbers."""
    known: dict[str, Advances] = orjson.loads(ADVANCES.read_bytes())
    return known["letters"] | (known["tabular"] if tabular else {})


def text_width(text: str, size: float, weight: int = LIGHT, *, tabular: bool = False) -> float:
    """The width of one line of text, in the unit of `size`; `tabular` as `font-variant-numeric: tabular-nums` sets it."""
    known, share = advances(tabular=tabular), (weight - LIGHT) / (BOLD - LIGHT)
    thousandths = 0.0
    for letter in normalize("NFC", text):
        light, bold = known.get(letter) or _other(letter)
        thousandths += light + (bold - light) * share
    return thousandths / 1000 * size


def fitted(text: str, width: float, size: float, weight: int = LIGHT) -> str:
    """The text itself, or as many whole words of it as are no wider, with an ellipsis; its first letter at least."""
    if text_width(text, size, weight) <= width:
        return text
    least, most = 2, len(text) - 1
    while least < most:
        middle = (least + most + 1) // 2
        if text_width(crop(text, middle), size, weight) <= width:
            least = middle
        else:
            most = middle - 1
    return crop(text, least)


def _other(letter: str) -> tuple[int, int]:
    if category(letter) in _UNSEEN:
        return 0, 0
    part = SQUARE if east_asian_width(letter) in "WF" else OTHER
    return round(1000 * part), round(1000 * part)
