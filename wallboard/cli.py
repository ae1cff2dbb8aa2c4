"""The front door: make a room, check it, load it, show it."""

import json
import logging
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import extract_tb
from typing import Annotated, Any, NoReturn

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy import Engine

from wallboard import __version__, bring, user
from wallboard.account import print_loaded
from wallboard.app import carried, create_app
from wallboard.check import faults_of, hints_of
from wallboard.clock import Clock, parse_instant, running, stopped
from wallboard.demo import write_exports
from wallboard.demo.moving_in import demo_room
from wallboard.demo.room import PASSWORD, play, sign_ins
from wallboard.errors import NotFound, RoomError, SettingsRefused
from wallboard.loaders.load import Loaded, LoadStopped, load
from wallboard.metrics.frames import frame
from wallboard.metrics.registry import all_metrics, find_metric
from wallboard.metrics.scope import Scope
from wallboard.panels import catalogue_entry, find_panels
from wallboard.serve import serve_forever
from wallboard.settings import Room, open_room
from wallboard.store.connections import writing
from wallboard.store.marks import DEMO, clear_demo, set_mark
from wallboard.store.open import open_store

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(user.app, name="user")
app.add_typer(user.person, name="person", hidden=True)
app.command("media")(bring.media)
out = Console()
err = Console(stderr=True)

Root = Annotated[Path, typer.Option("--root", help="the room's folder", envvar="CUSTOMER_ROOM")]
At = Annotated[str | None, typer.Option("--at", help="stop the clock: 2026-06-30 or 2026-06-30T09:00, local time of the room")]
Perimeter = Annotated[str | None, typer.Option("--perimeter", help="a perimeter of room.toml")]


def main() -> None:
    """Run the command line; a refusal is a sentence and exit code 1, never a traceback."""
    try:
        app(standalone_mode=True)
    except RoomError as refusal:
        _refuse(str(refusal))
    except OSError as error:
        _refuse(f"{error.filename or 'this machine'}: {error.strerror or error}. Check that it is there and may be written.")
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        said = " ".join([type(error).__name__, *str(error).splitlines()[:1]])[:200]
        _refuse(f"This program failed ({said}; {Path(last.filename).name}, line {last.lineno}). Please report it.")


def _refuse(sentence: str) -> NoReturn:
    err.print(sentence, style="bold", markup=False, highlight=False, soft_wrap=True)
    sys.exit(1)


def _say_version(asked: bool) -> None:
    if asked:
        out.print(__version__, highlight=False)
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_say_version, is_eager=True, help="say the version")]


@app.callback()
def room_options(ctx: typer.Context, root: Root = Path(), version: Version = False) -> None:
    """Three walls and a walk that show a company what it is like to be its customer."""
    ctx.obj = root


def _clock(room: Room, at: str | None) -> Clock:
    if at is None:
        return running
    try:
        return stopped(parse_instant(at, room.settings.timezone))
    except ValueError:
        raise SettingsRefused("--at", f"'{at}' is no instant.", "Write 2026-06-30 or 2026-06-30T09:00.") from None


@contextmanager
def _store(room: Room) -> Iterator[Engine]:
    engine = open_store(room.store_url)
    try:
        yield engine
    finally:
        engine.dispose()


@app.command("init")
def init(folder: Annotated[Path, typer.Argument(help="the folder that becomes a room")]) -> None:
    """Make a new, empty room: room.toml, the layouts, and data/sources.toml with one worked example."""
    if (folder / "room.toml").exists():
        raise SettingsRefused(str(folder / "room.toml"), "there is a room already.", "Choose another folder.")
    for place in ("data/exports", "data/media"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    shutil.copytree(carried("layouts"), folder / "layouts", dirs_exist_ok=True)
    shutil.copytree(carried("starter"), folder, dirs_exist_ok=True)
    out.print(f"A room stands in {folder}. Next: wallboard --root {folder} check", markup=False, highlight=False, soft_wrap=True)


@app.command("check")
def check(ctx: typer.Context) -> None:
    """Read everything (settings, layouts, sources, media, the first rows of each export) and print every fault, what a load would
    say, and hints; exit code 1 if there is any fault."""
    remarks: list[str] = []
    faults = list(faults_of(ctx.obj, running, remarks))
    for fault in faults:
        err.print(str(fault), markup=False, highlight=False, soft_wrap=True)
    for remark in remarks:
        out.print(remark, markup=False, highlight=False, soft_wrap=True)
    for hint in hints_of(ctx.obj):
        out.print(f"Hint: {hint}", markup=False, highlight=False, soft_wrap=True)
    if faults:
        raise typer.Exit(1)
    out.print("Everything can be read.")


@app.command("load")
def load_room(
    ctx: typer.Context,
    only: Annotated[list[str] | None, typer.Argument(help="sources to load; all of them by default")] = None,
    at: At = None,
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="a snapshot is right that has far fewer rows than the load before")
    ] = False,
) -> None:
    """Load the room's exports into the store and say what became of every row."""
    room = open_room(ctx.obj)
    with _store(room) as engine:
        loaded = _load(room, engine, _clock(room, at), only or [], accept_shrink=accept_shrink)
    if any(one.status == "refused" for one in loaded):
        raise typer.Exit(1)


def _load(room: Room, engine: Engine, clock: Clock, only: list[str], *, accept_shrink: bool = False) -> list[Loaded]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def progress(done: int, total: int, now: str) -> None:
            bar.update(task, completed=done, total=total, description=now)

        try:
            loaded = load(room, engine, clock, only=only, progress=progress, accept_shrink=accept_shrink)
        except LoadStopped as stopped_by:
            bar.stop()
            print_loaded(stopped_by.loaded, out, err)
            raise
    if room.settings.demo:
        with writing(engine) as connection:
            set_mark(connection, DEMO)
    print_loaded(loaded, out, err)
    return loaded


@app.command("serve")
def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on")] = 8050,
    at: At = None,
) -> None:
    """Serve the room with a production server until it is stopped."""
    room = open_room(ctx.obj)
    _serve(room, _clock(room, at), host, port)


def _serve(room: Room, clock: Clock, host: str, port: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    dash = create_app(room, clock)
    out.print(f"The room is lit: http://{host}:{port}", highlight=False)
    serve_forever(dash.server, host, port, room.settings.proxy)


@app.command("demo")
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
        out.print(f"The demo company moves into {folder}", markup=False, highlight=False, soft_wrap=True)
    room = open_room(folder)
    if not room.settings.demo:
        raise SettingsRefused("room.toml", "demo = false: this is a real room.", "The demo company only moves into a demo room.")
    clock = _clock(room, at)
    write_exports(room, clock())
    with _store(room) as engine:
        with writing(engine) as connection:
            clear_demo(connection)
        _load(room, engine, clock, [])
        play(room, engine, clock())
    names = ", ".join(f"{login} ({role})" for login, role in sign_ins())
    out.print(f"Sign in at /room with the password {PASSWORD} as: {names}", markup=False, highlight=False, soft_wrap=True)
    if lit:
        _serve(room, clock, host, port)


@app.command("panels")
def panels() -> None:
    """The catalogue: every panel with what it shows and its options."""
    for name, panel in find_panels().items():
        out.print(f"[bold]{name}[/bold]  {catalogue_entry(name).splitlines()[0]}", highlight=False, soft_wrap=True)
        for option, field in panel.options.model_fields.items():
            value = "(must be given)" if field.is_required() else repr(field.default)
            out.print(f"    {option} = {value}  {field.description}", markup=False, highlight=False, soft_wrap=True)


@app.command("measure", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def measure(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="a metric; leave it out to list them")] = "",
    perimeter: Perimeter = None,
    at: At = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="print CSV")] = False,
) -> None:
    """Print what a metric returns. Its own options are written as NAME=VALUE."""
    if not name:
        for known in all_metrics().values():
            out.print(f"[bold]{known.name}[/bold]  {known.summary}", highlight=False, soft_wrap=True)
        return
    metric = find_metric(name)
    room = open_room(ctx.obj or Path())
    with _store(room) as engine, engine.connect() as connection:
        scope = Scope.of(room.settings, _clock(room, at)(), perimeter)
        rows = metric.call(connection, scope, _options(ctx.args))
        table = rows if isinstance(rows, pd.DataFrame) else frame(rows, metric.function)
    writer: Callable[[Any], str] = _as_json if as_json else _as_csv if as_csv else _as_text
    typer.echo(writer(table), nl=not as_csv)


def _options(words: list[str]) -> dict[str, str]:
    pairs = [word.lstrip("-").partition("=") for word in words]
    for key, sign, _ in pairs:
        if not sign:
            raise NotFound("measure", f"'{key}' is no option.", "Write NAME=VALUE, such as months=12.")
    return {key: value for key, _, value in pairs}


def _as_json(table: Any) -> str:
    return json.dumps(json.loads(table.to_json(orient="records", date_format="iso")), indent=2, ensure_ascii=False)


def _as_csv(table: Any) -> str:
    return str(table.to_csv(index=False))


def _as_text(table: Any) -> str:
    return "no rows" if table.empty else str(table.to_string(index=False))
