"""Decisions at the console: proposed, each leader's vote by the own sign-in, what came of it, and all of them in one register."""

from collections.abc import Iterator
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.drawing.words import crop
from wallboard.lifecycle import decisions as steps
from wallboard.lifecycle.decisions import ABSTAIN, NO, PLAIN_VOTERS, YES, DecisionKind
from wallboard.records.decisions import DecisionView, decided_in, decision_kinds, due_decisions, register, voters
from wallboard.records.opportunities import opportunities
from wallboard.records.roster import roster
from wallboard.records.sessions import SessionView
from wallboard.records.snapshots import RestedOn, frozen_panels
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, one_of, select, text
from wallboard.screens.console.step_forms import plain_form
from wallboard.store.zones import EVERYTHING

STATES = {"proposed": "watch", "decided": "good", "not decided": "not measured", "taken back": "attention"}
TITLE = 80
"""Letters of an opportunity in a list before it is cut at a word."""

QUARTER, TWO_YEARS = timedelta(days=91), timedelta(days=732)


def decisions(view: SessionView, page: PageContext) -> Component:
    """What this session decides, and what earlier ones have decided and is due to be reviewed."""
    made = decided_in(page.connection, view.number)
    cards = [html.Li(decision_card(each, page, view)) for each in made]
    parts: list[Component] = [html.H2(f"Decisions: {len(made)}"), html.Ul(cards, className="mine")]
    due = due_decisions(page.connection, {view.perimeter, EVERYTHING}, page.today(view.perimeter))
    if due:
        cards = [html.Li(decision_card(each, page)) for each in due]
        parts += [html.H3("Due for review"), html.Ul(cards, className="mine")]
    if view.life.status == "running" and page.allowed("proposed_here"):
        parts.append(_propose(view, page))
    return html.Section(parts, className="decisions")


def decisions_page(page: PageContext) -> list[Component]:
    """The register: what is due to be reviewed first, then everything of two years, the newest first; reversals are counted."""
    known = register(page.connection, page.theme.today - TWO_YEARS)
    due = [view for view in known if view.life.status == "decided" and view.review_on <= page.theme.today]
    decided = [view for view in known if view.life.newest("adopted")]
    back = sum(view.life.status == "taken back" for view in known)
    counted = f"{page.count(len(decided), 'decision', 'decisions')} in two years, {back} of them taken back"
    sections = [
        html.Section([html.H2(title), html.Ul([html.Li(decision_card(view, page)) for view in views], className="mine")])
        for title, views in (("Due for review", due), ("All decisions", [view for view in known if view not in due]))
        if views
    ]
    none = html.P("Nothing has been decided in a session yet.", className="hint")
    return [
        html.Header([html.H1("Decisions"), html.P(counted, className="hint")]),
        html.Div(sections or [none], className="kinds"),
    ]


def decision_card(view: DecisionView, page: PageContext, session: SessionView | None = None) -> Component:
    """One decision with every vote; `session`: the one that runs, in which it is still to be settled."""
    status = view.life.status
    facts = [view.kind.name, page.day(view.day), page.names.touchpoints.get(view.touchpoint or "", "")]
    facts += [f"review on {page.day(view.review_on)}"] if status == "decided" else []
    head = html.P([shape(STATES[status]), html.B(status), *(html.Span(fact) for fact in facts if fact)], className="line")
    words = [
        html.P(view.words, className="title", dir="auto"),
        html.P(f"What it means for others: {view.implications}", dir="auto"),
    ]
    later = [html.P(f"{page.instant(step.at)}, {step.by}: {step.words}", className="hint", dir="auto")
             for step in view.life.of("looked_at", "taken_back")]  # fmt: skip
    numbers = [_number(each) for each in page.numbers_of(view)]
    forms = _settling(view, session, page) if session else _reviewing(view, page)
    return html.Div([*words, head, *numbers, *_votes(view, page), *later, *forms], className="card")


def _number(rested: RestedOn) -> Component:
    """A number as the session saw it; what a later load made of it beside it."""
    restated = [html.B(f" Restated since: is “{rested.now}” by what was loaded later.")] if rested.now else []
    return html.P(["Rests on: ", f"“{rested.then}”", *restated], className="rests-on")


def rule_words(kind: DecisionKind) -> str:
    """What a kind of decision needs, in a sentence."""
    yes, of = kind.share, kind.share_of
    if yes == of:
        share = "all of the votes"
    elif (yes, of) == (51, 100):
        share = "more than half of the votes"
    else:
        share = f"at least {f'{yes} %' if of == 100 else f'{yes}/{of}'} of the votes"
    if kind.quorum == 1 and kind.functions == 1:
        return f"It needs {share}{_roles(kind)}."
    who = "leaders" if kind.voters == PLAIN_VOTERS else "people"
    return f"It needs {share}, from at least {kind.quorum} {who} in at least {kind.functions} functions{_roles(kind)}."


def _roles(kind: DecisionKind) -> str:
    """Whose votes count, where it is not leaders and the president."""
    if kind.voters == PLAIN_VOTERS:
        return ""
    *others, last = [f"the {role}" if role == "president" else f"{role}s" for role in kind.voters]
    return f"; the votes of {', '.join(others)} and {last} count" if others else f"; only the votes of {last} count"


def votes_words(view: DecisionView, page: PageContext) -> str:
    """How leaders voted in one line: Selected on 3 June by 3 of 4 votes; against: Sam; abstained: Lena."""
    votes, count = view.life.votes, view.life.count
    others = [
        f"{words}: {', '.join(page.names.name(user) for user, step in votes.items() if step.vote == choice)}"
        for choice, words in ((NO, "against"), (ABSTAIN, "abstained"))
        if count(choice)
    ]
    day, counted = page.day(view.day), page.count(len(votes), "vote", "votes")
    how = f"unanimously, by {counted}" if view.life.unanimous else f"by {count(YES)} of {counted}"
    return f"Selected on {day} {'; '.join([how, *others])}."


def _votes(view: DecisionView, page: PageContext) -> Iterator[Component]:
    """Who voted how, and how the record knows."""
    votes = view.life.votes
    for choice in (YES, NO, ABSTAIN):
        names = [_voter(user, page, step.how) for user, step in votes.items() if step.vote == choice]
        if names:
            yield html.P([html.B(f"{choice}: "), ", ".join(names)], className="votes")
    if votes and view.life.status == "decided":
        yield html.P("Unanimous." if view.life.unanimous else "With dissent.", className="hint")


def _voter(user: int, page: PageContext, how: str | None) -> str:
    return page.names.name(user) + (f" ({how})" if how == steps.ALOUD else "")


def _settling(view: DecisionView, session: SessionView, page: PageContext) -> Iterator[Component]:
    if view.life.status != "proposed" or session.life.status != "running":
        return
    yield html.P(rule_words(view.kind), className="hint")
    panels = frozen_panels(page.connection, view.session)
    offered = {panel: words for wall in panels.values() for panel, words in wall.items()}
    if offered and page.allowed("rests_on"):
        fields = [select("how", "Which number?", offered)]
        ask = form(
            f"/room/do/{steps.RESTS.verb}/{view.number}", fields, button(steps.RESTS.button, calm=True), seen=view.life.seq
        )
        yield fold("Name a number it rests on", ask)
    leaders = voters(page.connection, session, view.kind)
    waiting = [user for user in leaders if user not in view.life.votes]
    if page.me.id in waiting:
        buttons = [button(choice, calm=choice != YES, name="vote", value=choice) for choice in (YES, NO, ABSTAIN)]
        yield form(f"/room/do/vote/{view.number}", [], *buttons, name="vote")
    others = {str(user): page.names.name(user) for user in waiting if user != page.me.id}
    if others:
        yield html.P(f"Not voted yet: {', '.join(page.names.name(user) for user in waiting)}.", className="hint")
    if others and page.allowed("voted"):
        who = select("user_id", "Whose vote is it?", others, first="choose a person")
        what = one_of("vote", "What?", {vote: vote for vote in (YES, NO, ABSTAIN)}, identity=f"aloud-{view.number}")
        aloud = form(f"/room/do/vote/{view.number}", [who, what], button("Write it down"), name="aloud")
        yield fold("Record a vote said aloud", aloud)
    if leaders and not waiting and page.allowed("adopted"):
        yield plain_form(steps.ADOPTED, view, page, view.life.seq)
        yield plain_form(steps.DECLINED, view, page, view.life.seq, calm=True)


def _reviewing(view: DecisionView, page: PageContext) -> Iterator[Component]:
    if view.life.status == "decided" and page.allowed("looked_at"):
        yield fold("Review it", plain_form(steps.REVIEWED, view, page, view.life.seq))
        yield fold("Take it back", plain_form(steps.TAKEN_BACK, view, page, view.life.seq, calm=True))


def _propose(view: SessionView, page: PageContext) -> Component:
    today, kinds = page.theme.today, decision_kinds(page.connection)
    fields = [
        select("kind", "What kind of decision is it?", {name: f"{name}: {rule_words(kind)}" for name, kind in kinds.items()}),
        text("words", "What do we decide?", rows=2),
        text("implications", "What does it mean for others?", "for functions, customers, costs", rows=2),
        line("review_on", "When is it reviewed?", kind="date", value=(today + QUARTER).isoformat(), min=today.isoformat()),
    ]
    if page.names.touchpoints:
        fields.append(select("touchpoint", "Which touchpoint does it touch?", page.names.touchpoints, first="none"))
    there = {item.opportunity for item in roster(page.connection)}
    waiting = {str(idea.id): crop(idea.title, TITLE) for idea in opportunities(page.connection) if idea.id not in there}
    if waiting:
        fields.insert(1, select("opportunity", "Which opportunity does it select for the roster?", waiting, first="none"))
    return fold(
        "Propose a decision", form(f"/room/do/propose-here/{view.number}", fields, button("Propose it"), name="propose-here")
    )
