"""Rows that break a rule of the room, what to do about each, and the word of somebody who leads that one may stand."""

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from wallboard.records.acting import Acting
from wallboard.records.row_reviews import acknowledge
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, text
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.wording import who_may
from wallboard.store.violations import BrokenRow, broken_rows

ADDRESS = "/room/rows"


def rows_page(page: PageContext) -> list[Component]:
    """Those that nobody has looked at first, each with its form; then those that may stand, with who says so and why."""
    rows = [*broken_rows(page.connection)]
    hint = "They were written by an older version, or without the room. Each counts as it is; none is changed."
    head = html.Header([html.H1("Rows that break a rule of the room"), html.P(hint, className="hint")])
    waiting = [html.Li(_waiting(row, page)) for row in rows if row.review is None]
    reviewed = [html.Li(_reviewed(row, page)) for row in rows if row.review is not None]
    may = [] if page.allowed("row_reviewed") else [html.P(who_may("row_reviewed", page), className="hint")]
    return [
        head,
        *may,
        _section("Not reviewed yet", waiting, "None."),
        _section("Reviewed: they may stand", reviewed, "None has been reviewed."),
        html.P(html.A("What has been loaded", href="/status")),
    ]


def _section(title: str, rows: Sequence[Component], none: str) -> Component:
    return html.Section([html.H2(title), html.Ul([*rows], className="admin-list") if rows else html.P(none)])


def _row(row: BrokenRow) -> Component:
    return html.P([html.B(f"{row.table} ({row.key})", dir="auto"), f" {row.sentence}"])


def _waiting(row: BrokenRow, page: PageContext) -> list[Component]:
    parts = [_row(row), html.P(row.refused.remedy, className="hint")]
    if page.allowed("row_reviewed"):
        hidden = [dbc.Input(type="hidden", name=name, value=value) for name, value in (("rule", row.rule), ("row_key", row.key))]
        fields = [*hidden, text("words", "Why may it stand?", rows=1)]
        parts.append(fold("It may stand", form("/room/do/review-row/0", fields, button("Write it down"), name="review-row")))
    return parts


def _reviewed(row: BrokenRow, page: PageContext) -> list[Component]:
    assert row.review is not None
    who = html.P(f"{row.review.by}, {page.instant(row.review.at)}", className="hint")
    return [_row(row), html.P(row.review.words, dir="auto"), who]


def _review(act: Acting, _none: int, sent: Sent) -> Done:
    row = acknowledge(act, sent.text("rule") or "", sent.text("row_key") or "", sent.text("words"))
    return Done(f"Written down: {row.table} ({row.key}) may stand.", ADDRESS)


ROW_ACTIONS: dict[str, Action] = {"review-row": _review}
"""What is said of rows that break a rule."""
