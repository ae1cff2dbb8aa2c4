"""Every metric that a wall can show: its name, what it means and how it is worked out, until a room says otherwise."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class MetricDefinition(BaseModel):
    """One metric as this program understands it; a room's metric_definitions add an owner, a version, or another wording."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    name: str = Field(description="how it is called on a wall")
    definition: str = Field(description="what it means, in a sentence for anybody")
    formula: str = Field(description="how it is worked out")
    unit: Literal["customers", "money", "share", "points", "mean", "count"]
    better: Literal["up", "down"]
    over_time: Literal["flow", "stock", "ratio"] = Field(description="summed, closing value, or worked out again")
    source: str = Field("", description="who defined it")


@cache
def catalogue() -> dict[str, MetricDefinition]:
    """Every metric by its key, in the order of catalogue.toml."""
    text = (Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8")
    return {key: MetricDefinition(key=key, **fields) for key, fields in tomllib.loads(text).items()}
