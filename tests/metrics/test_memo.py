"""What several panels ask for is measured once for one state of the store, and nobody can spoil it for another."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from sqlalchemy import Connection

from tests.metrics import given
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.growth import growth_verdict
from wallboard.metrics.memo import Memo, memoised
from wallboard.metrics.registry import all_metrics
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import stage_state, touchpoint_states


class Counter:
    """A measure that counts how often it was taken."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.times = 0
        self.then = then

        @memoised
        def counted(connection: Connection | None, scope: Scope, weeks: int = 4) -> tuple[int, int]:
            self.times += 1
            self.then()
            return self.times, weeks

        self.take = counted


def test_outside_of_a_block_it_is_simply_taken(scope: Scope) -> None:
    counter = Counter()
    assert [counter.take(None, scope)[0] for _ in range(2)] == [1, 2]


def test_the_same_question_of_the_same_state_is_asked_once(scope: Scope) -> None:
    counter, memo = Counter(), Memo()
    for _ in range(2):
        with memo.of("one"):
            counter.take(None, scope)
            counter.take(None, scope=replace(scope), weeks=4)
    assert counter.times == 1
    with memo.of("one"):
        counter.take(None, scope, 5)
        counter.take(None, replace(scope, perimeters=("north",)))
        counter.take(None, replace(scope, as_of=scope.as_of + timedelta(minutes=1)))
    assert counter.times == 4
    with memo.of("two"):
        counter.take(None, scope)
    assert counter.times == 5


def test_all_who_ask_get_the_same_rows(scope: Scope) -> None:
    """Rows are frozen (tests/contracts/test_every_metric.py), so that one cannot spoil them for another."""
    counter, memo = Counter(), Memo()
    with memo.of("one"):
        assert counter.take(None, scope) is counter.take(None, scope)
        assert counter.take(None, scope) == (1, 4)


def test_two_who_ask_at_once_measure_once(scope: Scope) -> None:
    counter, memo, together = Counter(lambda: sleep(0.1)), Memo(), Barrier(6)

    def ask(_: int) -> int:
        together.wait()
        with memo.of("one"):
            return counter.take(None, scope)[0]

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(ask, range(6))) == [1] * 6
    assert counter.times == 1


def test_only_the_newest_states_are_kept(scope: Scope) -> None:
    counter, memo = Counter(), Memo(keep=2)
    for state in ("one", "two", "one", "three", "one", "two"):
        with memo.of(state):
            counter.take(None, scope)
    assert counter.times == 4, "'two' was the oldest when 'three' came"


def test_a_failure_is_not_kept(scope: Scope) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    counter, memo = Counter(broken), Memo()
    with memo.of("one"):
        with pytest.raises(ZeroDivisionError):
            counter.take(None, scope)
        counter.then = lambda: None
        assert counter.take(None, scope)[0] == 2


def test_a_shared_measure_is_still_a_measure() -> None:
    assert {"customer_flow", "touchpoint_states", "stage_state", "journey_map"} <= set(all_metrics())
    assert all_metrics()["customer_flow"].options == {"months": 24, "unit": "month", "group": None}


def test_shared_measures_say_the_same(connection: Connection, scope: Scope) -> None:
    given.journey(connection)
    given.complaints(connection, {"day": scope.last_day, "touchpoint": "parcel", "stage": "receive"})
    given.customers(connection, *((f"c{n}", scope.last_day - timedelta(days=40 * n), "new", 0.1 * n) for n in range(9)))
    memo = Memo()
    taken = []
    for block in (nullcontext(), memo.of("one"), memo.of("one")):
        with block:
            flows = [customer_flow(connection, scope, months=n) for n in (2, 40, 7)]
            states = touchpoint_states(connection, scope), stage_state(connection, scope)
            taken.append((growth_verdict(connection, scope), flows, states))
    assert taken[0] == taken[1] == taken[2]
