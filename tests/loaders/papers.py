"""Fillable PDFs as a test wants them, made of their objects."""

import io
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

KINDS = {"text": "/Tx", "checkbox": "/Btn", "radio": "/Btn", "choice": "/Ch", "signature": "/Sig", "push": "/Btn"}
FLAGS = {"radio": 1 << 15, "push": 1 << 16}


def paper(
    *fields: dict[str, Any], xfa: bool = False, password: str = "", owner: str = "", script: str = "", turned: int = 0
) -> bytes:
    """A PDF of one page, 100 by 200 points; a field says kind, name, rect, flags, longest, label, script, options.

    `owner`: the password without which it may be read and not changed.
    """
    writer = PdfWriter()
    page = writer.add_blank_page(100, 200)
    kids = ArrayObject([writer._add_object(widget(**field)) for field in fields])
    if kids:
        page[NameObject("/Annots")] = kids
    form = DictionaryObject({NameObject("/Fields"): kids, NameObject("/NeedAppearances"): BooleanObject(True)})
    if xfa:
        form[NameObject("/XFA")] = TextStringObject("<xdp/>")
    if fields or xfa:
        writer._root_object[NameObject("/AcroForm")] = form
    if script:
        action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)})
        writer._root_object[NameObject("/OpenAction")] = action
    if turned:
        page.rotate(turned)
    if password:
        writer.encrypt(password)
    if owner:
        writer.encrypt("", owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def widget(
    kind: str = "text",
    name: str = "one",
    rect: tuple[float, ...] = (10, 150, 60, 170),
    flags: int = 0,
    longest: int = 0,
    label: str = "",
    script: str = "",
    options: tuple[str, ...] = (),
    on: str = "Yes",
    hidden: bool = False,
) -> DictionaryObject:
    dictionary = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject(KINDS[kind]),
            NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(coordinate) for coordinate in rect]),
            NameObject("/Ff"): NumberObject(flags | FLAGS.get(kind, 0)),
            NameObject("/F"): NumberObject(2 if hidden else 4),
        }
    )
    if longest:
        dictionary[NameObject("/MaxLen")] = NumberObject(longest)
    if label:
        dictionary[NameObject("/TU")] = TextStringObject(label)
    if options:
        dictionary[NameObject("/Opt")] = ArrayObject([TextStringObject(option) for option in options])
    if script:
        action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)})
        dictionary[NameObject("/AA")] = DictionaryObject({NameObject("/K"): action})
    if kind in ("checkbox", "radio"):
        states = DictionaryObject({NameObject(f"/{on}"): DictionaryObject(), NameObject("/Off"): DictionaryObject()})
        dictionary[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
    return dictionary
