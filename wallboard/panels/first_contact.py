"""Whether the first contact was enough: who had to come back about the same thing, by kind of issue, worst first.

It is measured by repeat contacts and never mixed with what agents tick or customers answer in surveys. It says how many first
contacts are too recent to judge, and how many name no customer or no kind and cannot be judged. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import voices
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.metrics.availability import REPEATS
from wallboard.metrics.repeats import FirstContact, FirstContactType, first_contact, first_contact_types
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import NO_CASES
from wallboard.panel import Connection, JudgedFeed, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(13, ge=1, le=52, description="complete weeks to sum, all of them older than the window")
    kinds: int = Field(5, ge=1, le=8, description="kinds of issue to name, worst first")


@dataclass(frozen=True, slots=True)
class FirstContacts:
    """All kinds together, and each."""

    all: tuple[FirstContact, ...]
    kinds: tuple[FirstContactType, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> FirstContacts:
    """Both."""
    every = first_contact(connection, scope, weeks=options.weeks)
    return FirstContacts(every, first_contact_types(connection, scope, weeks=options.weeks))


def draw(contacts: FirstContacts, options: Options, theme: Theme) -> Picture:
    """The whole as a number, a row a kind with its interval."""
    (whole,) = contacts.all
    note = theme.days(whole.period_start, whole.period_end)
    if whole.state == NO_CASES:
        return Picture("No contact can be judged", nothing(_unjudged(whole, theme)), note=note)
    rows = [_row(row, theme) for row in contacts.kinds[: theme.rows(options.kinds)]]
    heads = ("worst first", "were enough", "", "first contacts", "repeats")
    head = html.Li([html.Span(words) for words in heads], className="heads")
    parts = [
        _number(whole, theme),
        html.Ul([head, *rows], className="trim noted", **beyond(len(contacts.kinds) - len(rows))),
        html.P(_unjudged(whole, theme), className="basis"),
    ]
    return Picture(_headline(contacts.kinds, theme), html.Div(parts, className="first-contact"), note=note)


def _headline(kinds: Sequence[FirstContactType], theme: Theme) -> str:
    worst = next((row for row in kinds if row.fcr is not None and row.returned), None)
    if worst is None:
        return "Nobody had to come back, as far as that can be judged"
    again = f"{theme.whole(worst.returned or 0)} of {theme.whole(worst.firsts or 0)}"
    return f"“{worst.wording}”: {again} had to come back"


def _number(whole: FirstContact, theme: Theme) -> Component:
    firsts = whole.firsts or 0
    enough = firsts - (whole.returned or 0)
    count = metric_link(f"{theme.whole(enough)} of {theme.whole(firsts)}", "first_contact_resolution", "headline-number")
    if whole.fcr is None or whole.low is None or whole.high is None or whole.repeat_rate is None:
        return html.P([count, html.Span("first contacts were enough: too few to say more")], className="whole")
    band = f"{theme.share(whole.low)} to {theme.share(whole.high)}"
    again = metric_link(theme.share(whole.repeat_rate), "repeat_contacts")
    enough_words = html.Span(["first contacts were enough: ", html.B(theme.share(whole.fcr)), f" ({band})"])
    words = html.Span([enough_words, html.Span([again, " of all contacts were repeats"])], className="lines")
    return html.P([count, words], className="whole")


def _row(row: FirstContactType, theme: Theme) -> Component:
    opens = voices(row.wording, row.period_start, row.period_end, issue_type=row.issue_type)
    words = html.Span(quote(row.wording), dir="auto")
    count = row.firsts or 0
    firsts = html.Span(theme.whole(count), className="n")
    if row.fcr is None or row.low is None or row.high is None or row.repeat_rate is None:
        enough = f"{theme.whole(count - (row.returned or 0))} of {theme.whole(count)}"
        return html.Li([words, html.B(enough), html.Span("too few", className="quiet"), firsts, html.Span("")], **opens)
    scale = Scale("share", 1.0)
    mark = scale.well([scale.mark(row.high, "band", start=row.low), scale.point(row.fcr, "point", tag=html.I)])
    again = html.Span(theme.share(row.repeat_rate), className="n")
    return html.Li([words, html.B(theme.share(row.fcr)), mark, firsts, again], **opens)


def _unjudged(whole: FirstContact, theme: Theme) -> str:
    days = theme.plural(whole.window_days or 0, "day", "days")
    unknown = f"{theme.whole(whole.unknown)} unknown"
    merged = f", {theme.whole(whole.merged)} merged" if whole.merged else ""
    return f"By repeats within {days}. Not judged: {unknown}{merged}, {theme.whole(whole.young or 0)} too recent to judge."


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_repeat_day", "issue_type"),
    metrics=("first_contact_resolution", "repeat_contacts"),
    subject="Who has to come back",
    needs=((REPEATS,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(JudgedFeed("voice"),),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
