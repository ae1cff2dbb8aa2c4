"""Renewals against what was due, month by month: how many contracts were renewed, how many were lost, how many are still open.

Due = renewed + lost + pending, in whole contracts; those not decided yet are hatched and never judged. For leaders, from four
metres.
"""

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing, stacked
from wallboard.drawing.scale import Scale, in_period
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import unvalued
from wallboard.drawing.year_before import last_year
from wallboard.metrics.availability import RENEWALS
from wallboard.metrics.events import Subject
from wallboard.metrics.renewals import CountedRenewals, RenewalPeriod, renewals
from wallboard.metrics.scope import Scope
from wallboard.metrics.states import INCOMPLETE
from wallboard.metrics.year_before import MONTHS, Compared, changed_on, newest_last_year
from wallboard.panel import CUSTOMER_FEED, OF_NAMED_DAYS, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back."""

    months: int = Field(6, ge=2, le=12, description="months in which terms were due, the running one last")


def measure(connection: Connection, scope: Scope, options: Options) -> Compared[RenewalPeriod]:
    """Terms that were due, by month."""
    read = renewals(connection, scope, periods=options.months + MONTHS + 1)
    known = {row.period_start: (row.rate, row.state) for row in read if row.complete and row.state != INCOMPLETE}
    return Compared(read[-options.months :], newest_last_year(known, changed_on(connection, scope, PANEL.metrics)))


def _counted(measured: Compared[RenewalPeriod]) -> list[CountedRenewals]:
    return [row for row in measured.rows if isinstance(row, CountedRenewals)]


def draw(measured: Compared[RenewalPeriod], options: Options, theme: Theme) -> Picture:
    """One bar a month, as long as what was due; the sum of the last month that is settled beneath."""
    months = _counted(measured)
    if not months:
        return Picture("No renewals to show", nothing("No contract’s term ended before these months were over."))
    complete = [row for row in months if row.complete]
    last = ([row for row in complete if row.state != INCOMPLETE] or complete or months)[-1]
    if not any(row.due for row in months):
        return Picture(
            f"No contract was due in {_span(len(months), theme)}", nothing("No contract's term ended in these months.")
        )
    most = max(row.due for row in months)
    shown = months[-theme.rows(options.months) :]
    head = html.Li([html.Span(""), html.Span("due"), html.Span(""), html.Span("lost")], className="head quiet small")
    bars = html.Ul([head, *(_month(row, most, theme) for row in shown)], className="due")
    body = html.Div([bars, _key(shown, theme), _worth(last, theme)], className="renewals")
    return Picture(_headline(last, theme), body, note="contracts by month")


def _headline(row: CountedRenewals, theme: Theme) -> Words:
    month = theme.month(row.period_start)
    if not row.due:
        return f"No contract was due in {month}"
    renewed, due = theme.whole(row.renewed), theme.plural(row.due, "contract", "contracts")
    verb = "was" if row.renewed == 1 else "were"
    return [metric_link(renewed, "renewal_rate"), f" of {due} due in {month} {verb} renewed"]


def _month(row: CountedRenewals, most: int, theme: Theme) -> Component:
    name = html.Span(theme.month_label(row.period_start))
    if not row.due:
        none = html.Span("none due", className="quiet")
        return html.Li([name, none], className="none", **in_period(row.period_start, down=True))
    parts = ((row.renewed, "renewed"), (row.lost, "gone"), (row.pending, "pending"))
    bar = stacked(Scale("contracts", most), [part for part in parts if part[0]])
    cells = [name, html.B(theme.whole(row.due)), bar, html.B(theme.whole(row.lost), className="loss")]
    return html.Li(cells, **in_period(row.period_start, down=True))


def _key(months: list[CountedRenewals], theme: Theme) -> Component:
    pending = theme.whole(sum(row.pending for row in months))
    parts = (("renewed", "renewed"), ("gone", "lost"), ("pending", f"{pending} undecided"))
    return html.P([html.Span([html.I(className=f"part {kind}"), words]) for kind, words in parts], className="key")


def _worth(row: CountedRenewals, theme: Theme) -> Component:
    """What the last settled month was worth, and how sure its rate is."""
    words: list[str | Component] = [_renewed(row, theme) if row.due else ""]
    if row.rate is not None and row.low is not None and row.high is not None:
        band = f"({theme.share(row.low)} to {theme.share(row.high)})"
        words += [html.Br(), f"{theme.share(row.rate)} of {theme.whole(row.renewed + row.lost)} decided {band}"]
    return html.P(words, className="quiet small")


def _renewed(row: CountedRenewals, theme: Theme) -> str:
    if row.due_value is None:
        return "What these contracts are worth is not known."
    due, renewed = theme.money(row.due_value), theme.money(row.renewed_value or 0.0)
    unknown = f" ({unvalued(row.value_unknown, theme)})" if row.value_unknown else ""
    return f"{renewed} of {due} a year renewed{unknown}"


def _span(months: int, theme: Theme) -> str:
    return f"the last {theme.plural(months, 'month', 'months')}"


def _axis(measured: Compared[RenewalPeriod], options: Options) -> TimeAxis | None:
    months = _counted(measured)
    starts = tuple(row.period_start for row in months)
    return TimeAxis(starts, months[-1].period_end, (Subject(PANEL.metrics),)) if months else None


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("renewal_month", "customer_day", "metric_definition", "employee"),
    metrics=("renewal_rate",),
    subject="Which contracts were renewed",
    needs=((RENEWALS,),),
    feeds=(CUSTOMER_FEED,),
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    last_year=lambda measured, _, theme: last_year(measured.last_year, theme.share, ""),
    smallest=(
        Smallest(25, 15),
        Smallest(51, 14),
        Smallest(76, 8),
    ),
)
