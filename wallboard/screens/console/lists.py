"""Three lists: what waits for a verdict, what is open, what the customers have accepted."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.marks import shape
from wallboard.lifecycle.escalation import Rung, rung
from wallboard.lifecycle.gates import next_gate, waiting
from wallboard.records.desk import Told, closed_issues, count_closed, open_issues
from wallboard.records.intakes import to_judge, turned_away
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.judging import judged
from wallboard.screens.console.parts import voice
from wallboard.screens.console.wording import due_words

SHOWN_CLOSED = 30


def lists(desk: Desk) -> list[Component]:
    """The page of all issues, for everything or one part of the business, of everybody or mine."""
    part = desk.asked.get("perimeter") if desk.asked.get("perimeter") in desk.settings.perimeter else None
    leaves = desk.settings.leaves(part)
    unjudged, told = to_judge(desk.connection, leaves), open_issues(desk.connection, leaves)
    ended, how_many = closed_issues(desk.connection, leaves, SHOWN_CLOSED), count_closed(desk.connection, leaves)
    if desk.asked.get("mine"):
        unjudged = [one for one in unjudged if one.actor == desk.me.id]
        told, ended = ([one for one in several if is_mine(one, desk)] for several in (told, ended))
        how_many = len(ended)
    return [
        html.Header([html.H1("Issues"), _filters(desk, part), html.A("Relay an issue", href="/room/relay", className="act")]),
        html.Div(
            [
                _column(
                    "judge", "To judge", len(unjudged), [judged(one, desk) for one in unjudged], "Nothing waits for a verdict."
                ),
                _open(desk, told),
                _column("ended", "Accepted by the customer", how_many, [_card(one, desk) for one in ended], "None yet."),
            ],
            className="lists",
        ),
        html.P(_turned_away(desk, leaves), className="hint counted"),
    ]


def is_mine(told: Told, desk: Desk) -> bool:
    """Whether a person answers for an issue, works on it, has something to do in it, or has relayed it."""
    return told.relayed_by == desk.me.id or any(step.member == desk.me.id for step in told.life.steps)


def _filters(desk: Desk, part: str | None) -> Component:
    mine, chosen = bool(desk.asked.get("mine")), f"perimeter={part}" if part else ""
    whose = [_chip("Everybody’s", [chosen], not mine), _chip("Mine", ["mine=1", chosen], mine)]
    keep = "mine=1" if mine else ""
    leaves = desk.perimeters()
    parts = [_chip("Everything", [keep], part is None)] if len(leaves) > 1 else []
    parts += [_chip(name, [keep, f"perimeter={key}"], part == key) for key, name in leaves.items() if len(leaves) > 1]
    return html.Nav([html.Span(whose), html.Span(parts)], className="chips", **{"aria-label": "which issues"})


def _chip(name: str, query: Sequence[str], chosen: bool) -> Component:
    tail = "&".join(one for one in query if one)
    return html.A(name, href=f"/room/issues?{tail}" if tail else "/room/issues", className="chosen" if chosen else "")


def _open(desk: Desk, told: list[Told]) -> Component:
    """Orphans first, then what must move up the ladder, then the oldest."""
    rungs = {one.number: rung(one.life, desk.settings.escalation, desk.today(one.perimeter)) for one in told}

    def urgency(one: Told) -> tuple[bool, bool, str, int]:
        here = rungs[one.number]
        return one.life.owner is not None, not (here and here.is_due), str(one.admitted_on), one.number

    cards = [_card(one, desk, rungs[one.number]) for one in sorted(told, key=urgency)]
    orphans, due = sum(one.life.owner is None for one in told), sum(bool(here and here.is_due) for here in rungs.values())
    marks = [("nobody yet", orphans), ("escalation due", due)]
    said = [html.Span(f"{words}: {count}", className="alert") for words, count in marks if count]
    return _column("open", "Open", len(told), cards, "Nothing is open.", said)


def _column(name: str, title: str, count: int, cards: list[Component], empty: str, more: Sequence[Component] = ()) -> Component:
    head = html.H2([title, html.B(str(count)), *more])
    shown = html.Ul([html.Li(card) for card in cards]) if cards else html.P(empty, className="hint")
    return html.Section([head, shown], className=name if cards else f"{name} empty-list", id=name)


def _card(told: Told, desk: Desk, here: Rung | None = None) -> Component:
    """One issue: the customer's words, who answers for it, how old it is, and the next thing to do."""
    owner, gate = told.life.owner, next_gate(told.life)
    state = "good" if gate is None else "attention" if here and here.is_due else "watch" if owner else "not measured"
    named = html.Span(desk.names.name(owner)) if owner else html.Span("nobody yet", className="alert")
    age = desk.age(told.admitted_on, told.perimeter) if gate else desk.day(told.life.steps[-1].day)
    line = html.P([shape(state), named, html.Span(age), html.Span(desk.place(told.perimeter))], className="line")
    due = [html.P(due_words(here, desk), className="alert")] if here and here.is_due else []
    todo = [html.Span([html.B("next: "), gate.gate.name.lower()])] if gate and gate.gate else []
    said = html.P([html.Span(waiting(told.life)), *todo] if owner else todo, className="todo")
    words = html.Div([voice(told.words), line, said, *due])
    return html.A(words, href=f"/room/issue/{told.number}", className="card")


def _turned_away(desk: Desk, leaves: Sequence[str]) -> str:
    """What was relayed and is no issue, counted by verdict: 'not from a customer: 3'."""
    counts = turned_away(desk.connection, leaves)
    first = {"not from a customer": counts.pop("not from a customer", 0)}
    return "Turned away: " + " · ".join(f"{said}: {count}" for said, count in (first | dict(sorted(counts.items()))).items())
