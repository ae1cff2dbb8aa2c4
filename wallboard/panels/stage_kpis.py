"""How well the contact points of a stage are run: each KPI against its target, and what their owners have promised.

The KPIs that miss their target come first. Of promises only those are told that are still open, the most overdue first. For
leaders on a walk, beside what customers experience there.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing, shape
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import STAGES
from wallboard.metrics.frames import rows_of
from wallboard.metrics.journey import journey_map
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import MEASURED, TOO_FEW
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

MISSED_FIRST = {False: 0, True: 1, None: 2}
_SOON = 30


class Options(Base):
    """Which stage, and how much."""

    stage: str = Field("", description="the stage's key; the walkthrough says it")
    weeks: int = Field(4, ge=1, le=26, description="complete weeks behind the KPIs")
    kpis: int = Field(4, ge=1, le=12, description="most KPIs to show, those with a missed target first")
    promises: int = Field(3, ge=1, le=12, description="most open promises to show, the most overdue first")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The stage's touchpoints with who answers for them, and their KPIs."""
    places = journey_map(connection, scope)
    here = places[places["stage"] == options.stage]
    kpis = kpi_board(connection, scope, weeks=options.weeks)
    return {"places": here, "kpis": kpis[kpis["touchpoint"].isin(set(here["touchpoint"]))]}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """KPIs on the left, promises on the right."""
    kpis, places = rows_of(frames["kpis"]), rows_of(frames["places"])
    promised = sorted((one for one in places if one["promised"]), key=lambda one: str(one["promised_by"] or "9999"))
    if not kpis and not promised:
        return Picture(
            "Nothing is measured here, and nothing promised",
            nothing("No contact point of this stage has a KPI or a promise."),
        )
    names = {one["touchpoint"]: one["touchpoint_name"] for one in places}
    kpis.sort(key=lambda one: (MISSED_FIRST[one["meets"]], one["touchpoint"], one["kpi"]))
    body = html.Div([_measured(kpis, names, options, theme), _promised(promised, options, theme)], className="kept")
    return Picture(_headline(kpis, promised, theme), body, note=_weeks(options, theme))


def _weeks(options: Options, theme: Theme) -> str:
    return f"last {theme.plural(options.weeks, 'complete week', 'complete weeks')}"


def _headline(kpis: list[dict[str, Any]], promised: list[dict[str, Any]], theme: Theme) -> str:
    judged = [one for one in kpis if one["meets"] is not None]
    missed = sum(one["meets"] is False for one in judged)
    late = sum(_days(one, theme) < 0 for one in promised if one["promised_by"])
    targets = theme.plural(len(judged), "target", "targets")
    unknown = sum(one["target"] is not None and one["meets"] is None for one in kpis)
    first = f"{theme.whole(missed)} of {targets} missed"
    if not judged:
        first = "No target can be judged yet" if unknown else "No target to judge by"
    elif not missed:
        first = f"{targets} met, {theme.whole(unknown)} not to be judged yet" if unknown else "Every target is met"
    then = f"{theme.plural(late, 'promise is', 'promises are')} late" if late else "no promise is late"
    return f"{first}, {then}" if promised else f"{first}, nothing is promised"


def _measured(kpis: list[dict[str, Any]], names: dict[str, str], options: Options, theme: Theme) -> Component:
    rows = [_kpi(one, names, theme) for one in kpis[: options.kpis]] or [html.Li("not measured", className="quiet")]
    return html.Ul(rows, className="kpi-rows trim", **beyond(len(kpis) - options.kpis))


def _kpi(row: dict[str, Any], names: dict[str, str], theme: Theme) -> Component:
    name = html.Span(row["name"], className="name", title=names.get(row["touchpoint"], ""))
    if row["state"] != MEASURED:
        cases = f", {theme.plural(int(row['denominator']), 'case', 'cases')}" if row["state"] == TOO_FEW else ""
        return html.Li([shape("not measured"), name, html.Span(f"{row['state']}{cases}", className="quiet small")])
    value = html.B(_value(row["value"], row, theme), className="number")
    aim = f"target {_value(row['target'], row, theme)}" if row["target"] is not None else "no target"
    n = f"n\u00a0{theme.whole(row['denominator'])}"
    return html.Li(
        [
            shape(row["judged"]),
            name,
            html.Span([value, html.Span(f"{aim} · {n}", className="quiet small")], className="value"),
        ]
    )


def _value(value: float, row: dict[str, Any], theme: Theme) -> str:
    return theme.share(value, 1) if row["unit"] == "share" else theme.decimal(value)


def _promised(promised: list[dict[str, Any]], options: Options, theme: Theme) -> Component:
    rows = [_promise(one, theme) for one in promised[: options.promises]]
    return html.Ul(
        rows or [html.Li("No owner has promised anything here.", className="quiet")],
        className="promise-rows trim",
        **beyond(len(promised) - len(rows)),
    )


def _promise(row: dict[str, Any], theme: Theme) -> Component:
    who = row["owner"] or "nobody"
    return html.Li([html.P([html.B(who), " promised: ", row["promised"]]), _due(row, theme)])


def _due(row: dict[str, Any], theme: Theme) -> Component:
    if not row["promised_by"]:
        return html.P("no date", className="quiet small")
    days = _days(row, theme)
    if days < 0:
        return html.P([shape("attention"), f" {theme.plural(-days, 'day', 'days')} late"], className="alert small")
    return html.P([shape("watch" if days < _SOON else "good"), f" due in {theme.plural(days, 'day', 'days')}"], className="small")


def _days(row: dict[str, Any], theme: Theme) -> int:
    days: int = (row["promised_by"] - theme.today).days
    return days


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "touchpoint", "person", "function", "kpi_day"),
    subject="What is measured and promised here",
    needs=((STAGES,),),
    feeds=(JudgedFeed("touchpoint_kpis"),),
    timeless="it describes the journey; each number in it has its own state",
)
