"""One fact a file: what it reads and writes, and how it is counted. Found by its name."""

import importlib
import pkgutil
from functools import cache
from typing import Any

from wallboard.loaders.counting.declared import Fact


@cache
def facts() -> dict[str, Fact[Any]]:
    """Every fact by name, found by the files of this folder."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    return {name: importlib.import_module(f"{__name__}.{name}").FACT for name in names}
