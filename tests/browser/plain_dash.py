"""What a plain Dash developer would write as a panel: complaints by month as a Plotly Express figure, of the room nothing."""

import plotly.express as px
import plotly.graph_objects as go
from dash import dcc

from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Options, Panel, Picture

Months = dict[str, int]


def measure(connection: Connection, scope: Scope, options: Options) -> Months:
    """Complaints by the first day of their month."""
    return {f"2026-{month:02}-01": 1000 + 333 * month for month in range(1, 7)}


def draw(months: Months, options: Options, theme: object) -> Picture:
    """A line, in two lines of Plotly Express."""
    drawn = px.line(x=list(months), y=list(months.values()), labels={"x": "month", "y": "complaints"}, title="All kinds")
    drawn.add_trace(go.Bar(x=list(months), y=[number // 2 for number in months.values()], name="solved"))
    return Picture("Complaints grow", drawn)


PANEL = Panel(Options, measure, draw, reads=("voice_day",), subject="How many complain", timeless="a test's panel")


def draw_words(months: Months, options: Options, theme: object) -> Picture:
    """A component that only Dash's own renderer draws."""
    return Picture("Complaints in words", dcc.Markdown(f"There were **{sum(months.values())}** of them."))


WORDS = Panel(Options, measure, draw_words, reads=("voice_day",), subject="How many complain", timeless="a test's panel")
