"""`wallboard person`: what `wallboard user` was called before; for one version."""

import typer

from wallboard.commands import user
from wallboard.terminal import err, say

app = typer.Typer(no_args_is_help=True, add_completion=False)
app.registered_commands = user.app.registered_commands


@app.callback()
def _renamed() -> None:
    say("wallboard person is called wallboard user now.", err)
