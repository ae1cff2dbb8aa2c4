"""Whether complaints descend, so that a team is rewarded: rule DR-1 (definitions.md B.5), version 1.

"For eight full weeks in a row complaints per 1,000 orders have been below the level measured before we started, and chance alone
would rarely do that." Its mirror says that they rise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt

from sqlalchemy import Connection

from wallboard.errors import NotFound
from wallboard.lifecycle.team_reports import VERDICTS
from wallboard.metrics.definitions import breaks
from wallboard.metrics.events import COMPLAINTS
from wallboard.metrics.scope import Period, Scope, full_weeks, week_of
from wallboard.metrics.weekly import Against, Weekly, measured_against, read_weeks
from wallboard.store.lookups import wordings

RULE, VERSION = "DR-1", 1
BASELINE_WEEKS, SHORTEST_BASELINE, RUN = 24, 12, 8
ENOUGH = 20
"""Complaints of the baseline below which nothing is said."""

Z = 2.326
"""One-sided 99 %."""

CHANCE = 0.01
DESCENDING, RISING, NO, TOO_LITTLE, TOO_EARLY = VERDICTS


@dataclass(frozen=True, slots=True)
class CountedWeek:
    """One complete week: its complaints, and who could have complained; `exposure` is 1 where nothing is measured against.

    Either is None where its load has failed or is late.
    """

    monday: date
    complaints: int | None
    exposure: float | None


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was measured before the actions began: k0 complaints of `exposure` t0 in `weeks`; rate r0 = k0/t0.

    `dispersion` is phi = max(1, sum((c - r0 e)²/(r0 e))/(B - 1)).
    """

    weeks: int
    complaints: int
    exposure: float
    rate: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class Descent:
    """What the rule says at the end of one complete week after the actions began, with all that it rests on.

    verdict: descending, rising, no, too little data, too early. `bound` is the upper bound of the ratio to the baseline
    (descending) or its lower bound (rising), 99 % one-sided; below (above) 1 it fires. complaints and exposure are those of the
    last eight weeks. `adjusted`: measured per exposure; otherwise the counts are not adjusted for volume.
    """

    issue_type: str
    wording: str
    week_start: date
    week: int
    verdict: str
    complaints: int | None
    exposure: float | None
    bound: float | None
    baseline_complaints: int | None
    baseline_exposure: float | None
    baseline_weeks: int
    dispersion: float | None
    adjusted: bool
    rule: str
    version: int


def baseline(weeks: Sequence[CountedWeek]) -> Baseline | None:
    """The frozen baseline of the weeks before the actions began; None where fewer than twelve of them are measured."""
    known = ((week.complaints, week.exposure) for week in weeks[-BASELINE_WEEKS:])
    pairs = [(count, exposed) for count, exposed in known if count is not None and exposed]
    if len(pairs) < SHORTEST_BASELINE:
        return None
    total, exposed = sum(count for count, _ in pairs), sum(part for _, part in pairs)
    rate = total / exposed
    spread = sum((count - rate * part) ** 2 / (rate * part) for count, part in pairs) / (len(pairs) - 1) if rate else 0.0
    return Baseline(len(pairs), total, exposed, rate, max(1.0, spread))


def judged(base: Baseline | None, watched: Sequence[CountedWeek]) -> tuple[str, float | None]:
    """The verdict and its bound at the end of the newest of the weeks since the actions began."""
    if len(watched) < RUN:
        return TOO_EARLY, None
    run = [(week.complaints, week.exposure) for week in watched[-RUN:]]
    if base is None or base.complaints < ENOUGH or any(count is None or not exposed for count, exposed in run):
        return TOO_LITTLE, None
    counted = [(count or 0, exposed or 0.0) for count, exposed in run]
    total, exposed = sum(count for count, _ in counted), sum(part for _, part in counted)
    rates = [count / part for count, part in counted]
    if all(rate < base.rate for rate in rates):
        bound = _bound(base, total, exposed, Z)
        return (DESCENDING if bound < 1 else NO), bound
    if all(rate > base.rate for rate in rates):
        bound = _bound(base, total, exposed, -Z)
        return (RISING if bound > 1 else NO), bound
    return NO, None


def _bound(base: Baseline, total: int, exposed: float, z: float) -> float:
    """exp(ln((k1/t1)/r0) + z sqrt(phi (1/k1 + 1/k0))); without any complaint left, the chance of that among CHANCE."""
    if not total:
        return (base.exposure / (base.exposure + exposed)) ** base.complaints / CHANCE
    error = sqrt(base.dispersion * (1 / total + 1 / base.complaints))
    return exp(log(total / exposed / base.rate) + z * error)


def complaints_descending(
    connection: Connection,
    scope: Scope,
    issue_type: str | None = None,
    begun_on: str | None = None,
    touchpoint: str | None = None,
) -> tuple[Descent, ...]:
    """Rule DR-1 for an issue type, or each of them, at the end of each complete week since `begun_on`.

    `begun_on` is the day on which the actions began; where it is not said, eight complete weeks ago. The baseline is the last 24
    complete weeks before it. Raises NotFound for an issue type that is not known, or for no day.

    Grain: one row per issue type and complete week since the actions began, oldest first.
    """
    names = wordings(connection)
    if issue_type is not None and issue_type not in names:
        raise NotFound("issue_type", f"'{issue_type[:60]}' is not known.", f"Known: {', '.join(sorted(names))}.")
    before, since = _weeks(scope, _day(begun_on) if begun_on else full_weeks(scope, RUN)[0].start)
    against = measured_against(touchpoint, connection, scope)
    read = read_weeks([before, since], connection, scope, against)
    rows: list[Descent] = []
    changed = redefined(connection, scope, before[0].start)
    for kind in [issue_type] if issue_type else sorted(names):
        base = baseline([_counted(read, week, kind, against) for week in before])
        watched = [_counted(read, week, kind, against) for week in since]
        rows += _each_week(kind, names[kind], base, watched, against, changed)
    return tuple(rows)


def redefined(connection: Connection, scope: Scope, since: date) -> date | None:
    """The first day after another on which complaints are counted by another definition; None where they never were."""
    turned = (row.valid_from for row in breaks(connection, scope, months=36) if row.metric in COMPLAINTS)
    return min((day for day in turned if day > since), default=None)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A baseline as it is frozen: its days, what it counted (None where too little is measured), and against what."""

    first: date
    last: date
    counted: Baseline | None
    against: Against | None


def baseline_now(connection: Connection, scope: Scope, issue_type: str) -> Frozen:
    """The baseline of the last 24 complete weeks, to be frozen; a definition that changed within them leaves nothing to count."""
    weeks = full_weeks(scope, BASELINE_WEEKS)
    against = measured_against(None, connection, scope)
    read = read_weeks([weeks], connection, scope, against)
    counted = baseline([_counted(read, week, issue_type, against) for week in weeks])
    changed = redefined(connection, scope, weeks[0].start)
    return Frozen(weeks[0].start, weeks[-1].end, None if changed and changed <= scope.today else counted, against)


def descent_since(connection: Connection, scope: Scope, issue_type: str, frozen: Frozen, begun: date) -> Descent | None:
    """What the rule says since actions began, on a baseline that was frozen; None before the first whole week is over.

    Either way it fires in the first week that fulfils it, and what later weeks are like takes nothing back (B.5, 4 and 7). Once
    complaints have descended, that is the verdict, whatever they did before; where it never fired, that of the newest week.
    A definition that changes after the baseline has begun makes it too little data from then on.
    """
    _, since = _weeks(scope, begun)
    if not since:
        return None
    read = read_weeks([since], connection, scope, frozen.against)
    watched = [_counted(read, week, issue_type, frozen.against) for week in since]
    name = wordings(connection).get(issue_type, issue_type)
    changed = redefined(connection, scope, frozen.first)
    return fired(_each_week(issue_type, name, frozen.counted, watched, frozen.against, changed))


def fired(rows: Sequence[Descent]) -> Descent:
    """Of the weeks since actions began: the first that descends, else the first that rises, else the newest."""
    first = {row.verdict: row for row in reversed(rows)}
    return first.get(DESCENDING) or first.get(RISING) or rows[-1]


def _day(begun_on: str) -> date:
    try:
        return date.fromisoformat(begun_on)
    except ValueError:
        raise NotFound("begun_on", f"'{begun_on[:20]}' is not a day.", "Write one such as 2026-06-30.") from None


def _weeks(scope: Scope, begun: date) -> tuple[list[Period], list[Period]]:
    """The complete weeks of the baseline, and those that are over since the first whole week of the actions."""
    week = timedelta(weeks=1)
    here = week_of(scope, begun)
    first = here.start if here.start == begun else here.start + week
    before = [week_of(scope, here.start - n * week) for n in range(BASELINE_WEEKS, 0, -1)]
    since: list[Period] = []
    while (period := week_of(scope, first + len(since) * week)).complete:
        since.append(period)
    return before, since


def _counted(read: Weekly, week: Period, issue_type: str, against: Against | None) -> CountedWeek:
    known = read.is_certain(week)
    exposed = read.exposure(week) if against else 1.0
    return CountedWeek(week.start, read.count(week, issue_type) if known else None, exposed)


def _each_week(
    issue_type: str,
    wording: str,
    base: Baseline | None,
    watched: Sequence[CountedWeek],
    against: Against | None,
    changed: date | None,
) -> list[Descent]:
    """The verdict at the end of each week; there is no baseline from the week on that ends after the definition changed."""
    ends = [week.monday + timedelta(days=6) for week in watched]
    valid = [None if changed and changed <= end else base for end in ends]
    return [_row(issue_type, wording, base, watched[:n], against) for n, base in enumerate(valid, 1)]


def _row(
    issue_type: str, wording: str, base: Baseline | None, watched: Sequence[CountedWeek], against: Against | None
) -> Descent:
    verdict, bound = judged(base, watched)
    run = watched[-RUN:]
    complete = len(run) == RUN and all(week.complaints is not None and week.exposure for week in run)
    return Descent(
        issue_type=issue_type,
        wording=wording,
        week_start=watched[-1].monday,
        week=len(watched),
        verdict=verdict,
        complaints=sum(week.complaints or 0 for week in run) if complete else None,
        exposure=sum(week.exposure or 0.0 for week in run) if complete and against else None,
        bound=bound,
        baseline_complaints=base.complaints if base else None,
        baseline_exposure=base.exposure if base and against else None,
        baseline_weeks=base.weeks if base else 0,
        dispersion=base.dispersion if base else None,
        adjusted=against is not None,
        rule=RULE,
        version=VERSION,
    )
