"""`wallboard calendar`: every session of the room as a calendar (RFC 5545), to subscribe to or to send as an invitation."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from icalendar import Calendar, Event

from wallboard.clock import running
from wallboard.records.sessions import SessionView, sessions
from wallboard.settings import Settings, open_room
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


def as_calendar(views: list[SessionView], settings: Settings) -> Calendar:
    """Sessions as events; a cancelled one stays in it as such, a postponed one moves with the same name."""
    made = Calendar()
    made.add("prodid", "-//The Customer Room//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{settings.company}: the Customer Room")
    for view in views:
        made.add_component(_event(view, settings))
    return made


def _event(view: SessionView, settings: Settings) -> Event:
    event = Event()
    changed: datetime = view.life.steps[-1].at
    event.add("uid", f"session-{view.number}@customer-room")
    event.add("sequence", len(view.life.of("postponed", "cancelled")))
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("dtstart", view.at.astimezone(UTC))
    event.add("dtend", view.at.astimezone(UTC) + timedelta(minutes=view.minutes))
    event.add("summary", view.title)
    event.add("categories", [view.kind])
    event.add("status", "CANCELLED" if view.life.status == "cancelled" else "CONFIRMED")
    if settings.address:
        event.add("url", f"{settings.address.rstrip('/')}/room/session/{view.number}")
    return event
