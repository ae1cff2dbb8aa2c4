"""Finds every metric: a public function of a module of this package, from a connection and a scope to rows."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, get_type_hints

from sqlalchemy import Connection

from wallboard import metrics
from wallboard.errors import NotFound, nearest
from wallboard.metrics.rows import documented, row_class
from wallboard.metrics.scope import Scope

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


FORMER_NAMES = {
    "voices_behind": "drilldown_voices",
    "call_behind": "drilldown_calls",
    "customers_behind": "provenance_customers",
}
"""By the name that a metric had in the version before: the one that it has now. It is found by both for one version."""

_DIGITS, _SHOWN = 5, 40
"""Digits of the largest number that an option may be, and letters of what is none."""


@dataclass(frozen=True)
class Metric:
    """One metric: its name, what it says of itself, and how to take it."""

    name: str
    function: Callable[..., Any]
    summary: str
    grain: str
    columns: tuple[str, ...]

    @property
    def options(self) -> dict[str, object]:
        """Option name to default."""
        return {p.name: p.default for p in list(inspect.signature(self.function).parameters.values())[2:]}

    def call(self, connection: Connection, scope: Scope, given: Mapping[str, str] | None = None) -> Any:
        """The metric's rows, with options written as text."""
        try:
            return self.function(connection, scope, **self.convert(given or {}))
        except OverflowError:
            raise NotFound(self.name, "these options reach back further than the calendar.", "Write smaller numbers.") from None

    def convert(self, given: Mapping[str, str]) -> dict[str, object]:
        """Options written as text turned into what the function's annotations ask for; NotFound names a wrong one."""
        hints = get_type_hints(self.function)
        for key in given:
            if key not in self.options:
                raise NotFound(self.name, f"there is no option '{key}'.", nearest(key, self.options))
        return {key: _converted(self.name, key, text, str(hints[key])) for key, text in given.items()}


def _converted(metric: str, key: str, text: str, hint: str) -> object:
    if "int" in hint:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit()) or len(digits) > _DIGITS or int(digits) < 1:
            what = f"{key} = '{digits[:_SHOWN]}' is not a whole number above 0 that can be counted."
            raise NotFound(metric, what, f"Write for instance {key}=4.")
        return int(digits)
    if "bool" in hint:
        if text.strip().lower() not in _WORDS:
            raise NotFound(metric, f"{key} = '{text}' is neither yes nor no.", f"Write {key}=yes or {key}=no.")
        return _WORDS[text.strip().lower()]
    return text


@cache
def all_metrics() -> dict[str, Metric]:
    """Every metric by its name, in the order of names."""
    by_name: dict[str, Metric] = {}
    for info in pkgutil.iter_modules(metrics.__path__):
        for function in _metrics(importlib.import_module(f"{metrics.__name__}.{info.name}")):
            if function.__name__ in by_name:
                raise ValueError(f"two metrics are called {function.__name__}; rename one of them")
            documentation = documented(function)
            by_name[function.__name__] = Metric(
                function.__name__, function, documentation.summary, documentation.grain, documentation.columns
            )
    return dict(sorted(by_name.items()))


def find_metric(name: str) -> Metric:
    """The metric of that name; NotFound hints at the nearest."""
    known, name = all_metrics(), FORMER_NAMES.get(name, name)
    if name not in known:
        raise NotFound("metric", f"there is no metric '{name}'.", nearest(name, known))
    return known[name]


def _metrics(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        own = function.__module__ == module.__name__ and not name.startswith("_")
        signature = inspect.signature(function)
        if own and list(signature.parameters)[:2] == ["connection", "scope"] and row_class(function) is not None:
            yield function
