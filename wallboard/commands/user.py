"""`wallboard user`: who may sign in to the room, at the machine that runs it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from wallboard.errors import NotFound, nearest
from wallboard.records.acting import Acting, acting
from wallboard.records.mail import set_address
from wallboard.records.passwords import Hashed, hashed
from wallboard.records.users import add, change_password, change_role, end_sign_ins, everybody, let_back, let_go, users
from wallboard.settings import open_room
from wallboard.store.connections import reading
from wallboard.terminal import clock_of, out, say, store_of

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Who may sign in to the room.")

At = Annotated[str | None, typer.Option("--at", help="since when, in the room's local time; now by default")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="read the password from the standard input")]
Login = Annotated[str, typer.Option("--login", help="the name to sign in with")]


@app.command("add")
def add_person(
    ctx: typer.Context,
    login: Login,
    name: Annotated[str, typer.Option("--name", help="the name shown in the room")],
    role: Annotated[str, typer.Option("--role", help="president, leader, facilitator, team member or guest")],
    function: Annotated[str | None, typer.Option("--function", help="the function where the person works")] = None,
    mandate: Annotated[list[str] | None, typer.Option("--mandate", help="a function to decide for; repeatable")] = None,
    from_stdin: FromStdin = False,
    at: At = None,
) -> None:
    """Add somebody who may sign in; the first one is usually the president. The password is asked for."""
    password = _new_password(from_stdin)
    with _acting(ctx.obj, at) as act:
        made = add(act, login, name, role, password, function, tuple(mandate or ()))
    say(f"{made.name} may sign in as {made.login}, {made.role}.")


@app.command("address")
def mail_address(
    ctx: typer.Context,
    login: Login,
    address: Annotated[str, typer.Option("--address", help="where minutes are sent; '' for no mail")],
    at: At = None,
) -> None:
    """Say where somebody gets mail."""
    with _acting(ctx.obj, at) as act:
        set_address(act, _number(act, login), address)
    say(f"Mail for {login} goes to {address}." if address else f"No mail is sent to {login}.")


@app.command("list")
def list_people(ctx: typer.Context) -> None:
    """List everybody who may sign in, with role, function and mandates."""
    room = open_room(ctx.obj)
    with store_of(room) as engine, reading(engine) as connection:
        listed = users(connection)
    table = Table(box=None, pad_edge=False)
    for head in ("login", "name", "role", "function", "decides for"):
        table.add_column(head)
    for account in listed:
        table.add_row(account.login, account.name, account.role, account.function or "", ", ".join(account.mandates))
    out.print(table if listed else "Nobody yet. Add somebody with: wallboard user add")


@app.command("leave")
def leave_room(ctx: typer.Context, login: Login, at: At = None) -> None:
    """Record that somebody has left and can no longer sign in. What they wrote stays."""
    with _acting(ctx.obj, at) as act:
        let_go(act, _number(act, login))
    say(f"{login} has left.")


@app.command("return")
def return_to_room(ctx: typer.Context, login: Login, at: At = None) -> None:
    """Let somebody who has left sign in again, with their former role and password."""
    with _acting(ctx.obj, at) as act:
        back = let_back(act, _number(act, login, left=True))
    say(f"{back.name} may sign in as {back.login}, {back.role}.")


@app.command("role")
def give_role(
    ctx: typer.Context, login: Login, role: Annotated[str, typer.Option("--role", help="the new role")], at: At = None
) -> None:
    """Give somebody another role."""
    with _acting(ctx.obj, at) as act:
        now = change_role(act, _number(act, login), role)
    say(f"{now.name} is {now.role}.")


@app.command("password")
def give_password(ctx: typer.Context, login: Login, from_stdin: FromStdin = False, at: At = None) -> None:
    """Give somebody a new password, which ends their sign-ins with the old one. The password is asked for."""
    password = _new_password(from_stdin)
    with _acting(ctx.obj, at) as act:
        change_password(act, _number(act, login), password)
    say(f"{login} signs in with the new password from now on.")


@app.command("sign-out")
def sign_out(ctx: typer.Context, login: Login, at: At = None) -> None:
    """End every sign-in of somebody, in whatever browser."""
    with _acting(ctx.obj, at) as act:
        ended = end_sign_ins(act, _number(act, login))
    say(f"{login} is signed out everywhere; sign-ins ended: {ended}.")


def _number(act: Acting, login: str, *, left: bool = False) -> int:
    """The number of somebody in the room, or of somebody who has left it; raises NotFound with the nearest login."""
    known = {account.login: account.id for account in everybody(act.connection) if (account.left_at is not None) is left}
    if login.strip().lower() not in known:
        raise NotFound("login", f"'{login}' is not known.", nearest(login, known))
    return known[login.strip().lower()]


def _new_password(from_stdin: bool) -> Hashed:
    """A new password, asked for twice or read, and hashed before anything is written."""
    return hashed(_from_stdin() if from_stdin else typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _from_stdin() -> str:
    return sys.stdin.readline().rstrip("\n")


@contextmanager
def _acting(root: Path, at: str | None) -> Iterator[Acting]:
    """One transaction by nobody who has signed in: whoever reaches the machine's command line."""
    room = open_room(root)
    with store_of(room) as engine, acting(engine, room.settings, clock_of(room, at), None) as act:
        yield act
