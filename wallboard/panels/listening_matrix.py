"""Where we listen: every source against every stage of the customer's life, with how much was heard and the blanks.

A stage heard through one source only is flagged by a triangle and the words, one that nobody listens at by a ring. A cell
whose newest voice is older than four weeks says from when it is; beneath stands the newest day of each stage. For leaders,
from four metres.
"""

from collections.abc import Sequence
from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.matrix import Cell, Line, matrix
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import SCORES, VOICES
from wallboard.metrics.complaint_types import Listening, listening
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, Panel, Picture
from wallboard.panel import Options as Base

OLD = timedelta(weeks=4)
Heard = dict[str, Listening]
"""One source's cells by stage."""


class Options(Base):
    """How far back, and how many sources."""

    weeks: int = Field(13, ge=1, le=52, description="weeks to look back")
    sources: int = Field(5, ge=1, le=12, description="sources to name, the loudest first; the others are one row together")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Listening, ...]:
    """Voices by source and stage."""
    return listening(connection, scope, weeks=options.weeks)


def draw(cells: tuple[Listening, ...], options: Options, theme: Theme) -> Picture:
    """Sources down, stages across; beneath, how many sources each stage has."""
    if not cells:
        return Picture("We heard from nobody in these weeks", nothing("No source has reported anything."))
    names = {cell.stage: cell.stage_name or "no stage" for cell in cells}
    ears = {cell.stage: cell.stage_sources for cell in cells}
    sources: dict[tuple[str, str], Heard] = {}
    for cell in cells:
        sources.setdefault((cell.heard_through, cell.kind), {})[cell.stage] = cell
    loud = sorted(sources, key=lambda key: (-sum(cell.voices for cell in sources[key].values()), key))
    lines = [_source(key, sources[key], theme) for key in loud[: options.sources]]
    rest = [sources[key] for key in loud[options.sources :]]
    lines += [_rest(rest, list(names), theme)] if rest else []
    newest = Line("latest", [_latest(cells, stage, theme) for stage in names], "plain latest")
    ends = Line("sources", [_ears(count, theme) for count in ears.values()], "sums")
    weeks = theme.plural(options.weeks, "week", "weeks")
    note = f"{theme.plural(len(sources), 'source', 'sources')} in {weeks}; empty: nothing heard"
    return Picture(_headline(ears, names, theme), matrix(list(names.values()), [*lines, ends, newest]), note=note)


def _headline(ears: dict[str, int], names: dict[str, str], theme: Theme) -> str:
    deaf = [names[stage] for stage, count in ears.items() if stage and not count]
    one = [names[stage] for stage, count in ears.items() if stage and count == 1]
    if deaf:
        return f"Nobody listens at {_these(deaf, theme)}"
    if one:
        return f"Only one source covers: {_these(one, theme)}"
    return "Every stage is heard through more than one source"


def _these(stages: list[str], theme: Theme) -> str:
    more = f" and {theme.number_words(len(stages) - 1)} more" if len(stages) > 1 else ""
    return f"“{stages[0]}”{more}"


def _source(key: tuple[str, str], heard: Heard, theme: Theme) -> Line:
    return Line(key[0], [_cell(cell, theme) for cell in heard.values()])


def _cell(cell: Listening, theme: Theme) -> Cell:
    if not cell.voices:
        return Cell("")
    below = theme.short_day(cell.latest) if cell.latest and cell.period_end - cell.latest > OLD else ""
    return Cell(theme.whole(cell.voices), cell.voices, below)


def _rest(rest: list[Heard], stages: list[str], theme: Theme) -> Line:
    sums = {stage: sum(heard[stage].voices for heard in rest) for stage in stages}
    cells = [Cell(theme.whole(n), n) if n else Cell("") for n in sums.values()]
    return Line(f"{theme.plural(len(rest), 'other source', 'other sources')}", cells, "plain")


def _ears(count: int, theme: Theme) -> Component:
    state = "not measured" if not count else "watch" if count == 1 else "good"
    words = "nobody" if not count else "one only" if count == 1 else theme.whole(count)
    return html.Div([shape(state), html.B(words)], className="cell ears")


def _latest(cells: Sequence[Listening], stage: str, theme: Theme) -> Component:
    """The newest day on which anybody was heard at a stage."""
    days = [cell.latest for cell in cells if cell.stage == stage and cell.latest]
    return html.Div(html.Span(theme.short_day(max(days)) if days else "never", className="quiet"), className="cell")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "source_week", "score_day", "stage", "touchpoint"),
    subject="Where we listen",
    needs=((VOICES, SCORES),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
)
