"""`wallboard minutes`: what a session came to, as Markdown or as a PDF."""

import re
import sys
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import fontpkg_inter
import typer
from fpdf import FPDF, XPos, YPos

from wallboard.clock import running
from wallboard.panels import find_panels
from wallboard.records.minutes import minutes_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.themes import theme_of
from wallboard.settings import open_room
from wallboard.terminal import say, store_of

app = typer.Typer(add_completion=False)

_ESCAPED = re.compile(r"\\(.)")
_BOLD = re.compile(r"(?<!\\)\*\*")


@app.command()
def minutes(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="the number of the session, as in the address of its page: /room/session/NUMBER")],
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="write a PDF into this file ('-': to the output) instead of printing Markdown")
    ] = None,
) -> None:
    """Print the minutes of a session as Markdown, or write them as a PDF with the walls as the session saw them."""
    room = open_room(ctx.obj or Path())
    with store_of(room) as engine, engine.connect() as connection:
        today = theme_of(room, None, None, running())
        rested = RestedNumbers(room.settings, find_panels())
        made = minutes_of(connection, room.settings, number, partial(rested.of, connection, today))
    if pdf is None:
        typer.echo(as_markdown(made), nl=False)
    elif str(pdf) == "-":
        sys.stdout.buffer.write(bytes(as_pdf(as_markdown(made)).output()))
    else:
        as_pdf(as_markdown(made)).output(str(pdf))
        say(f"The minutes of session {number} are in {pdf}.")


def as_pdf(text: str) -> FPDF:
    """The minutes on A4, in the walls' typeface."""
    page = FPDF(format="A4")
    page.set_margins(20, 18, 20)
    page.add_font("Inter", fname=str(_typeface()))
    page.add_page()
    for line in text.splitlines():
        _line(page, line)
    return page


def _line(page: FPDF, line: str) -> None:
    """A heading, an item, what stands beneath one, or a sentence."""
    body = line.lstrip("# -")
    level = len(line) - len(line.lstrip("#"))
    indent = 0 if level or not line.lstrip().startswith("-") else 12 if line.startswith("  ") else 6
    page.set_font("Inter", size={1: 20, 2: 14}.get(level, 11))
    page.set_x(page.l_margin + indent)
    words = _ESCAPED.sub(r"\1", _BOLD.sub("", body))
    if words:
        page.multi_cell(0, 1.4 * page.font_size, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    else:
        page.ln(2)


def _typeface() -> Path:
    return Path(str(files(fontpkg_inter))) / "files" / "Inter[opsz,wght].ttf"
