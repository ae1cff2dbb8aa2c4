"""How many problems were caused by a department other than the one that hears about them, and which departments cause them.

Only problems where both are known are counted; it says how many are not. A department that never meets a customer is marked in
words. Touch a bar to read three real voices behind it. For leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import voices
from wallboard.drawing.glyphs import bar, metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun
from wallboard.metrics.availability import VOICES
from wallboard.metrics.causes import CrossCause, CrossDepartment, cross_causes, cross_department
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import NO_CASES
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many departments."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    departments: int = Field(6, ge=1, le=10, description="departments to name, most first")


@dataclass(frozen=True, slots=True)
class Crossings:
    """What crosses departments, and by which cause."""

    crossed: tuple[CrossDepartment, ...]
    causes: tuple[CrossCause, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Crossings:
    """Both."""
    crossed = cross_department(connection, scope, months=options.months)
    return Crossings(crossed, cross_causes(connection, scope, months=options.months))


def draw(crossings: Crossings, options: Options, theme: Theme) -> Picture:
    """The whole as a number, a row a department that causes."""
    (whole,) = crossings.crossed
    span = theme.months(whole.period_start, whole.period_end)
    if whole.state == NO_CASES:
        count = theme.plural(whole.contacts or 0, "contact", "contacts")
        none = "No contact was counted in these months."
        missing = f"{count}, and none says both who heard of it and who caused it." if whole.contacts else none
        return Picture("No problem of these months is traced to its cause", nothing(missing), note=span)
    causes = crossings.causes
    scale = Scale.over("contacts", [row.crossed for row in causes])
    rows = [_row(row, scale, theme) for row in causes[: theme.rows(options.departments)]]
    listed = html.Ul(rows, className="trim", **beyond(len(causes) - len(rows)))
    body = html.Div([_number(whole, theme), listed], className="crossed")
    return Picture(_headline(whole.crossed or 0, whole.known or 0, theme), body, note=span)


def _headline(crossed: int, known: int, theme: Theme) -> str:
    were, them = noun(known, "was", "were"), noun(known, "it", "them")
    problems = theme.plural(known, "problem", "problems")
    return f"{theme.whole(crossed)} of {problems} {were} caused by a department other than the one that hears about {them}"


def _number(whole: CrossDepartment, theme: Theme) -> Component:
    share = (whole.crossed or 0) / (whole.known or 1)
    number = metric_link(theme.share(share), "cross_department_contacts", "headline-number giant loss")
    parts = [number, html.P("no department can solve alone")]
    if whole.previous_known:
        before = f"{theme.whole(whole.previous_crossed or 0)} of {theme.whole(whole.previous_known)}"
        parts.append(html.P(f"before: {before}", className="quiet"))
    unknown = whole.unknown or 0
    more = f"{theme.whole(unknown)} more {noun(unknown, 'contact', 'contacts')}: cause or department not known"
    parts.append(html.P(more, className="quiet"))
    return html.Div(parts, className="share")


def _row(row: CrossCause, scale: Scale, theme: Theme) -> Component:
    below = "never meets a customer" if row.customer_facing is False else "meets customers" if row.customer_facing else ""
    name = html.Span([row.name, html.Span(below, className="quiet")], className="name")
    number = html.B(theme.whole(row.crossed))
    opens = voices(f"caused by {row.name}", row.period_start, row.period_end, cause=row.function)
    return html.Li([name, number, bar(scale, row.crossed, "loss" if row.customer_facing is False else "calm")], **opens)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("cause_month", "contact_month", "voice_day", "function"),
    metrics=("cross_department_contacts",),
    subject="Who causes what",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 13),
        Smallest(77, 8),
    ),
)
