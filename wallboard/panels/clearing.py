"""When will nothing be open? By when, if the weeks go on as they have: as likely as not, likely, and almost certain; or never.

Ten thousand simulations draw past weeks at random, each with what was solved and what arrived in it; 50, 85 and 95 of 100 were
clear by then. "Solved" is the helpdesk's word. For leaders, from four metres.
"""

from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import bar, metric_link, nothing
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import COMPLAINTS
from wallboard.metrics.forecasts import FEWEST, HORIZON, ClearedRuns, clearing
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import NO_CASES
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

LIKELY = (("as likely as not", 50), ("likely", 85), ("almost certain", 95))
"""How sure a week is, in words, and of how many of 100 simulations."""


class Options(Base):
    """Which weeks are drawn."""

    weeks: int = Field(26, ge=7, le=104, description="complete past weeks to draw from")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[ClearedRuns, ...]:
    """The runs, by weeks needed."""
    return clearing(connection, scope, weeks=options.weeks)


def draw(rows: tuple[ClearedRuns, ...], options: Options, theme: Theme) -> Picture:
    """One number, and a row for each degree of certainty."""
    forecast = rows[0]
    if forecast.state == NO_CASES:
        return Picture("Nothing is open", nothing("Every complaint has been solved by its source."))
    if forecast.open is None or forecast.cleared_share is None:
        weeks = theme.plural(forecast.weeks_seen, "complete week", "complete weeks")
        return Picture("No forecast yet", nothing(f"There are {weeks}; a forecast needs {theme.whole(FEWEST)}."))
    body = html.Div([_answer(forecast, forecast.cleared_share, theme), _rows(forecast, theme)], className="clearing")
    return Picture(_headline(forecast, theme), body, note=_basis(forecast, theme))


def _headline(forecast: ClearedRuns, theme: Theme) -> str:
    if forecast.week_85 is not None:
        return f"Nothing is likely to be open by {_month(forecast.week_85, theme)}"
    if forecast.arrived > forecast.departed:
        why = "more arrive than are solved"
    elif forecast.arrived == forecast.departed:
        why = "as many arrive as are solved"
    else:
        why = "hardly more are solved than arrive"
    if forecast.week_50 is not None:
        return f"As likely as not, clear by {_month(forecast.week_50, theme)}: {why}"
    return f"Not expected to clear: {why}"


def _month(weeks: int, theme: Theme) -> str:
    return theme.month(theme.today + timedelta(weeks=weeks))


def _answer(forecast: ClearedRuns, cleared: float, theme: Theme) -> Component:
    still = f"until none of {theme.plural(forecast.open or 0, 'complaint', 'complaints')} is open, if weeks go on as they went"
    if forecast.week_85 is None:
        never = metric_link(theme.whole(100 - int(100 * cleared)), "weeks_to_clear", "headline-number giant loss")
        return html.P([never, html.Span(f"of 100 simulations are not clear after {HORIZON // 52} years")], className="answer")
    weeks = forecast.week_85
    number = metric_link(theme.whole(weeks), "weeks_to_clear", "headline-number giant")
    return html.P([number, html.Span([html.B("week" if weeks == 1 else "weeks"), f" {still}"])], className="answer")


def _rows(forecast: ClearedRuns, theme: Theme) -> Component:
    """A bar of weeks for each degree of certainty, with the month in which it ends."""
    weeks = dict(zip((50, 85, 95), (forecast.week_50, forecast.week_85, forecast.week_95), strict=True))
    longest = max((known for known in weeks.values() if known is not None), default=0)
    scale = Scale("weeks", float(max(1, longest)))
    return html.Ul([_row(words, of, weeks[of], scale, theme) for words, of in LIKELY])


def _row(words: str, of: int, weeks: int | None, scale: Scale, theme: Theme) -> Component:
    name = html.Div([html.B(words), html.Span(f"{of} of 100 simulations", className="quiet")])
    if weeks is None:
        return html.Li([name, html.Span(f"not within {theme.plural(HORIZON, 'week', 'weeks')}", className="quiet never")])
    when = html.Div([html.B(_month(weeks, theme)), html.Span(theme.plural(weeks, "week", "weeks"), className="quiet")])
    return html.Li([name, bar(scale, weeks, "gain" if of == 85 else "calm"), when])


def _basis(forecast: ClearedRuns, theme: Theme) -> str:
    weeks = theme.plural(forecast.weeks_seen, "week", "weeks")
    return f"{weeks}: {theme.whole(forecast.arrived)} arrived, {theme.whole(forecast.departed)} solved"


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("complaint_day", "complaint_month", "voice"),
    metrics=("weeks_to_clear",),
    subject="How long until nothing is open",
    needs=((COMPLAINTS,),),
    judges=lambda scope, _: span(full_weeks(scope, 4)),
    feeds=(COMPLAINT_FEED,),
    verdict=True,
    unmarked="its months lie ahead",
    no_last_year="its months lie ahead",
    smallest=(
        Smallest(38, 16),
        Smallest(51, 13),
        Smallest(76, 11),
    ),
)
