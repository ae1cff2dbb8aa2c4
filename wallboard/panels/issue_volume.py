"""How many complaints there are at each stage, in each part of the business, and per 1,000 who could have complained.

Counts are large, with rates quietly beside them; a rate is left out where the exposure is missing. The rows add up to all
complaints. For leaders, from four metres.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VOICES
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.metrics.volume import StageVolume, issue_volume
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

MOST = 4


class Options(Base):
    """How far back, against what, and what the parts are called."""

    weeks: int = Field(4, ge=1, le=52, description="complete weeks to sum")
    against: str | None = Field(None, description="touchpoint whose exposure counts; without it orders, else the largest one")
    names: dict[str, str] = Field({}, description="what a perimeter is called on this wall, where not as in room.toml")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[StageVolume, ...]:
    """Complaints by stage and perimeter."""
    return issue_volume(connection, scope, weeks=options.weeks, against=options.against)


def draw(rows: tuple[StageVolume, ...], options: Options, theme: Theme) -> Picture:
    """One row a stage, one column a perimeter."""
    if not rows or rows[0].complaints is None:
        return Picture("No stage has a complaint", nothing("No customer was in touch in these weeks."))
    places = list(dict.fromkeys(row.perimeter for row in rows))
    columns = places if 1 < len(places) <= MOST else []
    stages: dict[str, list[StageVolume]] = {}
    for row in rows:
        stages.setdefault(row.stage, []).append(row)
    lines = [_line(its, columns, theme) for its in stages.values()]
    names = {**theme.perimeters, **options.names}
    heads = [html.Span(word) for word in ("", *(names.get(place, place) for place in columns), "all" if columns else "")]
    total = _line(rows, columns, theme, total=True)
    body = html.Ul([html.Li(heads, className="head"), *lines, total], className=f"issue-volume columns-{len(columns) + 1}")
    return Picture(_headline(rows, stages, options, theme), body, note=_note(rows, options, theme))


def _headline(rows: Sequence[StageVolume], stages: dict[str, list[StageVolume]], options: Options, theme: Theme) -> Words:
    total, span = _sum(rows), theme.plural(options.weeks, "week", "weeks")
    if not total:
        return f"No complaint in {span}"
    of = {key: _sum(its) for key, its in stages.items() if key}
    most = max(of, key=lambda key: of[key]) if any(of.values()) else None
    number = metric_link(theme.plural(total, "complaint", "complaints"), "complaints")
    where = f", most at “{stages[most][0].stage_name}”" if most else ""
    return [number, f" in {span}{where}"]


def _sum(its: Sequence[StageVolume]) -> int:
    return sum(row.complaints or 0 for row in its)


def _note(rows: Sequence[StageVolume], options: Options, theme: Theme) -> str:
    kind = rows[0].exposure_kind
    if kind is None:
        return "no rate: the exposure is missing"
    missing = any(row.state == NOT_MEASURED for row in rows)
    return f"grey: per 1,000 {kind}{', — where that is missing' if missing else ''}"


def _line(its: Sequence[StageVolume], columns: list[str], theme: Theme, *, total: bool = False) -> Component:
    first = its[0]
    name = "all" if total else first.stage_name or "no stage yet"
    cells = [_cell([row for row in its if row.perimeter == place], theme) for place in columns]
    kind = "total" if total else "" if first.stage else "quiet"
    return html.Li([html.Span(name, dir="auto"), *cells, _cell(its, theme)], className=kind)


def _cell(its: Sequence[StageVolume], theme: Theme) -> Component:
    count = _sum(its)
    return html.Span([metric_link(theme.whole(count), "complaints"), html.Small(_rate(its, count, theme))], className="cell")


def _rate(its: Sequence[StageVolume], count: int, theme: Theme) -> str:
    """Worked out again from the sums of its perimeters; never where one of them is missing."""
    exposed = {row.perimeter: row.exposure or 0.0 for row in its}
    if all(row.state == MEASURED for row in its):
        return theme.decimal(1000 * count / sum(exposed.values())) if count else "0"
    return "—"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "complaint_week", "exposure", "stage", "touchpoint"),
    metrics=("complaints",),
    subject="How many complaints there are",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(COMPLAINT_FEED,),
    smallest=(
        Smallest(51, 15),
        Smallest(76, 12),
    ),
)
