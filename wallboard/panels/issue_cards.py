"""The room's oldest open issues as cards: the customer's words, who answers for it, who helps, what is being done now and next.

Each age is set against how long 85 of 100 closed issues took, by shape and word; beside it stands what a week's contacts about
it cost. Where nothing is being done, the card says so. For leaders, from four metres; two or three cards.
"""

from dataclasses import dataclass
from datetime import timedelta

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link
from wallboard.drawing.issues import age, no_issue_yet, said_by_customer
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.room_counts import RoomSummary, room_summary
from wallboard.metrics.room_issues import AdmittedIssue, room_issues
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many cards."""

    cards: int = Field(3, ge=1, le=3, description="issues to show at the default screen and distance")
    skip: int = Field(0, ge=0, le=30, description="leave out so many of the oldest: they hang elsewhere")
    issue: int | None = Field(None, description="the number of the one issue that stands here alone")
    letters: int = Field(62, ge=20, le=200, description="longest text before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """Every issue, and the summary."""

    issues: tuple[AdmittedIssue, ...]
    summary: RoomSummary


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Every issue, and the summary."""
    return Measured(room_issues(connection, scope), room_summary(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One card an issue that somebody answers for, oldest first."""
    summary = measured.summary
    if empty := no_issue_yet(summary):
        return Picture(*empty)
    if options.issue is not None:
        return _alone(measured.issues, options, theme)
    still = [issue for issue in measured.issues if issue.closed_on is None]
    if not still:
        return Picture("Customers have closed every issue", html.P("Nothing is open.", className="empty"))
    owned = [issue for issue in still if issue.owner] or still
    shown = owned[options.skip :][: theme.rows(options.cards)] or owned[: options.cards]
    cards = html.Ul([_card(issue, options, theme) for issue in shown], className="cards trim silent")
    note = " · ".join(filter(None, (_shown(len(shown), len(owned), len(still), options, theme), _expected(summary, theme))))
    return Picture(_headline(summary, theme), cards, note=note)


def _alone(issues: tuple[AdmittedIssue, ...], options: Options, theme: Theme) -> Picture:
    """One issue as large as its place, open or closed."""
    for issue in issues:
        if issue.issue == options.issue:
            card = html.Ul([_card(issue, options.model_copy(update={"letters": 200}), theme)], className="cards alone")
            return Picture(f"Issue {issue.issue}: {issue.status}", card)
    return Picture(f"Issue {options.issue}", html.P("The room has no such issue.", className="empty"))


def _shown(shown: int, owned: int, still: int, options: Options, theme: Theme) -> str:
    """Which of them stand here: none is left out without a word."""
    if shown == still:
        return ""
    first = options.skip + 1 if options.skip < owned else 1
    whose = " owned" if owned < still else ""
    return f"{theme.whole(first)} to {theme.whole(first + shown - 1)} of {theme.whole(owned)}{whose}"


def _headline(summary: RoomSummary, theme: Theme) -> list[str | Component]:
    still, beyond = summary.open, summary.beyond
    open_words = metric_link(theme.plural(still, "issue", "issues"), "room_open")
    if summary.expectation_days is None:
        return [open_words, " open; none is closed yet, so nobody knows how long it takes"]
    if not beyond:
        return [open_words, " open, none older than expected"]
    return [open_words, f" open, {beyond} older than expected"]


def _expected(summary: RoomSummary, theme: Theme) -> str:
    if summary.expectation_days is None:
        return ""
    days = theme.plural(summary.expectation_days, "day", "days")
    firm = f", provisional: {summary.closed} closed" if summary.provisional else f" ({summary.closed} closed)"
    return f"85 of 100 took up to {days}{firm}"


def _card(issue: AdmittedIssue, options: Options, theme: Theme) -> Component:
    days = age(issue.age_days, issue.age_state, theme)
    top = html.Div([said_by_customer(issue.words, options.letters), days], className="top")
    return html.Li(
        [top, html.Div([_who(issue, theme), html.Div(_done(issue, options, theme), className="done")], className="below")]
    )


def _who(issue: AdmittedIssue, theme: Theme) -> Component:
    works_in = f" · {issue.function}" if issue.function else ""
    name = html.B(f"{issue.owner}{works_in}") if issue.owner else html.B("nobody yet", className="alert")
    helping = f"with {crop(issue.contributors, 40)}" if issue.contributors else "nobody else yet"
    return html.Div([name, html.Span(helping, className="quiet"), _cost(issue, theme)], className="on-it")


def _done(issue: AdmittedIssue, options: Options, theme: Theme) -> list[Component]:
    if issue.doing is None:
        now = html.Span("no action in progress", className="alert")
    else:
        due = f", by {theme.day(issue.due_on)}" if issue.due_on else ""
        late = html.Span(" ■ overdue", className="alert") if issue.overdue else ""
        now = html.Span([html.B("now "), crop(issue.doing, 30), due, late])
    return [now, html.Span([html.B("next "), issue.next_step]), html.Span(_against(issue, theme), className="quiet")]


def _against(issue: AdmittedIssue, theme: Theme) -> str:
    since = theme.day(theme.today - timedelta(days=issue.age_days - 1))
    return f"since {since}: {issue.age_state}"


def _cost(issue: AdmittedIssue, theme: Theme) -> Component:
    if issue.week_cost is None:
        return html.Span(f"a week’s delay: {issue.cost_state}", className="quiet")
    about = "at least " if issue.cost_state == "partly costed" else ""
    return html.Span(f"a week’s delay: {about}{theme.money(issue.week_cost)}", className="quiet")


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("issue", "issue_step", "issue_function", "issue_type", "user_account", "function", "contact_month"),
    metrics=("room_open",),
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 8),
        Smallest(76, 7),
    ),
)
