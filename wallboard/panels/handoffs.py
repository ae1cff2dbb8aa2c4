"""The handoffs: who hands a case to whom, how long it waits there, whether all came along, and how many come back.

What comes back most often stands first. An arrow is as thick as many cases pass; the one below it is what comes back. A handoff
without cases says so, one that nothing measures is dashed. Shares stand with their cases, below the room's small n the cases
alone. For leaders, from four metres.
"""

from collections import Counter

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.handing import Row, arrow, back_words, wait_words, whole_words, worst_first
from wallboard.drawing.look import Look
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.spans import number_words
from wallboard.drawing.words import crop, plural, whole
from wallboard.metrics.availability import HANDOFFS
from wallboard.metrics.frames import rows_of
from wallboard.metrics.handoffs import READS, handoffs
from wallboard.metrics.scope import Scope
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

HEADS = ("who hands it to whom", "waits for", "all there", "comes back")


class Options(Base):
    """How far back, and how many handoffs."""

    weeks: int = Field(4, ge=1, le=26, description="complete weeks in which the cases were handed over")
    rows: int = Field(4, ge=1, le=8, description="handoffs to show, the worst first")
    letters: int = Field(42, ge=20, le=120, description="longest name of what passes before it is cut at a word")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Every handoff."""
    return {"handoffs": handoffs(connection, scope, weeks=options.weeks)}


def draw(frames: Frames, options: Options, look: Look) -> Picture:
    """A row a handoff, the worst first."""
    rows = worst_first(rows_of(frames["handoffs"]))
    if not rows:
        return Picture("No case passes between us", nothing("No handoff is described."))
    shown = rows[: look.rows(options.rows)]
    most = max(1, *(row["handed"] or 0 for row in rows))
    head = html.Li([html.Span(one) for one in HEADS], className="heads")
    lines = [_row(row, most, options, look) for row in shown]
    return Picture(_headline(rows, look), html.Ul([head, *lines], className="handoffs"), note=_note(rows, shown, look))


def _headline(rows: list[Row], look: Look) -> str:
    first = rows[0]
    if first["state"] == "measured" and first["returned"]:
        cases = f"{whole(first['returned'], look.locale)} of {plural(first['handed'], 'case', 'cases', look.locale)}"
        return f"{first['from_name']} hands on to {first['to_name']}: {cases} came back"
    if all(row["state"] == "not measured" for row in rows):
        return "Nobody has counted what passes between us"
    handed, back = (sum(row[name] or 0 for row in rows) for name in ("handed", "returned"))
    if not handed:
        return "Nothing was handed on"
    cases = plural(handed, "case", "cases", look.locale)
    return f"{whole(back, look.locale)} of {cases} handed on came back" if back else f"{cases} handed on, none came back"


def _note(rows: list[Row], shown: list[Row], look: Look) -> str:
    """Those that do not fit stand by what is known of them; those that are not measured are counted wherever they stand."""
    hidden = Counter(row["state"] for row in rows[len(shown) :])
    counted = (
        (hidden["measured"], "more, none worse"),
        (hidden["too few"], "more with too few cases"),
        (hidden["no cases"], "more without cases"),
        (sum(row["state"] == "not measured" for row in rows), "not measured"),
    )
    return " · ".join([_span(rows[0], look), *(f"{number_words(n, look.locale)} {words}" for n, words in counted if n)])


def _span(row: Row, look: Look) -> str:
    return look.days(row["period_start"], row["period_end"])


def _row(row: Row, most: int, options: Options, look: Look) -> Component:
    what = crop(str(row["what"]), options.letters)
    who = html.Div(
        [
            html.B(row["from_name"], className="gives"),
            arrow(row, most, look),
            html.B(row["to_name"], className="takes"),
            html.Span(what, className="what", dir="auto"),
        ],
        className="way",
    )
    if row["state"] in ("not measured", "no cases"):
        return html.Li([who, html.Div(html.B(row["state"]), className="none")], className="blind")
    cells = (wait_words(row, look), whole_words(row, look), back_words(row, look))
    sides = [_cell(words, below, back=n == 2) for n, (words, below) in enumerate(cells)]
    return html.Li([who, *sides])


def _cell(words: str, below: str, *, back: bool) -> Component:
    number = told(words, "handoff_bounces", "loss") if back else html.B(words)
    return html.Div([number, html.Span(below)])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=READS,
    figures=("handoff_bounces",),
    subject="How cases pass between us",
    needs=((HANDOFFS,),),
    feeds=(JudgedFeed("handoff_events"),),
    timeless="it describes the journey; each number in it has its own state",
)
