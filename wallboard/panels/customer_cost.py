"""What a failure of ours costs the customer: their hours beside our money, contact point by contact point, never added up.

The hours are the customers' own time, by the minutes that the unit costs say; failures of unknown minutes and those without a
unit cost are told apart. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import bar, nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import VOICES
from wallboard.metrics.failures import failure_places
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

Row = dict[str, Any]

LETTERS = 24
"""Letters of a contact point's name between its two bars."""


class Options(Base):
    """How far back, and how many contact points."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    rows: int = Field(6, ge=1, le=12, description="contact points to name, most failures first")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Failures by contact point."""
    return {"places": failure_places(connection, scope, months=options.months, by="touchpoint")}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """Hours to the left, money to the right, the contact points between them."""
    rows = rows_of(frames["places"])
    span = theme.months(rows[0]["period_start"], rows[0]["period_end"])
    if all(row["state"] == "not measured" for row in rows):
        return Picture("What our failures cost our customers cannot be told", nothing(f"What is loaded begins after {span}."))
    failures = sum(row["failures"] for row in rows)
    if not failures:
        return Picture(
            "No failure of ours cost a customer time", nothing(f"No contact in {span} was caused by a failure."), note=span
        )
    places = [row for row in rows if row["failures"]]
    shown = _shortened(places, theme.rows(options.rows))
    most = max([row["customer_hours"] or 0.0 for row in shown] + [1e-9]), max([row["cost"] or 0.0 for row in shown] + [1e-9])
    lines = [_row(row, most, theme) for row in shown]
    body = html.Div(
        [_sums(places, theme), html.Ul(lines, className="hours-money trim"), _unknown(places, failures, theme)],
        className="paid-twice",
    )
    return Picture(_headline(places, failures, theme), body, note=f"{span} · beside each contact its failures")


def _shortened(places: list[Row], many: int) -> list[Row]:
    """The first of them, and the others as one row; what belongs to no contact point stays the last."""
    if len(places) <= many:
        return places
    rest = places[many - 1 :]
    sums = {name: sum(row[name] for row in rest) for name in ("failures", "uncosted", "untimed")}
    known = {name: _sum(rest, name) for name in ("cost", "customer_hours")}
    return [*places[: many - 1], {"key": "", "name": f"{len(rest)} others", **sums, **known}]


def _sum(rows: list[Row], name: str) -> float | None:
    """What is known of it; None where nothing is."""
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None


def _headline(places: list[Row], failures: int, theme: Theme) -> str:
    hours = _sum(places, "customer_hours")
    timed = failures - sum(row["untimed"] for row in places)
    if hours is None or not timed:
        return f"What {theme.plural(failures, 'failure', 'failures')} cost our customers in time is not known"
    each = theme.plural(max(1, round(hours * 60 / timed)), "minute", "minutes")
    return f"Each failure of ours takes {each} of a customer’s life"


def _sums(places: list[Row], theme: Theme) -> Component:
    hours, cost = _sum(places, "customer_hours"), _sum(places, "cost")
    theirs = told(f"{_hours(hours, theme)}", "customer_time", "loss") if hours is not None else html.B("not known")
    ours = told(theme.money(cost), "failure_cost") if cost is not None else html.B("not costed")
    left = html.Div([theirs, html.Span("of our customers’ own time")], className="theirs")
    return html.Div(
        [left, html.Span("and", className="quiet"), html.Div([ours, html.Span("of our money")], className="ours")],
        className="both",
    )


def _row(row: Row, most: tuple[float, float], theme: Theme) -> Component:
    hours, cost = row["customer_hours"], row["cost"]
    time: list[Component] = [html.B("not known", className="quiet")]
    if hours is not None:
        time = [bar(Scale("hours", most[0], along="-x"), hours, "loss"), html.B(_hours(hours, theme))]
    paid: list[Component] = [html.B("not costed", className="quiet")]
    if cost is not None:
        paid = [html.B(theme.money(cost)), bar(Scale("money", most[1]), cost, "calm")]
    name = html.Span([crop(row["name"], LETTERS), html.Small(theme.whole(row["failures"]), className="quiet")], className="where")
    return html.Li([html.Div(time, className="theirs"), name, html.Div(paid, className="ours")])


def _hours(hours: float, theme: Theme) -> str:
    if hours < 1:
        return theme.plural(round(hours * 60), "minute", "minutes")
    return theme.plural(round(hours), "hour", "hours")


def _unknown(places: list[Row], failures: int, theme: Theme) -> Component:
    untimed, uncosted = (sum(row[name] for row in places) for name in ("untimed", "uncosted"))
    parts = [theme.plural(failures, "failure", "failures")]
    parts += [f"{theme.whole(untimed)} without minutes" if untimed else "all timed"]
    parts.append(f"{theme.whole(uncosted)} without a unit cost" if uncosted else "all costed")
    unsaid = sum(row["unclassified"] for row in places)
    parts += [f"{theme.plural(unsaid, 'complaint', 'complaints')} unclassified"] if unsaid else []
    return html.P(" · ".join(parts), className="basis")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type", "touchpoint", "stage"),
    figures=("customer_time", "failure_cost"),
    subject="What our failures cost our customers",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", monthly=True),),
)
