"""Make the refund form: a PDF of three pages to fill in, and a picture of each page."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from chromium import MEDIA, small_png
from form_fields import CHECKS, LONGEST, NOTES, PARTS, REQUIRED
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

FOLDER = MEDIA / "help/refund-form/experience"
INK, PALE, LINE = HexColor("#1d4032"), HexColor("#eaf1ea"), HexColor("#7d8b83")
LEFT, RIGHT = 42.0, A4[0] - 42.0

PAGES = (("1", "2"), ("3", "4"), ("5", "6"))


@dataclass
class Form:
    """The form being drawn, and the place of the pen."""

    canvas: Any
    pen: float = 0.0
    names: list[str] = field(default_factory=list)

    def text(self, name: str, label: str, x: float, wide: float, high: float = 25) -> None:
        """Draw one labelled box to write in."""
        self.canvas.setFillColor(black)
        self.canvas.setFont("Helvetica", 7.5)
        self.canvas.drawString(x, self.pen, label)
        self.canvas.acroForm.textfield(
            name=name,
            tooltip=label,
            maxlen=LONGEST.get(name, 100),
            fieldFlags="required" if name in REQUIRED else "",
            x=x,
            y=self.pen - high - 4,
            width=wide,
            height=high,
            fontSize=10,
            borderWidth=0.7,
            borderColor=LINE,
            fillColor=white,
            forceBorder=True,
        )
        self.names.append(name)

    def check(self, name: str, label: str, x: float) -> None:
        """Draw one box to tick."""
        self.canvas.acroForm.checkbox(
            name=name,
            tooltip=label,
            fieldFlags="required" if name in REQUIRED else "",
            x=x,
            y=self.pen - 12,
            size=13,
            borderWidth=0.8,
            borderColor=LINE,
            fillColor=white,
            buttonStyle="check",
            forceBorder=True,
        )
        self.canvas.setFillColor(black)
        self.canvas.setFont("Helvetica", 9)
        self.canvas.drawString(x + 20, self.pen - 9, label)
        self.names.append(name)

    def choice(self, name: str, label: str, options: list[str], x: float, wide: float) -> None:
        """Draw one list to choose from."""
        self.canvas.setFillColor(black)
        self.canvas.setFont("Helvetica", 7.5)
        self.canvas.drawString(x, self.pen, label)
        self.canvas.acroForm.choice(
            name=name,
            tooltip=label,
            value=options[0],
            options=options,
            x=x,
            y=self.pen - 29,
            width=wide,
            height=25,
            fontSize=10,
            borderWidth=0.7,
            borderColor=LINE,
            fillColor=white,
            forceBorder=True,
        )
        self.names.append(name)

    def part(self, title: str, hint: str) -> None:
        """Draw the heading of one part."""
        self.pen -= 20
        self.canvas.setFillColor(PALE)
        self.canvas.rect(LEFT, self.pen - 7, RIGHT - LEFT, 22, stroke=0, fill=1)
        self.canvas.setFillColor(INK)
        self.canvas.setFont("Helvetica-Bold", 11.5)
        self.canvas.drawString(LEFT + 8, self.pen, title)
        self.canvas.setFont("Helvetica-Oblique", 8)
        self.canvas.drawRightString(RIGHT - 8, self.pen, hint)
        self.pen -= 30


def frame(form: Form, number: int) -> None:
    """Draw the head and the foot of one page."""
    pen, high = form.canvas, A4[1]
    pen.setFillColor(INK)
    pen.rect(0, high - 84, A4[0], 84, stroke=0, fill=1)
    pen.setFillColor(white)
    pen.setFont("Times-Bold", 21)
    pen.drawString(LEFT, high - 42, "Fern & Kettle")
    pen.setFont("Helvetica", 8.5)
    pen.drawString(LEFT, high - 57, "Customer Accounts, Deliveries and Exceptions")
    pen.setFont("Helvetica-Bold", 15)
    pen.drawRightString(RIGHT, high - 40, "Request for refund of a delivery")
    pen.setFont("Helvetica", 8.5)
    pen.drawRightString(RIGHT, high - 57, f"Form AP/3/DEL    Page {number} of 3")
    form.pen = high - 108
    pen.setFillColor(black)
    pen.setFont("Helvetica", 7.5)
    pen.drawString(
        LEFT,
        40,
        "Return within 14 days, in an envelope larger than the form. We keep incomplete forms.",
    )
    pen.rect(RIGHT - 150, 30, 150, 26, stroke=1, fill=0)
    pen.drawString(RIGHT - 144, 47, "For office use only")


def draw_part(form: Form, key: str) -> None:
    """Draw one part: its boxes to write in, to tick and to choose from."""
    title, hint, rows = PARTS[int(key) - 1]
    form.part(title, hint)
    for row in rows:
        x = LEFT
        for name, label, share in row:
            wide = share * (RIGHT - LEFT + 10) - 10
            form.text(name, label, x, wide)
            x += wide + 10
        form.pen -= 52
    if key == "2":
        form.choice("carrier", "Carrier", ["Parcelway", "Not Parcelway"], LEFT, 170)
        form.choice("box_size", "Size of the box", ["Small", "Medium", "Large"], LEFT + 180, 170)
        form.pen -= 52
    for place, (name, label) in enumerate(CHECKS.get(key, [])):
        form.check(f"tick_{name}", label, LEFT + 256 * (place % 2))
        form.pen -= 30 * (place % 2)
    if key == "3":
        form.pen -= 14
        form.text("in_your_words", "In your own words (50 characters at most)", LEFT, RIGHT - LEFT)
        form.pen -= 52


def draw_notes(form: Form) -> None:
    """Draw the notes at the end of the form, and the part that the customer must leave empty."""
    form.part("7. Before you post this form", "Forms that miss one of these points are destroyed.")
    form.canvas.setFont("Helvetica", 9.5)
    form.canvas.setFillColor(black)
    for number, note in enumerate(NOTES, 1):
        form.canvas.drawString(LEFT + 8, form.pen, f"{number}.   {note}")
        form.pen -= 19
    form.pen -= 78
    form.canvas.setFillColor(HexColor("#f1f1ee"))
    form.canvas.rect(LEFT, form.pen, RIGHT - LEFT, 80, stroke=1, fill=1)
    form.canvas.setFillColor(LINE)
    form.canvas.drawString(LEFT + 8, form.pen + 66, "Leave this part empty")


def main() -> None:
    """Write the form and the picture of each page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / "refund-form.pdf"
    form = Form(Canvas(str(target), pagesize=A4, invariant=True))
    form.canvas.setTitle("Request for refund of a delivery")
    for number, keys in enumerate(PAGES, 1):
        frame(form, number)
        for key in keys:
            draw_part(form, key)
        if number == len(PAGES):
            draw_notes(form)
        form.canvas.showPage()
    form.canvas.save()
    document = pypdfium2.PdfDocument(target)
    document.init_forms()
    for number, page in enumerate(document, 1):
        buffer = io.BytesIO()
        page.render(scale=2.7, may_draw_forms=True).to_pil().save(buffer, "PNG")
        small_png(buffer.getvalue(), FOLDER / f"page-{number}.png", 64)
    print(f"{len(form.names)} fields, {len(set(form.names))} names")


if __name__ == "__main__":
    main()
