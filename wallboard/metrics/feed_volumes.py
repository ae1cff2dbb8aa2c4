"""How much each source of a feed brought by week, and which of its falls are collapses that nobody has found to be real."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from wallboard.metrics.collapse import Collapse, in_every_kind
from wallboard.metrics.scope import Scope, full_weeks
from wallboard.store.schema import source_day, volume_week

READ = 156
"""Weeks that are read: two years that panels show (series.READ), and one that says what was usual before."""

NEAR = timedelta(days=14)
"""A declared fall is meant where its day lies so near to the week in which the volume fell."""

Key = tuple[str, str]
"""Source and perimeter."""


class Volumes:
    """What each source and perimeter brought in each complete week, from the first with anything to the last that was heard."""

    def __init__(self, connection: Connection, scope: Scope, feed: str, part: str, newest: Mapping[str, datetime | None]) -> None:
        self._connection, self._scope, self._part, self._newest = connection, scope, part, newest
        self.feed = feed
        self._mondays = [week.start for week in full_weeks(scope, READ)]
        self.weekly: dict[Key, list[float]] = {}
        v = volume_week.c
        counted: dict[Key, dict[date, float]] = defaultdict(dict)
        for source, perimeter, week, volume in self._ask(v.source, v.perimeter):
            counted[source, perimeter][week] = volume
        self.first = min((min(by_week) for by_week in counted.values()), default=None)
        for key, by_week in counted.items():
            self.weekly[key] = self._filled(by_week, self._heard_to(key[0]))

    def _ask(self, *by: object) -> Iterable[tuple]:  # type: ignore[type-arg]
        v = volume_week.c
        inside = v.feed == self.feed, v.week.between(self._mondays[0], self._mondays[-1])
        where = [*inside, v.perimeter.in_((*self._scope.perimeters, ""))]
        where += [v.part.startswith(self._part, autoescape=True)] if self._part else []
        return self._connection.execute(select(*by, v.week, func.sum(v.volume)).where(*where).group_by(*by, v.week)).all()  # type: ignore[call-overload]

    def _heard_to(self, source: str) -> date:
        """The last Monday whose week counts: of a source that keeps its cadence, silence since its newest fact is none."""
        at = self._newest.get(source)
        promised = at is not None and dict(self._scope.cadence).get(source) is not None
        return local_day(at, self._scope) if at and promised else self._mondays[-1]

    def _filled(self, by_week: dict[date, float], until: date) -> list[float]:
        assert self.first is not None
        return [by_week.get(monday, 0.0) for monday in self._mondays if self.first <= monday <= until]

    def monday(self, number: int) -> date:
        """The Monday of a week by its number in `weekly`."""
        assert self.first is not None
        return self.first + timedelta(weeks=number)

    def whole(self) -> list[float]:
        """All that came, by week."""
        longest = max(map(len, self.weekly.values()), default=0)
        return [sum(weekly[n] for weekly in self.weekly.values() if n < len(weekly)) for n in range(longest)]

    def kinds(self, key: Key | None) -> dict[str, list[float]]:
        """The same by part; of one source and perimeter, or of all."""
        v = volume_week.c
        counted: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
        for source, perimeter, part, week, volume in self._ask(v.source, v.perimeter, v.part):
            if key in (None, (source, perimeter)):
                counted[part][week] += volume
        return {part: self._filled(by_week, self._mondays[-1]) for part, by_week in counted.items()}

    def real(self, collapse: Collapse, sources: Iterable[str], perimeter: str | None = None) -> bool:
        """Whether a person has found a fall to be real."""
        start, named = self.monday(collapse.start), set(sources)
        return any(
            fall.source in named and fall.perimeter in (None, perimeter) and start - NEAR <= fall.day <= start + NEAR
            for fall in self._scope.real_falls
        )

    def sources(self) -> list[str]:
        """The sources that brought anything."""
        return sorted({source for source, _ in self.weekly})

    def feeds(self, source: str) -> bool:
        """Whether a source brought anything here; True where nobody has counted yet."""
        return not self.weekly or source in self.sources()

    def doubts(self, falls: Iterable[Collapse]) -> tuple[tuple[date, date | None], ...]:
        """The collapses of the whole that nobody has found to be real, as weeks."""
        unreal = (fall for fall in falls if not self.real(fall, self.sources()) and in_every_kind(fall, self.kinds(None)))
        return tuple((self.monday(fall.start), None if fall.end is None else self.monday(fall.end)) for fall in unreal)

    def newest_day(self, key: Key) -> date | None:
        """The day of the newest fact of one source in one perimeter."""
        s = source_day.c
        here = s.source == key[0], s.perimeter == key[1], s.day <= self._scope.last_day
        newest: date | None = self._connection.scalar(select(func.max(s.day)).where(*here))
        return newest

    def silent(self) -> tuple[str, date] | None:
        """The source that brought something once, though nothing in the weeks that are read, and its newest day."""
        s = source_day.c
        here = s.feed == self.feed, s.perimeter.in_((*self._scope.perimeters, "")), s.day < self._mondays[0]
        newest = self._connection.execute(select(s.source, s.day).where(*here).order_by(s.day.desc()).limit(1)).one_or_none()
        return None if newest is None or self._part else (newest.source, newest.day)


def local_day(at: datetime, scope: Scope) -> date:
    """The day of an instant where the readers stand."""
    return at.astimezone(scope.zone).date()
