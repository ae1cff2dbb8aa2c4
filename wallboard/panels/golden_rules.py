"""The five golden rules, the same in every room, and in how many issues each is kept; overdue issues are named.

An issue that has not come that far has neither kept nor broken a rule: "not yet".
"""

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import shape
from wallboard.drawing.issues import beyond, said_by_customer
from wallboard.drawing.theme import Theme
from wallboard.lifecycle.golden import KEPT, LATE
from wallboard.metrics.room_rules import RuleCompliance, golden_compliance
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How much of what is late."""

    late: int = Field(2, ge=0, le=6, description="late issues to name at the default screen and distance")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[RuleCompliance, ...]:
    """Each rule against each issue."""
    return golden_compliance(connection, scope)


def draw(rows: tuple[RuleCompliance, ...], options: Options, theme: Theme) -> Picture:
    """One row a rule; beneath, what is late."""
    numbers = sorted({row.rule for row in rows})
    late = sorted((row for row in rows if row.state == LATE), key=lambda row: (row.since or date.max, row.issue or 0))
    issues = len({row.issue for row in rows if row.issue is not None})
    if late:
        overdue = len({r.issue for r in late})
        headline = f"{theme.plural(overdue, 'issue is', 'issues are')} overdue by a golden rule"
    else:
        headline = "The golden rules are kept" if issues else "The golden rules of this room"
    rules = [_rule([row for row in rows if row.rule == number], issues) for number in numbers]
    named = [_late(row) for row in late[: theme.rows(options.late)]]
    version = max((row.version for row in rows), default=1)
    below = html.Ul(named, className="named trim", **beyond(len(late) - len(named)))
    if not issues:
        below = html.Ul(
            html.Li("To begin: wallboard user add, then relay an issue.", className="quiet"), className="named silent"
        )
    note = f"version {version}, the same in every room"
    shown = below if late or not issues else ""
    return Picture(headline, html.Div([html.Ol(rules), shown], className="kept-rules"), note=note)


def _rule(rows: Sequence[RuleCompliance], issues: int) -> Component:
    keeping, late = (sum(row.state == state for row in rows) for state in (KEPT, LATE))
    count = html.B(f"kept in {keeping} of {issues}") if issues else html.B("no issue yet", className="quiet")
    rest = f"{late} late" if late else f"{issues - keeping} not yet" if issues > keeping else ""
    state = "attention" if late else "good" if issues else "not measured"
    rule = html.Span([shape(state), html.Span(rows[0].text)], className="rule")
    return html.Li([rule, count, html.Span(rest, className="alert" if late else "quiet")])


def _late(row: RuleCompliance) -> Component:
    return html.Li(
        [html.B(f"Rule {row.rule}"), said_by_customer(row.words or "", 46), html.Span(row.evidence, className="alert")]
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("golden_rule", "issue", "issue_step", "issue_function", "issue_type", "user_account"),
    timeless=OF_THE_ROOM,
    smallest=(Smallest(76, 13),),
)
