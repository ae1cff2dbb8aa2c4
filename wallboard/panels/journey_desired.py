"""What customers should be able to say of each stage, and how far they find it from that, with n and interval.

A stage for which nobody has written this down is flagged; so is one that nobody was asked about.
"""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import Smallest
from wallboard.drawing.desired import distance_mark, distance_words, statement, tone
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import noted
from wallboard.metrics.availability import STAGES
from wallboard.metrics.desired import DesiredDistance, desired_distance
from wallboard.metrics.scope import Scope
from wallboard.panel import LIVED_THROUGH, OF_THE_JOURNEY, Connection, Options, Panel, Picture, Words


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[DesiredDistance, ...]:
    """The desired experience and the distance from it, stage by stage."""
    return desired_distance(connection, scope)


def draw(rows: tuple[DesiredDistance, ...], options: Options, theme: Theme) -> Picture:
    """One row a stage."""
    ends = html.Span([html.Span("just right"), html.Span("far from it")], className="ends")
    head = html.Li([html.Span(""), html.Span("it should be"), ends, html.Span("")], className="head quiet small")
    unsaid = sum(not row.desired for row in rows)
    note = f"{theme.plural(unsaid, 'stage', 'stages')} without a word of what it should be" if unsaid else ""
    return Picture(
        _headline(rows, theme),
        html.Ul([head, *(_row(row, theme) for row in rows)], className="stage-rows wishes"),
        note=noted("from 0 to 4", note),
    )


def _headline(rows: tuple[DesiredDistance, ...], theme: Theme) -> Words:
    known = [(row.distance, row.name) for row in rows if row.distance is not None]
    if not known:
        subject = "Too few were" if any(row.state == "too few" for row in rows) else "Nobody was"
        return f"{subject} asked how near it comes to what it should be"
    distance, name = max(known, key=lambda pair: pair[0])
    far = metric_link(theme.decimal(distance), "desired_distance", tone(distance))
    return [f"“{name}” is {'furthest' if len(known) > 1 else 'so far'} from what it should be: ", far, " of 4"]


def _row(row: DesiredDistance, theme: Theme) -> Component:
    told_far = html.Div(distance_words(row, theme), className="distance")
    cells = [html.H3(row.name), statement(row), distance_mark(row), told_far]
    return html.Li(html.A(cells, href=f"/journey/{row.stage}"))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("stage", "employee", "desired_rating"),
    metrics=("desired_distance",),
    subject=LIVED_THROUGH,
    needs=((STAGES,),),
    timeless=OF_THE_JOURNEY,
    smallest=(Smallest(76, 15),),
)
