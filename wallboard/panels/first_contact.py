"""Whether the first contact was enough: who had to come back about the same thing, by kind of issue, worst first.

This is the repeat-based measure, never mixed with what agents tick or customers say in surveys. First contacts younger than
the window are not judged, and who names no customer or no kind cannot be; both are said. For leaders, from four metres.
"""

from typing import Any

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.drilldown import voices
from wallboard.drawing.issues import beyond
from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import REPEATS
from wallboard.metrics.frames import rows_of
from wallboard.metrics.repeats import first_contact, first_contact_types
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import Connection, Frames, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base

Row = dict[str, Any]


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(13, ge=1, le=52, description="complete weeks to sum, all of them older than the window")
    kinds: int = Field(5, ge=1, le=8, description="kinds of issue to name, worst first")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """All kinds together, and each."""
    return {
        "all": first_contact(connection, scope, weeks=options.weeks),
        "kinds": first_contact_types(connection, scope, weeks=options.weeks),
    }


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """The whole as a number, a row a kind with its interval."""
    (one,) = rows_of(frames["all"])
    note = theme.days(one["period_start"], one["period_end"])
    if one["state"] == "no cases":
        return Picture("No contact can be judged", nothing(_unjudged(one, theme)), note=note)
    kinds = rows_of(frames["kinds"])
    rows = [_row(row, theme) for row in kinds[: theme.rows(options.kinds)]]
    heads = ("worst first", "were enough", "", "first contacts", "repeats")
    head = html.Li([html.Span(words) for words in heads], className="heads")
    parts = [
        _number(one, theme),
        html.Ul([head, *rows], className="trim noted", **beyond(len(kinds) - len(rows))),
        html.P(_unjudged(one, theme), className="basis"),
    ]
    return Picture(_headline(kinds, one, theme), html.Div(parts, className="first-contact"), note=note)


def _headline(kinds: list[Row], one: Row, theme: Theme) -> str:
    judged = [row for row in kinds if row["fcr"] is not None and row["returned"]]
    if not judged:
        return "Nobody had to come back, as far as that can be judged"
    worst = judged[0]
    again = f"{theme.whole(worst['returned'])} of {theme.whole(worst['firsts'])}"
    return f"“{worst['wording']}”: {again} had to come back"


def _number(one: Row, theme: Theme) -> Component:
    enough, firsts = int(one["firsts"]) - int(one["returned"]), int(one["firsts"])
    count = told(f"{theme.whole(enough)} of {theme.whole(firsts)}", "first_contact_resolution")
    if one["fcr"] is None:
        return html.P([count, html.Span("first contacts were enough: too few to say more")], className="whole")
    band = f"{theme.share(one['low'])} to {theme.share(one['high'])}"
    again = told(theme.share(one["repeat_rate"]), "repeat_contacts")
    enough_words = html.Span(["first contacts were enough: ", html.B(theme.share(one["fcr"])), f" ({band})"])
    words = html.Span([enough_words, html.Span([again, " of all contacts were repeats"])], className="lines")
    return html.P([count, words], className="whole")


def _row(row: Row, theme: Theme) -> Component:
    opens = voices(row["wording"], row["period_start"], row["period_end"], issue_type=row["issue_type"])
    words = html.Span(quote(row["wording"]), dir="auto")
    firsts = html.Span(theme.whole(row["firsts"]), className="n")
    if row["fcr"] is None:
        enough = f"{theme.whole(row['firsts'] - row['returned'])} of {theme.whole(row['firsts'])}"
        return html.Li([words, html.B(enough), html.Span("too few", className="quiet"), firsts, html.Span("")], **opens)
    scale = Scale("share", 1.0)
    mark = scale.well([scale.mark(row["high"], "band", start=row["low"]), scale.point(row["fcr"], "point", tag=html.I)])
    again = html.Span(theme.share(row["repeat_rate"]), className="n")
    return html.Li([words, html.B(theme.share(row["fcr"])), mark, firsts, again], **opens)


def _unjudged(one: Row, theme: Theme) -> str:
    days = theme.plural(int(one["window_days"]), "day", "days")
    unknown = f"{theme.whole(one['unknown'])} unknown"
    merged = f", {theme.whole(one['merged'])} merged" if one["merged"] else ""
    return f"By repeats within {days}. Not judged: {unknown}{merged}, {theme.whole(one['young'])} too young."


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_repeat_day", "issue_type"),
    figures=("first_contact_resolution", "repeat_contacts"),
    subject="Who has to come back",
    needs=((REPEATS,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("voice"),),
)
