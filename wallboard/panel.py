"""What a panel is: options, what it measures, how it is drawn, and which tables it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

import pandas as pd
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection as Connection

from wallboard.drawing.look import Look
from wallboard.metrics.scope import Scope

Frames = Mapping[str, pd.DataFrame]
"""What a panel measures: tidy frames by name."""

Words: TypeAlias = str | Component | list[str | Component]
"""A sentence, parts of which may be coloured."""


class Options(BaseModel):
    """What a layout may say to a panel; a panel's own options extend it, each field described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Said = TypeVar("Said", bound=Options)


@dataclass(frozen=True)
class Picture:
    """What a panel draws: a headline that says what the picture means, quiet words of unit and period, and the picture."""

    headline: Words
    body: Component
    note: Words = ""
    alarm: str = ""
    """A sentence for a red banner: the numbers of this picture contradict each other."""


@dataclass(frozen=True)
class Panel(Generic[Said]):
    """One panel; its file gives it its name, its docstring is its catalogue entry."""

    options: type[Said]
    measure: Callable[[Connection, Scope, Said], Frames]
    draw: Callable[[Frames, Said, Look], Picture]
    reads: tuple[str, ...]
    figures: tuple[str, ...] = ()
    """The figures (of wallboard.figures) that it shows; where a room calls none of them a priority, it leaves the wall."""
    bare: bool = field(default=False)
    """True for a panel that needs no headline of the frame: it is its own (a verdict, the stage rail)."""


AnyPanel = Panel[Any]
