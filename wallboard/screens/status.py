"""The state of the data: every source, its newest fact and its last load; files and refused rows for who may see them."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.theme import Theme
from wallboard.errors import RowRefused
from wallboard.metrics.freshness import Load, RefusedRow
from wallboard.records.access import Access, may_see
from wallboard.records.users import User
from wallboard.screens.demo_note import demo_note
from wallboard.screens.freshness import Freshness
from wallboard.settings import Room

COUNTS = ("read", "new", "changed", "same", "gone", "refused", "left_out")

PRIVATE = "Files and refused rows contain customers’ data: sign in as somebody who works in this room to see them."


def status(
    room: Room,
    theme: Theme,
    fresh: Freshness,
    runs: Sequence[Load],
    refused: Sequence[RefusedRow],
    broken: Sequence[RowRefused] = (),
    me: User | None = None,
) -> Component:
    """One table of sources, one of refused rows, before them rows that break a rule; `me` decides how much of them is told."""
    shown = _refused(refused, raw=may_see(me, Access.REFUSED_ROWS)) if may_see(me, Access.LOADS) else _closed()
    return html.Main(
        [
            html.Header([html.H1("What has been loaded"), html.P(html.A("Back to the lobby", href="/"))]),
            _loads(theme, fresh, runs, files=may_see(me, Access.LOADS)),
            *(_broken(broken, named=may_see(me, Access.LOADS)) if broken else []),
            html.H2("Rows that were refused"),
            shown,
            *demo_note(room.settings),
        ],
        className=f"page wide {room.settings.theme}",
    )


def _loads(theme: Theme, fresh: Freshness, runs: Sequence[Load], *, files: bool) -> Component:
    ages = {age.source: age for age in fresh.ages}
    rows = []
    for run in runs:
        age = ages.get(run.source)
        fact = theme.as_of(age.fact_at) if age and age.fact_at else "not dated"
        counts = [theme.whole(getattr(run, f"rows_{name}")) for name in COUNTS]
        cells = [run.source, age.state if age else "not loaded", fact, *counts, *([run.file] if files else [])]
        rows.append(html.Tr([html.Td(cell) for cell in cells], className=run.status))
        if run.message and files:
            rows.append(html.Tr(html.Td(run.message, colSpan=len(cells), className="message")))
    head = ("source", "state", "newest fact", *(name.replace("_", " ") for name in COUNTS), *(("file",) if files else ()))
    return _table(head, rows, "Nothing has been loaded yet. Load the room's exports with: wallboard load")


def _refused(refused: Sequence[RefusedRow], *, raw: bool) -> Component:
    rows = []
    for row in refused:
        place = (row.source, row.file, row.row_no, row.column_name or "")
        why = (f"{row.reason} {row.remedy}", row.raw[:300]) if raw else (row.remedy,)
        rows.append(html.Tr([html.Td(cell) for cell in (*place, *why)]))
    head = ("source", "file", "row", "column", *(("why, and what to do", "the row as it came") if raw else ("what to do",)))
    return _table(head, rows, "None.")


def _broken(broken: Sequence[RowRefused], *, named: bool) -> list[Component]:
    """Rows of the store that break a rule of the room; whoever does not work here is told how many."""
    head = html.H2("Rows that break a rule of the room")
    if not named:
        many = "1 row breaks" if len(broken) == 1 else f"{len(broken)} rows break"
        return [head, html.P(f"{many} a rule. Whoever looks after the room finds them here, signed in, or with: wallboard check")]
    rows = [html.Tr([html.Td(cell) for cell in (row.where, row.what, row.remedy)]) for row in broken]
    return [head, _table(("row", "the rule", "what to do"), rows, "None.")]


def _closed() -> Component:
    return html.P([PRIVATE, " ", html.A("Sign in", href="/room")])


def _table(head: tuple[str, ...], rows: list[Component], empty: str) -> Component:
    if not rows:
        return html.P(empty)
    return html.Table([html.Thead(html.Tr([html.Th(name, scope="col") for name in head])), html.Tbody(rows)])
