"""One panel, one file, found by its name: a file dropped here is a panel that a layout can name."""

from importlib import import_module
from pkgutil import iter_modules

from wallboard.panel import AnyPanel


def find_panels() -> dict[str, AnyPanel]:
    """Every panel by its file's name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").PANEL for name in names}


def catalogue_entry(name: str) -> str:
    """A panel's docstring: what it shows, to whom, and what its headline says."""
    return (import_module(f"{__name__}.{name}").__doc__ or "").strip()
