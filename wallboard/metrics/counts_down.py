"""How long until the counts are down: per issue type, how far the rate has fallen since the baseline, and how long that took."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.forecasts import weeks_until
from wallboard.metrics.frames import tidy
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Scope
from wallboard.metrics.series import LONG, Point, Series, judged_series
from wallboard.metrics.states import MEASURED, TOO_FEW
from wallboard.metrics.weekly import wordings

_DAY = timedelta(days=1)
_LONGEST = timedelta(weeks=LONG + 1)
FITTED = 26
"""A fall is fitted to at most so many of the newest weeks."""


class _Window(NamedTuple):
    """Four weeks: the day after them, the first on which their rate could be known; and whether the week before is known."""

    known_on: date
    rate: float
    known_before: bool


@memoised
def counts_down(
    connection: Connection,
    scope: Scope,
    weeks: int = 104,
    top: int = 6,
    since: str = "baseline",
    goal: int = 50,
    against: str | None = None,
) -> pd.DataFrame:
    """Weeks since the end of the baseline (or since the peak), the fall since then, the time to halve and when the goal is met.

    `rate_4w` is the rate of the last four measured weeks, `reference` that of the baseline (of the highest four weeks for
    since=peak), `down` the share by which it fell (negative: rose). Four weeks are dated by the last of them (definitions.md
    B.3): `halved_after` is the last of the first four with at most half of the reference, counted from the end of the baseline
    (of the highest four); None: not yet, `weeks` weeks so far. `at_most`: it may have been earlier, in weeks that were not
    measured. `goal` is in per cent of the reference. `forecast_weeks` to the goal comes from a fitted fall, only where a signal
    points down; forecast: reached, falling, no forecast. state: measured, not judged (feed_health), too few (no baseline, or too
    few complaints), not measured (for four periods). `measured_to` is the last day that was judged: `complaints` are those of the
    four weeks up to it.

    Grain: one row per issue type among the commonest of the last four weeks, commonest first.
    Columns: place, issue_type, wording, complaints, basis, exposure_kind, reference, reference_end, rate_4w, weeks, down,
    halved_after, at_most, goal_rate, forecast_weeks, forecast, signal, firm, measured_to, state
    """
    found = judged_series(connection, scope, weeks, against)
    said, measured = wordings(connection), found.read.against
    exposed = measured.kind if measured else None
    rows = (
        {
            "place": place,
            "issue_type": kind,
            "wording": said.get(kind) or kind,
            "exposure_kind": exposed,
            **_fallen(found.of(kind), since, goal / 100),
        }
        for place, kind in enumerate(found.commonest(weeks, top), 1)
    )
    return tidy(rows, counts_down)


def _fallen(series: Series, since: str, goal: float) -> dict[str, Any]:
    points = [point for point in series.judged if point.value is not None]
    base = [point for point in points if point.in_baseline]
    firm = None if series.limits is None else "provisional" if series.limits.provisional else "firm"
    held = max(1, LONG // series.size)
    plain: dict[str, Any] = {"basis": series.basis, "signal": series.newest_signal, "firm": firm, "state": series.state}
    plain["measured_to"] = series.measured_to
    plain["complaints"] = sum(point.complaints or 0 for point in points[-held:]) if points else None
    four = _windows(points, held)
    if series.state != MEASURED or not four:
        return {**plain, **_NOTHING, "state": TOO_FEW if series.state == MEASURED else series.state}
    reference, start = _reference(base, four, since, series)
    later = [window for window in four if window.known_on > start]
    now, weeks = four[-1].rate, (points[-1].period.end + timedelta(days=1) - start).days // 7
    halved = next((window for window in later if window.rate <= reference / 2), None)
    told = {"reference": reference, "reference_end": start - timedelta(days=1), "rate_4w": now, "weeks": max(weeks, 0)}
    told |= {"down": 1 - now / reference if reference else None, "goal_rate": goal * reference}
    told |= {"halved_after": (halved.known_on - start).days // 7, "at_most": not halved.known_before} if halved else _NOT_YET
    return {**plain, **told, **_forecast(points, start, now, goal * reference, series)}


_TOLD = "reference reference_end rate_4w weeks down halved_after at_most goal_rate forecast_weeks forecast"
_NOTHING = dict.fromkeys(_TOLD.split())
_NOT_YET = {"halved_after": None, "at_most": False}


def _windows(points: Sequence[Point], held: int) -> list[_Window]:
    """The rate of every four weeks (of each point, where it has four), dated by the last of them."""
    complaints, exposed = [point.complaints or 0 for point in points], [point.exposure or 0.0 for point in points]
    found: list[_Window] = []
    for n in range(len(points) - held + 1):
        first, last = points[n].period.start, points[n + held - 1].period.end
        if last - first < _LONGEST:
            rate = _rate(points[n], complaints[n : n + held], exposed[n : n + held])
            known = n > 0 and points[n - 1].period.end == first - _DAY
            found.append(_Window(last + _DAY, rate, known))
    return found


def _rate(one: Point, complaints: Sequence[int], exposed: Sequence[float]) -> float:
    """Worked out again from the sums, never averaged; a mean count where there is no exposure."""
    return 1000 * sum(complaints) / sum(exposed) if one.per_1000 is not None else sum(complaints) / len(complaints)


def _reference(base: Sequence[Point], four: Sequence[_Window], since: str, series: Series) -> tuple[float, date]:
    """What the fall is measured from, and the first day after it."""
    if since == "peak":
        peak = max(four, key=lambda one: (one.rate, one.known_on))
        return peak.rate, peak.known_on
    complaints, exposed = [point.complaints or 0 for point in base], [point.exposure or 0.0 for point in base]
    return _rate(base[0], complaints, exposed), base[-1].period.end + _DAY


def _forecast(points: Sequence[Point], start: date, now: float, goal: float, series: Series) -> dict[str, Any]:
    if now <= goal:
        return {"forecast_weeks": 0, "forecast": "reached"}
    later = [point.value or 0.0 for point in points if point.period.start >= start][-FITTED // series.size :]
    needed = weeks_until(later, goal) if series.newest_signal.endswith("low") else None
    if needed is None:
        return {"forecast_weeks": None, "forecast": "no forecast"}
    return {"forecast_weeks": needed * series.size, "forecast": "falling"}
