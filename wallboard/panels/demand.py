"""Why customers contact us: how many contacts exist only because we failed, and how many are what we are here for.

Failure demand is counted from the customer's purpose, as people have classified it; it is not the same as complaints.
Unclassified contacts belong to neither and are shown separately. Earlier months stand below. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.calendar import last_of
from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import voices
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing, stacked
from wallboard.drawing.scale import LABEL, Scale, in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun, per_hundred, quote
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import VOICES
from wallboard.metrics.demand import FAILURE, VALUE, DemandMonth, DemandType, demand, demand_types
from wallboard.metrics.events import COMPLAINTS, Subject
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import NO_CASES, NOT_MEASURED
from wallboard.metrics.year_before import MONTHS, YearBefore, changed_on, newest_last_year
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many kinds."""

    months: int = Field(12, ge=3, le=24, description="complete months to show")
    kinds: int = Field(3, ge=1, le=5, description="kinds of each demand to name")


@dataclass(frozen=True, slots=True)
class Demand:
    """Months, and the kinds of the newest one."""

    months: tuple[DemandMonth, ...]
    kinds: tuple[DemandType, ...]
    last_year: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Demand:
    """Both, and the newest month a year before."""
    read = demand(connection, scope, months=options.months + MONTHS)
    known = {row.month: (row.share, row.state) for row in read}
    then = newest_last_year(known, changed_on(connection, scope, PANEL.metrics))
    return Demand(read[MONTHS:], demand_types(connection, scope, months=1), then)


def draw(demanded: Demand, options: Options, theme: Theme) -> Picture:
    """The newest month as a number and a bar, its kinds beside it, the months beneath."""
    months = [row for row in demanded.months if row.state != NOT_MEASURED]
    if not months:
        return Picture("No complete month yet", nothing("The contacts loaded begin in the current month."))
    newest = months[-1]
    note = theme.month(newest.month)
    if newest.state == NO_CASES and not newest.unclassified:
        return Picture("Nobody contacted us", nothing("No contact was counted in this month."), note=note)
    if newest.state == NO_CASES:
        count = theme.plural(newest.unclassified or 0, "contact", "contacts")
        why = nothing(f"{count}, all unclassified: set the demand of each kind in issue_types.")
        return Picture("Which contacts we caused is not known", why, note=note)
    sides = [
        _side(demanded.kinds, FAILURE, "because we failed", options, theme),
        _side(demanded.kinds, VALUE, "what we are here for", options, theme),
    ]
    body = html.Div([_number(newest, theme), html.Div(sides, className="sides"), _months(months, theme)], className="demand")
    return Picture(_headline(newest, theme), body, note=note)


def _headline(newest: DemandMonth, theme: Theme) -> str:
    if newest.share is None:
        return "Too few contacts to say how many we caused"
    return f"{theme.whole(per_hundred(newest.share))} of 100 contacts came only because we failed"


def _number(newest: DemandMonth, theme: Theme) -> Component:
    failed, n, unsaid = newest.failure or 0, newest.n or 0, newest.unclassified or 0
    parts = [(failed, "failure"), (n - failed, "value"), (unsaid, "unclassified")]
    scale = Scale.over("contacts", [n + unsaid])
    number = metric_link(f"{theme.whole(failed)} of {theme.whole(n)}", "failure_demand", "headline-number huge loss")
    words = "contacts were failure demand" if newest.share is None else _band(newest, theme)
    apart = f"{theme.whole(unsaid)} more {noun(unsaid, 'contact', 'contacts')} unclassified" if unsaid else "none unclassified"
    return html.Div([number, html.P(words), stacked(scale, parts), html.P(apart, className="quiet")], className="share")


def _band(newest: DemandMonth, theme: Theme) -> str:
    low, high = (theme.whole(per_hundred(end or 0.0)) for end in (newest.low, newest.high))
    return f"failure demand: {low} to {high} of 100"


def _side(kinds: Sequence[DemandType], demanded: str, title: str, options: Options, theme: Theme) -> Component:
    mine = [row for row in kinds if row.demand == demanded][: options.kinds]
    rows = [
        html.Li(
            [html.Span(quote(row.wording), dir="auto"), html.B(theme.whole(row.contacts))],
            **voices(row.wording, row.period_start, row.period_end, issue_type=row.issue_type),
        )
        for row in mine
    ] or [html.Li(html.Span("none", className="quiet"))]
    return html.Div([html.P([html.I(className=f"part {demanded}"), title]), html.Ul(rows, className="trim silent")])


def _months(months: Sequence[DemandMonth], theme: Theme) -> Component:
    scale = Scale.over("share", [row.share for row in months], along="y")
    bars = []
    for n, row in enumerate(months):
        last = n == len(months) - 1
        part = row.share
        inside = scale.mark(part) if part is not None else html.Span("too few" if row.n else "none")
        named = last or (len(months) - 1 - n) % 3 == 0
        name = html.Span(theme.month_label(row.month) if named else "", **LABEL)
        number = html.B(theme.whole(per_hundred(part))) if part is not None and named else ""
        bars.append(html.Li([number, scale.well(inside), name], className="newest" if last else "", **in_period(row.month)))
    return html.Ul(bars, className="by-month")


def _axis(demanded: Demand, options: Options) -> TimeAxis | None:
    months = tuple(row.month for row in demanded.months if row.state != NOT_MEASURED)
    return TimeAxis(months, last_of(months[-1]), (Subject((*PANEL.metrics, *COMPLAINTS)),)) if months else None


def _of_100(share: float, theme: Theme) -> str:
    return f"{theme.whole(per_hundred(share))} of 100"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type", "metric_definition", "employee"),
    metrics=("failure_demand",),
    subject="Why customers contact us",
    needs=((VOICES,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("voice", monthly=True),),
    axis=_axis,
    last_year=lambda measured, _, theme: last_year(measured.last_year, lambda share: _of_100(share, theme), "same month"),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
