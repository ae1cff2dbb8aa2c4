"""Templates of agendas: agendas/NAME.toml of a room, each with timed items in order, every one bound to a scene of a wall."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

Fills = Literal["commitments", "research", "decisions", "departments", "practices", "measures", "ideas"]
"""What stands on an item by itself: commitments that nobody has reported done, studies that nobody has reviewed, decisions
that are due to be looked at again, departments' reports, best practices, reviews of measures, and ideas for the leaders."""

Goal = Literal[1, 2, 3, 4]

GOALS: MappingProxyType[Goal, str] = MappingProxyType(
    {
        1: "Learn how what we do affects customers",
        2: "Make somebody accountable, and make it urgent",
        3: "Keep changing and improving",
        4: "Know and manage how profitable customers are",
    }
)
"""What a room is for, exactly these: every item of an agenda may say which of them it serves."""


class AgendaItem(BaseModel):
    """One item."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", description="what the item is called in the store")
    title: str = Field(min_length=1, max_length=200, description="what the item is called")
    minutes: int = Field(ge=1, le=240, description="how long it may take")
    scene: str | None = Field(
        None, pattern=r"^[^/]+/[^/]+$", description="the wall and the scene that belong to it: outcomes/growth"
    )
    fills: Fills | None = Field(None, description=f"what stands on it by itself: {', '.join(get_args(Fills))}")
    asks: str = Field("", description="the question that is asked with it")
    goals: tuple[Goal, ...] = Field(
        (), description="the goals of the room that it serves: 1 learn, 2 accountability and urgency, 3 improve, 4 profitability"
    )


class Agenda(BaseModel):
    """One template."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, description="what the template is called")
    kinds: tuple[str, ...] = Field((), description="the kinds of session that get it where none is chosen")
    item: tuple[AgendaItem, ...] = Field(min_length=1, description="the items, in order")

    @property
    def minutes(self) -> int:
        """How long all items take."""
        return sum(item.minutes for item in self.item)


def item_of(templates: Mapping[str, Agenda], key: str | None, title: str) -> AgendaItem | None:
    """The item of a template that an item of an agenda was made from; None where somebody added it."""
    every = (item for template in templates.values() for item in template.item)
    return next((item for item in every if (item.key, item.title) == (key, title)), None)


def agenda_files(root: Path) -> dict[str, Path]:
    """The templates of a room by name; without a folder of its own, those that the program brings along."""
    return {file.stem: file for file in sorted((root / "agendas").glob("*.toml"))}
