"""The screens of the walk by the end of their address: the journey, one stage after the other, and the end."""

from collections.abc import Mapping
from dataclasses import replace

from wallboard.layout import WALL, Kind, Layout

JOURNEY = "journey"
"""Where the walk begins."""


def walked_of(layouts: Mapping[str, Layout]) -> dict[Kind, Layout]:
    """The layouts of a room that are no walls, by what they are."""
    return {layout.kind: layout for layout in layouts.values() if layout.kind != WALL}


def walk_of(walked: Mapping[Kind, Layout], stages: Mapping[str, str]) -> dict[str, Layout]:
    """Every screen of the walk by its address; `stages` are their names by their keys, in order."""
    walk = {JOURNEY: walked["journey"]} if "journey" in walked else {}
    if "stage" in walked:
        walk |= {f"{JOURNEY}/{stage}": about(walked["stage"], stage, name) for stage, name in stages.items()}
    return walk | ({f"{JOURNEY}/end": walked["end"]} if "end" in walked else {})


def about(layout: Layout, stage: str, name: str) -> Layout:
    """A layout of the journey for one stage: every panel whose options know a stage is told which."""
    scenes = []
    for scene in layout.scenes:
        panels = tuple(
            replace(
                placed,
                id=placed.id.replace(f"{layout.name}--", f"{layout.name}--{stage}--", 1),
                options=placed.options.model_copy(update={"stage": stage})
                if "stage" in type(placed.options).model_fields
                else placed.options,
            )
            for placed in scene.panels
        )
        scenes.append(replace(scene, stage=stage, title=scene.title.replace("{stage}", name), panels=panels))
    return replace(layout, scenes=tuple(scenes))
