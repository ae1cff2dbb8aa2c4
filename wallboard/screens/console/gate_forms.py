"""The one next thing to do, as a form: one for each gate."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

from dash import html
from dash.development.base_component import Component

from wallboard.records.desk import Told
from wallboard.records.members import Member
from wallboard.screens.console.deciding import decide_form
from wallboard.screens.console.desk import Desk
from wallboard.screens.console.parts import button, form, line, one_of, select, text, voice

NEAR = 14
"""Days within which something must be done now: the rule's own limit."""


def address(verb: str, told: Told) -> str:
    """Where a form about an issue is sent."""
    return f"/room/do/{verb}/{told.number}"


def people(desk: Desk, label: str, chosen: int | None = None) -> Component:
    """A choice of everybody who may answer for something."""
    return select("member", label, _named(desk.names.answering(), desk), first="choose a person", chosen=str(chosen or ""))


def _named(members: list[Member], desk: Desk) -> dict[str, str]:
    return {str(one.id): ", ".join(part for part in (one.name, desk.names.function(one.function)) if part) for one in members}


def own_form(told: Told, desk: Desk) -> Component:
    """Who answers for it."""
    return form(
        address("own", told), [people(desk, "Who answers for it?")], button("This person answers for it"), seen=told.life.seq
    )


def alleviate_form(told: Told, desk: Desk) -> Component:
    """Golden rule 2."""
    today = desk.today(told.perimeter)
    last = (today + timedelta(days=NEAR)).isoformat()
    fields = [
        text("words", "What can we do now, to at least alleviate it?", rows=3),
        people(desk, "Who does it?", told.life.owner),
        line("due_on", "Until when?", hint=f"{NEAR} days away at most", kind="date", min=today.isoformat(), max=last),
    ]
    return form(address("alleviate", told), fields, button("Do this now"), seen=told.life.seq)


def answer_form(told: Told, desk: Desk) -> Component:
    """Golden rule 4: the answer beside the customer's own words, read while it is written; our own note apart from it."""
    del desk
    theirs = html.Div([html.H3("The customer said"), voice(told.words)])
    hint = "as you would say it to this customer"
    ours = html.Div(
        [text("words", "We answer", hint, rows=6, **{"data-reads": "yes"}), html.Div(className="reading", role="status")]
    )
    note = text("note", "Our own note", hint="for the room only: never on a wall, never to the customer")
    return form(
        address("answer", told),
        [html.Div([theirs, ours], className="beside"), note],
        button("This is our answer"),
        seen=told.life.seq,
    )


def present_form(told: Told, desk: Desk) -> Component:
    """Golden rule 5, the first half."""
    del desk
    fields = [line("how", "How was it presented?", hint="by telephone, at a visit, in a letter"), line("to_whom", "To whom?")]
    return form(address("present", told), fields, button("The customer has seen it"), seen=told.life.seq)


def react_form(told: Told, desk: Desk) -> Component:
    """Golden rule 5, the second half: only the customer's yes ends it."""
    del desk
    fields = [
        text("words", "What did the customer say to it?", hint="in the customer’s words", rows=3),
        one_of("accepted", "Does the customer accept it?", {"yes": "Yes", "no": "No"}, identity=f"accepted-{told.number}"),
    ]
    hint = html.P("Nothing closes without the customer’s yes. A no opens it again; silence leaves it open.", className="hint")
    return form(address("react", told), [*fields, hint], button("Write it down"), seen=told.life.seq)


FORMS: Mapping[str, Callable[[Told, Desk], Component]] = MappingProxyType(
    {
        "owned": own_form,
        "alleviation": alleviate_form,
        "decided": lambda told, desk: decide_form(address("decide", told), told, desk),
        "answered": answer_form,
        "presented": present_form,
        "accepted": react_form,
    }
)
