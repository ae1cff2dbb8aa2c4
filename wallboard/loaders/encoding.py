"""Bytes to text: as declared, else UTF-8, else a guess that is said aloud; a damaged character is a matter of its row."""

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from wallboard.errors import FileRefused
from wallboard.loaders.table import UNSTORABLE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")
_WHOLE, _NAMED = 2, 5
"""Whole letters beyond ASCII for each damaged one that speak for an encoding; the damaged rows that are named."""

_SAMPLE = 1_000_000
_USUAL = "cp1252"
_WRITTEN_BY_EXPORTS = [_USUAL, "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "gb18030", "big5", "cp949", "mac_roman"]


@dataclass(frozen=True)
class Decoded:
    """The text of a file, and what has to be said about how it was read."""

    text: str
    notes: tuple[str, ...]


def decode(where: str, content: bytes, declared: str | None) -> Decoded:
    """The text in `content`; refuses bytes that are no text, or not in the declared encoding, with row and byte."""
    encoding, notes = _encoding(where, content, declared)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        mended = _mended(content, encoding)
        if mended is not None:
            return _storable(mended, (*notes, _damaged(mended)))
        row = content[: error.start].count(b"\n") + 1
        what = f"row {row}, byte {error.start}: 0x{content[error.start]:02x} is not {declared or encoding}."
        raise FileRefused(where, what, "Write the file's real `encoding` in data/sources.toml, or leave it out.") from None
    return _storable(text, notes)


def _encoding(where: str, content: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    if declared:
        return (marked if marked and _same(declared, marked) else declared), ()
    if marked:
        return marked, ()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(where, content) if _mended(content, "utf-8") is None else ("utf-8", ())
    return "utf-8", ()


def _mended(content: bytes, encoding: str) -> str | None:
    """The text with \ufffd for every damaged character; None where so many are damaged that this is not its encoding."""
    text = content.decode(encoding, "replace")
    damaged = text.count("\ufffd") - (content.count("\ufffd".encode()) if encoding.startswith("utf-8") else 0)
    letters = len(_BEYOND_ASCII.findall(text))
    return text if letters >= _WHOLE * damaged else None


def _damaged(text: str) -> str:
    rows = [number for number, line in enumerate(text.split("\n"), start=1) if "\ufffd" in line]
    named = ", ".join(f"{row:,}" for row in rows[:_NAMED])
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    return f"damaged characters in row{'s' if len(rows) > 1 else ''} {named}{more} were replaced by \ufffd."


def _same(declared: str, marked: str) -> bool:
    return codecs.lookup(declared).name.replace("-sig", "").startswith(marked.replace("-sig", ""))


def _guess(where: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    sample = content[:_SAMPLE]
    guesses = [] if b"\x00" in sample else list(from_bytes(sample, cp_isolation=_WRITTEN_BY_EXPORTS))
    if not guesses:
        raise FileRefused(where, "is not text in any known encoding.", "Export it again as UTF-8, or name its `encoding`.")
    likely = [
        candidate
        for candidate in guesses
        if candidate.chaos <= guesses[0].chaos + 0.02 and candidate.coherence >= guesses[0].coherence - 0.1
    ]
    usual = any(_USUAL in candidate.could_be_from_charset for candidate in likely)
    guess = _USUAL if usual else guesses[0].encoding
    return guess, (f"read as {guess}, a guess: name the `encoding` in data/sources.toml to be sure.",)


def _storable(text: str, notes: tuple[str, ...]) -> Decoded:
    if "\x00" not in text:
        return Decoded(text, notes)
    clean, times = re.subn(UNSTORABLE, "\ufffd", text)
    return Decoded(clean, (*notes, f"{times} characters cannot be stored (NUL) and were replaced by \ufffd."))
