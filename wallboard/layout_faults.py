"""What is wrong with layouts that can be read: walls that nobody finds or sees to their end, cells too small for their panels."""

from collections.abc import Iterable, Iterator, Mapping

from wallboard.drawing.cell import needed
from wallboard.drawing.theme import smallest_legible
from wallboard.errors import LayoutRefused, RoomError, SettingsRefused, nearest
from wallboard.layout import WALKED, Layout, deck_faults, name_faults
from wallboard.settings import Room, Screen


def layout_faults(room: Room, layouts: Mapping[str, Layout]) -> Iterator[RoomError]:
    """Every such fault of a room, each with its remedy."""
    yield from (*name_faults(layouts.values()), *deck_faults(layouts.values()))
    yield from (*_unknown_walls(room, layouts), *_unknown_scenes(room, layouts))
    for layout in layouts.values():
        glasses = [glass for glass in room.settings.screen.values() if glass.wall == layout.name]
        yield from too_small(layout, glasses or [Screen(wall=layout.name)])


def too_small(layout: Layout, glasses: Iterable[Screen]) -> Iterator[LayoutRefused]:
    """Panels whose cell is smaller than their picture needs, on the screen from which its readers stand furthest away."""
    legible = max(smallest_legible(glass.diagonal_in, glass.distance_m) for glass in glasses)
    for number, scene in enumerate(layout.scenes):
        for placed in scene.panels:
            cell, smallest = placed.cell, placed.panel.smallest
            if not cell.holds(smallest, legible):
                what = f"scene '{scene.name}', area '{placed.area}': too small for {placed.show}, which needs "
                what += f"{' or '.join(map(str, smallest))} and has {cell.size(legible)}."
                shares = [needed(cell_needed, legible) for cell_needed in smallest]
                given = " or ".join(f"{wide}% of the wall's width and {high}% of its height" for wide, high in shares)
                remedy = f"Give it {given}, or put fewer panels on the scene."
                yield LayoutRefused(f"layouts/{layout.name}.toml", what, remedy, ("scene", number, "panel", placed.area))


def _unknown_walls(room: Room, layouts: Mapping[str, Layout]) -> Iterator[SettingsRefused]:
    """Screens of room.toml that show what is no wall; where a layout cannot be read, its name speaks for it."""
    walls = [layout.name for layout in layouts.values() if layout.kind == "wall"] or [
        file.stem for file in room.layouts.glob("*.toml") if file.stem not in WALKED
    ]
    for screen, glass in room.settings.screen.items():
        if glass.wall not in walls:
            what = f"screen.{screen}.wall: there is no wall '{glass.wall}'."
            yield SettingsRefused("room.toml", what, nearest(glass.wall, walls), ("screen", screen, "wall"))


def _unknown_scenes(room: Room, layouts: Mapping[str, Layout]) -> Iterator[SettingsRefused]:
    """Items of agendas that belong to a scene which no layout has; a room without the walk has none of its scenes, and may."""
    left_out = {kind for kind in WALKED if not any(layout.kind == kind for layout in layouts.values())}
    known = [f"{layout.name}/{scene.name}" for layout in layouts.values() for scene in layout.scenes]
    for name, template in room.settings.agenda.items():
        for number, item in enumerate(template.item):
            if layouts and item.scene and item.scene not in known and item.scene.split("/")[0] not in left_out:
                what = f"item '{item.key}': there is no scene '{item.scene}'."
                yield SettingsRefused(f"agendas/{name}.toml", what, nearest(item.scene, known), ("item", number, "scene"))
