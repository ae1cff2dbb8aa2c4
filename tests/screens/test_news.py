"""What is new on a panel comes from the rows that it measured, by one mechanism for all of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import count
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Engine

import wallboard.metrics
from tests.conftest import AS_OF, REPOSITORY
from tests.metrics import given, given_counts
from tests.panels.words import SCOPE, THEME, words_of
from wallboard.drawing.theme import Theme
from wallboard.layout import Layout, Placed, Scene, read_layouts
from wallboard.metrics.availability import Absence
from wallboard.metrics.customers import customer_flow
from wallboard.metrics.feed_health import STOPPED, Trouble
from wallboard.metrics.memo import Memo
from wallboard.metrics.newsworthy import Due, KnownState, Newsworthy, Reading, newsworthy, rows_in
from wallboard.metrics.scope import Scope, full_weeks
from wallboard.metrics.signals import SignalPoint
from wallboard.metrics.touchpoints import worst_touchpoints
from wallboard.panel import AnyPanel, News
from wallboard.panels import find_panels
from wallboard.screens.findings import Finding, finding
from wallboard.screens.freshness import Freshness, SourceAge
from wallboard.screens.judging import Doubt
from wallboard.screens.made_scenes import with_made_scenes
from wallboard.screens.news import news_of
from wallboard.screens.programme import Candidate, programme
from wallboard.screens.seen import Seen
from wallboard.screens.spine import Spine, drawn, head_id, scene_news, verdict_scene
from wallboard.screens.week_ago import week_ago
from wallboard.settings import Room
from wallboard.store.open import open_store

PANELS = find_panels()
WALLS = {name: wall for name, wall in read_layouts(REPOSITORY / "layouts", PANELS).items() if wall.kind == "wall"}
CALM = (41, 38, 45, 40, 43, 39, 44, 42, 37, 46, 40, 41) * 2
DAY = timedelta(days=1)
DATES, STATES = ("due", "due_on", "promised_by", "action_due"), ("judged", "reached", "is_kept", "verdict", "forecast", "state")


def news(name: str, connection: Connection, scope: Scope = SCOPE) -> tuple[News, ...]:
    panel = PANELS[name]
    chosen = panel.options()

    def measured(days: int = 0) -> object:
        return panel.read(connection, replace(scope, as_of=scope.as_of - days * DAY), chosen)

    return news_of(measured(), measured, replace(THEME, now=scope.as_of), judged=True)


@pytest.mark.parametrize("name", ["issue_signals", "issue_overview"])
def test_a_signal_is_news_since_the_day_on_which_its_first_week_was_known(engine: Engine, name: str) -> None:
    last = full_weeks(SCOPE, 1)[0].start
    with engine.begin() as connection:
        given.journey(connection)
        given_counts.weekly(connection, {"late": (*CALM, *CALM[:11], 99, 99), "broken": CALM + CALM[:13]}, last=last)
        signals = [item for item in news(name, connection) if item.kind == "signal" and "All" not in item.sentence]
    assert signals == [News("signal", last, "“My order is late” is growing")], "known once the week before the last was over"


def test_a_month_that_turned_is_news_since_it_was_over(engine: Engine) -> None:
    grew = [(f"c{n}", date(2026, 4, 1 + n), "new", 10.0) for n in range(20)]
    shrank = [(f"c{n}", date(2026, 5, 10), "lost", 10.0) for n in range(4)]
    third = replace(SCOPE, as_of=datetime(2026, 6, 3, 9, tzinfo=UTC))
    later = replace(third, as_of=third.as_of + 8 * DAY)
    turned = News("turned", date(2026, 6, 1), "The number of customers: not growing (was growing)")
    with engine.begin() as connection:
        given.customers(connection, ("first", date(2025, 1, 1), "new", 10.0), *grew, *shrank)
        assert turned in news("customer_trend", connection, third) and turned in news("customer_flow", connection, third)
        assert turned not in news("customer_trend", connection, later)
        quarters = [part for row in customer_flow(connection, later, months=2, unit="quarter") for part in newsworthy(row)]
    assert quarters and not [part for part in quarters if isinstance(part, KnownState)], "the wall answers by the month"


def test_a_state_that_turned_is_news_since_the_day_on_which_it_did() -> None:
    now, before = KnownState(("a",), "the door", "attention"), KnownState(("a",), "the door", "watch")
    asked: list[int] = []

    def earlier(days: int) -> object:
        asked.append(days)
        return (Seeded(now if days < 3 else before),)

    assert news_of((Seeded(now),), earlier, THEME, judged=True) == (
        News("turned", THEME.today - 2 * DAY, "The door: in trouble (was to watch)"),
    )
    assert len(asked) <= 4 and len({*asked}) == len(asked), "a few days are asked, each once"
    for other in (before, replace(now, state=None)):
        quiet = news_of((Seeded(other),), lambda _: (Seeded(replace(before, state=None)),), THEME, judged=True)
        assert not quiet, "what is not known turns into nothing"
    assert not news_of((Seeded(now),), earlier, THEME, judged=False)


def test_what_was_so_a_week_ago_is_measured_once_in_ten_minutes_and_anew_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []
    absent: list[bool] = []

    def read(_: Connection, scope: Scope, __: object) -> object:
        asked.append(scope.today)
        return Absence(STOPPED) if absent else (Seeded(KnownState(("a",), "", "good")),)

    placed = next(WALLS["issues"].placed())
    placed = replace(placed, panel=cast(AnyPanel, SimpleNamespace(read=read)))
    memo, hours, states = Memo(), [0.0], count()
    monkeypatch.setattr("wallboard.metrics.past.elapsed", lambda: hours[0] * 3600)
    tomorrow, part = replace(SCOPE, as_of=SCOPE.as_of + DAY), replace(SCOPE, perimeters=("gb",))

    def ask(*scopes: Scope) -> None:
        asked.clear()
        for scope in scopes:
            with memo.of(next(states)):
                assert week_ago(cast(Connection, None), scope, placed)(7)

    ask(SCOPE, SCOPE)
    assert asked == [SCOPE.today - 7 * DAY]
    ask(part, SCOPE)
    assert len(asked) == (SCOPE.perimeters != ("gb",)), "each part of the business by itself"
    ask(tomorrow, tomorrow)
    assert asked == [tomorrow.today - 7 * DAY]
    hours.append(hours.pop() + 1)
    ask(tomorrow, tomorrow)
    assert len(asked) == 1, "who loads the past anew is heard"
    absent.append(True)
    ask(SCOPE, SCOPE)
    assert len(asked) == 2, "what has never been loaded may come at any time"


@dataclass(frozen=True, slots=True)
class Seeded:
    """A row that carries what it is given."""

    part: Newsworthy


@newsworthy.register
def _(row: Seeded) -> Iterator[Newsworthy]:
    yield row.part


def test_a_record_says_over_how_long_a_history() -> None:
    ends = [THEME.today - timedelta(days=1 + 7 * n) for n in range(14)]

    def reported(newest: float, count: int = 14) -> list[News]:
        values = [newest, *range(10, 10 + count - 1)]
        rows = tuple(Seeded(Reading("tickets", day, value, "week")) for day, value in zip(ends, values, strict=False))
        return [*news_of(rows, lambda _: (), THEME, judged=True)]

    assert reported(99) == [News("record", THEME.today, "Tickets: the highest in 14 weeks")]
    assert reported(1) == [News("record", THEME.today, "Tickets: the lowest in 14 weeks")]
    assert not reported(10) and not reported(99, 12), "as low as before is none, and neither is the best of a few"


def test_a_promise_is_news_since_the_day_after_it_was_due_also_where_nothing_may_be_judged() -> None:
    rows = tuple(Seeded(Due("the door", "ring", THEME.today + days * DAY)) for days in (-2, 0, 3))
    assert news_of(rows, lambda _: (), THEME, judged=False) == (News("due", THEME.today - DAY, "“the door”: ring"),)


def test_a_scene_whose_source_stops_says_that_and_keeps_no_other_news_but_what_is_overdue() -> None:
    """Its signal is no longer judged; it stays on the wall, since it was measured once."""
    placed = next(WALLS["issues"].placed())
    silent = Trouble("voice", STOPPED, "tickets", None, THEME.today - 9 * DAY, None, 100.0, None, True)
    stale = SourceAge("tickets", frozenset(placed.panel.reads[:1]), AS_OF - 9 * DAY, "stale", AS_OF - 2 * DAY)
    stopped = Absence(STOPPED, known_to=THEME.today - 9 * DAY, silent=(silent,))
    reported = finding(placed, Seen(stopped, in_doubt=Doubt(silent)), THEME, Freshness((stale,)))
    assert [each.kind for each in reported.news] == ["stale"] and not reported.lacking
    rows = (Seeded(Due("the door", "ring", THEME.today - DAY)), Seeded(KnownState(("a",), "the door", "watch")))
    assert [each.kind for each in news_of(rows, lambda _: (Seeded(KnownState(("a",), "", "good")),), THEME, judged=False)] == [
        "due"
    ]


def test_whatever_row_has_a_promise_or_a_judgement_says_so() -> None:
    known, silent = {*newsworthy.registry}, []
    for module in iter_modules(wallboard.metrics.__path__):
        for kind in vars(import_module(f"wallboard.metrics.{module.name}")).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__.startswith("wallboard.metrics."):
                named = {field.name for field in fields(kind) if field.name in DATES and "date" in str(field.type)}
                named |= {field.name for field in fields(kind) if field.name == "judged" and "str" in str(field.type)}
                named |= {
                    field.name for field in fields(kind) if field.name in ("reached", "is_kept") and "bool" in str(field.type)
                }
                if named and kind not in known and not kind.__name__.startswith("_"):
                    silent.append(kind.__name__)
    assert not silent, "register them in wallboard/metrics/newsworthy.py"


# ---- all panels that walls turn through ------------------------------------------------------------------------------


def changed(measured: Any, change: Callable[[Any], Any]) -> Any:
    """What was measured with each of its rows changed."""
    if isinstance(measured, tuple):
        return tuple(changed(part, change) for part in measured)
    if is_dataclass(measured) and not isinstance(measured, type):
        parts = {field.name: getattr(measured, field.name) for field in fields(measured)}
        deep = {name: changed(part, change) for name, part in parts.items() if isinstance(part, tuple) or is_dataclass(part)}
        return change(replace(measured, **deep) if deep else measured)
    return measured


def promised(row: Any) -> Any:
    """A row whose promise was due two days ago."""
    open_ = {name: None for name in ("closed_on", "done_on", "action_done") if hasattr(row, name)}
    dates = {name: THEME.today - 2 * DAY for name in DATES if hasattr(row, name)}
    return replace(row, **open_, **dates) if dates else row


def otherwise(row: Any) -> Any:
    """A row of which each state is another one."""
    values: dict[str, Any] = {
        "judged": "good", "reached": False, "is_kept": False, "verdict": "yes", "forecast": "falling", "state": "good",
        "signal": "",
    }  # fmt: skip
    others: dict[str, Any] = {
        **values, "judged": "watch", "reached": True, "is_kept": True, "verdict": "no", "forecast": "reached",
    }  # fmt: skip
    if not any(isinstance(part, KnownState) for part in newsworthy(row)) or not hasattr(row, "__dataclass_fields__"):
        return row
    named = {name: others[name] if getattr(row, name) == values[name] else values[name] for name in values if hasattr(row, name)}
    if isinstance(getattr(row, "state", None), str) and row.state not in ("good", "watch", "attention"):
        named.pop("state", None)
    named.pop("net", None)
    return replace(row, net=-getattr(row, "net", 0) or -1, **named) if hasattr(row, "net") else replace(row, **named)


def signalling(measured: Any) -> Any:
    """What was measured with a signal in the newest complete point of each series."""
    points = [row for row in rows_in(measured) if isinstance(row, SignalPoint) and row.complete and row.value is not None]
    newest = {point.place: point for point in points}
    plain: dict[str, Any] = {"signal": "high", "now": "high", "state": "measured", "firm": "firm"}
    return changed(
        measured,
        lambda row: (
            replace(row, **plain if row in newest.values() else {"signal": "", "now": "high", "state": "measured"})
            if isinstance(row, SignalPoint)
            else row
        ),
    )


def record(measured: Any) -> Any:
    """What was measured with its newest complete value far beyond the others."""
    ends = [part.day for row in rows_in(measured) for part in newsworthy(row) if isinstance(part, Reading)]

    def beyond(row: Any) -> Any:
        newest = [part for part in newsworthy(row) if isinstance(part, Reading) and part.day == max(ends)]
        named = ("value", "cost", "share", "finished", "arrived", "new", "lost")
        return replace(row, **{name: 10**6 for name in named if hasattr(row, name)}) if newest else row

    return changed(measured, beyond)


def kinds_of(measured: object) -> set[str]:
    """The kinds of news that what was measured may carry."""
    parts = [part for row in rows_in(measured) for part in newsworthy(row)]
    series: dict[str, set[date]] = {}
    for part in parts:
        if isinstance(part, Reading):
            series.setdefault(part.series, set()).add(part.day)
    kinds = {"due"} if any(isinstance(part, Due) for part in parts) else set()
    kinds |= {"turned"} if any(isinstance(part, KnownState) and part.kind == "turned" and part.state for part in parts) else set()
    kinds |= {"signal"} if any(isinstance(row, SignalPoint) for row in rows_in(measured)) else set()
    return kinds | ({"record"} if any(len(days) > 12 for days in series.values()) else set())


def seeded(kind: str, measured: Any) -> tuple[object, Callable[[int], object], Theme]:
    """What a panel measured with news of a kind in it, what it had measured before, and the theme of a day when that is new."""
    if kind == "due":
        return changed(measured, promised), lambda _: measured, THEME
    if kind == "turned":
        return measured, lambda days: changed(measured, otherwise) if days > 2 else measured, THEME
    new = signalling(measured) if kind == "signal" else record(measured)
    points = [row.period_end for row in rows_in(measured) if isinstance(row, SignalPoint) and row.complete]
    days = points if kind == "signal" else [p.day for r in rows_in(measured) for p in newsworthy(r) if isinstance(p, Reading)]
    at = datetime.combine(max(days) + 3 * DAY, datetime.min.time(), UTC) + timedelta(hours=12)
    return new, lambda _: measured, replace(THEME, now=at)


def fault(wall: Layout, scene: Scene, placed: Placed, kind: str, reported: Finding, theme: Theme) -> str:
    """What is wrong with the place of a scene of which one panel has news; '' where nothing is."""
    findings = {panel.id: Finding() for panel in wall.placed()} | {placed.id: reported}
    new = {each.name: scene_news(each, findings, theme.today) for each in wall.turning}
    turn = programme([Candidate(each.name, each.seconds, True, new[each.name]) for each in wall.turning], verdict_scene(wall))
    plain = programme([Candidate(each.name, each.seconds) for each in wall.turning], verdict_scene(wall))
    words = words_of(drawn(wall, Spine(turn, findings, ((), theme.today), True, ""), theme)[head_id(wall, scene)])
    is_first = scene.name in (turn.order[0], *(turn.order[1:2] if verdict_scene(wall) else ()))
    seconds = [max(slot.seconds for slot in each.slots if slot.scene == scene.name) / each.seconds for each in (turn, plain)]
    latest = new[scene.name]
    kinds = {each.kind for each in reported.news}
    named = latest is not None and kind in kinds and latest.sentence and f"since {theme.since(latest.since)}" in words
    is_longer = seconds[0] > seconds[1] or scene.name == verdict_scene(wall)
    is_longer |= len(wall.turning) == 1
    return "" if is_first and is_longer and named else f"{wall.name}/{scene.name} {placed.show}: {kind}: {latest} {words} {turn}"


def test_news_of_any_kind_brings_the_scene_forward_for_longer_and_says_since_when(demo_room: Room) -> None:
    engine, carrying, faults = open_store(demo_room.store_url), dict[str, set[str]](), []
    scope = Scope.of(demo_room.settings, AS_OF)
    with engine.connect() as connection, Memo().of("these walls"):
        points = worst_touchpoints(connection, scope)[:2]
        for wall in (with_made_scenes(wall, points) for wall in WALLS.values()):
            for scene, placed in ((each, panel) for each in wall.turning for panel in each.panels):
                measured = placed.panel.read(connection, scope, placed.options)
                if isinstance(measured, Absence):
                    continue
                for kind in kinds_of(measured):
                    carrying.setdefault(kind, set()).add(placed.show)
                    new, earlier, theme = seeded(kind, measured)
                    seen = Seen(new, news=news_of(new, earlier, theme, judged=True))
                    faults.append(fault(wall, scene, placed, kind, finding(placed, seen, theme, Freshness(())), theme))
                old = SourceAge("tickets", frozenset(placed.panel.reads[:1]), AS_OF - 9 * DAY, "stale", AS_OF - DAY)
                reported = finding(placed, Seen(Absence("stopped")), THEME, Freshness((old,)))
                faults.append(fault(wall, scene, placed, "stale", reported, THEME))
    engine.dispose()
    assert not [*filter(None, faults)], "\n".join(filter(None, faults))
    assert carrying["signal"] >= {"issue_signals", "issue_overview"} and carrying["due"] >= {"touchpoint_board", "owner_promises"}
    assert carrying["due"] >= {"issue_cards", "touchpoint_map"}
    assert carrying["turned"] >= {"growth_verdict", "touchpoint_map", "promises_kept", "scoreboard", "issue_overview"}
    assert carrying["record"] >= {"customer_trend", "scoreboard", "issue_arrivals"}, carrying
