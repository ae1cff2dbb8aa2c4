"""What happens in the room, as walls tell it at once: a line since this morning, and a moment for a customer's acceptance.

It is of now even where a session holds a wall. A moment is told only while it is new: a screen that comes later shows none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2b

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Engine

from wallboard.clock import Clock, elapsed
from wallboard.drawing.glyphs import quotation
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.errors import NotFound
from wallboard.metrics.activity import ACCEPTED, LATE, READS, Acceptance, HappenedToday, acceptances, happened_today
from wallboard.metrics.scope import Scope
from wallboard.screens.themes import Themes
from wallboard.settings import Settings
from wallboard.store.connections import reading
from wallboard.store.versions import Versions

STRIP, MOMENT = "since-morning", "moment"
"""The ids of their places on a board: the line in the place of a golden rule, or of a scene's news; the moment above all."""

NEW = timedelta(seconds=30)
"""For so long after it was written an acceptance is told to screens."""

AT_ONCE, WORKING = 500, 10.0
"""Milliseconds between two pulses of a wall while somebody works in the console, and for how long one of its pages counts."""

QUOTE, COMPLAINT = 220, 110
"""Letters of the customer's words, and of what they had said, before they are cut at a word."""


@dataclass(frozen=True)
class Today:
    """What has happened in a perimeter by a version of the tables."""

    made_of: tuple[object, ...]
    happened: tuple[HappenedToday, ...]
    accepted: tuple[Acceptance, ...]

    @property
    def token(self) -> str:
        """What a screen knows the line by; nothing where nothing has happened, as a board comes with an empty one."""
        return blake2b(repr((self.made_of[0], self.happened)).encode(), digest_size=8).hexdigest() if self.happened else ""


class Activity:
    """What has happened today in each perimeter, read anew only where a table of it has changed: every pulse asks."""

    def __init__(self, settings: Settings, engine: Engine, clock: Clock, themes: Themes) -> None:
        self._settings, self._engine, self._clock, self._themes = settings, engine, clock, themes
        self._known: dict[str | None, Today] = {}
        self._worked = -WORKING

    def today(self, perimeter: str | None, versions: Versions) -> Today:
        """What has happened by these versions of the tables."""
        now = self._clock()
        scope = Scope.of(self._settings, versions.as_of(now), perimeter)
        made_of: tuple[date, list[int], bool] = (
            scope.today,
            [versions.get(table, 0) for table in READS],
            versions.ahead_of(now),
        )
        known = self._known.get(perimeter)
        if known is None or known.made_of != made_of:
            with reading(self._engine) as connection:
                known = Today(made_of, happened_today(connection, scope), acceptances(connection, scope))
            self._known[perimeter] = known
        return known

    def announced(self, today: Today, perimeter: str | None) -> dict[str, object]:
        """What a wall is told besides: how soon it asks again, and the acceptances that are new, the oldest first.

        No moment is told in the quiet hours.
        """
        now = self._clock()
        new = [_key(each) for each in today.accepted if timedelta() <= now - each.at < NEW]
        soon = {"every": AT_ONCE} if elapsed() - self._worked < WORKING else {}
        return soon | ({"moments": new} if new and not is_quiet(self._settings, now, perimeter) else {})

    def moment(self, key: str, perimeter: str | None, versions: Versions, screen: str | None) -> list[Component]:
        """One acceptance of today, drawn for a whole wall; raises NotFound."""
        accepted = self.today(perimeter, versions).accepted
        for each in accepted:
            if _key(each) == key:
                return moment(each, self._themes(screen, perimeter, self._clock()))
        raise NotFound("This moment", "is over, or belongs to another part of the business.", "")

    def line(self, perimeter: str | None, versions: Versions, screen: str | None) -> dict[str, object]:
        """The picture of the line."""
        today = self.today(perimeter, versions)
        line = strip(today.happened, self._themes(screen, perimeter, self._clock()))
        return {"token": today.token, "state": "current", "parts": {STRIP: line}}

    def works(self) -> None:
        """A page of the console is open: somebody may write in a moment."""
        self._worked = elapsed()


def is_quiet(settings: Settings, now: datetime, perimeter: str | None) -> bool:
    """Whether an instant lies in the quiet hours, which may pass midnight, on the clocks of a perimeter."""
    if settings.quiet_hours is None:
        return False
    begins, ends = settings.quiet_hours
    at = now.astimezone(settings.zone(perimeter)).time()
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def strip(happened: Sequence[HappenedToday], theme: Theme) -> list[Component]:
    """Since this morning: 1 accepted, 2 promised, 1 late; nothing where nothing has happened."""
    if not happened:
        return []
    tones = {ACCEPTED: "gain", LATE: "loss"}
    each = [html.Li([html.B(theme.whole(row.count)), f" {row.kind}"], className=tones.get(row.kind, "")) for row in happened]
    return [html.Span("Since this morning", className="morning"), html.Ul(each)]


def moment(accepted: Acceptance, theme: Theme) -> list[Component]:
    """The customer's own words first, as written; then what they had said, how long it took, and who solved it."""
    words = crop(accepted.words, QUOTE)
    size = next(name for name, letters in (("giant", 30), ("huge", 90), ("large", QUOTE + 1)) if len(words) <= letters)
    solved = f", solved by {accepted.functions}" if accepted.functions else ""
    return [
        html.P("A customer has just said yes", className="occasion"),
        html.Div(quotation(words), className=f"accepted-words {size}"),
        html.P(["It began with ", html.Q(crop(accepted.complaint, COMPLAINT), dir="auto")]),
        html.P(f"Accepted on day {theme.whole(accepted.days)}{solved}", className="quiet"),
    ]


def _key(accepted: Acceptance) -> str:
    return f"{accepted.issue}-{accepted.seq}"
