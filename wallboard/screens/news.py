"""What is new on a panel, from the rows that it measured: signals, states that turned, promises that fell due, records.

One mechanism for all panels (a source that went stale is found beside it, in findings):

- signal: of a series of SignalPoint since its first week was known; of anything else that signals since it first did.
- turned: a state (wallboard.metrics.newsworthy) that is another than a week ago, since the day on which the same measure, taken
  at that hour, first gave it. Where it was not known then, or is not now, nothing turned.
- due: a promise since the day after it was due.
- record: the newest value of a series that is strictly above or below all that are shown before it, twelve at least; since
  the day after its period. A milestone is one, too.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import groupby

from wallboard.drawing.glyphs import STATE_WORDS
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import signal_begun
from wallboard.drawing.words import quote, upper_first
from wallboard.metrics.newsworthy import Best, Due, KnownState, Newsworthy, Reading, newsworthy, rows_in
from wallboard.metrics.signals import SignalPoint
from wallboard.panel import News
from wallboard.screens.programme import FRESH_DAYS

LEAST = 12
"""So many earlier values has a series at least whose newest may be a record."""

Earlier = Callable[[int], object]
"""What the panel measured so many days ago, at that hour."""

_KnownStates = Mapping[tuple[str, ...], KnownState]
_DAY = timedelta(days=1)


def news_of(measured: object, earlier: Earlier, theme: Theme, *, judged: bool) -> tuple[News, ...]:
    """What is new in what was measured; where nothing may be judged, only what fell due."""
    rows = [*rows_in(measured)]
    carries = [part for row in rows for part in newsworthy(row)]
    news = [*_due(carries, theme)]
    if judged:
        points = (row for row in rows if isinstance(row, SignalPoint))
        news += [*_signals(points), *_turned(known_states(carries), earlier, theme), *_records(carries, theme)]
    return tuple(dict.fromkeys(news))


def known_states(carries: Iterable[Newsworthy]) -> _KnownStates:
    """The newest state of each thing."""
    known: dict[tuple[str, ...], KnownState] = {}
    for part in carries:
        if isinstance(part, KnownState) and part.on >= known.get(part.key, part).on:
            known[part.key] = part
    return known


def _signals(points: Iterable[SignalPoint]) -> Iterator[News]:
    ordered = sorted(points, key=lambda point: (point.place, point.period_start))
    for _, its in groupby(ordered, key=lambda point: point.place):
        if begun := signal_begun([*its]):
            yield News("signal", *begun)


def _due(carries: Iterable[Newsworthy], theme: Theme) -> Iterator[News]:
    for part in carries:
        if isinstance(part, Due) and part.on < theme.today:
            yield News("due", part.on + _DAY, f"{quote(part.about)}: {part.what}")


def _turned(now: _KnownStates, earlier: Earlier, theme: Theme) -> Iterator[News]:
    """What is in another state than a week ago; the days between are asked only where something is."""
    if not now:
        return
    by_days: dict[int, _KnownStates] = {}

    def then(days: int) -> _KnownStates:
        if days not in by_days:
            by_days[days] = known_states(part for row in rows_in(earlier(days)) for part in newsworthy(row))
        return by_days[days]

    for key, known in now.items():
        before = then(FRESH_DAYS).get(key)
        if not _is_other(known, before):
            continue
        same, other = 0, FRESH_DAYS
        while other - same > 1:
            middle = (same + other) // 2
            there = then(middle).get(key)
            same, other = (middle, other) if there and there.state == known.state else (same, middle)
        was = f" (was {_state(before)})" if before and before.state and known.kind == "turned" else ""
        yield News(known.kind, theme.today - same * _DAY, f"{upper_first(known.name)}: {_state(known)}{was}")


def _is_other(now: KnownState, before: KnownState | None) -> bool:
    if now.kind == "signal":
        return bool(now.state) and (before.state if before else "") != now.state
    return now.state is not None and before is not None and before.state not in (None, now.state)


def _state(known: KnownState) -> str:
    return STATE_WORDS.get(known.state or "", known.state or "")


def _records(carries: Iterable[Newsworthy], theme: Theme) -> Iterator[News]:
    series: dict[tuple[str, str], dict[object, Reading]] = defaultdict(dict)
    for part in carries:
        if isinstance(part, Best):
            best = f"{part.in_a_row} good months in a row" if part.in_a_row else f"the best of {part.of} months"
            yield News("record", part.day + _DAY, f"{upper_first(part.series)}: {best}")
        elif isinstance(part, Reading) and part.day < theme.today:
            series[part.series, part.period][part.day] = part
    for (name, period), readings in series.items():
        *before, newest = sorted(readings.values(), key=lambda reading: reading.day)
        values = [reading.value for reading in before]
        if len(values) >= LEAST and not min(values) <= newest.value <= max(values):
            side = "highest" if newest.value > max(values) else "lowest"
            yield News("record", newest.day + _DAY, f"{upper_first(name)}: the {side} in {len(values) + 1} {period}s")
