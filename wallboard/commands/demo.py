"""`wallboard demo`: the demo company moves in."""

import os
import sys
from typing import Annotated

import typer

from wallboard.account import loaded_at_the_terminal
from wallboard.demo import write_exports
from wallboard.demo.moving_in import demo_room
from wallboard.demo.room import PASSWORD, play, sign_ins
from wallboard.errors import SettingsRefused
from wallboard.settings import open_room
from wallboard.store.connections import writing
from wallboard.store.demo_data import clear_demo
from wallboard.terminal import At, clock_of, err, out, say, store_of

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8050,
    lit: Annotated[bool, typer.Option("--serve/--no-serve", help="serve the room afterwards")] = True,
    at: At = None,
) -> None:
    """Write the demo company's exports as of today, load them in the place of earlier ones, and serve the room.

    Where there is no room yet, one is made for it: in an empty folder, or in demo-room within another one.
    """
    folder, made = demo_room(ctx.obj)
    if made:
        say(f"The demo company moves into {folder}")
    room = open_room(folder)
    if not room.settings.demo:
        raise SettingsRefused("room.toml", "demo = false: this is a real room.", "The demo company only moves into a demo room.")
    clock = clock_of(room, at)
    write_exports(room, clock())
    with store_of(room) as engine:
        with writing(engine) as connection:
            clear_demo(connection)
        loaded_at_the_terminal(room, engine, clock, [])
        play(room, engine, clock())
    names = ", ".join(f"{login} ({role})" for login, role in sign_ins())
    say(f"Sign in at /room with the password {PASSWORD} as: {names}")
    if lit:
        out.file.flush()
        err.file.flush()
        moment = ["--at", at] if at else []
        served = ["--root", str(folder), "serve", "--host", host, "--port", str(port), *moment]
        os.execv(sys.executable, [sys.executable, "-P", "-m", "wallboard", *served])  # with nothing of what loading needed
