"""Where a number comes from, one touch away: what it means for everybody; its files, rows and SQL for who is signed in.

The panel is measured anew, so that the sheet shows what was really asked.
"""

import logging
from dataclasses import replace
from typing import TypeVar

from flask import Blueprint, Response, request
from sqlalchemy import Connection

from wallboard.catalogue import catalogue
from wallboard.errors import NotFound, RoomError, nearest
from wallboard.layout import Placed
from wallboard.metrics.definitions import (
    DefinedMetric,
    MetricAction,
    MetricVersion,
    definition_versions,
    definitions,
    metric_actions,
)
from wallboard.metrics.memo import Memo
from wallboard.metrics.provenance import loaded_files, provenance_customers
from wallboard.metrics.scope import Scope
from wallboard.records.access import Access
from wallboard.screens.serialise import json_answer
from wallboard.screens.sheet import Provenance, SheetContent, sheet
from wallboard.screens.take_up import take_up
from wallboard.screens.touched import Touched
from wallboard.store.captured_sql import Statement, captured_sql
from wallboard.store.connections import reading
from wallboard.store.feeds import FEEDS
from wallboard.store.zones import EVERYTHING

Of = TypeVar("Of", DefinedMetric, MetricVersion, MetricAction)

log = logging.getLogger(__name__)

CHANGES = {
    "new_customers": "new", "new_value": "new", "won_back_customers": "won back", "lost_customers": "lost", "lost_value": "lost",
    "unknown_reason": "lost", "net_customers": "new,won back,lost", "net_value": "new,won back,lost",
}  # fmt: skip
"""Metrics that count changes of single customers: which changes stand behind them."""

FAILED = "The rows behind it could not be measured. The room's log says why."


class Drill(Touched):
    """Answers a touch on a number or on a panel's head."""

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("drill", __name__)
        routes.add_url_rule("/source/<name>", view_func=self.source)
        return routes

    def source(self, name: str) -> Response:
        """The sheet of one panel, or of one metric of it; a sentence where there is none."""
        return json_answer(self._sheet(name))

    def _sheet(self, name: str) -> dict[str, object]:
        theme, scope = self.screen_view()
        perimeter = self.addresses.perimeter(request.args.get("perimeter"))
        placed = self.addresses.board(request.args.get("path", "/"), perimeter).placed().get(name)
        if placed is None:
            raise NotFound(name, "there is no such panel on this screen.", "Reload the screen.")
        metric = request.args.get("metric") or request.args.get("figure") or None  # figure: what it was called before
        if metric is not None and metric not in catalogue():
            raise NotFound(f"?metric={metric}", "there is no such metric.", nearest(metric, catalogue()))
        with reading(self.engine) as connection, Memo().of("this sheet"):
            content = self._find(connection, scope, placed, metric)
            behind = content.behind
            if behind and not behind.problem and placed.panel.absence(connection, scope, placed.options) is None:
                offer = take_up(
                    connection, self.user(connection), placed, behind.measured, metric, perimeter or EVERYTHING, theme
                )
                content = replace(content, offer=offer)
        return {"children": sheet(content, theme)}

    def _find(self, connection: Connection, scope: Scope, placed: Placed, metric: str | None) -> SheetContent:
        wanted = (metric,) if metric else placed.panel.metrics
        gave = [name for name, feed in FEEDS.items() if set(feed.tables) & set(placed.panel.reads)]
        return SheetContent(
            show=placed.show,
            definitions=_of(definitions(connection, scope), wanted),
            versions=_of(definition_versions(connection, scope), wanted),
            actions=_of(metric_actions(connection, scope), wanted),
            files=loaded_files(connection, scope, feeds=",".join(gave)),
            behind=_provenance(connection, scope, placed, wanted) if self.may_see(connection, Access.PROVENANCE) else None,
        )


def _provenance(connection: Connection, scope: Scope, placed: Placed, wanted: tuple[str, ...]) -> Provenance:
    measured, statements, problem = _measured(connection, scope, placed)
    kinds = ",".join(dict.fromkeys(CHANGES[key] for key in wanted if key in CHANGES))
    return Provenance(
        tables=placed.panel.reads,
        customers=provenance_customers(connection, scope, kinds=kinds) if kinds else (),
        measured=measured,
        statements=tuple(statements),
        problem=problem,
    )


def _measured(connection: Connection, scope: Scope, placed: Placed) -> tuple[object, list[Statement], str]:
    with captured_sql(connection) as statements:
        try:
            return placed.panel.measure(connection, scope, placed.options), statements, ""
        except RoomError as refusal:
            return (), statements, str(refusal)
        except Exception:
            log.exception("panel %s (%s) could not be measured for its sheet", placed.id, placed.show)
            return (), statements, FAILED


def _of(rows: tuple[Of, ...], wanted: tuple[str, ...]) -> tuple[Of, ...]:
    return tuple(row for row in rows if row.metric in wanted)
