"""Which states have turned in four weeks (of touchpoints, stages, KPIs, scores, feelings, promises), and what explains each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain

from sqlalchemy import Connection

from wallboard.metrics.emotions import emotion_curve, touchpoint_emotions
from wallboard.metrics.events import Event, Subject, events
from wallboard.metrics.kpis import kpi_board
from wallboard.metrics.memo import memoised
from wallboard.metrics.newsworthy import KnownState, newsworthy, rows_in
from wallboard.metrics.past import days_ago
from wallboard.metrics.promises import promises
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.scores import scores
from wallboard.metrics.shifts import TURNED, Shift, explained
from wallboard.metrics.states import ATTENTION, GOOD, WATCH
from wallboard.metrics.touchpoints import stage_state, touchpoint_states
from wallboard.store.lookups import touchpoint_stages

WINDOW = 4
"""So many weeks does a state that turned ask for an explanation, and so many are the facts that most states rest on."""

TABLES = frozenset({"kpi_day", "score_day", "emotion", "promise"})
"""What states are made of: a panel that shows one reads one of these."""

MAY_BE_CHANCE = frozenset({GOOD, WATCH})
"""A value that crosses its target within its interval: no signal."""

_BADNESS = (GOOD, "kept", WATCH, "below zero", "not kept", ATTENTION)
_WEEK = timedelta(days=7)

_KnownStates = Mapping[tuple[str, ...], KnownState]


@memoised
def state_shifts(connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """The states that are other ones than four weeks ago, since the week in which each became what it is, and what explains it.

    What happened at the place in the four weeks before, of which the state speaks, or in that week explains it. Where a state is
    not known, now or then, nothing turned; and between good and watch chance alone may turn it, which asks for nothing.

    Grain: one row per state that turned.
    """

    @cache
    def ago(weeks: int) -> _KnownStates:
        return days_ago(scope, 7 * weeks, "states that ask", lambda then: states_that_ask(then, connection))

    shifts, places, happened = [], touchpoint_stages(connection), events(connection, scope)
    for key, now in states_that_ask(scope, connection).items():
        before = ago(WINDOW).get(key)
        if before is None or now.state is None or before.state in (None, now.state):
            continue
        if {before.state, now.state} == MAY_BE_CHANCE:
            continue
        same = next(weeks for weeks in range(WINDOW) if (then := ago(weeks + 1).get(key)) is None or then.state != now.state)
        since = scope.today - same * _WEEK
        shifts.append(_shift(now, before, since - timedelta(days=since.weekday()), places, happened))
    return tuple(shifts)


def turned_in(measured: object, connection: Connection, scope: Scope) -> tuple[Shift, ...]:
    """The shifts of those states that stand in what a panel measured."""
    shown = {known.id for known in asking_states(rows_in(measured)).values()}
    return tuple(shift for shift in state_shifts(connection, scope) if shift.turned in shown) if shown else ()


def asking_states(rows: Iterable[object]) -> _KnownStates:
    """The states in some rows whose turn asks for an explanation."""
    carried = (part for row in rows for part in newsworthy(row))
    return {part.key: part for part in carried if isinstance(part, KnownState) and part.about}


def states_that_ask(scope: Scope, connection: Connection) -> _KnownStates:
    """Every state at an instant whose turn asks for an explanation."""
    rows = chain(
        touchpoint_states(connection, scope),
        stage_state(connection, scope),
        kpi_board(connection, scope),
        promises(connection, scope),
        emotion_curve(connection, scope),
        touchpoint_emotions(connection, scope),
        scores(connection, scope),
    )
    return asking_states(rows)


def _shift(now: KnownState, before: KnownState, since: date, places: Mapping[str, str], happened: Sequence[Event]) -> Shift:
    assert now.about is not None and now.state is not None and before.state is not None
    touchpoint = now.about.touchpoint
    stage = now.about.stage or places.get(touchpoint or "")
    first = Period(since - WINDOW * _WEEK, since + timedelta(days=6), "", True)
    return Shift(
        metric=now.about.metrics[0],
        issue_type=None,
        stage=stage,
        touchpoint=touchpoint,
        name=now.name,
        side="low" if _BADNESS.index(now.state) > _BADNESS.index(before.state) else "high",
        rule=TURNED,
        since=since,
        first_end=first.end,
        signalled_on=since,
        goes_on=True,
        **explained(Subject(now.about.metrics, None, touchpoint, stage), [first], replace(first, start=since), happened),
        turned=now.id,
        was=before.state,
        state=now.state,
    )
