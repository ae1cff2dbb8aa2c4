"""One team: its five steps with their days, the frozen baseline, what the rule says, and what comes next."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle import team_reports as reports
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.team_cycles import CycleStep, Planned, next_of, overloaded
from wallboard.lifecycle.team_steps import AGREED, DISBANDED, LEFT_TEAM, MEMBER, PACED, VOLUNTEER
from wallboard.metrics.reward_rule import DESCENDING, NO, RISING, TOO_EARLY, TOO_LITTLE
from wallboard.records.teams import TeamView, loads, one_team, teams
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, facts, fold, form
from wallboard.screens.console.step_forms import plain_form

SAYS = {
    DESCENDING: "Complaints are falling: eight weeks in a row below the baseline, which chance alone would rarely do.",
    RISING: "Complaints are rising: eight weeks in a row above the baseline, which chance alone would rarely do.",
    NO: "Not yet: the last eight weeks are not all below the baseline, or chance alone could have done it.",
    TOO_LITTLE: "Too little data to say: that is not a no.",
    TOO_EARLY: "Too early: eight full weeks have not passed since the actions began.",
}
"""Each verdict in a sentence."""


def team_page(page: PageContext, number: int) -> list[Component]:
    """The page of one team, as it stands now."""
    view = one_team(page.connection, number)
    sponsor = f"sponsor {page.names.name(view.sponsor)}"
    about = html.P([html.A(view.title, href="/room/roster", dir="auto"), html.Span(sponsor)], className="line")
    promised = html.P(["Promised: ", html.B(view.reward, dir="auto")])
    paper = html.A("Print its charter", href=f"/room/team/{number}/charter.pdf", className="act calm")
    head = html.Header([html.H1(view.name, dir="auto"), about, paper])
    left = [promised, stepper(view, page), progress_line(view, page), *_now(view, page), *_reported(view, page)]
    return [head, html.Div([html.Div(left), html.Div([*_members(view, page), *_pace(view, page)])], className="teams-page")]


def stepper(view: TeamView, page: PageContext) -> Component:
    """The five steps: what is reported, what comes next, what is missed."""
    plan = view.plan
    upcoming = None if view.life.over else next_of(plan)
    return html.Ol([_planned(step, upcoming, page, view) for step in plan], className="stepper")


def _planned(step: Planned, upcoming: Planned | None, page: PageContext, view: TeamView) -> Component:
    if step.reported is not None:
        did = "rewarded" if step.number == len(reports.REPORTS) else "reported"
        late = ", late" if step.reported.day > step.day and did == "reported" else ""
        state, words = "passed", f"{did} {page.day(step.reported.day)}{late}"
    elif view.life.over is not None:
        state, words = "", "not reached"
    elif page.today(view.perimeter) > step.day and step.number < len(reports.REPORTS):
        state, words = "missed", f"report missed, due {page.day(step.day)}"
    else:
        state, words = ("at-hand" if step is upcoming else ""), f"due {page.day(step.day)}"
    return html.Li([html.B(str(step.number)), html.Span(step.name), html.Small(words)], className=state)


def progress_line(view: TeamView, page: PageContext) -> Component:
    """Where a team stands, in a sentence."""
    over = view.life.over
    if over is not None and over.kind == "rewarded":
        return html.P([shape("good"), html.Span(f"Rewarded on {page.day(over.day)}: {over.words}", dir="auto")], className="line")
    if over is not None:
        return html.P(f"Ended without a reward on {page.day(over.day)}: {over.words}", dir="auto")
    newest = view.life.newest("checked")
    if newest is not None and newest.verdict:
        marks = {DESCENDING: "good", RISING: "attention"}
        mark = [shape(marks[newest.verdict])] if newest.verdict in marks else []
        return html.P([*mark, html.Span(SAYS[newest.verdict]), html.Small(page.instant(newest.at))], className="line")
    step = next_of(view.plan)
    return html.P(f"Next: {step.name}, by {page.day(step.day)}." if step else "", className="hint")


def _now(view: TeamView, page: PageContext) -> Iterator[Component]:
    """What can be reported, decided or confirmed now."""
    life = view.life
    if life.over is not None:
        return
    step = next_of(view.plan)
    by_number: dict[int, StepKind] = {1: reports.EXPERIENCED, 2: reports.ANALYSED, 3: reports.RECOMMENDED}
    kind = by_number.get(step.number) if step else None
    if step is not None and kind is not None and page.allowed(kind.kind):
        title = html.H2(f"Step {step.number}: {step.name}")
        yield html.Section([title, plain_form(kind, view, page, life.seq)], className="now")
    if life.newest("recommended") and page.allowed("recommended"):
        yield fold("Recommend something else", plain_form(reports.RECOMMENDED, view, page, life.seq))
    for recommended in life.undecided:
        yield from _decide(recommended, view, page)
    for granted in life.of("granted"):
        of = next((step for step in life.of("recommended") if step.seq == granted.refers), granted)
        if page.allowed("acted"):
            yield fold(f"Has it begun? {of.words}", plain_form(reports.ACTED, view, page, life.seq, about=granted))
    if life.begun is not None:
        yield from _rule(view, page)


def _decide(recommended: CycleStep, view: TeamView, page: PageContext) -> Iterator[Component]:
    costs = page.money(recommended.budget or 0.0) if recommended.budget else "nothing"
    yield html.P([html.B(recommended.words, dir="auto"), f" costs {costs}; not decided yet."], className="alert")
    if page.allowed("granted") and page.me.id not in view.life.members:
        for kind in (reports.GRANTED, reports.DECLINED):
            yield fold(kind.button, plain_form(kind, view, page, view.life.seq, about=recommended))


def _rule(view: TeamView, page: PageContext) -> Iterator[Component]:
    """The rule's question, and the reward where it said yes: confirmed by somebody outside the team."""
    if page.allowed("checked"):
        ask = form(f"/room/do/check-team/{view.number}", [], button("Ask the rule now"), seen=view.life.seq, name="check-team")
        yield html.Section([html.H2("Are complaints falling?"), ask], className="now")
    newest = view.life.newest("checked")
    if newest is None or newest.verdict != DESCENDING or not page.allowed("rewarded"):
        return
    if page.me.id in view.life.members:
        yield html.P("Somebody outside the team confirms the reward.", className="hint")
        return
    confirmed = plain_form(reports.REWARDED, view, page, view.life.seq, about=newest)
    yield html.Section([html.H2("Confirm the reward"), confirmed], className="now")


def _reported(view: TeamView, page: PageContext) -> Iterator[Component]:
    """What has been reported, decided and found, newest first."""
    shown = (*reports.REPORTS, "granted", "declined", "checked")
    rows = [html.Li(_step(step, page)) for step in reversed(view.life.of(*shown))]
    if rows:
        yield html.Section([html.H2("What was reported"), html.Ul(rows, className="mine")])


def _step(step: CycleStep, page: PageContext) -> Component:
    kind = next(kind for kind in reports.KINDS if kind.kind == step.kind)
    by = f"{page.instant(step.at)}, presented by {page.names.name(step.user_id)}" if step.user_id else page.instant(step.at)
    parts = [html.B(kind.title), html.P([html.Span(by), html.Span(f"written by {step.by}")], className="line")]
    parts += [html.P(words, dir="auto") for words in (step.words, step.how, step.note) if words]
    if step.budget is not None:
        parts.append(html.P(f"Budget: {page.money(step.budget) if step.budget else 'nothing'}"))
    if step.kind == "analysed":
        parts.append(_baseline(step, page))
    if step.kind == "checked":
        parts.append(_check(step, page))
    return html.Div(parts, className="card")


def _baseline(step: CycleStep, page: PageContext) -> Component:
    """The frozen baseline, or that too little is measured for one."""
    between = f"{page.day(step.base_from)} to {page.day(step.base_to)}" if step.base_from and step.base_to else ""
    if step.base_count is None:
        why = "too few weeks are measured, or what counts as a complaint was defined anew within them"
        return html.P(f"Frozen baseline, {between}, cannot be used: {why}.", className="hint")
    exposed = page.theme.whole(step.base_exposure or 0.0)
    rows = [
        ("Frozen baseline", between),
        ("Complete weeks", str(step.base_weeks)),
        ("Complaints", page.theme.whole(step.base_count)),
        ("Counted against", f"{exposed} {step.against_kind}" if step.against_kind else "weeks only"),
        ("Dispersion", page.theme.decimal(step.base_dispersion or 1.0)),
    ]
    return facts(rows)


def _check(step: CycleStep, page: PageContext) -> Component:
    """A verdict with all that it rests on."""
    rows = [("Rule", f"{step.rule}, version {step.version}"), ("Verdict", SAYS.get(step.verdict or "", ""))]
    if step.week_start is not None:
        rows.append(("Full weeks since the actions began", str(step.week_no)))
    if step.recent_count is not None:
        against = f" against {page.theme.whole(step.recent_exposure)}" if step.recent_exposure else ", not adjusted for volume"
        rows.append(("Complaints in eight weeks", f"{page.theme.whole(step.recent_count)}{against}"))
    if step.bound is not None:
        rows.append(("99 % bound of the ratio", page.theme.decimal(step.bound, 2)))
    return facts(rows)


def _members(view: TeamView, page: PageContext) -> Iterator[Component]:
    carried, rows = loads(teams(page.connection)), []
    for user, step in view.life.members.items():
        load = carried.get(user)
        tired = load is not None and overloaded(load.share, len(load.teams))
        words = f"{step.share} % of the time, {'volunteered' if step.how == VOLUNTEER else 'tasked'}"
        more = [html.Small(f"carries {load.share} % in {len(load.teams)} teams", className="alert")] if tired and load else []
        rows.append(html.Li([html.B(page.names.name(user)), html.Span(words), *more]))
    forms = []
    if view.life.over is None:
        forms = [
            fold(kind.button, plain_form(kind, view, page, view.life.seq))
            for kind in (MEMBER, LEFT_TEAM, DISBANDED)
            if page.allowed(kind.kind)
        ]
    yield html.Section([html.H2("The team"), html.Ul(rows) if rows else html.P("Nobody yet."), *forms], className="loads")


def _pace(view: TeamView, page: PageContext) -> Iterator[Component]:
    """The length of a step; another one holds once the team has agreed to it."""
    life = view.life
    days = (life.pace.step_days if life.pace else None) or view.step_days
    why = life.pace.words if life.pace else view.pace
    parts: list[Component] = [html.H2("Pace"), html.P(f"Each step takes {days} days{f': {why}' if why else '.'}", dir="auto")]
    waiting = life.awaits_agreement
    if waiting is not None and life.over is None:
        parts.append(html.P(f"{waiting.by} asks for {waiting.step_days} days: {waiting.words}", className="alert", dir="auto"))
        if page.me.id in life.members and page.me.id != waiting.actor:
            parts.append(plain_form(AGREED, view, page, life.seq, about=waiting))
        else:
            parts.append(html.P("It takes effect once a member of the team agrees.", className="hint"))
    if life.over is None and page.allowed("paced"):
        parts.append(fold("Another pace", plain_form(PACED, view, page, life.seq)))
    yield html.Section(parts)
