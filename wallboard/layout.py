"""Reads layouts/*.toml: one screen, one file, drawn as a picture of the wall."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from unicodedata import normalize

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from wallboard.drawing.cell import WHOLE, Cell
from wallboard.errors import Faults, LayoutRefused, RoomError, nearest
from wallboard.panel import AnyPanel, Options
from wallboard.settings import model_faults

Kind = Literal["wall", "journey", "stage", "end", "tour"]
"""What a layout is: a wall, or one part of the walkthrough (its map, one stage, its end, the tour on one's own)."""

Deck = Literal["wall", "session", "appendix"]
"""Who opens a scene: `wall` turns by itself; the others are opened by a facilitator, by a touch or at their address."""

Each = Literal["priority-touchpoint"]
"""What a scene is made for, once for each (wallboard/screens/made_scenes.py)."""

NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
"""What a wall's file may be called (kiosk.sh keeps the same)."""

MOST_SCENES = 8
MOST_SECONDS = 240
"""What a guest who stands before a wall can see of it: so many scenes, and all of them within four minutes."""

DECKS: dict[Deck, str] = {"wall": "In rotation", "session": "For a session", "appendix": "Appendix"}
"""What each deck is called."""

WALL: Kind = "wall"
WALKED: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != WALL)
"""Kinds of which a room has one layout each."""

FORMER_OPTIONS = {"figures_in_a_row": "pictograms_in_a_row"}
"""What options of panels were called before: read for one version, with a hint."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SceneText(_Strict):
    """One scene as written."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="the scene's name in a URL")
    title: str | None = Field(None, description="its own question, instead of the layout's")
    deck: Deck = Field("wall", description="wall (turns by itself), session or appendix (opened by a facilitator or a touch)")
    each: Each | None = Field(
        None, description="one such scene for each priority touchpoint of the journey, the worst first; {touchpoint} in title"
    )
    stage: str | None = Field(None, description="the stage it is about, underlined in the rail")
    seconds: int = Field(45, ge=5, le=3600, description="how long it stays before the wall turns")
    grid: list[str] = Field(min_length=1, description="the picture: one string a row, one word a cell")
    heights: list[float] | None = Field(None, description="relative heights of the rows")
    widths: list[float] | None = Field(None, description="relative widths of the columns")
    panel: dict[str, dict[str, Any]] = Field(description="what each word of the grid shows, with its options")


class LayoutText(_Strict):
    """One file of layouts/ as written."""

    kind: Kind | None = Field(None, description="what it is: wall, journey, stage, end or tour")
    title: str = Field(description="the question the screen answers")
    label: str | None = Field(None, min_length=1, max_length=40, description="what people call the screen; else its file's name")
    answer: str | None = Field(None, description="the panel that answers the screen's question, shown on one of its scenes")
    quiet: int = Field(180, ge=30, le=3600, description="seconds without a touch after which a deck that was opened closes again")
    scene: list[SceneText] = Field(min_length=1, description="scenes, shown in turn")


@dataclass(frozen=True)
class Placed:
    """One panel at its place."""

    id: str
    area: str
    show: str
    panel: AnyPanel
    options: Options
    cell: Cell = WHOLE


@dataclass(frozen=True)
class Scene:
    """One picture of the wall."""

    name: str
    title: str
    stage: str | None
    seconds: int
    rows: tuple[str, ...]
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    panels: tuple[Placed, ...]
    deck: Deck = "wall"
    each: Each | None = None
    about: str = ""
    """The touchpoint for which it was made, of a scene that stands there for each."""

    def of_the_walk(self) -> "Scene":
        """The same on the walk, where other things stand around the panels than on a wall."""
        return replace(self, panels=tuple(replace(each, cell=replace(each.cell, is_walk=True)) for each in self.panels))


@dataclass(frozen=True)
class Layout:
    """One screen: what it is, its question and its scenes; `hint` where its file could say more."""

    name: str
    kind: Kind
    title: str
    scenes: tuple[Scene, ...]
    hint: str = ""
    label: str = ""
    answer: Placed | None = None
    """The panel that answers the question."""
    quiet: int = 180
    """Seconds without a touch after which a deck that somebody opened closes again."""

    @property
    def turning(self) -> tuple[Scene, ...]:
        """The scenes that a wall turns through by itself."""
        return self.deck("wall")

    def deck(self, name: Deck) -> tuple[Scene, ...]:
        """The scenes of one deck, in the order of the file."""
        return tuple(scene for scene in self.scenes if scene.deck == name)

    def named(self, name: str | None) -> Scene | None:
        """The scene of that name; else one made for that touchpoint, or the first made from the scene of that name."""
        if not name:
            return None
        known = {scene.name: scene for scene in self.scenes}
        made = [
            scene for scene in self.scenes if scene.about and name in (scene.about, scene.name.removesuffix(f"-{scene.about}"))
        ]
        return known.get(name) or next(iter(made), None)

    def placed(self) -> Iterator[Placed]:
        """Every panel of every scene."""
        return (placed for scene in self.scenes for placed in scene.panels)


def read_layouts(folder: Path, panels: Mapping[str, AnyPanel]) -> dict[str, Layout]:
    """Every layout of a room by its file's stem; raises Faults naming every slip in every file."""
    layouts: dict[str, Layout] = {}
    faults: list[RoomError] = []
    for file in sorted(folder.glob("*.toml")):
        try:
            layouts[file.stem] = read_layout(file, panels)
        except Faults as several:
            faults += several.faults
        except RoomError as fault:
            faults.append(fault)
    faults += _doubled(layouts)
    if not layouts and not faults:
        faults.append(LayoutRefused(str(folder), "there is no layout.", "Copy one with: wallboard init"))
    if faults:
        raise Faults(faults)
    return layouts


def _doubled(layouts: Mapping[str, Layout]) -> Iterator[LayoutRefused]:
    for kind in WALKED:
        names = [name for name, layout in layouts.items() if layout.kind == kind]
        if len(names) > 1:
            files = " and ".join(f"{name}.toml" for name in names)
            yield LayoutRefused("layouts", f'{files} both say kind = "{kind}".', "Keep one of them, or make the other a wall.")


def name_faults(layouts: Iterable[Layout]) -> Iterator[LayoutRefused]:
    """Walls whose file no kiosk takes: they are lit in a browser, and hang on no TV."""
    for wall in layouts:
        if wall.kind == WALL and not re.fullmatch(NAME, wall.name):
            what = "kiosk.sh shows no wall of this name: it is a folder there, and a part of an address."
            plain = re.sub(r"[^a-z0-9]+", "-", normalize("NFKD", wall.name).encode("ascii", "ignore").decode().lower()).strip("-")
            remedy = (
                f"Call the file {plain or 'wall-1'}.toml (letters without accents, digits, - _ .), and `label` what people say."
            )
            yield LayoutRefused(f"layouts/{wall.name}.toml", what, remedy)


def deck_faults(layouts: Iterable[Layout]) -> Iterator[LayoutRefused]:
    """Walls that take longer to turn than anybody stands before them; they turn nevertheless, through all of their scenes."""
    for wall in layouts:
        scenes, seconds = len(wall.turning), sum(scene.seconds for scene in wall.turning)
        if wall.kind == WALL and (scenes > MOST_SCENES or seconds > MOST_SECONDS):
            what = f"the deck 'wall' has {scenes} scene{'s' * (scenes != 1)} of {seconds:,} seconds; a wall turns through at most"
            what += f" {MOST_SCENES} in {MOST_SECONDS} seconds."
            remedy = 'Write deck = "session" at scenes that somebody opens, or shorter seconds.'
            last = wall.scenes.index(wall.turning[min(MOST_SCENES, scenes - 1)])
            yield LayoutRefused(f"layouts/{wall.name}.toml", what, remedy, ("scene", last))


def _kind(declared: Kind | None, name: str, where: str) -> tuple[Kind, str]:
    """What a layout is, and a hint where its file leaves it to its name, as those of the version before did."""
    if declared is not None:
        return declared, ""
    kind = next((walked for walked in WALKED if walked == name), WALL)
    return kind, f'{where} does not say what it is, which the next version expects. Write kind = "{kind}" at its top.'


def _former_options(text: LayoutText, where: str) -> Iterator[str]:
    """A hint for each option that is called otherwise now."""
    named = {option for scene in text.scene for fields in scene.panel.values() for option in fields}
    for option in sorted(named & FORMER_OPTIONS.keys()):
        yield f"{where}: option '{option}' is called '{FORMER_OPTIONS[option]}' now. Write that; the next version knows no other."


@lru_cache(maxsize=64)
def _read(text: str) -> LayoutText:
    """What a file says; a room that is edited, and each check, reads all of them again though one has changed."""
    return LayoutText.model_validate(tomllib.loads(text))


def read_layout(file: Path, panels: Mapping[str, AnyPanel]) -> Layout:
    """One layout; raises Faults or LayoutRefused with file, key, the nearest known name and the remedy."""
    where = f"layouts/{file.name}"
    try:
        text = _read(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutRefused(where, f"is not readable TOML ({error}).", "Correct that line.") from None
    except ValidationError as error:
        raise Faults(model_faults(error, where, LayoutText, LayoutRefused)) from None
    names = [scene.name for scene in text.scene]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise LayoutRefused(where, f"two scenes are called '{doubled.pop()}'.", "Give each scene its own name.")
    faults: list[RoomError] = []
    scenes = []
    for number, scene in enumerate(text.scene):
        before = len(faults)
        scenes.append(_scene(scene, file.stem, where, text.title, panels, faults))
        for fault in faults[before:]:
            fault.place = ("scene", number, *fault.place)
    if faults:
        raise Faults(faults)
    kind, hint = _kind(text.kind, file.stem, where)
    hint = " ".join(filter(None, (hint, *_former_options(text, where))))
    if kind == WALL and not any(scene.deck == "wall" for scene in scenes):
        raise LayoutRefused(where, "no scene turns by itself.", 'Write deck = "wall" at one to eight scenes, or leave deck out.')
    label = text.label or file.stem.replace("_", " ").capitalize()
    answer = _answering(text.answer, scenes, where) if text.answer else None
    scenes = scenes if kind == WALL else [scene.of_the_walk() for scene in scenes]
    return Layout(file.stem, kind, text.title, tuple(scenes), hint, label, answer, text.quiet)


def _answering(show: str, scenes: Iterable[Scene], where: str) -> Placed:
    """The panel that answers for the wall: the first of that name in a scene that stands there once."""
    placed = [panel for scene in scenes for panel in scene.panels if not scene.each]
    answering = next((panel for panel in placed if panel.show == show), None)
    if answering is None:
        raise LayoutRefused(where, f"answer: no scene shows '{show}'.", nearest(show, [panel.show for panel in placed]))
    if answering.panel.answer is None:
        able = ", ".join(dict.fromkeys(panel.show for panel in placed if panel.panel.answer)) or "growth_verdict"
        raise LayoutRefused(where, f"answer: '{show}' answers no question.", f"Name a panel that does, such as {able}.")
    return answering


def _scene(
    scene: SceneText, layout: str, where: str, title: str, panels: Mapping[str, AnyPanel], faults: list[RoomError]
) -> Scene:
    key = f"scene '{scene.name}'"
    rows = [row.split() for row in scene.grid]
    areas = list(dict.fromkeys(word for row in rows for word in row if word != "."))
    faults += [LayoutRefused(where, f"{key}: {what}", remedy, ("grid",)) for what, remedy in _grid_faults(rows, scene, areas)]
    placed = []
    for area in areas:
        if area not in scene.panel:
            faults.append(
                LayoutRefused(where, f"{key}: '{area}' of the grid has no panel.", nearest(area, scene.panel), ("grid",))
            )
            continue
        try:
            placed.append(_placed(f"{layout}--{scene.name}--{area}", area, scene.panel[area], where, key, panels))
        except Faults as several:
            faults += several.faults
        except RoomError as fault:
            faults.append(fault)
    if scene.each and not any("touchpoint" in type(panel.options).model_fields for panel in placed):
        what = f"{key}: each = '{scene.each}', and none of its panels shows one touchpoint."
        faults.append(LayoutRefused(where, what, 'Show one that does: show = "touchpoint_board"'))
    heights = tuple(scene.heights or [1.0] * len(rows))
    widths = tuple(scene.widths or [1.0] * len(rows[0]))
    placed = _in_cells(placed, rows, heights, widths) if not faults else placed
    return Scene(
        scene.name,
        scene.title or title,
        scene.stage,
        scene.seconds,
        tuple(scene.grid),
        heights,
        widths,
        tuple(placed),
        scene.deck,
        scene.each,
    )


def _in_cells(
    placed: Iterable[Placed], rows: list[list[str]], heights: tuple[float, ...], widths: tuple[float, ...]
) -> list[Placed]:
    """Each panel with the cell that it has; no letter of an event stands for two things in one scene."""
    letters, those = 0, []
    for panel in placed:
        cell = replace(_cell(panel.area, rows, heights, widths), letters_before=letters)
        those.append(replace(panel, cell=cell))
        letters += cell.events if panel.panel.axis else 0
    return those


def _cell(area: str, rows: list[list[str]], heights: tuple[float, ...], widths: tuple[float, ...]) -> Cell:
    """What an area has of its scene."""
    high = sum(height for height, row in zip(heights, rows, strict=True) if area in row)
    wide = sum(width for n, width in enumerate(widths) if any(row[n] == area for row in rows))
    return Cell(wide / sum(widths), high / sum(heights))


def _grid_faults(rows: list[list[str]], scene: SceneText, areas: list[str]) -> Iterator[tuple[str, str]]:
    if len({len(row) for row in rows}) != 1:
        counts = ", ".join(str(len(row)) for row in rows)
        yield f"the rows of the grid have {counts} words.", "Write the same number of words in every row."
        return
    for area in areas:
        cells = {(r, c) for r, row in enumerate(rows) for c, word in enumerate(row) if word == area}
        top, left = min(r for r, _ in cells), min(c for _, c in cells)
        bottom, right = max(r for r, _ in cells), max(c for _, c in cells)
        if len(cells) != (bottom - top + 1) * (right - left + 1):
            yield f"'{area}' is not a rectangle in the grid.", "Draw each area as one rectangle."
    for area in scene.panel:
        if area not in areas:
            yield f"panel '{area}' is not in the grid.", nearest(area, areas)
    for name, given, wanted in (("heights", scene.heights, len(rows)), ("widths", scene.widths, len(rows[0]))):
        if given is not None and (len(given) != wanted or min(given) <= 0):
            yield f"{name} has {len(given)} numbers.", f"Write {wanted} numbers above zero."


def _placed(name: str, area: str, fields: dict[str, Any], where: str, key: str, panels: Mapping[str, AnyPanel]) -> Placed:
    fields = {FORMER_OPTIONS.get(option, option): value for option, value in fields.items()}
    place = ("panel", area)
    show = fields.pop("show", None)
    if show is None:
        what = f"{key}: panel '{area}' does not say what it shows."
        raise LayoutRefused(where, what, 'Write: show = "a panel\'s name"', place)
    if show not in panels:
        raise LayoutRefused(where, f"{key}: there is no panel '{show}'.", nearest(str(show), panels), (*place, "show"))
    panel = panels[show]
    try:
        options = panel.options.model_validate(fields)
    except ValidationError as error:
        raise Faults(model_faults(error, f"{where}: {key}: panel '{area}'", panel.options, LayoutRefused, place)) from None
    return Placed(name, area, show, panel, options)
