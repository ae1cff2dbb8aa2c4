"""`wallboard measure`: what a metric returns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

from wallboard.errors import NotFound
from wallboard.metrics.frames import frame
from wallboard.metrics.registry import all_metrics, find_metric
from wallboard.metrics.scope import Scope
from wallboard.settings import open_room
from wallboard.terminal import At, clock_of, out, store_of

app = typer.Typer(add_completion=False)

Perimeter = Annotated[str | None, typer.Option("--perimeter", help="a perimeter of room.toml")]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
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
    with store_of(room) as engine, engine.connect() as connection:
        scope = Scope.of(room.settings, clock_of(room, at)(), perimeter)
        rows = metric.call(connection, scope, _options(ctx.args))
        table = rows if isinstance(rows, pd.DataFrame) else frame(rows, metric.function)
    writer: Callable[[Any], str] = _as_json if as_json else _as_csv if as_csv else _as_text
    typer.echo(writer(table), nl=not as_csv)


def _options(words: list[str]) -> dict[str, str]:
    pairs = [word.lstrip("-").partition("=") for word in words]
    for key, sign, _ in pairs:
        if not sign:
            raise NotFound("measure", f"'{key}' is not an option.", "Write NAME=VALUE, such as months=12.")
    return {key: value for key, _, value in pairs}


def _as_json(table: Any) -> str:
    return json.dumps(json.loads(table.to_json(orient="records", date_format="iso")), indent=2, ensure_ascii=False)


def _as_csv(table: Any) -> str:
    return str(table.to_csv(index=False))


def _as_text(table: Any) -> str:
    return "no rows" if table.empty else str(table.to_string(index=False))
