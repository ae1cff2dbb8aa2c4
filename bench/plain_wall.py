"""A wall as a Dash developer writes it on a first afternoon: three figures, an interval of two seconds, one callback.

Run by bench.beside as a program of its own: `python -m bench.plain_wall TICKETS.sqlite PORT`.
"""

import sqlite3
import sys
from contextlib import closing
from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
from waitress import serve

WEEKS = 26
CHARTS = ("weeks", "kinds", "stages")


def main() -> None:
    """Serve until stopped."""
    serve(plain_wall(sys.argv[1]).server, host="127.0.0.1", port=int(sys.argv[2]), threads=12)


def plain_wall(store: str) -> Dash:
    """The wall of the tickets in a SQLite file."""
    app = Dash(__name__, title="A plain wall")
    graphs = [dcc.Graph(id=name, style={"width": "33vw", "height": "80vh"}) for name in CHARTS]
    app.layout = html.Div(
        [html.H1("Tickets"), dcc.Interval(id="pulse", interval=2000), html.Div(graphs, style={"display": "flex"})]
    )

    @app.callback(*(Output(name, "figure") for name in CHARTS), Input("pulse", "n_intervals"))  # type: ignore[untyped-decorator]
    def draw(_: int | None) -> tuple[go.Figure, ...]:
        with closing(sqlite3.connect(store)) as connection:
            tickets = pd.read_sql("SELECT at, kind, stage FROM ticket", connection, parse_dates=["at"])
        return tuple(_figures(tickets))

    return app


def asked(pulse: int) -> dict[str, Any]:
    """What Dash's own renderer posts when the interval has passed for the n-th time."""
    outputs = [{"id": name, "property": "figure"} for name in CHARTS]
    return {
        "output": "..{}..".format("...".join(f"{output['id']}.{output['property']}" for output in outputs)),
        "outputs": outputs,
        "inputs": [{"id": "pulse", "property": "n_intervals", "value": pulse}],
        "changedPropIds": ["pulse.n_intervals"],
    }


def _figures(tickets: pd.DataFrame) -> list[go.Figure]:
    weeks = tickets.set_index("at").resample("W").size().tail(WEEKS).reset_index(name="tickets")
    kinds = tickets["kind"].value_counts().reset_index()
    stages = tickets["stage"].value_counts().reset_index()
    return [
        px.line(weeks, x="at", y="tickets", title="Tickets a week"),
        px.bar(kinds, x="count", y="kind", orientation="h", title="What it is about"),
        px.bar(stages, x="stage", y="count", title="Where it happens"),
    ]


if __name__ == "__main__":
    main()
