"""What a fillable PDF asks, as it is kept; reading it from the file is done elsewhere (making/form_fields.py)."""

from dataclasses import dataclass

from pydantic import TypeAdapter


class NoForm(Exception):
    """Why a file cannot be filled in: the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class Box:
    """One place on a page (from 1): left, top, width and height as shares of it, and what it says when chosen."""

    page: int
    left: float
    top: float
    width: float
    height: float
    value: str = ""


@dataclass(frozen=True)
class Field:
    """One thing that the form asks for: text, signature, checkbox, radio or choice; `longest` in letters, 0 for no limit."""

    name: str
    label: str
    kind: str
    required: bool
    longest: int
    lines: bool
    says: str
    choices: tuple[str, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class PaperForm:
    """A form: how wide its pages are for their height, and its fields in the order in which they are read."""

    pages: tuple[float, ...]
    fields: tuple[Field, ...]
    scripted: bool


_FORMS = TypeAdapter(PaperForm)


def as_json(form: PaperForm) -> bytes:
    """A form as it is kept."""
    return _FORMS.dump_json(form)


def from_json(content: bytes) -> PaperForm:
    """A form that was kept."""
    return _FORMS.validate_json(content)
