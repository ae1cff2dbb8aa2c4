"""Templates of agendas: agendas/NAME.toml of a room, each with timed items in order, every one bound to a scene of a wall."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Fills = Literal["commitments", "research", "decisions"]
"""What stands on an item by itself: commitments that nobody has reported done, studies that nobody has reviewed, and decisions
that are due to be looked at again."""


class AgendaItem(BaseModel):
    """One item."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", description="what the item is called in the store")
    title: str = Field(min_length=1, max_length=200, description="what the item is called")
    minutes: int = Field(ge=1, le=240, description="how long it may take")
    scene: str | None = Field(
        None, pattern=r"^[^/]+/[^/]+$", description="the wall and the scene that belong to it: outcomes/growth"
    )
    fills: Fills | None = Field(None, description="what stands on it by itself: commitments, research or decisions")
    asks: str = Field("", description="the question that is asked with it")


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


def agenda_files(root: Path) -> dict[str, Path]:
    """The templates of a room by name; without a folder of its own, those that the program brings along."""
    return {file.stem: file for file in sorted((root / "agendas").glob("*.toml"))}
