"""What customers must do, for leaders to try: a form to fill in, a form of the web, or steps; and what it takes customers."""

from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from wallboard.loaders.feed import Feed, at_least, contract, one_of, rule
from wallboard.loaders.refusals import Refusals
from wallboard.media.forms import NoForm
from wallboard.media.making.form_fields import read_form
from wallboard.settings import Room
from wallboard.store.schema import task

KINDS = ("form", "web", "steps")
_ASKS = {"form": "path", "web": "address", "steps": "steps"}
_NAMES = {"path": "no file below the media folder", "address": "no address", "steps": "no steps, one a line"}


def _web(addresses: Any) -> Any:
    return addresses.map(_is_web)


def _is_web(address: str) -> bool:
    """An address of this room, or one by http or https with a host."""
    if any(letter <= " " for letter in address) or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname) and parts.username is None
    except ValueError:
        return False
    here = not parts.scheme and not parts.netloc and address.startswith("/")
    return here or (parts.scheme in ("http", "https") and named)


def _check(frame: pd.DataFrame, room: Room, refusals: Refusals) -> None:
    for kind, column in _ASKS.items():
        without = frame.loc[(frame["kind"] == kind) & frame[column].fillna("").str.strip().eq(""), column]
        refusals.add(without.index, column, (f"this task has {_NAMES[column]}." for _ in without), f"Fill '{column}'.")
    paths = frame.loc[(frame["kind"] == "form") & frame["path"].fillna("").str.strip().ne(""), "path"]
    faults = paths.map(partial(_fault, room.media)).astype("str")
    for fault in faults[faults != ""].unique():
        remedy = "Put a fillable PDF there, or give the steps as a task of kind 'steps'."
        refusals.add_values(paths[faults == fault], "path", fault, remedy)


def _fault(folder: Path, path: str) -> str:
    """Why a form cannot be tried; a link that leads out of the folder counts as outside."""
    try:
        target = (folder / path).resolve()
        if not target.is_relative_to(folder.resolve()):
            return "lies outside the media folder."
        if not target.is_file():
            return f"is not a file in the media folder {folder}."
        read_form(target)
    except NoForm as why:
        return str(why)
    except (OSError, ValueError):
        return "is not a path that this machine can open."
    return ""


FEED = Feed(
    "tasks",
    155,
    task,
    contract(
        task,
        kind=one_of(*KINDS),
        address=rule(
            _web, "is not an http or https address", "Write it with https://, or begin it with / for a page of the room"
        ),
        customer_seconds=at_least(0.001),
        customer_n=at_least(0),
    ),
    key="task",
    check=_check,
    looks_outside=True,
)
