"""`wallboard load`: exports into the store."""

from typing import Annotated

import typer

from wallboard.account import loaded_at_the_terminal
from wallboard.settings import open_room
from wallboard.terminal import At, clock_of, store_of

app = typer.Typer(add_completion=False)


@app.command()
def load(
    ctx: typer.Context,
    only: Annotated[list[str] | None, typer.Argument(help="sources to load; all of them by default")] = None,
    at: At = None,
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="accept a snapshot that has far fewer rows than the last load")
    ] = False,
) -> None:
    """Load the room's exports into the store and say what became of every row."""
    room = open_room(ctx.obj)
    with store_of(room) as engine:
        loaded = loaded_at_the_terminal(room, engine, clock_of(room, at), only or [], accept_shrink=accept_shrink)
    if any(result.status == "refused" for result in loaded):
        raise typer.Exit(1)
