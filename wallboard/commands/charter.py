"""`wallboard charter`: a team's charter as a PDF to be printed, or as Markdown."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from wallboard.clock import running
from wallboard.paper.minutes import minutes_as_pdf
from wallboard.records.charter import charter_of
from wallboard.records.minutes_markdown import as_markdown
from wallboard.settings import open_room
from wallboard.terminal import say, store_of

app = typer.Typer(add_completion=False)


@app.command()
def charter(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="the number of the team, as in the address of its page: /room/team/NUMBER")],
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="write a PDF into this file ('-': to the output) instead of printing Markdown")
    ] = None,
) -> None:
    """Print a team's charter: what good looks like, who is in it, its five steps with their days, and the golden rules."""
    room = open_room(ctx.obj or Path())
    zone, now = room.settings.zone(), running()
    with store_of(room) as engine, engine.connect() as connection:
        made = charter_of(connection, room.settings, number, now.astimezone(zone).date())
    if pdf is None:
        typer.echo(as_markdown(made), nl=False)
        return
    paper = minutes_as_pdf(made, [], zone, room.settings.locale)
    if str(pdf) == "-":
        sys.stdout.buffer.write(bytes(paper.output()))
    else:
        paper.output(str(pdf))
        say(f"The charter of team {number} is in {pdf}.")
