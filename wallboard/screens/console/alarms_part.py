"""What leaders should be asked about: a roster item to which nothing happens, and a target that is met since its rule changed."""

from dash import html
from dash.development.base_component import Component

from wallboard.metrics.roster import RosterTarget
from wallboard.metrics.roster_alarms import SILENT, eased_targets
from wallboard.metrics.scope import Scope
from wallboard.screens.console.page_context import PageContext


def silence(target: RosterTarget | None, page: PageContext) -> list[Component]:
    """That nothing has happened for as long as leaders are asked about it."""
    if target is None or target.silent_days is None or target.silent_days < SILENT:
        return []
    return [html.P(f"Nothing has happened for {page.count(target.silent_days, 'day', 'days')}.", className="alert")]


def eased(page: PageContext) -> list[Component]:
    """Every target that is met only since it, or what it measures, was changed."""
    rows = eased_targets(page.connection, Scope.of(page.settings, page.theme.now))
    return [
        html.P(f"{row.name} meets its target since its {row.what} was changed on {page.day(row.changed_on)}.", className="alert")
        for row in rows
    ]
