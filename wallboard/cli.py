"""The front door: make a room, check it, load it, show it."""

import gc
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from wallboard import __version__
from wallboard.errors import RoomError, in_one_line
from wallboard.terminal import err, out

COMMANDS = (
    "init",
    "check",
    "load",
    "serve",
    "demo",
    "panels",
    "measure",
    "media",
    "user",
    "minutes",
    "charter",
    "calendar",
    "freeze",
)
"""Each a file of wallboard/commands/ with an `app`, in the order in which the help lists them."""

RENAMED = ("person",)
"""What commands were called before: still called, no more listed."""

Root = Annotated[Path, typer.Option("--root", help="the room's folder", envvar="CUSTOMER_ROOM")]


class _Modules(MutableMapping[str, Any]):
    """Commands by name; a command's module, and all that it needs, is imported when the command is asked for."""

    def __getitem__(self, name: str) -> object:
        if name not in (*COMMANDS, *RENAMED):
            raise KeyError(name)
        gc.disable()  # nothing of what is imported is ever garbage: looking for some is a tenth of a start
        try:
            command = get_command(import_module(f"wallboard.commands.{name}").app)
        finally:
            gc.enable()
        command.name = name
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)

    def __setitem__(self, name: str, command: object) -> None:
        raise TypeError(f"{name}: a command is a file of wallboard/commands/.")

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name}: a command is a file of wallboard/commands/.")


class _Commands(TyperGroup):
    """Serving must not hold what loading needs: each command brings its own world."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Modules()

    def list_commands(self, ctx: object) -> list[str]:
        return list(COMMANDS)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


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
        _refuse(f"This program failed ({in_one_line(error)}; {Path(last.filename).name}, line {last.lineno}). Please report it.")


def _refuse(sentence: str) -> NoReturn:
    err.print(sentence, style="bold", markup=False, highlight=False, soft_wrap=True)
    sys.exit(1)


def _say_version(requested: bool) -> None:
    if requested:
        out.print(__version__, highlight=False)
        raise typer.Exit


Version = Annotated[bool, typer.Option("--version", callback=_say_version, is_eager=True, help="show the version")]


@app.callback()
def room_options(ctx: typer.Context, root: Root = Path(), version: Version = False) -> None:
    """Three walls and a walk that show a company what it is like to be its customer."""
    ctx.obj = root
