"""An empty store on SQLite, a tiny room, and one panel whose measure a test decides."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from dash import html
from sqlalchemy import Engine

from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Options, Panel, Picture
from wallboard.settings import Perimeter, Settings


@dataclass(frozen=True, slots=True)
class Count:
    """How often it was measured."""

    n: int


@dataclass
class Measured:
    """A panel that counts how often it was measured, and does then what the test says."""

    then: Callable[[], None] = field(default=lambda: None)
    times: int = 0
    body: object = field(default_factory=lambda: html.P("here"))

    def placed(self, name: str = "wall--scene--one", reads: tuple[str, ...] = ("voice",)) -> Placed:
        """The panel at a place."""
        return Placed(name, "one", "counted", Panel(Options, self._measure, self._draw, reads=reads), Options())

    def _measure(self, connection: Connection, scope: Scope, options: Options) -> tuple[Count, ...]:
        self.times += 1
        self.then()
        return (Count(self.times),)

    def _draw(self, counts: tuple[Count, ...], options: Options, theme: Theme) -> Picture:
        return Picture(f"measured {counts[0].n} times", self.body)


@pytest.fixture
def measured() -> Measured:
    return Measured()


@pytest.fixture
def engine(sqlite_store: Engine) -> Engine:
    return sqlite_store


@pytest.fixture
def settings() -> Settings:
    parts = {
        "all": Perimeter(name="All"),
        "north": Perimeter(name="North", parent="all"),
        "south": Perimeter(name="South", parent="all"),
    }
    return Settings(company="Test & Co", timezone="Europe/London", perimeter=parts, cadence={"tickets": "1h"})
