"""What moves before complaints rise: contact points that slip, work that waits longer, customers who do less. One sentence each.

A touchpoint's KPI and the waiting work signal by the same rules as complaints; a behaviour where significantly more customers do
less than more. Where nothing moves, that is said, with how much was watched. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing, shape, told
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.availability import COMPLAINTS, DEEDS, KPIS, VOICES
from wallboard.metrics.frames import rows_of
from wallboard.metrics.leading import leading_signals
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

LETTERS = 70

FEW = 3
"""So many signals have the room to be written large."""


class Options(Base):
    """How many signals."""

    rows: int = Field(5, ge=1, le=8, description="signals to show at the default screen and distance")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Every early signal."""
    return {"early": leading_signals(connection, scope)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One sentence a signal."""
    rows = rows_of(frames["early"])
    found, watched = [row for row in rows if row["kind"]], rows[0]["watched"]
    if not watched:
        return Picture("Nothing can be watched", nothing("It takes twelve weeks, or months, to know what is usual."))
    seen = f"{theme.plural(watched, 'thing', 'things')} watched"
    if not found:
        return Picture("No early signal", nothing("Nothing moves on the unfavourable side by more than chance."), note=seen)
    shown = found[: theme.rows(options.rows)]
    style = f"early-signs trim{' few' if len(shown) <= FEW else ''}"
    body = html.Ul([_row(row, theme) for row in shown], className=style, **beyond(len(found) - len(shown)))
    return Picture(_headline(len(found), theme), body, note=seen)


def _headline(count: int, theme: Theme) -> Words:
    number = told(f"{theme.whole(count)} early {'signal' if count == 1 else 'signals'}", "early_signals", "loss")
    return [number, ": complaints may rise"]


def _row(row: dict[str, Any], theme: Theme) -> Component:
    head, detail = _SENTENCES[row["kind"]](row, theme)
    return html.Li([shape("watch"), html.Div([html.B(crop(head, LETTERS)), html.Span(detail, className="quiet")])])


def _slipping(row: dict[str, Any], theme: Theme) -> tuple[str, str]:
    now, usual = _value(row["value"], row["unit"], theme), _value(row["usual"], row["unit"], theme) + _measured_in(row, theme)
    return f"{row['touchpoint_name']}: “{row['name']}” slips", f"{now}, usually {usual}; since the week of {_week(row, theme)}"


def _measured_in(row: dict[str, Any], theme: Theme) -> str:
    """The year in which the usual was measured, where it is another than today's."""
    day = row["usual_to"]
    return f" ({day.year})" if day and day.year != theme.today.year else ""


def _waiting(row: dict[str, Any], theme: Theme) -> tuple[str, str]:
    count, since = theme.plural(row["n"], "complaint waits", "complaints wait"), _week(row, theme)
    usual = None if row["usual"] is None else theme.decimal(row["usual"]) + _measured_in(row, theme)
    if row["value"] is None:
        before = f"; usually they stand for {usual} weeks of solving" if usual else ""
        return f"{count}, and none is solved", f"none since the week of {since}{before}"
    now = theme.decimal(row["value"])
    return f"{count} longer than usual", f"{now} weeks of solving, usually {usual}; since the week of {since}"


def _week(row: dict[str, Any], theme: Theme) -> str:
    """The week since when; with the year, where it is another than today's."""
    day = row["since"]
    return theme.short_day(day)


def _less(row: dict[str, Any], theme: Theme) -> tuple[str, str]:
    count = theme.plural(row["n"], "customer does", "customers do")
    of, since = theme.share(row["value"]), theme.plain_month(row["since"])
    return (
        f"“{row['name']}”: {count} less of it",
        f"{of} of those who changed, in {since}",
    )


_SENTENCES = {"slipping": _slipping, "waiting": _waiting, "less": _less}


def _value(value: float, unit: str, theme: Theme) -> str:
    return theme.share(value, 1) if unit == "share" else theme.decimal(value)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "kpi_day",
        "touchpoint",
        "complaint_day",
        "complaint_month",
        "voice",
        "voice_day",
        "kind_week",
        "exposure",
        "behaviour",
        "behaviour_month",
        "customer_month",
        "metric_definition",
        "person",
    ),
    figures=("early_signals",),
    subject="What may change soon",
    needs=((KPIS, VOICES, COMPLAINTS, DEEDS),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(
        COMPLAINT_FEED,
        JudgedFeed("touchpoint_kpis"),
        JudgedFeed("customer_behaviours", monthly=True),
    ),
    verdict=True,
)
