"""Why customers contact us: how many contacts only exist because we had failed, and how many are what we are there for.

Failure demand is counted from the customer's purpose, as people have classified it: it is not complaints. The unclassified are
shown apart, in neither. Beneath stand the months before. For leaders, from four metres.
"""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.drilldown import voices
from wallboard.drawing.marks import nothing, stacked, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import per_hundred, quote
from wallboard.metrics.availability import VOICES
from wallboard.metrics.demand import demand, demand_types
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

Row = dict[str, Any]


class Options(Base):
    """How far back, and how many kinds."""

    months: int = Field(12, ge=3, le=24, description="complete months to show")
    kinds: int = Field(3, ge=1, le=5, description="kinds of each demand to name")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Months, and the kinds of the newest one."""
    return {
        "months": demand(connection, scope, months=options.months),
        "kinds": demand_types(connection, scope, months=1),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The newest month as a number and a bar, its kinds beside it, the months beneath."""
    months = [row for row in rows_of(frames["months"]) if row["state"] != "not measured"]
    if not months:
        return Picture("No whole month can be told", nothing("The contacts that are loaded begin in the running month."))
    newest = months[-1]
    note = theme.month(newest["month"])
    if newest["state"] == "no cases":
        count = theme.plural(int(newest["unclassified"]), "contact", "contacts")
        return Picture(
            "Which contacts we have caused is not said" if newest["unclassified"] else "Nobody contacted us",
            nothing(f"{count}, all unclassified: say the demand of each kind in issue_types.")
            if newest["unclassified"]
            else nothing("No contact was counted in this month."),
            note=note,
        )
    kinds = rows_of(frames["kinds"])
    sides = [
        _side(kinds, "failure", "because we had failed", options, theme),
        _side(kinds, "value", "what we are there for", options, theme),
    ]
    body = html.Div([_number(newest, theme), html.Div(sides, className="sides"), _months(months, theme)], className="demand")
    return Picture(_headline(newest, theme), body, note=note)


def _headline(newest: Row, theme: Theme) -> str:
    if newest["share"] is None:
        return "Too few contacts to say how many we have caused"
    return f"{theme.whole(per_hundred(newest['share']))} of 100 contacts only came because we had failed"


def _number(newest: Row, theme: Theme) -> Component:
    failed, n, unsaid = (int(newest[name]) for name in ("failure", "n", "unclassified"))
    parts = [(failed, "failure"), (n - failed, "value"), (unsaid, "unclassified")]
    scale = Scale.over("contacts", [n + unsaid])
    number = told(f"{theme.whole(failed)} of {theme.whole(n)}", "failure_demand", "loss")
    words = "contacts were failure demand" if newest["share"] is None else _band(newest, theme)
    apart = f"{theme.plural(unsaid, 'contact', 'contacts')} more: unclassified" if unsaid else "none unclassified"
    return html.Div([number, html.P(words), stacked(scale, parts), html.P(apart, className="quiet")], className="share")


def _band(newest: Row, theme: Theme) -> str:
    low, high = (theme.whole(per_hundred(newest[name])) for name in ("low", "high"))
    return f"failure demand: {low} to {high} of 100"


def _side(kinds: Sequence[Row], demanded: str, title: str, options: Options, theme: Theme) -> Component:
    mine = [row for row in kinds if row["demand"] == demanded][: options.kinds]
    rows = [
        html.Li(
            [html.Span(quote(row["wording"]), dir="auto"), html.B(theme.whole(row["contacts"]))],
            **voices(row["wording"], row["period_start"], row["period_end"], issue_type=row["issue_type"]),
        )
        for row in mine
    ] or [html.Li(html.Span("none", className="quiet"))]
    return html.Div([html.P([html.I(className=f"part {demanded}"), title]), html.Ul(rows, className="trim silent")])


def _months(months: Sequence[Row], theme: Theme) -> Component:
    scale = Scale.over("share", [row["share"] for row in months], along="y")
    bars = []
    for n, row in enumerate(months):
        last = n == len(months) - 1
        part = row["share"]
        inside = scale.mark(part) if part is not None else html.Span("too few" if row["n"] else "none")
        named = last or (len(months) - 1 - n) % 3 == 0
        name = html.Span(theme.month_label(row["month"])) if named else ""
        number = html.B(theme.whole(per_hundred(part))) if part is not None and named else ""
        bars.append(html.Li([number, scale.well(inside), name], className="newest" if last else ""))
    return html.Ul(bars, className="by-month")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type"),
    figures=("failure_demand",),
    subject="Why customers contact us",
    needs=((VOICES,),),
    judges=lambda scope, _: month_before(scope),
    feeds=(JudgedFeed("voice", monthly=True),),
)
