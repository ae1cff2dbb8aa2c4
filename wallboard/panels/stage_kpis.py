"""How well the touchpoints of a stage are run: each KPI against its target, and what their owners have promised.

KPIs that miss their target come first. Only promises that are still open are shown, the most overdue first. For leaders on a
walk, beside what customers experience there.
"""

from dataclasses import dataclass
from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.kpi_words import kpi_words
from wallboard.drawing.promised import SOON
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.journey import Place, journey_map
from wallboard.metrics.kpis import MISSED_FIRST, KpiResult, kpi_board
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import TOO_FEW
from wallboard.panel import OF_THE_JOURNEY, Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """Which stage, and how much."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks behind the KPIs")
    kpis: int = Field(4, ge=1, le=12, description="most KPIs to show, those with a missed target first")
    promises: int = Field(3, ge=1, le=12, description="most open promises to show, the most overdue first")


@dataclass(frozen=True, slots=True)
class StageOwners:
    """The stage's touchpoints with who answers for them, and their KPIs."""

    places: tuple[Place, ...]
    kpis: tuple[KpiResult, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> StageOwners:
    """The stage's touchpoints with who answers for them, and their KPIs."""
    places = tuple(place for place in journey_map(connection, scope) if place.stage == options.stage)
    here = {place.touchpoint for place in places}
    kpis = kpi_board(connection, scope, weeks=options.weeks)
    return StageOwners(places, tuple(kpi for kpi in kpis if kpi.touchpoint in here))


def draw(measured: StageOwners, options: Options, theme: Theme) -> Picture:
    """KPIs on the left, promises on the right."""
    promised = sorted((at for at in measured.places if at.promised), key=lambda at: at.promised_by or date.max)
    kpis = sorted(measured.kpis, key=lambda kpi: (MISSED_FIRST[kpi.meets], kpi.touchpoint, kpi.kpi))
    if not kpis and not promised:
        return Picture(
            "Nothing is measured here, and nothing promised",
            nothing("No touchpoint of this stage has a KPI or a promise."),
        )
    names = {at.touchpoint: at.touchpoint_name for at in measured.places}
    body = html.Div([_measured(kpis, names, options, theme), _promised(promised, options, theme)], className="kept")
    return Picture(_headline(kpis, promised, theme), body, note=_weeks(options, theme))


def _weeks(options: Options, theme: Theme) -> str:
    return f"last {theme.plural(options.weeks, 'complete week', 'complete weeks')}"


def _headline(kpis: list[KpiResult], promised: list[Place], theme: Theme) -> str:
    judged = [kpi for kpi in kpis if kpi.meets is not None]
    missed = sum(kpi.meets is False for kpi in judged)
    late = sum(at.promised_by < theme.today for at in promised if at.promised_by)
    targets = theme.plural(len(judged), "target", "targets")
    unknown = sum(kpi.target is not None and kpi.meets is None for kpi in kpis)
    first = f"{theme.whole(missed)} of {targets} missed"
    if not judged:
        first = "No target can be judged yet" if unknown else "No target to judge by"
    elif not missed:
        first = f"{targets} met, {theme.whole(unknown)} not to be judged yet" if unknown else "Every target is met"
    then = f"{theme.plural(late, 'promise is', 'promises are')} late" if late else "no promise is late"
    return f"{first}, {then}" if promised else f"{first}, nothing is promised"


def _measured(kpis: list[KpiResult], names: dict[str | None, str | None], options: Options, theme: Theme) -> Component:
    rows = [_kpi(kpi, names, theme) for kpi in kpis[: options.kpis]] or [html.Li("not measured", className="quiet")]
    return html.Ul(rows, className="kpi-rows trim", **beyond(len(kpis) - options.kpis))


def _kpi(row: KpiResult, names: dict[str | None, str | None], theme: Theme) -> Component:
    name = html.Span(row.name, className="name", title=names.get(row.touchpoint) or "")
    if row.value is None:
        cases = f", {theme.plural(int(row.denominator or 0), 'case', 'cases')}" if row.state == TOO_FEW else ""
        return html.Li([shape("not measured"), name, html.Span(f"{row.state}{cases}", className="quiet small")])
    words = kpi_words(row.value, row.target, row.unit, row.better, theme)
    value = html.Span(
        [html.B(words.number, className="number"), *([" ", html.Span(words.unit, className="small")] if words.unit else [])]
    )
    aim = f"target {words.target}" if words.target else "no target"
    return html.Li(
        [
            shape(row.judged),
            name,
            html.Span(
                [value, html.Span(f"{aim} · {theme.sample(row.denominator or 0)}", className="quiet small")], className="value"
            ),
        ]
    )


def _promised(promised: list[Place], options: Options, theme: Theme) -> Component:
    rows = [_promise(at, theme) for at in promised[: options.promises]]
    return html.Ul(
        rows or [html.Li("No owner has promised anything here.", className="quiet")],
        className="promise-rows trim",
        **beyond(len(promised) - len(rows)),
    )


def _promise(row: Place, theme: Theme) -> Component:
    who = row.owner or "nobody"
    return html.Li([html.P([html.B(who), " promised: ", row.promised]), _due(row, theme)])


def _due(row: Place, theme: Theme) -> Component:
    if not row.promised_by:
        return html.P("no date", className="quiet small")
    days = (row.promised_by - theme.today).days
    if days < 0:
        return html.P([shape("attention"), f" {theme.plural(-days, 'day', 'days')} late"], className="alert small")
    return html.P([shape("watch" if days < SOON else "good"), f" due in {theme.plural(days, 'day', 'days')}"], className="small")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "touchpoint", "employee", "function", "kpi_day"),
    subject="What is measured and promised here",
    needs=((STAGES,),),
    feeds=(JudgedFeed("touchpoint_kpis"),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 8),),
)
