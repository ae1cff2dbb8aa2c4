"""What a wall says of a panel besides its picture: an answer, what is new, what it lacks, and how old its facts are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wallboard.drawing.absences import lacking as words_of
from wallboard.drawing.theme import Theme
from wallboard.layout import Placed, Scene
from wallboard.metrics.availability import Absence
from wallboard.metrics.scope import Scope
from wallboard.panel import Answer, AnyPanel, Connection, News
from wallboard.screens.agreed import agreed
from wallboard.screens.freshness import ROOM, Freshness
from wallboard.screens.judging import answered
from wallboard.screens.seen import Seen
from wallboard.store.feeds import FEEDS


@dataclass(frozen=True, slots=True)
class Fact:
    """The newest fact of a panel, and the source that it comes from."""

    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What one panel says at one version of its tables; `lacking`: what was never loaded, empty where it has been measured.

    `sources`: where its numbers come from.
    """

    answer: Answer | None = None
    news: tuple[News, ...] = ()
    lacking: str = ""
    fact: Fact | None = None
    sources: tuple[str, ...] = ()


def finding(placed: Placed, seen: Seen, theme: Theme, fresh: Freshness) -> Finding:
    """What a panel says."""
    return Finding(
        answered(placed.panel, seen.measured, placed.options, theme, seen.in_doubt),
        (*seen.news, *_stale(placed, theme, fresh)),
        needs(seen.measured, theme),
        newest_fact(placed, fresh),
        sources_of(placed.panel, fresh),
    )


def needs(measured: object, theme: Theme) -> str:
    """What was never loaded; empty where something was: a picture whose facts have stopped says since when."""
    never = isinstance(measured, Absence) and measured.known_to is None
    return words_of(measured, theme) if isinstance(measured, Absence) and never else ""


def lacking(connection: Connection, scope: Scope, scene: Scene, theme: Theme) -> str:
    """What it takes to measure anything on a scene, as its panels will say it; empty where something is measured."""
    reasons = []
    for placed in scene.panels:
        off = agreed(connection, scope, placed.panel, theme).off.removesuffix(".")
        reasons.append(off or needs(placed.panel.absence(connection, scope, placed.options), theme))
    return of_all(reasons)


def of_all(lacking: Sequence[str]) -> str:
    """What a scene lacks of which each panel lacks something, once each; empty where one lacks nothing."""
    return "; ".join(dict.fromkeys(lacking)) if all(lacking) else ""


def newest_fact(placed: Placed, fresh: Freshness) -> Fact | None:
    """How old a panel is: its newest fact, or of the feeds that it judges the one that says least of these days."""
    tables = [FEEDS[name].table for name in placed.panel.feed_names]
    judged = [fact for table in tables if (fact := _newest(fresh, [table]))]
    return min(judged, key=_at, default=None) or _newest(fresh, placed.panel.reads)


def sources_of(panel: AnyPanel, fresh: Freshness) -> tuple[str, ...]:
    """Where the numbers of a panel come from: the sources of what it judges, else of what it needs, else of all that it reads."""
    needed = {facts.name for group in panel.needs for facts in group}
    names = [age.source for age in fresh.of({FEEDS[name].table for name in panel.feed_names} or needed or panel.reads)]
    return (ROOM,) if ROOM in names else tuple(names)


def _newest(fresh: Freshness, tables: Sequence[str]) -> Fact | None:
    return max((Fact(age.fact_at, age.source) for age in fresh.of(tables) if age.fact_at), key=_at, default=None)


def _at(fact: Fact) -> datetime:
    return fact.at


def _stale(placed: Placed, theme: Theme, fresh: Freshness) -> Iterator[News]:
    """Sources that went stale, and since when."""
    for age in fresh.of(placed.panel.reads):
        if age.stale_at and age.fact_at:
            since, newest = (at.astimezone(theme.zone).date() for at in (age.stale_at, age.fact_at))
            yield News("stale", since, f"{age.source.replace('_', ' ')}: nothing newer than {theme.day(newest)}")
