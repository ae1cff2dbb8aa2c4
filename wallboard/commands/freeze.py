"""`wallboard freeze`: keeps what the walls show to a session that runs; the server calls it when one begins."""

from typing import Annotated

import typer

from wallboard.app import freezer_of
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.settings import open_room
from wallboard.terminal import At, clock_of, say, store_of

app = typer.Typer(add_completion=False)


@app.command()
def freeze(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="the number of the session, as in the address of its page: /room/session/NUMBER")],
    at: At = None,
) -> None:
    """Keep what walls and walk show as of the beginning of a session that runs. The server does so by itself when one begins."""
    room, panels = open_room(ctx.obj), find_panels()
    with store_of(room) as engine:
        freezer_of(room, engine, clock_of(room, at), panels, read_layouts(room.layouts, panels)).freeze(number)
    say(f"The numbers of session {number} are frozen.")
