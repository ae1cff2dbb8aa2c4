"""The ledger and the forum: month by month, whether leaders met as planned, and what happened to the customer asset.

Held, put off or missed is a shape and a word; customers and their value stand beside it. For leaders, from four metres.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing, shape
from wallboard.drawing.reader import SHORT
from wallboard.drawing.scale import in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import doubt
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import CUSTOMERS, MEETINGS
from wallboard.metrics.customers import CountedPeriod, CustomerPeriod, counted_periods, customer_flow
from wallboard.metrics.events import Subject
from wallboard.metrics.forum import Meeting, MeetingsHeld, meetings, meetings_held
from wallboard.metrics.monthly_shifts import NET
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE, NOT_MEASURED
from wallboard.metrics.year_before import YearBefore, changed_on, newest_last_year
from wallboard.panel import CUSTOMER_FEED, OF_NAMED_DAYS, Connection, Panel, Picture
from wallboard.panel import Options as Base

SHAPE = {"held": "good", "postponed": "watch", "missed": "attention"}
WORD = {"held": "held", "postponed": "put off", "missed": "not held"}


class Options(Base):
    """How far back, and in which steps."""

    periods: int = Field(6, ge=2, le=8, description="complete months or quarters to show, besides the running one")
    unit: Literal["month", "quarter"] = Field("month", description="a row is a month or a quarter")
    kind: str = Field("monthly", description="which meetings of the calendar count")


@dataclass(frozen=True, slots=True)
class Measured:
    """Meetings and customers of the same periods."""

    flow: tuple[CustomerPeriod, ...]
    meetings: tuple[Meeting, ...]
    held: tuple[MeetingsHeld, ...]
    last_year: YearBefore | None


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The last complete periods, and the running one."""
    year = {"month": 12, "quarter": 4}[options.unit]
    read = customer_flow(connection, scope, months=options.periods + 1 + year, unit=options.unit)
    known = {row.period_start: (row.closing, row.state) for row in read if row.state != INCOMPLETE}
    flow = read[year:]
    months, unit, kind = options.periods, options.unit, options.kind
    return Measured(
        flow if flow[-1].state == INCOMPLETE else flow[1:],
        meetings(connection, scope, months=months, unit=unit, kind=kind),
        meetings_held(connection, scope, months=months, unit=unit, kind=kind),
        newest_last_year(known, changed_on(connection, scope, PANEL.metrics)),
    )


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a period, the newest last, and the sums beneath."""
    known, held = counted_periods(measured.flow), measured.held[0]
    if not known and held.state == NOT_MEASURED:
        return Picture("No meeting and no customer of these months is known", nothing("The data loaded does not cover them."))
    heads = ("", "leaders met", "customers", "net change", "in value")
    rows = [html.Li([html.Span(head) for head in heads], className="heads")]
    for period in measured.flow:
        met = [meeting for meeting in measured.meetings if meeting.period_start == period.period_start]
        rows.append(_row(period, met, options, theme))
    rows.append(_sums(known, held, theme))
    alarm = doubt(known, theme) if known else ""
    return Picture(
        _headline(known, held, theme),
        html.Ul(rows, className="forum"),
        note=f"by {options.unit}, customers at the end of each",
        alarm=alarm,
    )


def _headline(known: list[CountedPeriod], held: MeetingsHeld, theme: Theme) -> str:
    lost = _asset(sum(period.net for period in known), theme) if known else ""
    if held.held is None or not held.planned:
        why = "No calendar of meetings is loaded" if held.state == NOT_MEASURED else "No meeting was planned"
        return f"{why}; {lost}" if lost else why
    count, planned = theme.number_words(held.held).capitalize(), held.planned
    of = theme.number_words(planned)
    were = "was" if held.held == 1 else "were"
    met = f"{count} of {of} {'meeting' if planned == 1 else 'meetings'} {were} held as planned"
    return f"{met}; meanwhile {lost}" if lost else met


def _asset(net: int, theme: Theme) -> str:
    if not net:
        return "the number of customers did not change"
    return f"we {'lost' if net < 0 else 'gained'} {theme.plural(abs(net), 'customer', 'customers')}"


def _row(row: CustomerPeriod, met: list[Meeting], options: Options, theme: Theme) -> Component:
    running = row.state == INCOMPLETE
    name = theme.plain_month(row.period_start) if options.unit == "month" else row.period_name
    parts = [html.Span([name, _until(row, theme) if running else ""]), _met(met, options, theme)]
    if not isinstance(row, CountedPeriod):
        parts += [html.Span("not measured", className="quiet"), html.Span(), html.Span()]
    else:
        parts += [
            html.Span(theme.whole(row.closing)),
            _change(row.net, theme),
            _value(row.net_value, theme),
        ]
    return html.Li(parts, className="running" if running else "", **in_period(row.period_start, down=True))


def _met(met: list[Meeting], options: Options, theme: Theme) -> Component:
    if not met:
        return html.Span("none planned", className="quiet")
    shapes = [shape(SHAPE[meeting.outcome]) for meeting in met]
    if options.unit == "quarter":
        return html.Span(shapes, className="met")
    last = met[-1]
    day = _in_its_year(last.held_on or last.planned_on, theme)
    words = f"{WORD[last.outcome]}{' to' if last.outcome == 'postponed' else ''} {day}"
    return html.Span([*shapes, words], className="met")


def _in_its_year(day: date, theme: Theme) -> str:
    """A day without its year: the rows name it."""
    return theme.day(day, SHORT, near=day)


def _until(row: CustomerPeriod, theme: Theme) -> Component:
    return html.Span(f" to {_in_its_year(row.closing_day, theme)}", className="quiet")


def _change(net: int, theme: Theme) -> Component:
    return html.B(theme.signed(net), className="gain" if net > 0 else "loss" if net < 0 else "")


def _value(amount: float | None, theme: Theme) -> Component:
    if amount is None:
        return html.Span("not known", className="quiet")
    words = theme.money(amount)
    return html.B(f"+{words}" if amount >= 0.005 else words, className="gain" if amount > 0 else "loss" if amount < 0 else "")


def _sums(known: list[CountedPeriod], held: MeetingsHeld, theme: Theme) -> Component:
    met: Component = html.Span("no meetings known", className="quiet")
    if held.held is not None and held.planned:
        met = metric_link(f"{theme.whole(held.held)} of {theme.whole(held.planned)}", "meetings_held")
    cells = [html.Span("total"), html.Span([met, html.Span(" on the day", className="quiet")])]
    if not known:
        return html.Li([*cells, html.Span("not measured", className="quiet"), html.Span(), html.Span()], className="sums")
    values = [period.net_value for period in known if period.net_value is not None]
    worth = sum(values) if len(values) == len(known) else None
    now = metric_link(theme.whole(known[-1].closing), "active_customers")
    cells[0] = html.Span(["total", _until(known[-1], theme)])
    net = sum(period.net for period in known)
    change = metric_link(theme.signed(net), "net_customers", "gain" if net > 0 else "loss" if net < 0 else "")
    return html.Li([*cells, now, change, _value(worth, theme)], className="sums")


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    starts = tuple(row.period_start for row in measured.flow)
    return TimeAxis(starts, measured.flow[-1].closing_day, (Subject((*PANEL.metrics, *NET)),)) if starts else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("meeting", "customer_movement", "undated_loss", "customer_day", "customer_month", "metric_definition", "employee"),
    metrics=("meetings_held", "active_customers", "net_customers"),
    subject="What became of our customers while leaders met",
    needs=((CUSTOMERS, MEETINGS),),
    feeds=(CUSTOMER_FEED,),
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    last_year=lambda measured, options, theme: last_year(measured.last_year, theme.whole, f"same {options.unit}"),
    smallest=(Smallest(76, 12),),
)
