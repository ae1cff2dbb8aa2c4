"""All teams: where each is in its cycle, who carries how much, who presented to whom, and who is recognised."""

from collections.abc import Sequence
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle.team_cycles import FULL, overloaded
from wallboard.lifecycle.team_reports import REPORTS
from wallboard.lifecycle.team_steps import VOLUNTEER
from wallboard.metrics.milestones import milestones
from wallboard.metrics.scope import Scope
from wallboard.records.roster import roster
from wallboard.records.sessions import one_session
from wallboard.records.teams import TeamView, ended_teams, loads, teams
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import box, button, fold, form, line, select, text
from wallboard.screens.console.team_page import progress_line, stepper
from wallboard.screens.console.wording import who_may

YEAR = timedelta(days=366)
MONTH = timedelta(days=30)


def teams_page(page: PageContext) -> list[Component]:
    """Teams that run first, then those that ended; beside them what people carry."""
    running, over = teams(page.connection), ended_teams(page.connection, page.theme.today - YEAR)
    none = html.P("No team has been tasked yet.", className="hint")
    left = [html.Section([*([_card(view, page) for view in running] or [none])], className="cards")]
    if over:
        left.append(html.Section([html.H2("Ended in the last year"), *[_card(view, page) for view in over]], className="cards"))
    beside = [*_load(running, page), *_exposure([*running, *over], page), *_task(page), *_recognise(page)]
    lead = html.P("Tasked by leaders, each with one item of the roster, five reports and a promised reward.", className="hint")
    return [html.Header([html.H1("Teams"), lead]), html.Div([html.Div(left), html.Div(beside)], className="teams-page")]


def _card(view: TeamView, page: PageContext) -> Component:
    who = ", ".join(page.names.name(user) for user in view.life.members) or "nobody yet"
    parts = [
        html.A(view.name, href=f"/room/team/{view.number}", className="title", dir="auto"),
        html.P([html.Span(view.title, dir="auto"), html.Span(who)], className="line"),
        stepper(view, page),
        progress_line(view, page),
        html.P(["Promised: ", html.B(view.reward, dir="auto")]),
    ]
    return html.Article(parts, className="card")


def _load(running: Sequence[TeamView], page: PageContext) -> list[Component]:
    """What everybody carries who is in a team, the most loaded first; whoever carries too much is named to the sponsors."""
    carried = sorted(loads(running).items(), key=lambda pair: (-pair[1].share, page.names.name(pair[0])))
    if not carried:
        return []
    rows = []
    for user, load in carried:
        tired = overloaded(load.share, len(load.teams))
        words = f"{load.share} % in {page.count(len(load.teams), 'team', 'teams')}"
        mark = [shape("attention")] if tired else []
        rows.append(html.Li([*mark, html.B(page.names.name(user)), html.Span(words), html.Small(", ".join(load.teams))]))
    tired_names = [page.names.name(user) for user, load in carried if overloaded(load.share, len(load.teams))]
    warning = f"Too much for {', '.join(tired_names)}. Nobody should carry more than {FULL} % or be in three teams at once."
    warned = [html.P(warning, className="alert")] if tired_names else []
    members = [step for view in running for step in view.life.members.values()]
    volunteers = sum(step.how == VOLUNTEER for step in members)
    of = f"{volunteers} of {page.count(len(members), 'member', 'members')} volunteered; volunteers may only join pilots."
    return [html.Section([html.H2("Workload"), *warned, html.Ul(rows), html.P(of, className="hint")], className="loads")]


def _exposure(views: Sequence[TeamView], page: PageContext) -> list[Component]:
    """Who presented which step, and which leaders were there."""
    rows = []
    for view in views:
        for step in view.life.of(*REPORTS):
            if step.user_id is None:
                continue
            words = [html.B(page.names.name(step.user_id)), html.Span(f"{view.name}, {REPORTS[step.kind]}", dir="auto")]
            rows.append((step.at, html.Li([*words, html.Small(f"{page.instant(step.at)}{_before(step.room_session, page)}")])))
    listed = [row for _, row in sorted(rows, key=lambda pair: pair[0], reverse=True)[:12]]
    return [html.Section([html.H2("Who presented to whom"), html.Ul(listed)], className="loads")] if listed else []


def _before(session: int | None, page: PageContext) -> str:
    if session is None:
        return ", outside a session"
    leads = set(page.may.get("tasked", ()))
    senior = {user.id for user in page.names.users if user.role in leads}
    present = [page.names.name(user) for user in one_session(page.connection, session).life.present if user in senior]
    return f", before {', '.join(present)}" if present else ", in a session without leaders"


def _task(page: PageContext) -> list[Component]:
    if not page.allowed("tasked"):
        return [html.P(who_may("tasked", page), className="hint")]
    forms = []
    for item in roster(page.connection):
        fields = [
            line("name", "What is the team called?"),
            line("reward", "What reward is it promised?", "the team sees it before the result"),
            line("step_days", "How many days does each of the five steps take?", kind="number", value="30", min="5", max="120"),
            line("pace", "Why not a month?", "only where it is not 30 days"),
            box("pilot", "It is a pilot: volunteers may join", identity=f"pilot-{item.number}"),
        ]
        task = form(f"/room/do/task-team/{item.number}", fields, button("Task a team"), name="task-team")
        forms.append(fold(html.Span(item.title, dir="auto"), task))
    none = html.P(["Nothing stands on ", html.A("the roster", href="/room/roster"), " yet."], className="hint")
    return [html.Section([html.H2("Task a team with an item of the roster"), *(forms or [none])])]


def _recognise(page: PageContext) -> list[Component]:
    if not page.allowed("rewarded"):
        return []
    people = {str(user.id): user.name for user in page.names.answering() if user.id != page.me.id}
    fields = [
        select("user_id", "Whom?", people, first="choose a person"),
        text("words", "What for?"),
        line("shown_until", "Until when is it shown?", kind="date", value=(page.theme.today + MONTH).isoformat()),
    ]
    recognise = form("/room/do/recognise/0", fields, button("Recognise this person"), name="recognise")
    person = html.Section([html.H2("Recognise a person"), fold("On the wall, for everybody to see", recognise)])
    return [person, _recognise_metric(page)]


def _recognise_metric(page: PageContext) -> Component:
    """The metrics that give a signal now; none of those that moved within their normal range."""
    known = milestones(page.connection, Scope.of(page.settings, page.theme.now))
    head = html.H2("Recognise a metric")
    if not known:
        return html.Section([head, html.P("None gives a signal: each is within its normal range.", className="hint")])
    fields = [
        select("metric", "Which one?", {row.metric: f"{row.name}, {page.theme.month(row.month)}" for row in known}),
        text("words", "Thanks to what?"),
        line("shown_until", "Until when is it shown?", kind="date", value=(page.theme.today + MONTH).isoformat()),
    ]
    ask = form("/room/do/recognise-metric/0", fields, button("Recognise this metric"), name="recognise-metric")
    return html.Section([head, fold("On the wall, for everybody to see", ask)])
