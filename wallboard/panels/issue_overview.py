"""What goes wrong, in one table: each kind of issue in the customer's words, trend, count, who is on it, weeks until it is down.

One row for each kind, most frequent first. "Down" means at the goal: half of what it was, unless the layout says otherwise. A
number of weeks appears only where a fall beyond chance continues. "Who is on it" is whoever answers for the oldest open issue
of that kind in the room. For leaders, from four metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.absences import STATE_OF_DATA, not_since
from wallboard.drawing.cell import Smallest
from wallboard.drawing.event_marks import BESIDE
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.issues import beyond
from wallboard.drawing.sparkline import sparkline
from wallboard.drawing.theme import Theme
from wallboard.drawing.verdicts import SIGNS, band_of, since_headline, spots, tone_of, unit_words, verdict
from wallboard.drawing.words import crop, quote
from wallboard.drawing.year_before import a_year_ago
from wallboard.metrics.availability import KINDS, VOICES
from wallboard.metrics.counts_down import CountDown, counts_down
from wallboard.metrics.events import COMPLAINTS, Subject
from wallboard.metrics.room_issues import AdmittedIssue, room_issues
from wallboard.metrics.scope import Scope
from wallboard.metrics.shifts import Shift, complaint_shifts
from wallboard.metrics.signals import SignalPoint, issue_signals
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED, TOO_FEW
from wallboard.metrics.year_before import YearBefore
from wallboard.panel import COMPLAINT_FEED, Answer, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base

NAME, OWNER, HALF = 44, 20, 50
"""Letters of a kind in two lines, and of a person in one; the goal in per cent that is called halved."""


class Options(Base):
    """How many kinds, how far back, and the goal."""

    rows: int = Field(6, ge=2, le=6, description="kinds of issue at the default screen and distance")
    weeks: int = Field(52, ge=16, le=104, description="complete weeks of the trend")
    goal: int = Field(50, ge=5, le=95, description="when a count is down, in per cent of what it was")
    against: str | None = Field(None, description="touchpoint whose exposure counts; without it orders, else the largest one")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of issue: how far it is down, its weeks, and the open issues of that kind in the room, oldest first."""

    down: CountDown
    weeks: tuple[SignalPoint, ...]
    issues: tuple[AdmittedIssue, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[Kind, ...]:
    """The most frequent kinds, each with its weeks and with whoever answers for it."""
    weeks_back, top, against = options.weeks, options.rows, options.against
    points = issue_signals(connection, scope, weeks=weeks_back, top=top, against=against)
    weeks = {kind: tuple(its) for kind, its in groupby(points, key=lambda point: point.issue_type) if kind}
    still = [issue for issue in room_issues(connection, scope) if issue.closed_on is None]
    return tuple(
        Kind(row, weeks.get(row.issue_type, ()), tuple(issue for issue in still if issue.issue_type == row.issue_type))
        for row in counts_down(connection, scope, weeks=weeks_back, top=top, goal=options.goal, against=against)
    )


def answer(kinds: tuple[Kind, ...], options: Options, theme: Theme) -> Answer:
    """Not before March. 1 of 6 has halved: when the last of the kinds is down, as far as their falls go on."""
    known = [kind.down for kind in kinds if kind.down.state == MEASURED]
    if not known:
        silent = any(kind.down.state == NOT_MEASURED for kind in kinds)
        why = "Nothing newer is loaded" if silent else "There are too few complaints of any kind"
        return Answer("We cannot say yet.", "", why if kinds else "No complaint has been classified",
                      NOT_MEASURED if silent else TOO_FEW if kinds else NO_CASES)  # fmt: skip
    down = sum(row.forecast == "reached" for row in known)
    verb = "is" if options.goal != HALF and down == 1 else "are" if options.goal != HALF else "has" if down == 1 else "have"
    sentence = f"{theme.whole(down)} of {theme.whole(len(known))}", f"{verb} {_at_goal(options, theme)}"
    left = [row for row in known if row.forecast != "reached"]
    if not left:
        return Answer("All are down.", *sentence)
    weeks = [row.forecast_weeks for row in left if row.forecast == "falling" and row.forecast_weeks is not None]
    if len(weeks) < len(left):
        return Answer("Not in sight.", *sentence)
    return Answer(f"Not before {theme.plain_month(theme.today + timedelta(weeks=max(weeks)))}.", *sentence)


def draw(kinds: tuple[Kind, ...], options: Options, theme: Theme) -> Picture:
    """One row a kind."""
    if not kinds:
        return Picture("There are no kinds of complaint to count", nothing("No complaint has been classified yet."))
    silent = [kind.down.measured_to for kind in kinds if kind.down.state == NOT_MEASURED and kind.down.measured_to]
    if len(silent) == len(kinds):
        return Picture(since_headline(max(silent), theme), nothing(STATE_OF_DATA))
    shown = kinds[: theme.rows(options.rows)]
    heads = (
        "",
        theme.plural(options.weeks, "week", "weeks"),
        "4 weeks",
        "last year",
        "who is on it",
        "weeks to halve" if options.goal == HALF else f"weeks to {theme.share(options.goal / 100)}",
    )
    head = html.Li([html.Span(word) for word in heads], className="head")
    rows = [_row(kind, options, theme) for kind in shown]
    body = html.Ul([head, *rows], className="issue-overview trim", **beyond(len(kinds) - len(shown)))
    return Picture(_headline(kinds, options, theme), body, note=_note(shown))


def _at_goal(options: Options, theme: Theme) -> str:
    """What a count is when it is down."""
    return "halved" if options.goal == HALF else f"at {theme.share(options.goal / 100)}"


def _note(shown: Sequence[Kind]) -> str:
    """What the lines and the weeks are counted in, at one place."""
    drawn = [kind.weeks[-1] for kind in shown if kind.weeks]
    return unit_words(min(drawn, key=lambda point: point.size)) if drawn else ""


def _headline(kinds: Sequence[Kind], options: Options, theme: Theme) -> Words:
    """How many of them are down, fall and grow."""
    known = [kind.down for kind in kinds if kind.down.state == MEASURED]
    if not known:
        return ["Most of all: ", html.Span(quote(crop(kinds[0].down.wording, NAME)), dir="auto")]
    counts = (
        (sum(kind.forecast == "reached" for kind in known), ("has", "have"), _at_goal(options, theme), "gain", "weeks_to_halve"),
        (sum(_falls(kind) for kind in known), ("is", "are"), "falling", "gain", "complaint_rate"),
        (sum(tone_of(kind.signal) == "loss" for kind in known), ("is", "are"), "growing", "loss", "complaint_rate"),
    )
    parts: list[str | Component] = []
    for count, (singular, many), word, tone, metric in counts:
        if count:
            of = "" if parts else f" of {theme.whole(len(known))}"
            verb = singular if count == 1 else many
            verb = "are" if word.startswith("at ") and count > 1 else "is" if word.startswith("at ") else verb
            parts += [", "] * bool(parts) + [metric_link(f"{theme.whole(count)}{of} {verb} {word}", metric, tone)]
    return parts or f"None of {theme.plural(len(known), 'kind', 'kinds')} has {_at_goal(options, theme)}, and none is falling"


def _falls(row: CountDown) -> bool:
    """Whether it falls beyond chance, and is not down yet."""
    return row.forecast != "reached" and tone_of(row.signal) == "gain"


def _row(kind: Kind, options: Options, theme: Theme) -> Component:
    wording = html.Span(quote(crop(kind.down.wording, NAME)), className="wording", dir="auto")
    count = theme.whole(kind.down.complaints) if kind.down.complaints is not None else "–"
    number = metric_link(count, "complaints", "number")
    return html.Li(
        [wording, _trend(kind, theme), number, _before(kind, theme), _who(kind.issues, theme), _until(kind.down, options, theme)]
    )


def _before(kind: Kind, theme: Theme) -> Component:
    """How many there were in the same four weeks a year before."""
    newest = [point for point in kind.weeks if point.complete and point.value is not None]
    last = newest[-max(1, 4 // newest[-1].size) :] if newest else []
    then = [point.same_week_last_year for point in last]
    unknown = next((row for row in then if row.state != MEASURED), None)
    counted = sum(point.complaints_before or 0 for point in last)
    return a_year_ago(unknown or (YearBefore(then[0].start, then[0].then, counted, MEASURED) if then else None), theme.whole)


def _trend(kind: Kind, theme: Theme) -> Component:
    """The line, and beside it by shape what it says."""
    if not kind.weeks or not any(point.value is not None for point in kind.weeks):
        return html.Span("no rate yet", className="quiet trend")
    words, tone = verdict(kind.weeks[-1], theme)
    sign = SIGNS.get(tone, "")
    line = sparkline(spots(kind.weeks), band_of(kind.weeks), theme, f"{kind.down.wording}: {words}")
    return html.Span(
        [html.Span(line, className=f"line {BESIDE}"), html.B(sign, className=tone or "calm", title=words)], className="trend"
    )


def _who(issues: Sequence[AdmittedIssue], theme: Theme) -> Component:
    """Who answers for the oldest open issue of the kind, and how many of its issues nobody answers for."""
    owned = [issue for issue in issues if issue.owner]
    nobody = len(issues) - len(owned)
    if not issues:
        return html.Span("not in the room yet", className="who quiet")
    if not owned:
        return html.Span(html.B("nobody yet", className="alert"), className="who")
    more = [html.Small(f"{theme.whole(nobody)} more unowned", className="alert")] if nobody else []
    works_in = [html.Small(owned[0].function, className="quiet")] if owned[0].function and not more else []
    return html.Span([html.B(crop(owned[0].owner or "", OWNER)), *more, *works_in], className="who")


def _until(row: CountDown, options: Options, theme: Theme) -> Component:
    """In how many weeks it is down, that it is, or why nobody can say."""
    if row.state != MEASURED:
        words = not_since(row.measured_to, theme) if row.state == NOT_MEASURED and row.measured_to else row.state
        return html.Span(html.Small(words, className="quiet"), className="until")
    if row.forecast == "reached":
        after = f"after {theme.plural(row.halved_after, 'week', 'weeks')}" if row.halved_after and options.goal == HALF else ""
        done = metric_link(_at_goal(options, theme), "weeks_to_halve", "gain")
        return html.Span([done, html.Small(after, className="quiet")], className="until")
    if row.forecast == "falling" and row.forecast_weeks is not None:
        return html.Span(metric_link(theme.whole(row.forecast_weeks), "weeks_to_halve", "number"), className="until")
    if tone_of(row.signal) != "loss":
        return html.Span("not in sight", className="until quiet")
    times = f"{theme.decimal(1 - row.down)} times as many" if row.down is not None and row.down <= -1 else ""
    return html.Span([html.B("growing", className="loss"), html.Small(times, className="quiet")], className="until")


def _axis(kinds: tuple[Kind, ...], options: Options) -> TimeAxis | None:
    """The weeks that all kinds share, and one sparkline a kind that has a rate."""
    drawn = [kind for kind in kinds if any(point.value is not None for point in kind.weeks)]
    if not drawn:
        return None
    longest = max((kind.weeks for kind in drawn), key=lambda weeks: weeks[-1].period_start - weeks[0].period_start)
    subjects = tuple(Subject(COMPLAINTS, kind.down.issue_type) for kind in drawn)
    return TimeAxis(tuple(point.period_start for point in longest), longest[-1].period_start, subjects)


def _shifts(connection: Connection, scope: Scope, options: Options) -> tuple[Shift, ...]:
    every = complaint_shifts(connection, scope, weeks=options.weeks, top=options.rows, against=options.against)
    return tuple(shift for shift in every if shift.issue_type is not None)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "voice_day",
        "kind_week",
        "exposure",
        "issue_type",
        "metric_definition",
        "employee",
        "issue",
        "issue_step",
        "issue_function",
        "user_account",
        "function",
        "contact_month",
    ),
    metrics=("weeks_to_halve", "complaint_rate", "complaints"),
    subject="What goes wrong, and until when",
    needs=((VOICES,), (KINDS,)),
    feeds=(COMPLAINT_FEED,),
    timeless="its lines end where the facts end, and its headline says since when",
    answer=answer,
    axis=_axis,
    shifts=_shifts,
    smallest=(
        Smallest(25, 16),
        Smallest(76, 7),
    ),
)
