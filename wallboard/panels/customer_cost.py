"""What a failure of ours costs the customer: their hours beside our money, touchpoint by touchpoint, never added up.

The hours are the customers' own time, in minutes as the unit costs give them; failures whose minutes or unit cost are unknown
are counted separately. For leaders, from four metres.
"""

from dataclasses import replace

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import bar, metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import VOICES
from wallboard.metrics.failures import FailurePlace, FailureSum, failure_places
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import NOT_MEASURED
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

LETTERS = 24
"""Letters of a touchpoint's name between its two bars."""


class Options(Base):
    """How far back, and how many touchpoints."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    rows: int = Field(6, ge=1, le=12, description="touchpoints to name, most failures first")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[FailurePlace, ...]:
    """Failures by touchpoint."""
    return failure_places(connection, scope, months=options.months, by="touchpoint")


def draw(rows: tuple[FailurePlace, ...], options: Options, theme: Theme) -> Picture:
    """Hours to the left, money to the right, the touchpoints between them."""
    span = theme.months(rows[0].period_start, rows[0].period_end)
    if all(row.state == NOT_MEASURED for row in rows):
        return Picture("What our failures cost our customers is not known", nothing(f"The data loaded begins after {span}."))
    every = FailureSum.of(rows)
    if not every.failures:
        return Picture(
            "No failure of ours cost a customer time", nothing(f"No contact in {span} was caused by a failure."), note=span
        )
    places = [row for row in rows if row.failures]
    shown = _shortened(places, theme.rows(options.rows))
    most = max(1e-9, *(row.customer_hours or 0.0 for row in shown)), max(1e-9, *(row.cost or 0.0 for row in shown))
    lines = [_row(row, most, theme) for row in shown]
    body = html.Div(
        [_sums(every, theme), html.Ul(lines, className="hours-money trim"), _unknown(every, theme)],
        className="paid-twice",
    )
    return Picture(_headline(every, theme), body, note=f"{span} · beside each touchpoint its failures")


def _shortened(places: list[FailurePlace], many: int) -> list[FailurePlace]:
    """The first of them, and the others as one row; what belongs to no touchpoint stays the last."""
    if len(places) <= many:
        return places
    rest = places[many - 1 :]
    every = FailureSum.of(rest)
    together = replace(
        rest[0],
        key="",
        name=f"{len(rest)} others",
        failures=every.failures,
        cost=every.cost,
        uncosted=every.uncosted,
        customer_hours=every.customer_hours,
        untimed=every.untimed,
    )
    return [*places[: many - 1], together]


def _headline(every: FailureSum, theme: Theme) -> str:
    hours, timed = every.customer_hours, every.failures - every.untimed
    if hours is None or not timed:
        return f"What {theme.plural(every.failures, 'failure', 'failures')} cost our customers in time is not known"
    each = theme.plural(max(1, round(hours * 60 / timed)), "minute", "minutes")
    return f"Each failure of ours takes {each} of a customer’s life"


def _sums(every: FailureSum, theme: Theme) -> Component:
    hours, cost = every.customer_hours, every.cost
    theirs = html.B("not known", className="headline-number")
    if hours is not None:
        theirs = metric_link(_hours(hours, theme), "customer_time", "headline-number loss")
    ours = html.B("not costed", className="headline-number")
    if cost is not None:
        ours = metric_link(theme.money(cost), "failure_cost", "headline-number")
    left = html.Div([theirs, html.Span("of our customers’ own time")], className="theirs")
    return html.Div(
        [left, html.Span("and", className="quiet"), html.Div([ours, html.Span("of our money")], className="ours")],
        className="both",
    )


def _row(row: FailurePlace, most: tuple[float, float], theme: Theme) -> Component:
    hours, cost = row.customer_hours, row.cost
    time: list[Component] = [html.B("not known", className="quiet")]
    if hours is not None:
        time = [bar(Scale("hours", most[0], along="-x"), hours, "loss"), html.B(_hours(hours, theme))]
    paid: list[Component] = [html.B("not costed", className="quiet")]
    if cost is not None:
        paid = [html.B(theme.money(cost)), bar(Scale("money", most[1]), cost, "calm")]
    name = html.Span([crop(row.name, LETTERS), html.Small(theme.whole(row.failures or 0), className="quiet")], className="where")
    return html.Li([html.Div(time, className="theirs"), name, html.Div(paid, className="ours")])


def _hours(hours: float, theme: Theme) -> str:
    if hours < 1:
        return theme.plural(round(hours * 60), "minute", "minutes")
    return theme.plural(round(hours), "hour", "hours")


def _unknown(every: FailureSum, theme: Theme) -> Component:
    parts = [
        theme.plural(every.failures, "failure", "failures"),
        f"{theme.whole(every.untimed)} without minutes" if every.untimed else "all timed",
        f"{theme.whole(every.uncosted)} without a unit cost" if every.uncosted else "all costed",
    ]
    parts += [f"{theme.plural(every.unclassified, 'complaint', 'complaints')} unclassified"] if every.unclassified else []
    return html.P(" · ".join(parts), className="basis")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type", "touchpoint", "stage"),
    metrics=("customer_time", "failure_cost"),
    subject="What our failures cost our customers",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
    smallest=(
        Smallest(25, 15),
        Smallest(51, 14),
        Smallest(76, 8),
    ),
)
