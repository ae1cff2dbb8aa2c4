"""Everything that one picture is drawn from, as of one instant: measured now, or kept since a session began."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection

from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.metrics.availability import Absence
from wallboard.metrics.scope import Scope
from wallboard.panel import News
from wallboard.screens.agreed import Agreed, agreed
from wallboard.screens.happened import Happened, happened
from wallboard.screens.judging import Doubt, doubt
from wallboard.screens.news import news_of
from wallboard.screens.week_ago import week_ago


@dataclass(frozen=True)
class Seen:
    """What a panel measured, and what the store says of it besides; `measured` is None where it is kept off the wall.

    restated: the same, measured now, where a session has kept other rows.
    """

    measured: object
    agreement: Agreed = field(default_factory=Agreed)
    in_doubt: Doubt = field(default_factory=Doubt)
    happened: Happened = field(default_factory=Happened)
    news: tuple[News, ...] = ()
    restated: "Seen | None" = None


Look: TypeAlias = Callable[[Connection, Scope, Placed, Theme], Seen]
"""Where a picture gets from what it is drawn from."""


def see(connection: Connection, scope: Scope, placed: Placed, theme: Theme) -> Seen:
    """What a panel is drawn from as the store stands; where a feed forbids a verdict, nothing is news but what fell due."""
    agreement = agreed(connection, scope, placed.panel, theme)
    if agreement.off:
        return Seen(None, agreement)
    measured = placed.panel.read(connection, scope, placed.options)
    in_doubt = doubt(connection, scope, placed.panel)
    what = happened(connection, scope, placed.panel, measured, placed.options)
    earlier = week_ago(connection, scope, placed)
    news = () if isinstance(measured, Absence) else news_of(measured, earlier, theme, judged=in_doubt.cause is None)
    return Seen(measured, agreement, in_doubt, what, news)
