"""The minutes as a PDF: who does what first, then the walls as the session saw them, in any alphabet that a typeface writes."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from sqlalchemy import Engine

from tests.screens.console.given import House, furnished, small_room
from tests.screens.console.test_frozen import ended, frozen, more_complaints
from wallboard.drawing.theme import LIGHT
from wallboard.panels import find_panels
from wallboard.paper.charts import draw_chart
from wallboard.paper.document import BOX, Paper
from wallboard.paper.minutes import minutes_as_pdf
from wallboard.paper.walls import WallOnPaper, frozen_walls_of
from wallboard.records.minutes import Minutes, Section, minutes_of, no_numbers
from wallboard.records.minutes_parts import Line

UTC = ZoneInfo("UTC")


def pages(paper: Paper) -> list[str]:
    """The words of each page, in one line."""
    with pypdfium2.PdfDocument(bytes(paper.output())) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def minutes(*lines: Line, title: str = "The room") -> Minutes:
    return Minutes(7, title, "North, monthly, 2026-06-01", "We send earlier.", (Section("Who does what by when", lines),))


def test_the_summary_stands_on_the_first_page() -> None:
    [page] = pages(
        minutes_as_pdf(minutes(Line("call *each* (by 1 July 2026)", "Lena"), Line("yes: Sam", level=1)), [], UTC, "en-GB")
    )
    assert page.startswith("The room North, monthly, 2026-06-01 We send earlier. Who does what by when")
    assert "Lena: call *each* (by 1 July 2026)" in page and "– yes: Sam" in page


def test_letters_of_other_alphabets_are_written_and_one_that_is_missing_is_named() -> None:
    paper = minutes_as_pdf(minutes(Line("Юрий, Γιώργος, דנה, سارة", "Łucja"), Line("\U00013000")), [], UTC, "en-GB")
    assert paper.missing == {"\U00013000"}, "hieroglyphs"
    [page] = pages(paper)
    assert "Łucja: Юрий, Γιώργος" in page and "דנה" in page and BOX in page


def test_bold_letters_stand_as_far_apart_as_they_are_wide() -> None:
    paper, widths = Paper("Bold", []), []
    for bold in (False, True):
        paper.pen(10, bold=bold)
        widths.append(paper.get_string_width("Minutes with the walls"))
    assert widths[1] > 1.02 * widths[0] and pages(paper)


@pytest.mark.slow
def test_the_walls_stand_in_it_as_the_session_saw_them_after_later_loads(house: House) -> None:
    fay, number = frozen(house)

    def read() -> list[WallOnPaper]:
        with house.living.engine.connect() as connection:
            return frozen_walls_of(connection, house.room, find_panels(), number, house.living.at)

    before = read()
    ended(house, fay, number)
    house.living.at += timedelta(hours=2)
    more_complaints(house, house.living.today - timedelta(days=4))
    walls = read()
    assert walls == before and {wall.label for wall in walls} >= {"Issues"}
    with house.living.engine.connect() as connection:
        made = minutes_of(connection, house.room.settings, number, no_numbers)
    text = " ".join(pages(minutes_as_pdf(made, walls, UTC, "en-GB")))
    assert "The walls as this session saw them Numbers of 1 June 2026, 09:00 (UTC)" in text
    headlines = [panel.headline for wall in walls for scene in wall.scenes for panel in scene.panels]
    assert all(" ".join(headline.split()) in text for headline in headlines), "each of them, whole"
    assert "Minutes with the walls (PDF)" in fay.see(f"/room/session/{number}")


def test_a_chart_is_drawn_from_its_traces_whatever_its_axes_are() -> None:
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": ["2026-01-01", None, "2026-02-01"],
        "y": [1, None, 2],
        "line": {"dash": "dot"},
    }
    bars = {"type": "bar", "x": ["new", "old"], "y": [3, 0], "marker": {"color": [LIGHT["good"], LIGHT["bad"]]}}
    lying = {"type": "bar", "orientation": "h", "base": [0, 1], "x": [2, 1], "y": [1, 2], "width": 0.5}
    axis = {"xaxis": {"tickvals": ["2026-01-01"], "ticktext": ["1 Jan"]}, "yaxis": {"range": [0, 4]}}
    rule = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": 2, "y1": 2}
    label = {"text": "usual<br>2", "x": 1, "xref": "paper", "y": 2, "xanchor": "left"}
    paper = Paper("Charts", [])
    for trace, layout in ((line, axis | {"shapes": [rule], "annotations": [label]}), (bars, {}), (lying, {})):
        draw_chart(paper, {"data": [trace], "layout": layout})
    [page] = pages(paper)
    assert "1 Jan" in page and "usual 2" in page


@pytest.fixture
def house(tmp_path: Path, sqlite_store: Engine) -> House:
    return House(small_room(tmp_path / "room"), furnished(sqlite_store))
