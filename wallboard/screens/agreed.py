"""What the room has agreed on about a panel's metrics: whether they may hang on a wall, and what has changed."""

from collections.abc import Collection
from dataclasses import dataclass

from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.drawing.theme import Theme
from wallboard.metrics.definitions import VERSIONS, breaks, definitions
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel, Picture

TABLES = ("metric_definition", *VERSIONS)
"""What every panel with metrics depends on, besides the tables that it reads itself."""

NOT_SHOWN = "—"


@dataclass(frozen=True)
class Agreed:
    """A sentence where the panel stays off the wall, one where its numbers are not comparable with earlier ones, and what
    of a panel that stays is no priority.
    """

    off: str = ""
    changed: str = ""
    hidden: frozenset[str] = frozenset()


def agreed(connection: Connection, scope: Scope, panel: AnyPanel, theme: Theme) -> Agreed:
    """What holds for a panel today; nothing for one without metrics. Read once for all panels of one store and scope."""
    if not panel.metrics:
        return Agreed()
    mine = [row for row in definitions(connection, scope) if row.metric in panel.metrics]
    if mine and not any(row.priority for row in mine):
        return Agreed(off=_off([f"‘{row.name}’" for row in mine]))
    newest = [row for row in breaks(connection, scope) if row.metric in panel.metrics][-1:]
    hidden = frozenset(row.metric for row in mine if not row.priority)
    days = (theme.full_day(row.valid_from) for row in newest)
    changed = "".join(f"Definition changed on {day}: earlier numbers are not comparable" for day in days)
    return Agreed(changed=changed, hidden=hidden)


def without(picture: Picture, hidden: Collection[str]) -> Picture:
    """The picture with a dash in the place of each number of a metric that is no priority."""
    if hidden:
        for part in (picture.headline, picture.note, picture.body):
            _dash(part, hidden)
    return picture


def _dash(part: object, hidden: Collection[str]) -> None:
    if isinstance(part, list | tuple):
        for child in part:
            _dash(child, hidden)
    elif isinstance(part, Component):
        if getattr(part, "data-metric", None) in hidden:
            part.children = NOT_SHOWN
        _dash(getattr(part, "children", None), hidden)


def _off(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} is not a priority metric now; it stays off the wall."
    listed = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} are not priority metrics now; they stay off the wall."
