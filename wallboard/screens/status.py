"""The state of the data: every source, its newest fact, its last load, and the rows that were refused."""

import pandas as pd
from dash import html
from dash.development.base_component import Component

from wallboard.drawing.look import Look
from wallboard.drawing.words import as_of_words, whole
from wallboard.screens.freshness import Freshness
from wallboard.settings import Room


def status(room: Room, look: Look, fresh: Freshness, runs: pd.DataFrame, refused: pd.DataFrame) -> Component:
    """One table of sources and one of refused rows."""
    ages = {age.source: age for age in fresh.ages}
    rows = []
    for _, run in runs.iterrows():
        age = ages.get(run["source"])
        fact = as_of_words(age.fact_at, look.now, look.zone, look.locale) if age and age.fact_at else "not dated"
        counts = [whole(int(run[f"rows_{name}"]), look.locale) for name in ("read", "new", "changed", "same", "refused")]
        cells = [run["source"], run["file"], age.state if age else "not loaded", fact, *counts]
        rows.append(html.Tr([html.Td(cell) for cell in cells], className=run["status"]))
        if run["message"]:
            rows.append(html.Tr(html.Td(run["message"], colSpan=len(cells), className="message")))
    head = ("source", "file", "state", "newest fact", "read", "new", "changed", "same", "refused")
    return html.Main(
        [
            html.Header([html.H1("What has been loaded"), html.P(html.A("Back to the lobby", href="/"))]),
            _table(head, rows, "Nothing has been loaded yet. Load the room's exports with: wallboard load"),
            html.H2("Rows that were refused"),
            _table(("source", "file", "row", "column", "why, and what to do", "the row as it came"), _refused(refused), "None."),
            *([html.Footer("Demo data", className="demo")] if room.settings.demo else []),
        ],
        className=f"page wide {room.settings.theme}",
    )


def _refused(refused: pd.DataFrame) -> list[Component]:
    rows = []
    for _, row in refused.iterrows():
        why = f"{row['reason']} {row['remedy']}"
        cells = (row["source"], row["file"], row["row_no"], row["column_name"] or "", why, row["raw"][:300])
        rows.append(html.Tr([html.Td(cell) for cell in cells]))
    return rows


def _table(head: tuple[str, ...], rows: list[Component], empty: str) -> Component:
    if not rows:
        return html.P(empty)
    return html.Table([html.Thead(html.Tr([html.Th(name, scope="col") for name in head])), html.Tbody(rows)])
