"""`wallboard media`: files from a folder, prepared for the walls and listed in the room."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from wallboard.clock import running
from wallboard.loaders.media.bringing import bring
from wallboard.loaders.media.listing import Brought
from wallboard.loaders.media.quarantine import Aside, left_aside
from wallboard.settings import open_room
from wallboard.store.connections import reading
from wallboard.terminal import err, out, say, store_of

_INTERRUPTED = 130

app = typer.Typer(add_completion=False)

Where = Annotated[Path | None, typer.Argument(help="a folder or ZIP file to take in; without it, what is in the media folder")]
Index = Annotated[Path | None, typer.Option("--index", help="the CSV that describes each file, if it is not called index.csv")]


@app.command()
def media(
    ctx: typer.Context,
    folder: Where = None,
    index: Index = None,
    stage: Annotated[str | None, typer.Option(help="the stage of files that name none")] = None,
    touchpoint: Annotated[str | None, typer.Option(help="the touchpoint of files that name none")] = None,
    consent: Annotated[str | None, typer.Option(help="given or not needed, for files that do not say")] = None,
) -> None:
    """Take in screenshots, paperwork, calls and video, make them playable, and say what was set aside and why.

    A folder is laid out as stage/touchpoint/lane/name.ext, or as a recorder of calls exports it; index.csv says the rest.
    """
    room = open_room(ctx.obj)
    besides = {"stage": stage, "touchpoint": touchpoint, "consent": consent}
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    try:
        with store_of(room) as engine:
            with Progress(*columns, console=err, transient=True) as bar:
                task = bar.add_task("looking", total=None)

                def progress(done: int, total: int, now: str) -> None:
                    bar.update(task, completed=done, total=total, description=now[-60:])

                fields = {name: value for name, value in besides.items() if value}
                brought = bring(room, engine, running, folder, index=index, besides=fields, progress=progress)
            with reading(engine) as connection:
                aside = left_aside(connection) if brought.loaded else []
    except KeyboardInterrupt:
        err.print("Stopped. What was made is kept: run it again, and only what is missing is made.")
        sys.exit(_INTERRUPTED)
    _say(brought, aside)
    if brought.loaded and brought.loaded.status == "refused":
        raise typer.Exit(1)


def _say(brought: Brought, aside: list[Aside]) -> None:
    summary = f"{brought.made} prepared now, {brought.ready} ready before"
    if result := brought.loaded:
        counts = f"{result.new} new, {result.changed} changed, {result.same} the same, {result.gone} gone"
        summary += f"; listed: {counts}; {len(aside)} set aside"
    for result in filter(None, (brought.loaded, *brought.catalogues)):
        if result.status == "refused":
            say(result.message, err)
    out.print(f"{summary}.", highlight=False, soft_wrap=True)
    for remark in brought.remarks:
        say(remark)
    if not aside:
        return
    table = Table("set aside", "remedy", box=None, pad_edge=False)
    for thing in aside:
        table.add_row(thing.reason, thing.remedy)
    out.print(table, markup=False, highlight=False)
