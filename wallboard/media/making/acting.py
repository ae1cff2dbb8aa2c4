"""Papers that act by themselves: scripts are taken out, what starts programs is named."""

import io
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from wallboard.media.info import MediaRefused, refuse

SCRIPT = "JavaScript"
LAUNCH = "an action that starts a program"
MOST_OBJECTS = 300_000


class TooMuch(Exception):
    """A paper of more objects than any form has."""


def acts_of(paper: PdfReader | PdfWriter) -> set[str]:
    """What a paper would do by itself: SCRIPT, LAUNCH; raises TooMuch."""
    root: object = paper.root_object
    return {act for thing in _dictionaries(root) if (act := _act(thing))}


def harmless(file: Path) -> bytes:
    """A paper as it is where it does nothing by itself, else a copy without its scripts; its pages and fields stay.

    MediaRefused where it is locked.
    """
    try:
        with PdfReader(file, strict=False) as paper:
            if paper.is_encrypted and not paper.decrypt(""):
                raise refuse(file, "asks for a password.", "Save it without one.")
            if not acts_of(paper):
                return file.read_bytes()
            copy = PdfWriter(clone_from=paper)
    except DependencyError:
        raise unopened(file) from None
    return _without_acts(copy)


def unopened(file: Path) -> MediaRefused:
    """The refusal of a paper that is locked in a way which this installation cannot open."""
    what = "is locked with AES, which is only read where the Python package `cryptography` is installed."
    return refuse(file, what, "Save it without protection.")


def _without_acts(copy: PdfWriter) -> bytes:
    everything = _dictionaries(copy.root_object)
    acting = [thing for thing in everything if _act(thing)]
    for thing in everything:
        for key in [key for key, value in thing.items() if key in ("/JavaScript", "/OpenAction", "/AA", "/XFA") or _acts(value)]:
            del thing[key]
        for value in thing.values():
            if isinstance(value, ArrayObject) and any(_acts(entry) for entry in value):
                value[:] = [entry for entry in value if not _acts(entry)]
    for thing in acting:
        thing.clear()
    if acts_of(copy):
        raise ValueError("its scripts cannot be taken out")
    out = io.BytesIO()
    copy.write(out)
    return out.getvalue()


def _dictionaries(root: object) -> list[DictionaryObject]:
    waiting, seen, dictionaries, walked = [root], set(), [], 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        walked += 1
        if walked > MOST_OBJECTS:
            raise TooMuch(f"holds more than {MOST_OBJECTS:,} objects")
        if isinstance(thing, DictionaryObject):
            dictionaries.append(thing)
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
    return dictionaries


def _acts(value: object) -> bool:
    thing = value.get_object() if isinstance(value, IndirectObject) else value
    return isinstance(thing, DictionaryObject) and bool(_act(thing))


def _act(thing: DictionaryObject) -> str:
    kind = str(thing.get("/S", ""))
    if kind == "/Launch":
        return LAUNCH
    return SCRIPT if kind == "/JavaScript" or "/JS" in thing else ""
