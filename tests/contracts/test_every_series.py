"""What holds for every panel that draws a series over time: what happened is marked on it, the year before stands beside it, and
whatever signals asks for an explanation.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from dash import dcc
from dash.development.base_component import Component
from sqlalchemy import Connection

from tests.conftest import AS_OF
from tests.contracts.test_every_panel import EVERY, options_of
from tests.panels.words import THEME, words_of
from wallboard.drawing.cell import WHOLE, Cell
from wallboard.drawing.charts import charted
from wallboard.drawing.event_marks import series_of
from wallboard.drawing.year_before import LAST_YEAR
from wallboard.metrics.availability import Absence
from wallboard.metrics.events import (
    ACTION,
    BEGAN,
    DEFINITION,
    ENDED,
    ISSUE,
    LOADED,
    READS,
    RECORDED,
    REDEFINED,
    Event,
    Subject,
)
from wallboard.metrics.leading import LeadingSignal
from wallboard.metrics.memo import Memo
from wallboard.metrics.newsworthy import KnownState, rows_in
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import TURNED, Shift
from wallboard.metrics.state_shifts import TABLES, asking_states, states_that_ask
from wallboard.panel import Options, Picture
from wallboard.screens.happened import Happened, happened, tables, with_events
from wallboard.settings import Room
from wallboard.store.open import open_store

SIGNALS = ("signal", "now")
"""The columns of a row that say that a series signals."""

ORIGINS = {LOADED: "strike", RECORDED: "release", ACTION: BEGAN, ISSUE: ENDED, DEFINITION: REDEFINED}


@dataclass(frozen=True)
class Shown:
    """One panel as the demo company's wall shows it, before what happened is put on it."""

    name: str
    options: Options
    measured: Any
    what: Happened

    @property
    def picture(self) -> Picture:
        drawn = EVERY[self.name].picture(self.measured, self.options, THEME)
        return replace(drawn, body=charted(drawn.body, "a chart", THEME))


@pytest.fixture(scope="module")
def every(demo_room: Room) -> Iterator[dict[str, Shown]]:
    """Every panel that can be measured."""
    engine = open_store(demo_room.store_url)
    with engine.connect() as connection, Memo().of("demo"):
        scope = Scope.of(demo_room.settings, AS_OF)
        shown = (_shown(name, connection, scope) for name in EVERY)
        yield {each.name: each for each in shown if not isinstance(each.measured, Absence)}
    engine.dispose()


def _shown(name: str, connection: Connection, scope: Scope) -> Shown:
    panel = EVERY[name]
    options = options_of(name, **({"stage": "arrives"} if "stage" in panel.options.model_fields else {}))
    measured = panel.read(connection, scope, options)
    return Shown(name, options, measured, happened(connection, scope, panel, measured, options))


def parts_of(part: Any) -> Iterator[Component]:
    """A drawing and all that stands in it."""
    if isinstance(part, list | tuple):
        for child in part:
            yield from parts_of(child)
    elif isinstance(part, Component):
        yield part
        yield from parts_of(getattr(part, "children", None))


def is_over_time(body: Any) -> bool:
    """Whether a drawing shows time: a chart over days, or three neighbours or more that are named by months, weeks or years."""
    for part in parts_of(body):
        if isinstance(part, dcc.Graph):
            days = (x for trace in part.figure["data"] for x in trace.get("x") or ())
            if any(isinstance(x, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", x) for x in days):
                return True
        children = getattr(part, "children", None)
        if isinstance(children, list | tuple):
            named = {label for child in children if isinstance(child, Component) and (label := _time(child))}
            if len(named) >= 3 or "data-period" in str(children[:1]):
                return True
    return any("slots" in _classes(part) or "sparkline" in _classes(part) for part in parts_of(body))


_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"


def _time(part: Component) -> str:
    """The month or year by which a part is named: that is all that one of its words says."""
    words = [words_of(each) for each in parts_of(part) if isinstance(getattr(each, "children", None), str)]
    return next(
        (word for word in words if re.fullmatch(rf"(?:{_MONTHS})[a-z]*(?: \d{{4}})?|(?:(?:19|20)\d\d|\d\d-\d\d)", word)), ""
    )


def _classes(part: Component) -> list[str]:
    return str(getattr(part, "className", "") or "").split()


def test_every_panel_that_draws_time_has_its_axis_or_says_why_not(every: dict[str, Shown]) -> None:
    drawn = {name for name, shown in every.items() if is_over_time(shown.picture.body)}
    marked = {name for name, shown in every.items() if shown.what.axis is not None}
    unmarked = {name for name, panel in EVERY.items() if panel.unmarked}
    assert drawn >= {"customer_trend", "renewals", "two_closings", "long_view", "issue_overview", "scoreboard", "demand"}
    assert sorted(drawn - marked - unmarked) == []
    assert not [name for name in unmarked if EVERY[name].axis], "marked, and says why not"


def test_a_series_for_each_subject_stands_in_the_picture(every: dict[str, Shown]) -> None:
    """An axis without a series is that of a time which the picture only speaks of: its events stand beneath."""
    counts = {
        name: (len(list(series_of(shown.picture.body))), len(shown.what.axis.subjects))
        for name, shown in every.items()
        if shown.what.axis
    }
    assert {name for name, (series, _) in counts.items() if not series} == {"retention"}
    assert {name: many for name, many in counts.items() if many[1] > 1 and many[0] != many[1]} == {}


@pytest.mark.parametrize("origin", ORIGINS)
def test_what_happened_is_marked_on_the_series_that_it_concerns(origin: str, every: dict[str, Shown]) -> None:
    missing = []
    for name, shown in every.items():
        if (axis := shown.what.axis) is None:
            continue
        for n, subject in enumerate(axis.subjects):
            day = axis.starts[-1] if axis.starts[-1] < axis.end else axis.starts[0] + timedelta(days=1)
            event = _concerning(subject, origin, day)
            series = list(series_of(shown.picture.body))
            known = shown.what.events if series else ()
            picture, beneath = with_events(shown.picture, replace(shown.what, events=(*known, event), shifts=()), WHOLE, THEME)
            series = list(series_of(picture.body))
            if series and not _is_marked(series[n if len(axis.subjects) > 1 else 0].drawn, day):
                missing.append(f"{name}: {subject}")
            if not series and "It happened" not in words_of(beneath):
                missing.append(name)
    assert missing == []


def _concerning(subject: Subject, origin: str, day: date) -> Event:
    """An event of that origin that concerns a series: its place, its kind of complaint, or its metric."""
    about: dict[str, Any] = {"metric": subject.metrics[0], "issue_type": subject.issue_type, "touchpoint": subject.touchpoint}
    event = Event(key=f"{origin} of the test", origin=origin, kind=ORIGINS[origin], words="It happened", starts_on=day, **about)
    assert subject.is_concerned(event)
    return event


def _is_marked(drawn: Component, day: date) -> bool:
    if isinstance(drawn, dcc.Graph):
        days = [shape["x0"] for shape in drawn.figure["layout"].get("shapes", []) if shape.get("name") == "event"]
        return any(abs((date.fromisoformat(x0) - day).days) < 400 / 16 for x0 in days)
    classes = " ".join(" ".join(_classes(part)) for part in parts_of(drawn))
    return "event-here" in classes or "event-marks" in classes


def test_a_letter_stands_where_there_is_room_and_what_it_stands_for_beneath(every: dict[str, Shown]) -> None:
    for name, shown in every.items():
        if shown.what.axis is None:
            continue
        day = shown.what.axis.end - timedelta(days=1)
        event = Event(key="it", origin=RECORDED, kind="strike", words="They were on strike", starts_on=day)
        picture, beneath = with_events(shown.picture, replace(shown.what, events=(event,), shifts=()), WHOLE, THEME)
        assert "They were on strike" in words_of(beneath), name
        drawn = str(picture.body) if list(series_of(picture.body)) else "A"
        assert re.search(r"\bA\b|<b>A</b>", drawn), name


def test_the_year_before_stands_beside_every_series_or_it_says_why_not(every: dict[str, Shown]) -> None:
    """As a number, as a dotted line, or as the reason why there is none."""
    missing = []
    for name, shown in every.items():
        panel, picture = EVERY[name], shown.picture
        if not (is_over_time(picture.body) or panel.axis) or panel.no_last_year:
            continue
        beside = [part for part in parts_of(picture.body) if "last-year" in _classes(part) and words_of(part)]
        lines = [part for part in parts_of(picture.body) if isinstance(part, dcc.Graph) and LAST_YEAR in _traces(part)]
        in_words = re.search(r"last year|a year ago|a year before", words_of(picture.note))
        if not (beside or lines or in_words):
            missing.append(name)
        axis = shown.what.axis
        if axis and len(axis.subjects) > 1 and not panel.last_year and len(beside) + len(lines) < len(axis.subjects):
            missing.append(f"{name}: beside {len(beside) + len(lines)} of {len(axis.subjects)}")
    assert missing == []


def _traces(graph: dcc.Graph) -> set[str]:
    return {trace.get("name", "") for trace in graph.figure["data"]}


def _signalling(row: Any) -> bool:
    """Whether anything that was measured signals: a row whose signal is not empty."""
    if isinstance(row, list | tuple | dict):
        return any(_signalling(each) for each in (row.values() if isinstance(row, dict) else row))
    if not is_dataclass(row):
        return False
    values = [getattr(row, name, None) for name in SIGNALS]
    signals = any(value is True or (isinstance(value, str) and value) for value in values)
    return (
        signals
        or (isinstance(row, LeadingSignal) and row.kind is not None)
        or any(_signalling(getattr(row, field.name)) for field in fields(row))
    )


def test_whatever_signals_asks_for_an_explanation(every: dict[str, Shown]) -> None:
    """A panel that measures a signal declares its shifts; without an event each is asked for."""
    signalling = {name for name, shown in every.items() if _signalling(shown.measured)}
    assert signalling >= {"issue_rate", "issue_signals", "issue_overview", "scoreboard", "counts_down"}
    assert sorted(name for name in signalling if EVERY[name].shifts is None) == []
    unasked = []
    for name, shown in every.items():
        shifts = tuple(replace(shift, explained_by=None, event=None) for shift in shown.what.shifts if shift.goes_on)
        if not shifts:
            continue
        picture = replace(shown.picture, judged=True)
        _, beneath = with_events(picture, replace(shown.what, shifts=shifts), WHOLE, THEME)
        low, _ = with_events(replace(shown.picture, judged=True), replace(shown.what, shifts=shifts), Cell(1, 0.3), THEME)
        ways = [part for part in parts_of(beneath) if str(getattr(part, "href", "")).startswith("/room/events")]
        if (
            "Nobody has explained" not in words_of(beneath)
            or not ways
            or "nobody has explained this yet" not in words_of(low.note)
        ):
            unasked.append(name)
    assert unasked == []


def test_every_state_that_a_panel_shows_asks_when_it_turns(every: dict[str, Shown], demo_room: Room) -> None:
    """On the panel, which is drawn anew when somebody has explained it, and at the console, which knows the same states."""
    engine = open_store(demo_room.store_url)
    with engine.connect() as connection:
        listed = states_that_ask(Scope.of(demo_room.settings, AS_OF), connection)
    engine.dispose()
    showing = {name: asking for name, shown in every.items() if (asking := asking_states(rows_in(shown.measured)))}
    assert showing.keys() >= {"touchpoint_board", "stage_kpis", "stage_rail", "journey_feelings", "promises_kept"}
    assert {kind for key in listed for kind in key[:1]} == {"touchpoint", "stage", "kpi", "score", "feeling", "promise"}
    unlisted = {name: [*asking.keys() - listed.keys()] for name, asking in showing.items()}
    assert {name: keys for name, keys in unlisted.items() if keys} == {}
    assert [name for name in showing if not {*READS} <= {*tables(EVERY[name])}] == []
    assert [name for name in showing if not TABLES & {*EVERY[name].reads}] == [], "only there is it asked what turned"
    unasked = []
    for name, asking in showing.items():
        what = replace(every[name].what, shifts=(_turned(next(iter(asking.values()))),))
        _, beneath = with_events(replace(every[name].picture, judged=True), what, WHOLE, THEME)
        unasked += [] if "Nobody has explained" in words_of(beneath) else [name]
    assert unasked == []


def _turned(known: KnownState) -> Shift:
    assert known.about is not None
    day = AS_OF.date()
    return Shift(
        metric=known.about.metrics[0], issue_type=None, stage=known.about.stage, touchpoint=known.about.touchpoint,
        name=known.name, side="low", rule=TURNED, since=day, first_end=day, signalled_on=day, goes_on=True, explained_by=None,
        event=None, turned=known.id, was="good", state="attention",
    )  # fmt: skip
