"""Three lists: what waits for a verdict, what is open, what the customers have accepted."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle.escalation import Rung, rung
from wallboard.lifecycle.gates import next_gate, waiting
from wallboard.records.intakes import to_judge, turned_away
from wallboard.records.issue_views import IssueView, closed_issues, count_closed, open_issues
from wallboard.screens.console.judging import judged
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import voice
from wallboard.screens.console.wording import due_words

SHOWN_CLOSED = 30


def lists(page: PageContext) -> list[Component]:
    """The page of all issues, for everything or one part of the business, of everybody or mine."""
    part = page.query.get("perimeter") if page.query.get("perimeter") in page.settings.perimeter else None
    leaves = page.settings.leaves(part)
    unjudged, view = to_judge(page.connection, leaves), open_issues(page.connection, leaves)
    ended, how_many = closed_issues(page.connection, leaves, SHOWN_CLOSED), count_closed(page.connection, leaves)
    if page.query.get("mine"):
        unjudged = [intake for intake in unjudged if intake.actor == page.me.id]
        view, ended = ([each for each in several if is_mine(each, page)] for several in (view, ended))
        how_many = len(ended)
    return [
        html.Header([html.H1("Issues"), _filters(page, part), html.A("Relay an issue", href="/room/relay", className="act")]),
        html.Div(
            [
                _column(
                    "judge",
                    "Awaiting a verdict",
                    len(unjudged),
                    [judged(intake, page) for intake in unjudged],
                    "Nothing is waiting for a verdict.",
                ),
                _open(page, view),
                _column("ended", "Accepted by the customer", how_many, [_card(each, page) for each in ended], "None yet."),
            ],
            className="lists",
        ),
        html.P(_turned_away(page, leaves), className="hint counted"),
    ]


def is_mine(view: IssueView, page: PageContext) -> bool:
    """Whether a person answers for an issue, works on it, has something to do in it, or has relayed it."""
    return view.relayed_by == page.me.id or any(step.user_id == page.me.id for step in view.life.steps)


def _filters(page: PageContext, part: str | None) -> Component:
    mine, chosen = bool(page.query.get("mine")), f"perimeter={part}" if part else ""
    whose = [_chip("Everyone’s", [chosen], not mine), _chip("Mine", ["mine=1", chosen], mine)]
    keep = "mine=1" if mine else ""
    leaves = page.perimeters()
    parts = [_chip("Everything", [keep], part is None)] if len(leaves) > 1 else []
    parts += [_chip(name, [keep, f"perimeter={key}"], part == key) for key, name in leaves.items() if len(leaves) > 1]
    return html.Nav([html.Span(whose), html.Span(parts)], className="chips", **{"aria-label": "which issues"})


def _chip(name: str, query: Sequence[str], chosen: bool) -> Component:
    tail = "&".join(part for part in query if part)
    return html.A(name, href=f"/room/issues?{tail}" if tail else "/room/issues", className="chosen" if chosen else "")


def _open(page: PageContext, view: list[IssueView]) -> Component:
    """Orphans first, then what must move up the ladder, then the oldest."""
    rungs = {issue.number: rung(issue.life, page.settings.escalation, page.today(issue.perimeter)) for issue in view}

    def urgency(issue: IssueView) -> tuple[bool, bool, str, int]:
        here = rungs[issue.number]
        return issue.life.owner is not None, not (here and here.is_due), str(issue.admitted_on), issue.number

    cards = [_card(issue, page, rungs[issue.number]) for issue in sorted(view, key=urgency)]
    orphans, due = sum(issue.life.owner is None for issue in view), sum(bool(here and here.is_due) for here in rungs.values())
    warnings = [("unowned", orphans), ("due for escalation", due)]
    alerts = [html.Span(f"{count} {words}", className="alert") for words, count in warnings if count]
    return _column("open", "Open", len(view), cards, "No issue is open.", alerts)


def _column(name: str, title: str, count: int, cards: list[Component], empty: str, more: Sequence[Component] = ()) -> Component:
    head = html.H2([title, html.B(str(count)), *more])
    shown = html.Ul([html.Li(card) for card in cards]) if cards else html.P(empty, className="hint")
    return html.Section([head, shown], className=name if cards else f"{name} empty-list", id=name)


def _card(view: IssueView, page: PageContext, here: Rung | None = None) -> Component:
    """One issue: the customer's words, who answers for it, how old it is, and the next thing to do."""
    owner, gate = view.life.owner, next_gate(view.life)
    state = "good" if gate is None else "attention" if here and here.is_due else "watch" if owner else "not measured"
    named = html.Span(page.names.name(owner)) if owner else html.Span("nobody yet", className="alert")
    age = page.age(view.admitted_on, view.perimeter) if gate else page.day(view.life.steps[-1].day)
    line = html.P([shape(state), named, html.Span(age), html.Span(page.place(view.perimeter))], className="line")
    due = [html.P(due_words(here, page), className="alert")] if here and here.is_due else []
    todo = [html.Span([html.B("next: "), gate.gate.name.lower()])] if gate and gate.gate else []
    status = html.P([html.Span(waiting(view.life)), *todo] if owner else todo, className="todo")
    words = html.Div([voice(view.words), line, status, *due])
    return html.A(words, href=f"/room/issue/{view.number}", className="card")


def _turned_away(page: PageContext, leaves: Sequence[str]) -> str:
    """What was relayed and is no issue, counted by verdict: '3 not from a customer'."""
    counts = turned_away(page.connection, leaves)
    first = {"not from a customer": counts.pop("not from a customer", 0)}
    return "Turned away: " + " · ".join(f"{count} {verdict}" for verdict, count in (first | dict(sorted(counts.items()))).items())
