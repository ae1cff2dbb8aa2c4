"""Where the demo company lives: in the room that is there, or in one that is made for it out of what travels with the program."""

import shutil
from pathlib import Path

from wallboard.carried import carried

AMONG_OTHERS = "demo-room"
"""The folder of its room, where `wallboard demo` is called among other files."""


def demo_room(folder: Path) -> tuple[Path, bool]:
    """Its room, and whether it was made now: this folder where there is a room or nothing at all, else one within it."""
    if not (folder / "room.toml").exists() and folder.exists() and any(folder.iterdir()):
        folder = folder / AMONG_OTHERS
    if (folder / "room.toml").exists():
        return folder, False
    for name in ("layouts", "agendas", "data/media"):
        shutil.copytree(carried(name), folder / name, ignore=shutil.ignore_patterns("_make", ".made"), dirs_exist_ok=True)
    for name in ("data/sources.toml", "room.toml"):
        shutil.copy(carried(name), folder / name)
    return folder.resolve(), True
