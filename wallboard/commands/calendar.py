"""`wallboard calendar`: every session of the room as a calendar (RFC 5545), to subscribe to or to send as an invitation."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from wallboard.clock import running
from wallboard.records.sessions import sessions
from wallboard.screens.invitations import as_calendar
from wallboard.settings import open_room
from wallboard.store.zones import EVERYTHING
from wallboard.terminal import say, store_of

app = typer.Typer(add_completion=False)

YEARS = timedelta(days=366)
"""How far back and ahead the calendar reaches."""


@app.command()
def calendar(
    ctx: typer.Context,
    into: Annotated[Path | None, typer.Argument(help="the file to write; printed if left out")] = None,
    number: Annotated[int | None, typer.Option("--session", help="only this session, as an invitation")] = None,
) -> None:
    """Write the sessions of a year back and ahead as .ics: instants in UTC, so that no change of the clocks moves one."""
    room, now = open_room(ctx.obj or Path()), running()
    with store_of(room) as engine, engine.connect() as connection:
        known = sessions(connection, [EVERYTHING, *room.settings.perimeter], now - YEARS, now + YEARS)
    chosen = [view for view in known if number in (None, view.number)]
    text = as_calendar(chosen, room.settings).to_ical()
    if into is None:
        typer.echo(text.decode(), nl=False)
    else:
        into.write_bytes(text)
        say(f"{len(chosen)} sessions are in {into}.")
