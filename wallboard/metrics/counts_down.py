"""How long until the counts are down: per issue type, how far the rate has fallen since the baseline, and how long that took."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from wallboard.metrics.forecasts import weeks_until
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.series import LONG, Point, Series, judged_series
from wallboard.metrics.states import MEASURED, TOO_FEW
from wallboard.store.lookups import wordings

_DAY = timedelta(days=1)
_LONGEST = timedelta(weeks=LONG + 1)
FITTED = 26
"""A fall is fitted to at most so many of the newest weeks."""


class _Window(NamedTuple):
    """Four weeks: the day after them, the first on which their rate could be known; and whether the week before is known."""

    known_on: date
    rate: float
    known_before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDown:
    """How far the complaints of one issue type are down; rates per 1,000 exposed (basis rate) or counts, None where not measured.

    forecast: reached, falling, no forecast. state: measured, not judged (feed_health), too few (no baseline, or too few
    complaints), not measured (for four periods).
    """

    place: int
    issue_type: str | None
    wording: str
    complaints: int | None
    basis: str
    exposure_kind: str | None
    reference: float | None = None
    reference_end: date | None = None
    rate_4w: float | None = None
    weeks: int | None = None
    down: float | None = None
    halved_after: int | None = None
    at_most: bool | None = None
    goal_rate: float | None = None
    forecast_weeks: int | None = None
    forecast: str | None = None
    signal: str
    firm: str | None
    measured_to: date | None
    state: str


@memoised
def counts_down(
    connection: Connection,
    scope: Scope,
    weeks: int = 104,
    top: int = 6,
    since: str = "baseline",
    goal: int = 50,
    against: str | None = None,
) -> tuple[CountDown, ...]:
    """Weeks since the end of the baseline (or since the peak), the fall since then, the time to halve and when the goal is met.

    `rate_4w` is the rate of the last four measured weeks, `reference` that of the baseline (of the highest four weeks for
    since=peak), `down` the share by which it fell (negative: rose). Four weeks are dated by the last of them (definitions.md
    B.3): `halved_after` is the last of the first four with at most half of the reference, counted from the end of the baseline
    (of the highest four); None: not yet, `weeks` weeks so far. `at_most`: it may have been earlier, in weeks that were not
    measured. `goal` is in per cent of the reference. `forecast_weeks` to the goal comes from a fitted fall, only where a signal
    points down. `measured_to` is the last day that was judged: `complaints` are those of the four weeks up to it.

    Grain: one row per issue type among the commonest of the last four weeks, commonest first.
    """
    judged = judged_series(connection, scope, weeks, against)
    names, measured = wordings(connection), judged.read.against
    rows = []
    for place, kind in enumerate(judged.commonest(weeks, top), 1):
        series = judged.of(kind)
        points = [point for point in series.judged if point.value is not None]
        held = max(1, LONG // series.size)
        row = CountDown(
            place=place,
            issue_type=kind,
            wording=names.get(kind) or kind,
            complaints=sum(point.complaints or 0 for point in points[-held:]) if points else None,
            basis=series.basis,
            exposure_kind=measured.kind if measured else None,
            signal=series.newest_signal,
            firm=series.firm,
            measured_to=series.measured_to,
            state=series.state,
        )
        four = _windows(points, held)
        if row.state == MEASURED:
            row = _fallen(row, series, points, four, since, goal / 100) if four else replace(row, state=TOO_FEW)
        rows.append(row)
    return tuple(rows)


def _fallen(
    row: CountDown, series: Series, points: Sequence[Point], four: Sequence[_Window], since: str, goal: float
) -> CountDown:
    reference, start = _reference([point for point in points if point.in_baseline], four, since)
    now, weeks = four[-1].rate, (points[-1].period.end + _DAY - start).days // 7
    halved = next((window for window in four if window.known_on > start and window.rate <= reference / 2), None)
    forecast, forecast_weeks = _forecast(points, start, now, goal * reference, series)
    return replace(
        row,
        reference=reference,
        reference_end=start - _DAY,
        rate_4w=now,
        weeks=max(weeks, 0),
        down=1 - now / reference if reference else None,
        halved_after=(halved.known_on - start).days // 7 if halved else None,
        at_most=halved is not None and not halved.known_before,
        goal_rate=goal * reference,
        forecast=forecast,
        forecast_weeks=forecast_weeks,
    )


def _windows(points: Sequence[Point], held: int) -> list[_Window]:
    """The rate of every four weeks (of each point, where it has four), dated by the last of them."""
    complaints, exposed = [point.complaints or 0 for point in points], [point.exposure or 0.0 for point in points]
    windows: list[_Window] = []
    for n in range(len(points) - held + 1):
        first, last = points[n].period.start, points[n + held - 1].period.end
        if last - first < _LONGEST:
            rate = _rate(points[n], complaints[n : n + held], exposed[n : n + held])
            known = n > 0 and points[n - 1].period.end == first - _DAY
            windows.append(_Window(last + _DAY, rate, known))
    return windows


def _rate(first: Point, complaints: Sequence[int], exposed: Sequence[float]) -> float:
    """Worked out again from the sums, never averaged; a mean count where there is no exposure."""
    return 1000 * sum(complaints) / sum(exposed) if first.per_1000 is not None else sum(complaints) / len(complaints)


def _reference(base: Sequence[Point], four: Sequence[_Window], since: str) -> tuple[float, date]:
    """What the fall is measured from, and the first day after it."""
    if since == "peak":
        peak = max(four, key=lambda window: (window.rate, window.known_on))
        return peak.rate, peak.known_on
    complaints, exposed = [point.complaints or 0 for point in base], [point.exposure or 0.0 for point in base]
    return _rate(base[0], complaints, exposed), base[-1].period.end + _DAY


def _forecast(points: Sequence[Point], start: date, now: float, goal: float, series: Series) -> tuple[str, int | None]:
    """What the forecast is, and in how many weeks the goal is met."""
    if now <= goal:
        return "reached", 0
    later = [point.value or 0.0 for point in points if point.period.start >= start][-FITTED // series.size :]
    needed = weeks_until(later, goal) if series.newest_signal.endswith("low") else None
    if needed is None:
        return "no forecast", None
    return "falling", needed * series.size
