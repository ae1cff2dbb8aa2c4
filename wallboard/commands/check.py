"""`wallboard check`: every fault of a room in one run."""

from typing import Annotated

import typer

from wallboard.check import faults_of, hints_of
from wallboard.clock import running
from wallboard.terminal import err, out, say

app = typer.Typer(add_completion=False)


@app.command()
def check(
    ctx: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Name the rows too that break a rule and were reviewed.")] = False,
) -> None:
    """Read everything (settings, layouts, sources, media, the first rows of each export) and print every fault, what a load would
    say, and hints; exit code 1 if there is any fault."""
    remarks: list[str] = []
    faults = list(faults_of(ctx.obj, running, remarks, every=every))
    for fault in faults:
        say(str(fault), err)
    for remark in remarks:
        say(remark)
    for hint in hints_of(ctx.obj):
        say(f"Hint: {hint}")
    if faults:
        raise typer.Exit(1)
    out.print("Everything can be read.")
