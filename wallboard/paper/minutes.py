"""The minutes of a session as a PDF: who does what by when first, then everything else, then the walls as it saw them."""

from collections.abc import Sequence
from itertools import zip_longest
from zoneinfo import ZoneInfo

from wallboard.calendar import in_full
from wallboard.paper.charts import FOOT, HEIGHT, LOW, draw_chart
from wallboard.paper.document import Paper
from wallboard.paper.outline import Chart, Table, Upright, Words
from wallboard.paper.tables import draw_table, draw_upright
from wallboard.paper.walls import PanelOnPaper, SceneOnPaper, WallOnPaper, words_of
from wallboard.records.minutes import Minutes, Section
from wallboard.records.minutes_parts import Line

TITLE, HEADING, TEXT, QUIET = 20, 13, 10, 8.5
"""Sizes of letters in points."""

SEVERAL = 3
"""From so many charts on, a panel's charts are low."""


def minutes_as_pdf(minutes: Minutes, walls: Sequence[WallOnPaper], zone: ZoneInfo, locale: str) -> Paper:
    """The minutes on A4 pages."""
    lines = (line for section in minutes.sections for line in section.lines)
    words = [minutes.title, minutes.when, minutes.agreed, *(part for line in lines for part in (line.lead, line.words))]
    paper = Paper(minutes.title, [*words, *words_of(walls)])
    paper.sentence(minutes.title, TITLE, bold=True)
    paper.sentence(minutes.when, TEXT, "quiet")
    if minutes.agreed:
        paper.ln(3)
        paper.sentence(minutes.agreed, 12)
    for section in minutes.sections:
        _section(paper, section)
    if walls:
        paper.add_page()
        paper.sentence("The walls as this session saw them", TITLE - 3, bold=True)
        at = walls[0].as_of.astimezone(zone)
        paper.sentence(
            f"Numbers of {in_full(at.date(), locale)}, {at:%H:%M} ({zone}), frozen when the session began. What was restated"
            f" since says so in the replay, at /session/{minutes.number}/wall/ of the room, with both values.",
            QUIET,
            "quiet",
        )
    for wall in walls:
        _wall(paper, wall)
    return paper


def _section(paper: Paper, section: Section) -> None:
    paper.ln(5)
    paper.keep_together(18)
    with paper.section_of(section.title):
        for line in section.lines:
            _line(paper, line)


def _line(paper: Paper, line: Line) -> None:
    indent = 5.0 + 5 * line.level
    paper.pen(TEXT, "quiet")
    paper.keep_together(6)
    paper.set_x(paper.l_margin + indent - 4)
    paper.cell(4, 1.38 * paper.font_size, "–" if line.level else "•")
    margin = paper.l_margin
    paper.set_left_margin(margin + indent)
    paper.set_x(margin + indent)
    if line.lead:
        paper.pen(TEXT, bold=True)
        paper.write(1.38 * paper.font_size, line.lead + (" " if line.words.startswith("(") else ": "))
    paper.pen(TEXT)
    paper.write(1.38 * paper.font_size, " ".join(line.words.split()))
    paper.ln(1.38 * paper.font_size + 0.8)
    paper.set_left_margin(margin)
    paper.set_x(margin)


def _wall(paper: Paper, wall: WallOnPaper) -> None:
    paper.ln(6)
    paper.keep_together(40)
    paper.sentence(f"{wall.label}: {wall.title}", HEADING + 1, bold=True)
    for scene in wall.scenes:
        _scene(paper, scene)


def _scene(paper: Paper, scene: SceneOnPaper) -> None:
    paper.ln(4)
    paper.keep_together(10 + (_begins_with(scene.panels[0]) if scene.panels else 0))
    paper.set_draw_color(paper.colour("line"))
    paper.set_line_width(0.3)
    paper.line(paper.l_margin, paper.get_y(), paper.w - paper.r_margin, paper.get_y())
    paper.ln(1.5)
    paper.sentence(scene.title, QUIET, "quiet")
    for panel in scene.panels:
        _panel(paper, panel)


def _height(panel: PanelOnPaper) -> float:
    """Of each of its charts."""
    return HEIGHT if sum(isinstance(block, Chart) for block in panel.blocks) < SEVERAL else LOW


def _begins_with(panel: PanelOnPaper) -> float:
    """The height of a headline and of what must not stand on another page than it."""
    begins = [isinstance(block, Chart) for block in panel.blocks[:2]]
    return 18 + (_height(panel) + FOOT if any(begins) else 6)


def _panel(paper: Paper, panel: PanelOnPaper) -> None:
    height, first = _height(panel), panel.blocks[0] if panel.blocks else None
    paper.keep_together(_begins_with(panel))
    paper.ln(1.5)
    if panel.headline:
        paper.sentence(panel.headline, 11.5, bold=True)
    if panel.number and not (isinstance(first, Words) and first.words == panel.number):
        paper.sentence(panel.number, 11.5, "good")
    paper.ln(0.8)
    for block, after in zip_longest(panel.blocks, panel.blocks[1:]):
        if isinstance(block, Table):
            draw_table(paper, block)
        elif isinstance(block, Upright):
            draw_upright(paper, block)
        elif isinstance(block, Chart):
            draw_chart(paper, block.figure, height)
        elif block:
            paper.keep_together(height + FOOT + 10 if isinstance(after, Chart) else 5)
            paper.sentence(block.words, QUIET if not block.quoted else TEXT)
    if panel.note:
        paper.sentence(panel.note, 7.5, "quiet")
