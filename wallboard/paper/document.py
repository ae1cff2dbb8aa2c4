"""A page of A4 in the walls' typeface and the colours of a light wall; letters of other alphabets come from other typefaces."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from string import printable
from tempfile import TemporaryDirectory
from unicodedata import normalize

import fontpkg_inter
import fontpkg_rubik
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

from wallboard.drawing.theme import LIGHT, TONES

MARGIN, LEADING = 20.0, 1.38
"""Of a page in mm, and the height of a line in that of its letters."""

REGULAR, BOLD = 400.0, 650.0
INTER = Path(fontpkg_inter.ROOT) / "files" / "Inter[opsz,wght].ttf"
RUBIK = Path(fontpkg_rubik.ROOT) / "files" / "Rubik[wght].ttf"
"""Inter writes Latin, Greek and Cyrillic, Rubik Hebrew and Arabic."""

_NOTO = ("NotoSansCJK-Regular.ttc", "NotoSansThai-Regular.ttf", "NotoSansDevanagari-Regular.ttf")
OF_THE_MACHINE = (*_NOTO, "unifont.otf", "unifont.ttf", "DejaVuSans.ttf")
"""Typefaces of the machine that are taken for what neither writes, as Debian's packages fonts-noto-cjk, fonts-noto-core,
fonts-unifont and fonts-dejavu-core bring them."""

BOX = "□"
"""Stands for a letter that no typeface at hand writes."""

ALWAYS = frozenset(printable) | frozenset(f"\N{NO-BREAK SPACE}–•…{BOX}")
"""Letters that paper writes by itself, whatever its words are."""

SHAPED_BY = ("calt", "ccmp", "clig", "kern", "liga", "locl", "mark", "mkmk", "rclt", "rlig")
"""What of a typeface joins letters and moves them together unasked."""

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))


class Paper(FPDF):
    """A document of A4 pages; `missing` are letters that no typeface at hand writes, and for which a box stands."""

    def __init__(self, title: str, words: Iterable[str]) -> None:
        self._boxed: dict[int, str] = {}
        super().__init__(format="A4")
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(True, 18)
        self.set_title(title)
        self.set_creator("Customer Room")
        wanted = {letter for text in words for letter in text + normalize("NFC", text) if letter.isprintable()} | ALWAYS
        self._in_both_weights(frozenset(wanted & _written_by(INTER)))
        letters = wanted - ALWAYS - _written_by(INTER)
        self.c_margin = 0
        self.missing = self._others(letters)
        self._boxed = {ord(letter): BOX for letter in self.missing}
        self.set_text_shaping(True)
        self.add_page()

    def _in_both_weights(self, letters: frozenset[str]) -> None:
        """Takes these letters of Inter."""
        with TemporaryDirectory() as folder:
            for style, weight in (("", REGULAR), ("B", BOLD)):
                file = Path(folder) / f"inter-{weight}.ttf"
                file.write_bytes(_inter(letters, weight))
                self.add_font("Inter", style, file)
                added = self.fonts[f"inter{style}"]
                assert isinstance(added, TTFFont) and added.hbfont  # what shapes words is read before its file is gone

    def _others(self, letters: set[str]) -> set[str]:
        """Takes further typefaces for letters that Inter lacks; returns those that none of them has."""
        for file in (RUBIK, *_of_the_machine()) if letters else ():
            if there := letters & _written_by(file):
                family = file.stem.lower().replace("[wght]", "")
                for style in ("", "B"):
                    self.add_font(family, style, str(file))
                letters -= there
                self.set_fallback_fonts([*self._fallback_font_ids_named(), family], exact_match=False)
        return letters

    def _fallback_font_ids_named(self) -> list[str]:
        return list(dict.fromkeys(name.rstrip("BI") for name in self._fallback_font_ids))

    def normalize_text(self, text: str) -> str:
        """What is written, with a box for each letter that is missing."""
        return str(super().normalize_text(text)).translate(self._boxed)

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-12)
        self.pen(7.5, "quiet")
        self.cell(0, 4, f"{self.title}: {self.page_no()}", align="R")

    def colour(self, name: str) -> str:
        """A colour by its meaning, as on a light wall."""
        return LIGHT.get(TONES.get(name, name), LIGHT["ink"])

    def pen(self, size: float, tone: str = "ink", *, bold: bool = False) -> None:
        """Write on with letters of a size, in points."""
        self.set_font("Inter", "B" if bold else "", size)
        self.set_text_color(self.colour(tone))

    def sentence(self, words: str, size: float = 10, tone: str = "ink", *, bold: bool = False, indent: float = 0) -> None:
        """Words over as many lines as they need, from the left edge on."""
        self.pen(size, tone, bold=bold)
        self.set_x(self.l_margin + indent)
        self.multi_cell(0, LEADING * self.font_size, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L")

    @contextmanager
    def section_of(self, title: str) -> Iterator[None]:
        """A heading, and what stands beneath it."""
        self.start_section(title)
        self.sentence(title, 13, bold=True)
        self.ln(1)
        yield

    def keep_together(self, height: float) -> None:
        """Go on upon a new page where what comes next would not fit beneath."""
        if self.will_page_break(height):
            self.add_page()


@lru_cache(maxsize=8)
def _inter(letters: frozenset[str], weight: float) -> bytes:
    """Inter in one weight, as a file, with these letters only: to set all that it has takes three seconds."""
    with TTFont(INTER, lazy=True, recalcTimestamp=False) as face, BytesIO() as file:
        cut = Subsetter(Options(layout_features=list(SHAPED_BY), notdef_outline=True))
        cut.populate(text="".join(sorted(letters)))
        cut.subset(face)
        instantiateVariableFont(face, {"wght": weight, "opsz": 14.0}, inplace=True)
        face.save(file)
        return file.getvalue()


@cache
def _written_by(file: Path) -> frozenset[str]:
    """The letters that a typeface has."""
    with TTFont(file, fontNumber=0, lazy=True) as face:
        return frozenset(map(chr, face.getBestCmap()))


@cache
def _of_the_machine() -> tuple[Path, ...]:
    there = (file for folder in FOLDERS if folder.is_dir() for file in folder.rglob("*.[ot]t[fc]"))
    files = {file.name: file for file in there if file.name in OF_THE_MACHINE}
    return tuple(files[name] for name in OF_THE_MACHINE if name in files)
