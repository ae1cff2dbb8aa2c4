"""`wallboard person`: who may sign in to the room, at the machine that runs it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from wallboard.clock import Clock, parse_instant, running, stopped
from wallboard.errors import NotFound, SettingsRefused, nearest
from wallboard.records.acting import Acting, acting
from wallboard.records.members import add, let_go, members
from wallboard.settings import Room, open_room
from wallboard.store.connections import reading
from wallboard.store.open import open_store

app = typer.Typer(no_args_is_help=True, help="Who may sign in to the room.")
out = Console()

At = Annotated[str | None, typer.Option("--at", help="since when, in the room's local time; now by default")]
Login = Annotated[str, typer.Option("--login", help="the name to sign in with")]


@app.command("add")
def add_person(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option("--name", help="how the person is called in the room")],
    role: Annotated[str, typer.Option("--role", help="president, leader, facilitator, team member or guest")],
    function: Annotated[str | None, typer.Option("--function", help="the function where the person works")] = None,
    mandate: Annotated[list[str] | None, typer.Option("--mandate", help="a function to decide for; repeatable")] = None,
    from_stdin: Annotated[bool, typer.Option("--password-stdin", help="read the password from the standard input")] = False,
    at: At = None,
) -> None:
    """Add somebody who may sign in; the first one is usually the president. The password is asked for."""
    password = _from_stdin() if from_stdin else typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    with _acting(ctx.obj, at) as act:
        made = add(act, login, name, role, password, function, tuple(mandate or ()))
    out.print(f"{made.name} may sign in as {made.login}, {made.role}.", markup=False, highlight=False, soft_wrap=True)


@app.command("list")
def list_people(ctx: typer.Context) -> None:
    """List everybody who may sign in, with role, function and mandates."""
    room = open_room(ctx.obj)
    engine = open_store(room.store_url)
    with reading(engine) as connection:
        found = members(connection)
    engine.dispose()
    table = Table(box=None, pad_edge=False)
    for head in ("login", "name", "role", "function", "decides for"):
        table.add_column(head)
    for one in found:
        table.add_row(one.login, one.name, one.role, one.function or "", ", ".join(one.mandates))
    out.print(table if found else "Nobody yet. Add somebody with: wallboard person add")


@app.command("leave")
def leave_room(ctx: typer.Context, login: Login, at: At = None) -> None:
    """Somebody leaves: may sign in no more. What the person has written stays."""
    with _acting(ctx.obj, at) as act:
        known = {one.login: one.id for one in members(act.connection)}
        if login.strip().lower() not in known:
            raise NotFound("login", f"'{login}' is none.", nearest(login, known))
        let_go(act, known[login.strip().lower()])
    out.print(f"{login} has left.", markup=False, highlight=False)


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\n")


@contextmanager
def _acting(root: Path, at: str | None) -> Iterator[Acting]:
    """One transaction by nobody who has signed in: whoever reaches the machine's command line."""
    room = open_room(root)
    engine = open_store(room.store_url)
    try:
        with acting(engine, room.settings, _clock(room, at), None) as act:
            yield act
    finally:
        engine.dispose()


def _clock(room: Room, at: str | None) -> Clock:
    try:
        return running if at is None else stopped(parse_instant(at, room.settings.timezone))
    except ValueError:
        raise SettingsRefused("--at", f"'{at}' is no instant.", "Write 2026-06-30 or 2026-06-30T09:00.") from None
