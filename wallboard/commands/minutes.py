"""`wallboard minutes`: what a session came to, as Markdown or as a PDF."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from wallboard.clock import running
from wallboard.panels import find_panels
from wallboard.paper.minutes import minutes_as_pdf
from wallboard.paper.walls import frozen_walls_of
from wallboard.records.minutes import minutes_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.screens.rested import RestedNumbers
from wallboard.screens.themes import theme_of
from wallboard.settings import open_room
from wallboard.terminal import err, say, store_of

app = typer.Typer(add_completion=False)


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
    panels, now = find_panels(), running()
    with store_of(room) as engine, engine.connect() as connection:
        rested = RestedNumbers(room.settings, panels)
        made = minutes_of(connection, room.settings, number, partial(rested.of, connection, theme_of(room, None, None, now)))
        walls = frozen_walls_of(connection, room, panels, number, now) if pdf else []
    if pdf is None:
        typer.echo(as_markdown(made), nl=False)
        return
    paper = minutes_as_pdf(made, walls, room.settings.zone(), room.settings.locale)
    if paper.missing:
        say(
            f"No typeface here writes {' '.join(sorted(paper.missing))}: install the package fonts-noto-cjk or fonts-unifont.",
            err,
        )
    if str(pdf) == "-":
        sys.stdout.buffer.write(bytes(paper.output()))
    else:
        paper.output(str(pdf))
        say(f"The minutes of session {number} are in {pdf}.")
