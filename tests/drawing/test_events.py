"""Letters on a time axis, and the words beneath: few, newest first, what explains a shift before all else."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from dash import html

from tests.panels.words import THEME, words_of
from wallboard.drawing.cell import WHOLE, Cell
from wallboard.drawing.charts import chart, figure
from wallboard.drawing.event_marks import BESIDE, put_markers
from wallboard.drawing.events import TimeAxis, legend, markers, unexplained
from wallboard.drawing.limits_chart import Spot
from wallboard.drawing.scale import Scale, columns
from wallboard.drawing.sparkline import sparkline
from wallboard.drawing.text_width import text_width
from wallboard.metrics.events import COMPLAINTS, Event, Subject
from wallboard.metrics.shifts import Shift

FIRST = date(2026, 1, 5)
WEEKS = tuple(FIRST + timedelta(weeks=n) for n in range(20))
AXIS = TimeAxis(WEEKS, WEEKS[-1] + timedelta(days=6), (Subject(COMPLAINTS),))


def event(week: int, words: str = "It happened", **fields: Any) -> Event:
    plain = {"key": f"{week} {words}", "origin": "loaded", "kind": "release", "starts_on": WEEKS[0] + timedelta(weeks=week)}
    return Event(**{**plain, "words": words, **fields})


def shift(**fields: Any) -> Shift:
    plain: dict[str, Any] = {
        "metric": "complaint_rate", "issue_type": None, "stage": None, "touchpoint": None, "name": "all complaints",
        "side": "low", "rule": "low", "since": WEEKS[9], "first_end": WEEKS[9] + timedelta(days=6), "signalled_on": WEEKS[9],
        "goes_on": True, "explained_by": None, "event": None,
    }  # fmt: skip
    return Shift(**plain | fields)


def chosen(happened: Sequence[Event], shifts: Sequence[Shift] = (), axis: TimeAxis = AXIS, cell: Cell = WHOLE) -> list[str]:
    marked = markers(axis, happened, shifts, cell, THEME)
    return [f"{marker.letter} {marker.event.words}" for marker in marked if marker.letter]


def test_the_newest_are_marked_newest_first_as_many_as_there_is_room_for() -> None:
    four = [event(week, f"w{week}") for week in (3, 15, 9, 6)]
    assert chosen(four) == ["A w15", "B w9"]
    assert chosen(four, cell=Cell(1, 0.5)) == ["A w15"]
    assert chosen(four, cell=Cell(0.4, 1)) == ["A w15"]
    assert chosen(four, cell=Cell(1, 0.4)) == []
    assert chosen(four, cell=Cell(1, 0.5, letters_before=1)) == ["B w15"]
    assert chosen(four, axis=TimeAxis(WEEKS, AXIS.end, AXIS.subjects * 4)) == ["A w15"]


def test_what_there_is_no_room_to_tell_is_marked_all_the_same_and_counted() -> None:
    thirty = [event(2 * (n % 10), f"w{n}", key=f"{n}") for n in range(30)]
    marked = markers(AXIS, thirty, (), WHOLE, THEME)
    assert sum(len(marker.events) for marker in marked) == 30 and len(marked) == 10
    drawn = chart(figure([]), "a chart", THEME)
    put_markers(drawn, AXIS, marked, THEME)
    layout = drawn.children.figure["layout"]
    assert len(layout["shapes"]) == 10 and len(layout["annotations"]) == 2
    strokes = [shape for shape in layout["shapes"] if shape.get("ysizemode") == "pixel"]
    assert len(strokes) == 8 and {shape["yanchor"] for shape in strokes} == {1}, "above the chart, where no word stands"
    assert layout["margin"]["t"] >= max(shape["y1"] for shape in strokes)
    text = words_of(legend(marked, (), WHOLE, THEME))
    assert text == "A 11 May: w9 +2 B 27 Apr: w8 +2 and 24 more"
    low = markers(AXIS, thirty, (), Cell(1, 0.3), THEME)
    assert len(low) == 10 and legend(low, (), Cell(1, 0.3), THEME) is None


def test_two_events_on_one_day_share_one_mark() -> None:
    both = [event(5, "one", key="1"), event(5, "another", key="2")]
    (marker,) = markers(AXIS, both, (), WHOLE, THEME)
    assert marker.letter == "A" and {each.words for each in marker.events} == {"one", "another"}
    assert words_of(legend([marker], (), WHOLE, THEME)) == "A 9 Feb: one +1"


def test_what_explains_a_shift_is_marked_first_and_what_people_say_before_what_is_derived() -> None:
    why = event(2, "why")
    more = [event(n, f"w{n}") for n in (17, 14)]
    derived = [event(n, f"d{n}", origin="issue", issue_type="late") for n in (19, 12, 10)]
    assert chosen([*derived, *more, why], [shift(event=why.key, explained_by="why")]) == ["A w17", "B why"]


def test_letters_never_stand_on_each_other_and_nothing_lies_off_the_axis() -> None:
    near = [event(10, "one"), Event(**{**_fields(event(10, "other")), "starts_on": WEEKS[10] + timedelta(days=3)})]
    assert chosen(near) == ["A other"]
    assert chosen([event(-1), event(20), event(5, "within")]) == ["A within"]
    assert chosen([event(5, "of a kind", issue_type="late"), event(9, "of another metric", metric="nps")]) == ["A of a kind"]


def _fields(given: Event) -> dict[str, Any]:
    return {name: getattr(given, name) for name in Event.__dataclass_fields__}


def test_a_chart_gets_a_line_and_a_letter_that_keep_what_stood_there() -> None:
    drawn = chart(figure([], annotations=[{"text": "usual 9"}], shapes=[{"type": "rect"}]), "a chart", THEME)
    put_markers(html.Div([drawn]), AXIS, markers(AXIS, [event(5)], (), WHOLE, THEME), THEME)
    layout = drawn.children.figure["layout"]
    assert [annotation["text"] for annotation in layout["annotations"]] == ["usual 9", "<b>A</b>"]
    assert [shape.get("x0") for shape in layout["shapes"]] == [None, WEEKS[5].isoformat()]
    assert layout["margin"]["t"] > THEME.size("quiet")


def test_each_of_several_charts_has_only_what_concerns_it() -> None:
    kinds = TimeAxis(WEEKS, AXIS.end, (Subject(COMPLAINTS, "late"), Subject(COMPLAINTS, "bill")))
    charts = [chart(figure([]), "a chart", THEME) for _ in range(2)]
    happened = [event(5, "late ones", issue_type="late"), event(12, "all of them")]
    put_markers(charts, kinds, markers(AXIS, happened, (), WHOLE, THEME), THEME)
    letters = [[note["text"] for note in drawn.children.figure["layout"].get("annotations", [])] for drawn in charts]
    assert letters == [["<b>A</b>", "<b>B</b>"], ["<b>A</b>"]]


def test_a_row_of_bars_has_the_letter_in_the_slot_of_its_period() -> None:
    scale = Scale("weeks", 9.0, along="y")
    bars = columns(scale, [scale.mark(n % 9) for n in range(20)], periods=WEEKS)
    axis_event = Event(**{**_fields(event(7)), "starts_on": WEEKS[7] + timedelta(days=3)})
    put_markers(bars, AXIS, markers(AXIS, [axis_event], (), WHOLE, THEME), THEME)
    assert [n for n, slot in enumerate(bars.children) if "A" in words_of(slot)] == [7]


def test_the_words_say_the_day_what_it_was_and_whether_an_action_is_done() -> None:
    happened = [
        event(3, "A strike", ends_on=WEEKS[3] + timedelta(days=4)),
        event(9, "Double-wall boxes", kind="action ended"),
    ]
    text = words_of(legend(markers(AXIS, happened, (), WHOLE, THEME), (), WHOLE, THEME))
    assert "26 Jan to 30 Jan: A strike" in text and "9 Mar: Double-wall boxes (done)" in text and "W" * 60 not in text
    assert text.index("Double-wall") < text.index("A strike")


@pytest.mark.parametrize(
    "written",
    ["<b onclick=steal()>Strike</b>", "إضراب في شركة النقل", "Donaudampfschifffahrtsgesellschaftskapitän" * 3],
)
def test_words_stand_as_they_were_written_in_their_own_direction_and_fit_their_line(written: str) -> None:
    marked = markers(AXIS, [event(5, written)], (), WHOLE, THEME)
    drawn = chart(figure([]), "a chart", THEME)
    put_markers(drawn, AXIS, marked, THEME)
    assert written[:9] not in str(drawn.children.figure)
    beneath = legend(marked, (), WHOLE, THEME)
    assert beneath is not None
    line = beneath.children[0].children[0].children[-1]
    assert line.dir == "auto" and isinstance(line.children, str) and written[:9] in line.children
    assert text_width(f"A {line.children}", THEME.size("quiet")) <= (WHOLE.pixels(THEME.floor)[0]) / 2


def test_the_letters_of_a_chart_stand_above_it_and_those_of_bars_above_them() -> None:
    """A letter on a line or on a number cannot be read: there is a strip for it that holds nothing else."""
    drawn = chart(figure([], margin={"t": 5}), "a chart", THEME)
    bars = columns(Scale("weeks", 9.0, along="y"), [None] * 20, periods=WEEKS)
    put_markers([drawn, bars], AXIS, markers(AXIS, [event(5)], (), WHOLE, THEME), THEME)
    layout = drawn.children.figure["layout"]
    (letter,) = layout["annotations"]
    assert (letter["yref"], letter["y"], letter["yanchor"]) == ("paper", 1, "bottom")
    assert layout["margin"]["t"] >= 1.2 * THEME.size("quiet") - 1
    assert "lettered" in bars.className and [n for n, slot in enumerate(bars.children) if "A" in words_of(slot)] == [5]


def test_a_series_too_small_for_letters_has_them_behind_it() -> None:
    spots = [Spot(week, 4.0) for week in WEEKS]
    small = html.Span([sparkline(spots, None, THEME, "a course")], className=BESIDE)
    other = html.Span([sparkline(spots, None, THEME, "another")], className=BESIDE)
    kinds = TimeAxis(WEEKS, AXIS.end, (Subject(COMPLAINTS, "late"), Subject(COMPLAINTS, "bill")))
    happened = [event(19, "late ones", issue_type="late")]
    again = html.Span([sparkline(spots, None, THEME, "a third")], className=BESIDE)
    kinds = TimeAxis(WEEKS, AXIS.end, (*kinds.subjects, kinds.subjects[0]))
    put_markers([small, other, again], kinds, markers(kinds, happened, (), WHOLE, THEME), THEME)
    assert [words_of(small), words_of(other), words_of(again)] == ["A", "", ""], "an event is named once"
    assert again.children[0].children[1:], "and shown in each series that it concerns"
    (marks,) = small.children[0].children[1:]
    assert marks.className == "event-marks" and marks.children[0].className == "told" and len(other.children[0].children) == 1


def test_a_shift_leads_to_the_form_with_its_metric_and_its_first_day() -> None:
    asks = unexplained([shift(issue_type="late", name="My order is late")], THEME)
    assert asks is not None
    assert asks.href == "/room/events?metric=complaint_rate&issue_type=late&explains=2026-03-09#record"
    several = unexplained([shift(), shift(issue_type="late", name="late")], THEME)
    assert several is not None and several.href == "/room/events"


def test_a_shift_that_goes_on_without_an_event_says_that_nobody_has_explained_it() -> None:
    def words(*shifts: Shift, cell: Cell = WHOLE) -> str:
        return words_of(legend([], shifts, cell, THEME))

    assert words(shift()) == "Nobody has explained this shift yet (since 9 Mar)"
    assert words(shift(issue_type="late", name="My order is late")) == "Nobody has explained ‘My order is late’ yet"
    assert words(shift(), shift(issue_type="late")) == "Nobody has explained 2 of these shifts yet"
    assert words(shift(explained_by="A new carrier", event="1")) == words(shift(goes_on=False)) == words() == ""
    assert words(shift(), cell=Cell(1, 0.3)) == ""
