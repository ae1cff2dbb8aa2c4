"""The customer scoreboard: new, lost, renewed, earned, referred, and who stayed through the whole journey.

Bliss's five guerrilla metrics and one of the whole journey, each with the count of customers first, its months, its target, and
what is being done by whom. Colour says whether the target is reached. Where nobody answers for it, it says "no owner". For
leaders, from four metres.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.calendar import last_of
from wallboard.drawing.cell import Smallest
from wallboard.drawing.event_marks import BESIDE
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.text_width import fitted, text_width
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import doubt, noted
from wallboard.drawing.year_before import a_year_ago
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.customers import CountedPeriod, customer_flow, whole_periods
from wallboard.metrics.events import Subject
from wallboard.metrics.monthly_shifts import moved_by, scoreboard_shifts
from wallboard.metrics.scope import Scope
from wallboard.metrics.scoreboard import PARTS, ScoreboardMonth, ScoreboardRow, scoreboard, scoreboard_trend
from wallboard.metrics.states import LEFT_CENSORED, MEASURED, NOT_MEASURED
from wallboard.metrics.year_before import YearBefore, changed_on, newest_last_year
from wallboard.panel import CUSTOMER_FEED, OF_NAMED_DAYS, Connection, Options, Panel, Picture

NAMES = {
    "new_customers": "came",
    "lost_customers": "left",
    "renewal_rate": "renewed",
    "profit": "we earn from",
    "referral_rate": "sent a friend",
    "retention_rate": "stayed a year",
}
SIGNALS = {"better": "better than usual", "worse": "worse than usual", "": "within normal range"}
STATES = {LEFT_CENSORED: "too recent to judge", "incomplete": "so far", "too few": "too few to judge"}
MONTHS = 12
DOING, HEAVY = 560, 600
"""The width of a line of who answers and of what is being done, in canvas pixels, and the weight of the first of them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The metrics, their months, and customers in the last complete month."""

    board: tuple[ScoreboardRow, ...]
    trend: tuple[ScoreboardMonth, ...]
    flow: tuple[CountedPeriod, ...]
    last_year: dict[str, YearBefore]

    def months(self, metric: str) -> list[ScoreboardMonth]:
        """The months of a metric that are drawn."""
        return [month for month in self.trend if month.metric == metric][-MONTHS:]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The board as of the last complete month."""
    flow = whole_periods(customer_flow(connection, scope, months=2))[-1:]
    trend, before = scoreboard_trend(connection, scope), {}
    for metric in dict.fromkeys(month.metric for month in trend):
        known = {month.month: (month.value, MEASURED) for month in trend if month.metric == metric}
        if then := newest_last_year(known, changed_on(connection, scope, (metric,))):
            before[metric] = then
    return Measured(scoreboard(connection, scope), trend, tuple(flow), before)


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """A row a metric."""
    board, flow = measured.board, measured.flow
    if all(row.state == NOT_MEASURED for row in board):
        return Picture("No metric to show yet", nothing("The data loaded does not cover a complete month."))
    rows = [_row(row, measured, theme) for row in board]
    body = html.Ul(rows, className="scoreboard trim")
    note = noted(f"customers on {theme.short_day(flow[0].closing_day)}" if flow else "", "grey: a year ago")
    return Picture(_headline(board, theme), body, note=note, alarm=doubt(flow, theme) if flow else "")


def _headline(board: tuple[ScoreboardRow, ...], theme: Theme) -> str:
    nobody = sum(not _owner_of(row) for row in board)
    aimed = [row.reached for row in board if row.reached is not None]
    if nobody:
        return f"Nobody answers for {theme.plural(nobody, 'metric', 'metrics')}"
    if not aimed:
        return "No metric has a target yet"
    return f"{theme.whole(sum(aimed))} of {theme.whole(len(aimed))} metrics with a target reach it"


def _row(row: ScoreboardRow, measured: Measured, theme: Theme) -> Component:
    metric = row.metric
    number = "–" if row.count is None or _too_early(row) else theme.whole(row.count)
    aimed = {True: "gain", False: "loss"}.get(row.reached) if row.reached is not None else None
    tone = "quiet" if row.state == NOT_MEASURED else aimed or ""
    return html.Li(
        [
            html.Div([html.B(NAMES[metric], className="name"), html.Span(_meaning(row, theme), className="quiet")]),
            metric_link(number, metric, f"number {tone}".strip()),
            _months(measured.months(metric), metric),
            _before(row, measured, theme),
            html.Div([_aim(row, theme), _signal(row)], className="aim"),
            _doing(row, theme),
        ]
    )


def _owner_of(row: ScoreboardRow) -> str | None:
    """The council that answers, or the person."""
    return row.owner_body or row.owner


def _doing(row: ScoreboardRow, theme: Theme) -> Component:
    """Who answers, and beneath what is being done; the day stands behind the name where the line has room for all of it."""
    owner, due, size = _owner_of(row), _due(row, theme), theme.size("quiet")
    beside = f", {due}" if due else ""
    fits = text_width(f"{owner or 'no owner'}{beside}", size, HEAVY) <= DOING
    name = html.Span("no owner", className="gap") if not owner else owner if fits else fitted(owner, DOING, size, HEAVY)
    before = f"{due}: " if due and not fits else ""
    done = "nothing is being done" if row.action is None else fitted(row.action, DOING - text_width(before, size), size)
    return html.Div(
        [html.Span([name, beside if fits else ""]), html.Span(f"{before}{done}", className="quiet")], className="doing"
    )


def _too_early(row: ScoreboardRow) -> bool:
    """Whether the records are too recent for the metric: of nobody it can be told."""
    return row.state == LEFT_CENSORED and row.out_of == 0


def _meaning(row: ScoreboardRow, theme: Theme) -> str:
    """Of how many, and the share; else what they are worth."""
    if row.state == NOT_MEASURED:
        return "not measured"
    if _too_early(row):
        return "the records are too recent"
    share = f" ({theme.share(row.value)})" if row.value is not None and row.unit == "share" else ""
    if row.out_of is not None:
        return f"of {theme.whole(row.out_of)}{share}"
    if row.state not in ("measured", "complete"):
        return STATES.get(row.state, row.state)
    return "" if row.worth is None else theme.money(row.worth)


def _due(row: ScoreboardRow, theme: Theme) -> str:
    """Until when it is being done, or since when it is done."""
    when = row.action_done or row.action_due
    if row.action is None or when is None:
        return ""
    return f"{'done' if row.action_done else 'by'} {theme.short_day(when)}"


def _aim(row: ScoreboardRow, theme: Theme) -> Component:
    """The target and whether it is reached, by shape and word."""
    if row.target is None:
        return html.Span("no target", className="quiet")
    written = theme.share(row.target) if row.unit == "share" else theme.whole(row.target)
    if row.unit == "money":
        written = theme.short_money(row.target)
    if row.reached is None:
        return html.Span(f"target {written}")
    return html.Span([html.B("✓" if row.reached else "✗"), f" target {written}"], className="gain" if row.reached else "loss")


def _signal(row: ScoreboardRow) -> Component:
    """Whether its months say more than chance would."""
    if row.signal is None or row.state == NOT_MEASURED:
        return html.Span("")
    return html.Span(SIGNALS[row.signal], className="quiet")


def _months(months: list[ScoreboardMonth], metric: str) -> Component:
    if len(months) < 2:
        return html.Div(className="slots spark")
    scale = Scale.over(metric, [month.value for month in months], along="y")
    bars = [scale.mark(month.value) for month in months]
    return html.Span([columns(scale, bars, "spark", periods=[month.month for month in months])], className=BESIDE)


def _before(row: ScoreboardRow, measured: Measured, theme: Theme) -> Component:
    """The same month a year before, in the metric's own unit."""
    if len(measured.months(row.metric)) < 2:
        return html.Span("")
    write = theme.share if row.unit == "share" else theme.short_money if row.unit == "money" else theme.whole
    return a_year_ago(measured.last_year.get(row.metric), write)


def _axis(measured: Measured, options: Options) -> TimeAxis | None:
    """The months that the metrics share, and one row of bars a metric that has them."""
    drawn = [months for row in measured.board if len(months := measured.months(row.metric)) > 1]
    if not drawn:
        return None
    starts = sorted({month.month for months in drawn for month in months})
    return TimeAxis(tuple(starts), last_of(starts[-1]), tuple(Subject(moved_by(months[0].metric)) for months in drawn))


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "customer_day",
        "customer_month",
        "customer_movement",
        "undated_loss",
        "reason_day",
        "reason",
        "renewal_month",
        "retention_month",
        "tier_month",
        "referral_month",
        "metric_definition",
        "target",
        "action",
        "employee",
    ),
    metrics=PARTS,
    subject="How our metrics are doing",
    needs=((CUSTOMERS,),),
    feeds=(CUSTOMER_FEED,),
    timeless=OF_NAMED_DAYS,
    axis=_axis,
    shifts=lambda connection, scope, _: scoreboard_shifts(connection, scope),
    smallest=(Smallest(25, 8),),
)
