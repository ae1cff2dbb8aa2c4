"""`wallboard panels`: the catalogue."""

import typer

from wallboard.panels import catalogue_entry, find_panels
from wallboard.terminal import out

app = typer.Typer(add_completion=False)


@app.command()
def panels() -> None:
    """List every panel with what it shows and its options."""
    for name, panel in find_panels().items():
        out.print(f"[bold]{name}[/bold]  {catalogue_entry(name).splitlines()[0]}", highlight=False, soft_wrap=True)
        for option, field in panel.options.model_fields.items():
            value = "(must be given)" if field.is_required() else repr(field.default)
            out.print(f"    {option} = {value}  {field.description}", markup=False, highlight=False, soft_wrap=True)
