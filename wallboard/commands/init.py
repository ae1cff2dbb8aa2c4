"""`wallboard init`: an empty room."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from wallboard.carried import carried
from wallboard.errors import SettingsRefused
from wallboard.terminal import say

app = typer.Typer(add_completion=False)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="the folder that becomes a room")]) -> None:
    """Make a new, empty room: room.toml, the layouts, the agendas, and data/sources.toml with one worked example."""
    if (folder / "room.toml").exists():
        raise SettingsRefused(str(folder / "room.toml"), "there is a room already.", "Choose another folder.")
    for place in ("data/exports", "data/media"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    for made in ("layouts", "agendas"):
        shutil.copytree(carried(made), folder / made, dirs_exist_ok=True)
    shutil.copytree(carried("starter"), folder, dirs_exist_ok=True)
    say(f"A room stands in {folder}. Next: wallboard --root {folder} check")
