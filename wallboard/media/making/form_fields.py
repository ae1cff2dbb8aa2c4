"""What a fillable PDF asks: its fields as the file itself states them. Nothing in the file is run."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, RectangleObject

from wallboard.media.forms import Box, Field, NoForm, PaperForm

LARGEST = 50_000_000
MOST_FIELDS, MOST_PARENTS, MOST_LETTERS = 2000, 40, 200
"""Bytes of a file, its fields, the nesting of one of them, and the letters of a label that the room reads."""

_READ_ONLY, _REQUIRED, _MULTILINE, _RADIO, _PUSHED = 1, 2, 1 << 12, 1 << 15, 1 << 16
_HIDDEN = 0b100010
_FORMAT = re.compile(r"AF(Date|Time|Number|Percent)_")
_FORMATS = {"Date": "date", "Time": "time", "Number": "number", "Percent": "number"}


def read_form(file: Path) -> PaperForm:
    """The form of a file; raises NoForm where there is none that one could fill in."""
    try:
        if file.stat().st_size > LARGEST:
            raise NoForm(f"is larger than {LARGEST // 1_000_000} megabytes.")
        with file.open("rb") as stream:
            return _read(stream)
    except OSError:
        raise NoForm("cannot be opened.") from None
    except DependencyError:
        raise NoForm("is locked with AES: save it without protection.") from None
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise NoForm("is not a PDF that can be read.") from None


def _read(stream: BinaryIO) -> PaperForm:
    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NoForm("is locked by a password.")
    root = _dictionary(reader.trailer["/Root"])
    pages = reader.pages
    fields = [field for number, page in enumerate(pages, 1) for field in _of_page(page, number)]
    if not fields:
        dynamic = "/XFA" in _dictionary(root.get("/AcroForm"))
        raise NoForm("has its fields in XFA only, which browsers cannot show." if dynamic else "has no fields to fill in.")
    in_order = sorted(_joined(fields).values(), key=_read_at)
    return PaperForm(tuple(_shape(page) for page in pages), tuple(in_order), _scripted(root))


def _read_at(field: Field) -> tuple[int, float, float]:
    """Page by page, line by line, from the left; boxes that differ by less than a hundredth of the page share a line."""
    first = field.boxes[0]
    return first.page, round(first.top, 2), first.left


def _scripted(root: DictionaryObject) -> bool:
    return "/JavaScript" in _dictionary(root.get("/Names")) or "/OpenAction" in root


def _resolved(value: object) -> object:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: object) -> DictionaryObject:
    """What a file has there, if it is a dictionary; else an empty one."""
    return plain if isinstance(plain := _resolved(value), DictionaryObject) else DictionaryObject()


def _array(value: object) -> ArrayObject:
    """What a file has there, if it is an array; else an empty one."""
    return plain if isinstance(plain := _resolved(value), ArrayObject) else ArrayObject()


def _edges(page: PageObject) -> RectangleObject:
    edges: RectangleObject = page.cropbox
    if page.rotation % 360:
        raise NoForm("has a page that is turned on its side.")
    return edges


def _shape(page: PageObject) -> float:
    edges = _edges(page)
    return float(edges.width) / max(float(edges.height), 1.0)


def _of_page(page: PageObject, number: int) -> Iterator[Field]:
    for annotation in _array(page.get("/Annots")):
        widget = _dictionary(annotation)
        if widget.get("/Subtype") == "/Widget" and not int(widget.get("/F", 0)) & _HIDDEN:
            field = _field(widget, _box(widget, _edges(page), number))
            if field is not None:
                yield field


def _box(widget: DictionaryObject, edges: RectangleObject, number: int) -> Box:
    left, bottom, right, top = (float(side) for side in _array(widget["/Rect"]))
    wide, high = float(edges.width) or 1.0, float(edges.height) or 1.0
    at_left, at_top = (min(left, right) - float(edges.left)) / wide, (float(edges.top) - max(top, bottom)) / high
    return Box(
        number, round(at_left, 5), round(at_top, 5), round(abs(right - left) / wide, 5), round(abs(top - bottom) / high, 5)
    )


def _field(widget: DictionaryObject, box: Box) -> Field | None:
    """What a widget asks for; None for buttons to push and what is only to be read."""
    line = [*_upwards(widget)]
    flags, kind = int(_own(line, "/Ff", 0)), _kind(line)
    if kind is None or flags & _READ_ONLY:
        return None
    name = ".".join(str(part["/T"]) for part in reversed(line) if "/T" in part)
    label = " ".join(str(_own(line, "/TU", name)).split())
    return Field(
        name=name,
        label=label if len(label) <= MOST_LETTERS else f"…{label[-MOST_LETTERS:].partition(' ')[2]}",
        kind=kind,
        required=bool(flags & _REQUIRED),
        longest=int(_own(line, "/MaxLen", 0)),
        lines=kind == "text" and bool(flags & _MULTILINE),
        says=_format(line),
        choices=tuple(_option(option) for option in _array(_own(line, "/Opt", None))) if kind == "choice" else (),
        boxes=(replace(box, value=_on(widget)) if kind in ("checkbox", "radio") else box,),
    )


def _upwards(widget: DictionaryObject) -> Iterator[DictionaryObject]:
    at = widget
    for _ in range(MOST_PARENTS):
        yield at
        if "/Parent" not in at:
            return
        at = _dictionary(at["/Parent"])


def _own(line: list[DictionaryObject], key: str, default: Any) -> Any:
    return next((part[key] for part in line if key in part), default)


def _kind(line: list[DictionaryObject]) -> str | None:
    flags = int(_own(line, "/Ff", 0))
    match _own(line, "/FT", None):
        case "/Btn":
            return None if flags & _PUSHED else "radio" if flags & _RADIO else "checkbox"
        case "/Ch":
            return "choice"
        case "/Sig":
            return "signature"
        case "/Tx":
            return "text"
        case _:
            return None


def _format(line: list[DictionaryObject]) -> str:
    """What the file says that the text is to be: a date, a time or a number; read from its scripts, never by running them."""
    actions = _dictionary(_own(line, "/AA", None))
    for key in ("/K", "/F"):
        script = _dictionary(actions.get(key)).get("/JS")
        match = _FORMAT.search(script) if isinstance(script, str) else None
        if match:
            return _FORMATS[match[1]]
    return ""


def _option(value: object) -> str:
    pair = _resolved(value)
    return str(pair[-1]) if isinstance(pair, ArrayObject) and pair else str(pair)


def _on(widget: DictionaryObject) -> str:
    states = _dictionary(_dictionary(widget.get("/AP")).get("/N"))
    return next((str(state).removeprefix("/") for state in states if state != "/Off"), "on")


def _joined(parts: list[Field]) -> Mapping[str, Field]:
    """Boxes of the same field belong together: a choice of one among several, or the same text in two places."""
    if len(parts) > MOST_FIELDS:
        raise NoForm(f"has {len(parts):,} fields; the room reads {MOST_FIELDS:,}.")
    fields: dict[str, Field] = {}
    for part in parts:
        known = fields.get(part.name)
        fields[part.name] = part if known is None else replace(known, boxes=known.boxes + part.boxes)
    return fields
