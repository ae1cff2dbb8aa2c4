"""How old the open tickets are, status by status, against how long the solved ones took.

Each mark is as wide as there are tickets of that age; lines stand where half, 85 % and 95 % of the solved ones were done. Old
open items never disappear because finished ones look quick. Shape and word say it before colour does. For leaders, from four
metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.flow_chart import mark, pill
from wallboard.drawing.marks import nothing, shape, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.ageing import STEPS, ageing_summary, ageing_wip
from wallboard.metrics.availability import TICKET_LOG
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base

STATUSES = {"new": "new", "in work": "in work", "waiting": "waiting", "waiting for the customer": "with the customer"}
TONES = {"within half": "good", "within 85": "good", "within 95": "watch", "beyond 95": "attention"}
TOP = STEPS + 1
"""The scale has one more step, for all that is older."""


class Options(Base):
    """What the open ones are held against."""

    weeks: int = Field(13, ge=1, le=53, description="full weeks whose solved tickets give the percentiles")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Open tickets by status and age, and the percentiles."""
    weeks = options.weeks
    return {"open": ageing_wip(connection, scope, weeks=weeks), "sum": ageing_summary(connection, scope, weeks=weeks)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """A column a status, ages upwards; in words on the right what the lines mean."""
    summary = rows_of(frames["sum"])[0]
    if not summary["open"]:
        return Picture("No ticket is open", nothing("The helpdesk calls every ticket solved."))
    cells = rows_of(frames["open"])
    body = html.Div([_columns(cells, summary, theme), _counts(summary, theme)], className="ageing")
    return Picture(_headline(summary, theme), body, note=_note(summary, theme))


def _headline(summary: dict[str, Any], theme: Theme) -> Words:
    count = theme.whole(summary["open"])
    tickets = "ticket" if summary["open"] == 1 else "tickets"
    if summary["p85"] is None:
        days = theme.plural(summary["oldest_days"], "day", "days")
        return f"The oldest of {count} open {tickets} is {'at least ' if summary['at_least'] else ''}{days} old"
    late = summary["beyond_85"]
    if not late:
        return ["None of ", told(count, "tickets_open"), f" open {tickets} is older than it should be"]
    are = "is" if late == 1 else "are"
    days = theme.plural(summary["p85"], "day", "days")
    return [told(theme.whole(late), "tickets_beyond", "alert"), f" of {count} open {are} older than {days}"]


def _note(summary: dict[str, Any], theme: Theme) -> str:
    if summary["p85"] is None:
        return "nothing was solved to hold them against"
    said = f"{theme.share(0.85)} of tickets are solved in that time"
    return f"{said}, provisional: only {theme.whole(summary['finished'])}" if summary["provisional"] else said


def _columns(cells: list[dict[str, Any]], summary: dict[str, Any], theme: Theme) -> Component:
    step = summary["step_days"]
    many, ages = Scale.over("tickets", _widths(cells).values()), Scale("days", step * TOP, along="y")
    many = Scale(many.name, many.high, -many.high)
    marks = [
        mark(ages, summary[name], [f"{word} ", html.B(theme.whole(summary[name]))])
        for name, word in (("p50", "half"), ("p85", theme.share(0.85)), ("p95", theme.share(0.95)))
        if summary[name] is not None
    ]
    columns = [_column(status, [row for row in cells if row["status"] == status], step, many, ages, theme) for status in STATUSES]
    names = [html.Li(words) for words in STATUSES.values()]
    plot = html.Div([html.P("days old", className="axis quiet"), *marks, html.Ul(columns)], className="plot")
    return html.Div([plot, html.Ul(names, className="names")], className="ages")


def _widths(cells: list[dict[str, Any]]) -> dict[tuple[str, int], int]:
    found: dict[tuple[str, int], int] = {}
    for row in cells:
        at = row["status"], row["from_days"]
        found[at] = found.get(at, 0) + row["tickets"]
    return found


def _column(status: str, rows: list[dict[str, Any]], step: int, many: Scale, ages: Scale, theme: Theme) -> Component:
    worst = {row["from_days"]: TONES[row["band"]] for row in rows}
    parts = []
    for (_, since), tickets in _widths(rows).items():
        low = min(since - 1, STEPS * step)
        parts.append(pill(many, ages, tickets, low, low + step, worst[since]))
    older = [row for row in rows if row["to_days"] is None]
    if older:
        last = max(older, key=lambda row: row["oldest_days"])
        upto = "over" if last["at_least"] else "to"
        parts.append(html.Span(f"{upto} {theme.whole(last['oldest_days'])}", className="oldest"))
    label = f"{status}: {sum(row['tickets'] for row in rows)} open"
    return html.Li(ages.well(parts, "ages-of"), role="img", **{"aria-label": label})


def _counts(summary: dict[str, Any], theme: Theme) -> Component:
    if summary["p85"] is None:
        return html.Ul([], className="counts")
    beyond, late = summary["beyond_95"], summary["beyond_85"]
    p85, p95 = (theme.whole(summary[name]) for name in ("p85", "p95"))
    rows = [
        (beyond, "attention", f"over {p95} days"),
        (late - beyond, "watch", f"over {p85}"),
        (summary["open"] - late, "good", "younger"),
    ]
    return html.Ul(
        [html.Li([shape(state), html.B(theme.whole(n)), html.Span(words)]) for n, state, words in rows], className="counts"
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("ticket_day", "ticket_move", "ticket_open", "ticket_cycle"),
    figures=("tickets_beyond", "tickets_open"),
    subject="How old the open tickets are",
    needs=((TICKET_LOG,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(JudgedFeed("ticket_events"),),
)
