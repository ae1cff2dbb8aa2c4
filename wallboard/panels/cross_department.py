"""How many problems were caused by another department than the one that hears of them, and which departments cause them.

Counted where both are known; how many are not is said. A department that never meets a customer is marked by words. A touch on
a bar leads to three real voices behind it. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.drilldown import voices
from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import bar, nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun
from wallboard.metrics.availability import VOICES
from wallboard.metrics.causes import cross_causes, cross_department
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

Row = dict[str, Any]


class Options(Base):
    """How far back, and how many departments."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    departments: int = Field(6, ge=1, le=10, description="departments to name, most first")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """What crosses departments, and by which cause."""
    return {
        "crossed": cross_department(connection, scope, months=options.months),
        "causes": cross_causes(connection, scope, months=options.months),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The whole as a number, a row a department that causes."""
    (one,) = rows_of(frames["crossed"])
    span = theme.months(one["period_start"], one["period_end"])
    if one["state"] == "no cases":
        count = theme.plural(int(one["contacts"]), "contact", "contacts")
        none = "No contact was counted in these months."
        missing = f"{count}, and none says both who heard of it and who caused it." if one["contacts"] else none
        return Picture("No problem of these months is traced to its cause", nothing(missing), note=span)
    causes = rows_of(frames["causes"])
    most = max(1, *(int(row["crossed"]) for row in causes))
    rows = [_row(row, most, theme) for row in causes[: theme.rows(options.departments)]]
    body = html.Div(
        [_number(one, theme), html.Ul(rows, className="trim", **beyond(len(causes) - len(rows)))], className="crossed"
    )
    return Picture(_headline(one, theme), body, note=span)


def _headline(one: Row, theme: Theme) -> str:
    crossed, known = theme.whole(one["crossed"]), theme.plural(one["known"], "problem", "problems")
    were, them = noun(one["known"], "was", "were"), noun(one["known"], "it", "them")
    return f"{crossed} of {known} {were} caused by another department than the one that hears of {them}"


def _number(one: Row, theme: Theme) -> Component:
    number = told(theme.share(one["crossed"] / one["known"]), "cross_department_contacts", "loss")
    parts = [number, html.P("no department can solve alone")]
    if one["previous_known"]:
        before = f"{theme.whole(one['previous_crossed'])} of {theme.whole(one['previous_known'])}"
        parts.append(html.P(f"before: {before}", className="quiet"))
    unknown = theme.plural(int(one["unknown"]), "contact", "contacts")
    parts.append(html.P(f"{unknown} more: not known who heard or who caused", className="quiet"))
    return html.Div(parts, className="share")


def _row(row: Row, most: int, theme: Theme) -> Component:
    below = "never meets a customer" if row["customer_facing"] is False else "meets customers" if row["customer_facing"] else ""
    name = html.Span([row["name"], html.Span(below, className="quiet")], className="name")
    count = int(row["crossed"])
    number = html.B(theme.whole(count))
    opens = voices(f"caused by {row['name']}", row["period_start"], row["period_end"], cause=row["function"])
    return html.Li(
        [name, number, bar(Scale("contacts", most), count, "loss" if row["customer_facing"] is False else "calm")], **opens
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("cause_month", "contact_month", "voice_day", "function"),
    figures=("cross_department_contacts",),
    subject="Who causes what",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
)
