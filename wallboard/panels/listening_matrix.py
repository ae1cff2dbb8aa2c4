"""Where we listen: every source against every stage of the customer's life, with how much was heard and where the gaps are.

First how many sources each stage has, with its latest day. A stage heard through only one source is flagged by a triangle and
in words, one where nobody listens by a ring. Then the sources, those that cover most stages first; a cell whose latest voice is
older than four weeks shows its date. For leaders, from four metres.
"""

from collections.abc import Sequence
from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.matrix import Cell, Line, matrix
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import SCORES, VOICES
from wallboard.metrics.complaint_types import Listening, listening
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, Panel, Picture
from wallboard.panel import Options as Base

OLD = timedelta(weeks=4)
ByStage = dict[str, Listening]
"""One source's cells by stage."""


class Options(Base):
    """How far back, and how many sources."""

    weeks: int = Field(13, ge=1, le=52, description="weeks to look back")
    sources: int = Field(
        5, ge=1, le=12, description="sources to name, those of most stages first; the others are one row together"
    )


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Listening, ...]:
    """Voices by source and stage."""
    return listening(connection, scope, weeks=options.weeks)


def draw(cells: tuple[Listening, ...], options: Options, theme: Theme) -> Picture:
    """How many sources each stage has; beneath, sources down and stages across."""
    if not cells:
        return Picture("We heard from nobody in these weeks", nothing("No source has reported anything."))
    names = {cell.stage: cell.stage_name or "no stage" for cell in cells}
    ears = {cell.stage: cell.stage_sources for cell in cells}
    sources: dict[tuple[str, str], ByStage] = {}
    for cell in cells:
        sources.setdefault((cell.channel, cell.kind), {})[cell.stage] = cell
    wide = sorted(sources, key=lambda key: (-_stages(sources[key]), -_voices(sources[key]), key))
    ends = Line("sources, newest", [_ears(cells, stage, count, theme) for stage, count in ears.items()], "sums")
    lines = [ends, *(_source(key, sources[key], theme) for key in wide[: options.sources])]
    rest = [sources[key] for key in wide[options.sources :]]
    lines += [_rest(rest, list(names), theme)] if rest else []
    weeks = theme.plural(options.weeks, "week", "weeks")
    note = f"voices and answers of {weeks}, {theme.plural(len(sources), 'source', 'sources')}"
    return Picture(_headline(ears, names, theme), matrix(list(names.values()), lines), note=note)


def _stages(cells: ByStage) -> int:
    return sum(bool(cell.voices) for cell in cells.values())


def _voices(cells: ByStage) -> int:
    return sum(cell.voices for cell in cells.values())


def _headline(ears: dict[str, int], names: dict[str, str], theme: Theme) -> str:
    staged = {stage: count for stage, count in ears.items() if stage}
    deaf = [names[stage] for stage, count in staged.items() if not count]
    lonely = [names[stage] for stage, count in staged.items() if count == 1]
    if deaf:
        return f"Nobody listens at {_these(deaf, theme)}"
    if lonely:
        return f"Only one source covers: {_these(lonely, theme)}"
    fewest = min(staged, key=lambda stage: staged[stage], default="")
    if not fewest:
        return "What was heard is of no stage"
    return f"Every stage is covered; “{names[fewest]}” by the fewest sources: {theme.whole(staged[fewest])}"


def _these(stages: list[str], theme: Theme) -> str:
    more = f" and {theme.number_words(len(stages) - 1)} more" if len(stages) > 1 else ""
    return f"“{stages[0]}”{more}"


def _source(key: tuple[str, str], cells: ByStage, theme: Theme) -> Line:
    return Line(key[0], [_cell(cell, theme) for cell in cells.values()])


def _cell(cell: Listening, theme: Theme) -> Cell:
    if not cell.voices:
        return Cell("")
    below = theme.short_day(cell.latest) if cell.latest and cell.period_end - cell.latest > OLD else ""
    return Cell(theme.whole(cell.voices), cell.voices, below)


def _rest(rest: list[ByStage], stages: list[str], theme: Theme) -> Line:
    sums = {stage: sum(row[stage].voices for row in rest) for stage in stages}
    cells = [Cell(theme.whole(n), n) if n else Cell("") for n in sums.values()]
    return Line(f"{theme.plural(len(rest), 'other source', 'other sources')}", cells, "plain")


def _ears(cells: Sequence[Listening], stage: str, count: int, theme: Theme) -> Component:
    """How many sources a stage has, and the newest day on which anybody was heard there."""
    state = "not measured" if not count else "watch" if count == 1 else "good"
    words = "nobody" if not count else "one only" if count == 1 else theme.whole(count)
    days = [cell.latest for cell in cells if cell.stage == stage and cell.latest]
    newest = theme.short_day(max(days)) if days else "never"
    return html.Div([html.P([shape(state), html.B(words)]), html.Span(newest, className="quiet")], className="cell ears")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "source_week", "score_day", "stage", "touchpoint"),
    subject="Where we listen",
    needs=((VOICES, SCORES),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    smallest=(Smallest(76, 15),),
)
