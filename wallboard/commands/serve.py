"""`wallboard serve`: the room, lit."""

import gc
import logging
from functools import partial
from typing import Annotated

import typer

from wallboard.app import create_app
from wallboard.editing import Editing
from wallboard.screens.first_look import draw_soon
from wallboard.screens.freezing_apart import FreezingApart
from wallboard.serve import serve_forever
from wallboard.settings import open_room
from wallboard.terminal import At, clock_of, out

app = typer.Typer(add_completion=False)


@app.command()
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8050,
    at: At = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="read layouts and room.toml again on save, and show mistakes on the screens")
    ] = False,
) -> None:
    """Serve the room with a production server until it is stopped."""
    room = open_room(ctx.obj)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    gc.disable()  # until the room is lit: it imports every panel
    clock = clock_of(room, at)
    apart = FreezingApart(room.root, at)
    server = Editing(room, clock) if edit else create_app(room, clock, apart=apart.freeze).server
    out.print(f"The room is lit: http://{host}:{port}", highlight=False)
    serve_forever(server, host, port, room.settings.proxy, partial(draw_soon, server))
