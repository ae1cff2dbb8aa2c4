"""At which stage of the customer's life each kind of complaint arises: kinds down, stages across, every complaint in one cell.

Unclassified complaints and those that nobody has assigned to a stage are shown where there are any. Touch a cell to read three
real voices behind it. For leaders, from four metres.
"""

from collections.abc import Sequence

from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import bar_voices, is_named
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.matrix import Cell, Line, matrix
from wallboard.drawing.pareto import PLAIN
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import VOICES
from wallboard.metrics.pareto import StageOfType, issue_stages
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(4, ge=1, le=52, description="complete weeks to sum")
    top: int = Field(5, ge=1, le=7, description="kinds of issue to name")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageOfType, ...]:
    """Complaints by kind and stage."""
    return issue_stages(connection, scope, weeks=options.weeks, top=options.top)


def draw(cells: tuple[StageOfType, ...], options: Options, theme: Theme) -> Picture:
    """A table whose large cells are found from afar."""
    span = theme.plural(options.weeks, "week", "weeks")
    total = cells[0].total or 0
    if not total:
        return Picture(f"No complaint in {span}", nothing("Customers were in touch in these weeks, and none complained."))
    sums: dict[str, int] = {}
    for cell in cells:
        sums[cell.stage] = sums.get(cell.stage, 0) + (cell.complaints or 0)
    shown = [stage for stage, count in sums.items() if stage or count]
    names = {cell.stage: cell.stage_name for cell in cells}
    lines = _lines(cells, shown, theme)
    sum_line = Line("total", [Cell(theme.whole(sums[stage]), 0) for stage in shown], "sums")
    body = matrix([names[stage] for stage in shown], [*lines, sum_line])
    every = theme.plural(total, "complaint", "complaints")
    return Picture(_headline(sums, names, total, theme), body, note=f"{every} in {span}", number=every)


def _headline(sums: dict[str, int], names: dict[str, str], total: int, theme: Theme) -> str:
    place = max(sums, key=lambda stage: sums[stage])
    share = f"{theme.whole(sums[place])} of {theme.plural(total, 'complaint', 'complaints')}"
    return f"{share} arise at “{names[place]}”" if place else f"{share} belong to no stage yet"


def _lines(cells: Sequence[StageOfType], shown: list[str], theme: Theme) -> list[Line]:
    kinds: dict[int, dict[str, StageOfType]] = {}
    for cell in cells:
        kinds.setdefault(cell.place, {})[cell.stage] = cell
    firsts = [next(iter(kind.values())) for kind in kinds.values()]
    named = [first.issue_type for first in firsts if is_named(first)]
    lines = []
    for first, kind in zip(firsts, kinds.values(), strict=True):
        wording = first.wording
        row = [_cell(kind[stage], named, theme) for stage in shown]
        name = wording if wording in PLAIN else quote(wording)
        lines.append(Line(name, row, "plain" if wording in PLAIN else "", bar_voices(first, named, wording)))
    return lines


def _cell(cell: StageOfType, named: list[str], theme: Theme) -> Cell:
    count = cell.complaints or 0
    if not count:
        return Cell("0", 0)
    opens = bar_voices(cell, named, f"{cell.wording} · {cell.stage_name}", stage=cell.stage)
    return Cell(theme.whole(count), count, opens=opens)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "complaint_week", "kind_week", "issue_type", "stage", "touchpoint"),
    subject="Where it goes wrong",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(COMPLAINT_FEED,),
    smallest=(Smallest(76, 13),),
)
