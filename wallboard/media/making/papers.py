"""Paperwork: pages and fields as the file says them, its pages as pictures."""

import logging
from pathlib import Path
from threading import Lock

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from wallboard.media.info import PAPER, MediaInfo, MediaRefused, refuse
from wallboard.media.making.acting import LAUNCH, TooMuch, acts_of, unopened

MOST_PAGES = 500
MOST_PIXELS = 40_000_000
_PRINT = 'Print it to a plain PDF ("Save as PDF") and bring that.'
_FAULTS = (
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, OSError, RecursionError, MemoryError, AssertionError,
)  # fmt: skip
logging.getLogger("pypdfium2").setLevel(logging.ERROR)
_one_at_a_time = Lock()
"""PDFium is not made for several threads."""


def measured(file: Path) -> MediaInfo:
    """Pages and fields of a paper (fields: as its form declares them, groups included).

    What is only locked against changes is read; refuses what asks for a password or starts programs. `scripted`: it holds
    JavaScript, so that only a copy without it may leave this machine (see acting.harmless).
    """
    try:
        with PdfReader(file, strict=False) as paper:
            if paper.is_encrypted and not paper.decrypt(""):
                raise refuse(file, "asks for a password.", "Save it without one.")
            pages = len(paper.pages)
            acts = acts_of(paper)
            fields = len(paper.get_fields() or {})
            box = paper.pages[0].mediabox if pages else None
    except MediaRefused:
        raise
    except DependencyError:
        raise unopened(file) from None
    except TooMuch as error:
        raise refuse(file, f"{error}.", _PRINT) from None
    except _FAULTS as error:
        raise refuse(file, f"is damaged: it cannot be read as a PDF ({_short(error)}).", "Export it again.") from None
    if LAUNCH in acts:
        raise refuse(file, f"holds {LAUNCH}.", _PRINT)
    if not pages:
        raise refuse(file, "is a PDF without a page.", "Export it again.")
    if pages > MOST_PAGES:
        raise refuse(file, f"has {pages} pages; at most {MOST_PAGES} can be turned.", "Bring the pages that customers see.")
    width, height = (round(float(box.width)), round(float(box.height))) if box is not None else (None, None)
    return MediaInfo(PAPER, "application/pdf", width, height, pages=pages, fields=fields, scripted=bool(acts))


def page(file: Path, number: int, width: int) -> Image.Image:
    """One page (1-based) as a picture `width` wide, with what stands in its fields; LookupError where there is no such page."""
    with _one_at_a_time:
        try:
            return _drawn(file, number, width)
        except pdfium.PdfiumError as error:
            raise refuse(file, f"its page {number} cannot be drawn ({error}).", "Export it again.") from None


def _drawn(file: Path, number: int, width: int) -> Image.Image:
    with pdfium.PdfDocument(file) as paper:
        if not 1 <= number <= len(paper):
            raise LookupError(f"This paper has {len(paper)} pages.")
        paper.init_forms()
        drawn_page = paper[number - 1]
        across, down = drawn_page.get_size()
        scale = width / max(across, 1.0)
        scale = min(scale, (MOST_PIXELS / max(across * down, 1.0)) ** 0.5)
        picture: Image.Image = drawn_page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        return picture


def _short(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:120]
