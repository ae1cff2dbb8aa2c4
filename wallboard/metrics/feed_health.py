"""Whether the series of a feed may be judged, and if not, why: its source is late, has stopped, or its volume has collapsed.

One decision for all panels that judge (rate, signals, counts down, flow, forecasts, cost ...):

    health = feed_health(connection, scope, "voice", "complaint:")   # shared: measured once for all panels of a version
    health.may_judge      # False: no verdict, no colour of praise, no "halved"
    health.cause          # the Trouble that forbids it (None where it may be judged): what a headline says
    health.troubles       # everything that is not as it was, the cause first: a source or perimeter that is to be named
    health.doubtful(week) # a past week inside a collapse: draw it, never judge it

`feed_troubles` is the same as a metric; wallboard.drawing.feeds has the sentences. The states:

    never loaded  no fact of the feed is dated before the as-of instant: nothing to judge, and no verdict to forbid
    late          the newest fact of a source is older than one and a half of its cadence in room.toml, and than its usual pauses
    stopped       nothing came since `newest`, which chance does not explain; without a cadence this is the only sign of it
    collapsed     less than a fifth of what came before, since one week and in every kind (wallboard.metrics.collapse)

Where several sources or perimeters feed one number, each is asked: one that is gone is a trouble, and forbids a verdict where it
gave at least a tenth of the whole and the whole has not made up for it. A fall that a person has found to be real (`real_fall` in
room.toml) is no trouble, until the source is late. Zero is no state of this module: a feed that is current and brings nothing has
brought zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise

from sqlalchemy import Connection, select

from wallboard.metrics.collapse import HELD, Collapse, collapses, in_every_kind
from wallboard.metrics.feed_volumes import Key, Volumes, local_day
from wallboard.metrics.freshness import fact_state, newest_facts
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope, month_of
from wallboard.store.schema import source_day, source_state

NEVER, LATE, STOPPED, COLLAPSED = "never loaded", "late", "stopped", "collapsed"

_WORST = (COLLAPSED, LATE, STOPPED)

MATERIAL = 0.1
"""A part that gave less than this share of the whole is named, and the whole is judged."""

PAUSES, _OFTEN = timedelta(weeks=12), 4
"""A pause that came so often in so long is a source's habit (a desk that is closed at weekends), and no lateness."""

BY_MONTH = frozenset({"customer_money", "customer_behaviours"})
"""Feeds of one fact a month, dated with its first day: it tells the month to its end."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One source of a feed, or one perimeter of it, that is not as it was; `perimeter` is None for the whole source.

    `newest` is the day of its newest fact, `since` the Monday of the week in which its volume fell, `before` and `now` are
    volumes a week. `blocks`: what it feeds may not be judged. state: never loaded, late, stopped, collapsed.
    """

    feed: str
    state: str
    source: str
    perimeter: str | None
    newest: date | None
    since: date | None
    before: float | None
    now: float | None
    blocks: bool


@dataclass(frozen=True)
class FeedHealth:
    """What is wrong with a feed, worst first, and the past weeks that are in doubt."""

    feed: str
    troubles: tuple[Trouble, ...]
    doubts: tuple[tuple[date, date | None], ...] = ()

    @cached_property
    def cause(self) -> Trouble | None:
        """What forbids a verdict."""
        return next((trouble for trouble in self.troubles if trouble.blocks), None)

    @property
    def may_judge(self) -> bool:
        """True where nothing forbids a verdict."""
        return self.cause is None

    def doubtful(self, week: date) -> bool:
        """Whether the week that begins on this Monday lies in a collapse that nobody has found to be real."""
        return any(start <= week and (end is None or week < end) for start, end in self.doubts)


def feed_troubles(connection: Connection, scope: Scope, feed: str = "voice", part: str = "") -> tuple[Trouble, ...]:
    """What forbids to judge a feed, or is to be named beside a number that it feeds; no row: nothing.

    `part` restricts it to parts that begin so (complaint:, doorstep:on_time).

    Grain: one row per source or perimeter that is not as it was, what blocks first.
    """
    return feed_health(connection, scope, feed, part).troubles


@memoised
def feed_health(connection: Connection, scope: Scope, feed: str, part: str = "") -> FeedHealth:
    """Whether a feed, or those of its parts that begin with `part`, may be judged."""
    newest = _newest(connection, scope, feed)
    if not any(newest.values()):
        return FeedHealth(feed, (Trouble(feed, NEVER, "", None, None, None, None, None, False),))
    volumes = Volumes(connection, scope, feed, part, newest)
    if not volumes.weekly and (silent := volumes.silent()):
        source, day = silent
        return FeedHealth(feed, (Trouble(feed, STOPPED, source, None, day, None, None, None, True),))
    overdue = {source: at for source, at in newest.items() if volumes.feeds(source) and _is_late(connection, scope, source, at)}
    late = [_late(scope, source, at, volumes, by_month=feed in BY_MONTH) for source, at in overdue.items()]
    whole = volumes.whole()
    falls = collapses(whole)
    gone = [trouble for trouble in _gone(volumes, whole, falls) if not _only_late(trouble, overdue.get(trouble.source), scope)]
    troubles = sorted(
        [*late, *gone], key=lambda trouble: (not trouble.blocks, _WORST.index(trouble.state), -(trouble.before or 0))
    )
    return FeedHealth(feed, tuple(troubles), volumes.doubts(falls))


def _newest(connection: Connection, scope: Scope, feed: str) -> dict[str, datetime | None]:
    """The newest fact of each source of a feed."""
    s = source_state.c
    known = {row.source: row.fact_at for row in connection.execute(select(s.source, s.fact_at).where(s.feed == feed))}
    later = [source for source, at in known.items() if at and at > scope.as_of]
    then = newest_facts(connection, scope.as_of, later)
    return {source: then.get(source) if source in later else at for source, at in known.items()}


def _only_late(gone: Trouble, newest: datetime | None, scope: Scope) -> bool:
    """Whether a volume fell only because its source, whose newest fact this is, is late: the week was not told to its end."""
    if newest is None:
        return False
    return gone.state != COLLAPSED or gone.since is None or gone.since + timedelta(days=6) > local_day(newest, scope)


def _is_late(connection: Connection, scope: Scope, source: str, at: datetime | None) -> bool:
    if at is None or fact_state(at, scope.as_of, dict(scope.cadence).get(source)) not in ("late", "stale"):
        return False
    newest = local_day(at, scope)
    return (scope.today - newest).days > _usual_pause(connection, source, newest)


def _usual_pause(connection: Connection, source: str, newest: date) -> int:
    """The days from one fact to the next that the source let pass at least four times in the twelve weeks before: weekends."""
    s = source_day.c
    here = s.source == source, s.day.between(newest - PAUSES, newest)
    days = connection.scalars(select(s.day).distinct().where(*here).order_by(s.day)).all()
    pauses = sorted(((later - day).days for day, later in pairwise(days)), reverse=True)
    return pauses[_OFTEN - 1] if len(pauses) >= _OFTEN else 0


def _late(scope: Scope, source: str, at: datetime | None, volumes: Volumes, *, by_month: bool) -> Trouble:
    own = [weekly[-24:] for (name, _), weekly in volumes.weekly.items() if name == source]
    usual = sum(sum(weekly) / len(weekly) for weekly in own if weekly)
    whole = volumes.whole()[-24:]
    small = bool(whole) and usual < MATERIAL * sum(whole) / len(whole)
    newest = local_day(at, scope) if at else None
    if newest and by_month:
        newest = min(month_of(scope, newest).end, scope.last_day)
    return Trouble(volumes.feed, LATE, source, None, newest, None, usual, None, not small)


def _gone(volumes: Volumes, whole: Sequence[float], falls: Sequence[Collapse]) -> list[Trouble]:
    """The sources and perimeters whose volume has collapsed, and the whole, whose falls are known."""
    alone = len(volumes.weekly) == 1
    newest = {key: known[-1] for key, weekly in volumes.weekly.items() if (known := falls if alone else collapses(weekly))}
    parts = {key: collapse for key, collapse in newest.items() if collapse.end is None}
    open_whole = next((collapse for collapse in falls if collapse.end is None), None)
    collapsed = open_whole and in_every_kind(open_whole, volumes.kinds(None)) and not volumes.real(open_whole, volumes.sources())
    troubles = []
    for key, collapse in parts.items():
        if volumes.real(collapse, [key[0]], key[1]) or not in_every_kind(collapse, volumes.kinds(key)):
            continue
        troubles.append(_trouble(volumes, key, collapse, blocks=bool(collapsed) or _missed(collapse, whole)))
    if collapsed and open_whole and not any(trouble.blocks for trouble in troubles):
        name = volumes.sources()[0] if len(volumes.sources()) == 1 else ""
        since = volumes.monday(open_whole.start)
        state = COLLAPSED if open_whole.since else STOPPED
        troubles.append(Trouble(volumes.feed, state, name, None, None, since, open_whole.before, open_whole.since, True))
    return troubles


def _missed(collapse: Collapse, whole: Sequence[float]) -> bool:
    """Whether a part that is gone gave a tenth of the whole, and nothing has made up for it."""
    before, since = whole[max(0, collapse.start - 24) : collapse.start], whole[collapse.start :]
    level = sum(before) / len(before)
    now = sum(since) / len(since)
    return collapse.before >= MATERIAL * level and now < level - HELD * collapse.before


def _trouble(volumes: Volumes, key: Key, collapse: Collapse, *, blocks: bool) -> Trouble:
    several = len({perimeter for source, perimeter in volumes.weekly if source == key[0]}) > 1
    state = COLLAPSED if collapse.since else STOPPED
    place = key[1] if several else None
    newest, since = volumes.newest_day(key), volumes.monday(collapse.start)
    return Trouble(volumes.feed, state, key[0], place, newest, since, collapse.before, collapse.since, blocks)
