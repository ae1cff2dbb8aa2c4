"""One thing that was relayed: what the customer said, what it weighs, and the room's verdict."""

from dash import html
from dash.development.base_component import Component

from wallboard.records.choices import recording
from wallboard.records.intakes import Intake
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, facts, fold, form, line, player, voice
from wallboard.screens.console.wording import KINDS, VERDICTS, who_may

TURNED_AWAY = ("not from a customer", "single function", "trivial", "duplicate", "out of perimeter")


def judged(one: Intake, page: PageContext) -> Component:
    """A card with the verdicts that a person may give."""
    head = html.A(one.title, href=f"/room/relayed/{one.number}", className="title", dir="auto")
    return html.Article([head, *evidence(one, page), weight(one, page), _verdicts(one, page)], className="card intake")


def evidence(one: Intake, page: PageContext) -> list[Component]:
    """The customer's own words or recording, and how the room came by them."""
    if one.words is None and one.recording is None:
        return [html.P("No customer’s words and no recording.", className="alert")]
    heard = [
        KINDS.get(one.kind or "", one.kind),
        one.heard_through,
        one.said_by,
        page.instant(one.said_at) if one.said_at else None,
    ]
    words = [voice(one.words)] if one.words else []
    by = html.P(" · ".join(part for part in heard if part), className="hint", dir="auto")
    return [*words, by, *player(recording(page.connection, one.recording, page.theme.today))]


def weight(one: Intake, page: PageContext) -> Component:
    """Who would have to work on it, and how much it matters."""
    behind = "not known" if one.contacts is None else f"{page.count(one.contacts, 'contact', 'contacts')} in 13 weeks"
    stake = "not known" if one.value is None else f"{page.money(one.value)} a year"
    rows = [
        ("functions", ", ".join(page.names.function(key) for key in one.functions) or "none named"),
        ("effect", one.effect),
        ("behind it", behind),
        ("value at stake", stake),
        ("relayed by", f"{one.by}, {page.day(one.day)}, {page.place(one.perimeter)}"),
    ]
    return facts(rows)


def _verdicts(one: Intake, page: PageContext) -> Component:
    if not page.allowed("judged"):
        return html.P(who_may("judged", page), className="hint")
    address = f"/room/do/judge/{one.number}"
    why = line("why", "Why", hint="the relayer reads it")
    buttons = [button(said.capitalize(), calm=True, name="verdict", value=said) for said in TURNED_AWAY]
    away = fold("Turn it away", form(address, [why], *buttons, name="away"))
    return html.Div([form(address, [], button("Admit it", name="verdict", value="admitted")), away], className="verdicts")


def verdict_words(one: Intake) -> str:
    """What became of it, for whoever relayed it."""
    return VERDICTS[one.verdict] if one.verdict else "It waits for the room’s verdict."
