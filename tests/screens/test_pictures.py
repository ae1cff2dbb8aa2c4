"""A picture is made once per version, whoever asks; a failure is said and tried again; the old picture stays."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event
from time import sleep
from typing import Any

import orjson
import pytest
from sqlalchemy import Connection, Engine, event

from tests.browser.watching import until
from tests.conftest import AS_OF
from tests.screens.conftest import Count, Measured
from wallboard.clock import stopped
from wallboard.drawing.theme import Theme
from wallboard.errors import NotFound
from wallboard.layout import Placed
from wallboard.metrics.memo import memoised
from wallboard.metrics.past import KEPT_FOR, days_ago
from wallboard.metrics.scope import Scope
from wallboard.panel import Options, Panel
from wallboard.screens import pictures as module
from wallboard.screens.pictures import Pictures, Rendered
from wallboard.settings import Settings
from wallboard.store.versions import raise_versions


@pytest.fixture
def theme(settings: Settings) -> Theme:
    return Theme("en-GB", "GBP", settings.zone(), AS_OF, "dark", 41)


@pytest.fixture
def pictures(settings: Settings, engine: Engine, theme: Theme) -> Iterator[Pictures]:
    made = Pictures(settings, engine, stopped(AS_OF), lambda screen, perimeter: theme)
    yield made


def written(engine: Engine, *tables: str) -> None:
    with engine.begin() as connection:
        raise_versions(connection, tables, AS_OF)


def body(answer: Rendered | None) -> dict[str, Any]:
    assert answer is not None
    content: dict[str, Any] = orjson.loads(answer.body)
    return content


def test_eight_threads_make_one_picture(pictures: Pictures, measured: Measured) -> None:
    measured.then = lambda: sleep(0.2)
    placed = measured.placed()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: pictures.get(placed, None), range(8)))
    assert measured.times == 1
    assert len({id(answer) for answer in answers}) == 1


def test_a_picture_is_made_again_only_when_a_table_that_it_reads_has_changed(
    pictures: Pictures, measured: Measured, engine: Engine
) -> None:
    placed = measured.placed(reads=("voice", "stage"))
    first = pictures.get(placed, None)
    written(engine, "posts", "customer_day")
    assert pictures.get(placed, None) is first
    written(engine, "stage")
    second = pictures.get(placed, None)
    assert measured.times == 2 and body(second)["token"] != body(first)["token"]


def test_with_nothing_changed_no_transaction_is_begun(pictures: Pictures, measured: Measured, engine: Engine) -> None:
    """A pulse asks the database one bare question; whatever is written is seen by the next one."""
    placed = [measured.placed(reads=("voice",))]
    begun: list[object] = []
    event.listen(engine, "begin", begun.append)
    first = pictures.tokens(placed, None)
    assert len(begun) == 1 and pictures.tokens(placed, None) == first and len(begun) == 1
    written(engine, "voice")
    second = pictures.tokens(placed, None)
    assert second != first and len(begun) == 3 and pictures.tokens(placed, None) == second and len(begun) == 3


def test_panels_share_what_they_measure_until_something_is_loaded(
    settings: Settings, engine: Engine, theme: Theme, measured: Measured
) -> None:
    now, asked = [AS_OF], list[Scope]()

    @memoised
    def counted(connection: Connection, scope: Scope) -> tuple[Count, ...]:
        asked.append(scope)
        return (Count(1),)

    def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Count, ...]:
        return counted(connection, scope)

    pictures = Pictures(settings, engine, lambda: now[0], lambda screen, perimeter: replace(theme, now=now[0]))
    panel = Panel(Options, measure, measured._draw, reads=("voice",))
    two = [Placed(name, name, "counted", panel, Options()) for name in ("one", "two")]

    def wall(perimeter: str | None = None) -> int:
        for placed in two:
            assert body(pictures.get(placed, perimeter))["state"] != "failed"
            now[0] += timedelta(seconds=1)
        return len(asked)

    assert [wall(), wall(), wall("north")] == [1, 1, 2]
    assert asked[0].as_of == AS_OF.replace(second=0, microsecond=0)
    written(engine, "voice")
    assert wall() == 3


def test_every_perimeter_has_a_picture_of_its_own(pictures: Pictures, measured: Measured) -> None:
    placed = measured.placed()
    tokens = {body(pictures.get(placed, perimeter))["token"] for perimeter in (None, "north", "south", "north")}
    assert len(tokens) == measured.times == 3


def test_a_new_day_is_a_new_picture(settings: Settings, engine: Engine, theme: Theme, measured: Measured) -> None:
    now = [AS_OF]
    pictures = Pictures(settings, engine, lambda: now[0], lambda screen, perimeter: replace(theme, now=now[0]))
    placed = measured.placed()
    for later, made in ((timedelta(), 1), (timedelta(hours=13), 1), (timedelta(hours=15), 2)):
        now[0] = AS_OF + later
        pictures.get(placed, None)
        assert measured.times == made


def test_a_day_that_ends_in_the_last_perimeter_is_a_new_picture(
    settings: Settings, engine: Engine, theme: Theme, measured: Measured
) -> None:
    west = settings.perimeter["south"].model_copy(update={"timezone": "America/New_York"})
    zoned = settings.model_copy(update={"perimeter": {**settings.perimeter, "south": west}})
    now = [datetime(2026, 7, 1, 1, tzinfo=UTC)]
    pictures = Pictures(zoned, engine, lambda: now[0], lambda screen, perimeter: replace(theme, now=now[0]))
    placed = measured.placed()
    for hour, made in ((1, 1), (3, 1), (5, 2)):
        now[0] = datetime(2026, 7, 1, hour, tzinfo=UTC)
        pictures.get(placed, None)
        assert measured.times == made, "what is counted to the last day moves at midnight in New York"


def test_a_failure_keeps_the_old_picture_and_says_a_sentence(pictures: Pictures, measured: Measured, engine: Engine) -> None:
    placed = measured.placed()
    pictures.get(placed, None)
    written(engine, "voice")
    measured.then = _break
    failed = body(pictures.get(placed, None))
    text = orjson.dumps(failed).decode()
    assert failed["state"] == "failed"
    assert (
        "measured " in text
        and '"children":"1"' in text
        and "This picture could not be drawn." in text
        and "Tried today 10:00" in text
    )
    assert "ZeroDivisionError" not in text and "Traceback" not in text


def test_a_refusal_of_a_measure_is_shown_as_it_is_written(pictures: Pictures, measured: Measured) -> None:
    def refuse() -> None:
        raise NotFound("perimeter", "'nroth' is not known.", "Did you mean 'north'?")

    measured.then = refuse
    assert "Did you mean 'north'?" in orjson.dumps(body(pictures.get(measured.placed(), None))).decode()


def test_a_failure_is_tried_again_after_a_while_and_not_before(
    pictures: Pictures, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = measured.placed()
    measured.then = _break
    pictures.get(placed, None)
    measured.then = lambda: None
    assert body(pictures.get(placed, None))["state"] == "failed" and measured.times == 1
    monkeypatch.setattr(module, "RETRY_SECONDS", -1.0)
    assert body(pictures.get(placed, None))["state"] != "failed" and measured.times == 2
    pictures.get(placed, None)
    assert measured.times == 2


def test_a_picture_made_of_a_past_that_a_load_may_have_changed_is_made_again_when_that_is_measured_anew(
    pictures: Pictures, measured: Measured, engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed, scope, now = measured.placed(), Scope.of(settings, AS_OF), [0.0]
    past: list[date] = []
    for where in ("wallboard.metrics.past.elapsed", "wallboard.screens.pictures.elapsed"):
        monkeypatch.setattr(where, lambda: now[0])

    def then() -> None:
        days_ago(scope, 7, "seven days", lambda earlier: past.append(earlier.today))

    measured.then = then

    def asked_at(seconds: float) -> tuple[int, int]:
        now[0] = seconds
        pictures.get(placed, None)
        return measured.times, len(past)

    assert asked_at(0) == (1, 1) and asked_at(KEPT_FOR + 1) == (1, 1), "nothing has changed: nothing is made"
    written(engine, *placed.panel.reads)
    assert asked_at(KEPT_FOR + 2) == (2, 2)
    written(engine, *placed.panel.reads)
    assert asked_at(KEPT_FOR + 3) == (3, 2), "a load a second later measures no past"
    assert asked_at(2 * KEPT_FOR + 3) == (4, 3) and asked_at(3 * KEPT_FOR + 9) == (4, 3), "but what it did to it is seen once"


def test_a_picture_that_cannot_be_written_down_fails_like_any_other(
    pictures: Pictures, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measured, "body", object())
    content = body(pictures.get(measured.placed(), None))
    assert content["state"] == "failed" and "could not be drawn" in str(content)


def test_a_slow_picture_is_not_waited_for_and_the_old_one_stays(
    pictures: Pictures, measured: Measured, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.05)
    go = Event()
    placed = measured.placed()
    measured.then = lambda: _waited(go)
    assert pictures.get(placed, None) is None
    go.set()
    first = until(lambda: pictures.get(placed, None))
    go.clear()
    written(engine, "voice")
    assert pictures.get(placed, None) is first
    go.set()
    until(lambda: pictures.get(placed, None) is not first)
    assert measured.times == 2


def _waited(go: Event) -> None:
    assert go.wait(10)


def _break() -> None:
    raise ZeroDivisionError
