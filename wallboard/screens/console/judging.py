"""One thing that was relayed: what the customer said, what it weighs, and the room's verdict."""

from dash import html
from dash.development.base_component import Component

from wallboard.records.choices import recording
from wallboard.records.intakes import Intake
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, facts, fold, form, line, player, voice
from wallboard.screens.console.wording import KINDS, VERDICTS, who_may

TURNED_AWAY = ("not from a customer", "single function", "trivial", "duplicate", "out of perimeter")


def judged(intake: Intake, page: PageContext) -> Component:
    """A card with the verdicts that a person may give."""
    head = html.A(intake.title, href=f"/room/relayed/{intake.number}", className="title", dir="auto")
    return html.Article([head, *evidence(intake, page), weight(intake, page), _verdicts(intake, page)], className="card intake")


def evidence(intake: Intake, page: PageContext) -> list[Component]:
    """The customer's own words or recording, and how the room came by them."""
    if intake.words is None and intake.recording is None:
        return [html.P("No customer’s words and no recording.", className="alert")]
    provenance = [
        KINDS.get(intake.kind or "", intake.kind),
        intake.channel,
        intake.said_by,
        page.instant(intake.said_at) if intake.said_at else None,
    ]
    words = [voice(intake.words)] if intake.words else []
    by = html.P(" · ".join(part for part in provenance if part), className="hint", dir="auto")
    return [*words, by, *player(recording(page.connection, intake.recording, page.theme.today))]


def weight(intake: Intake, page: PageContext) -> Component:
    """Who would have to work on it, and how much it matters."""
    contacts = "not known" if intake.contacts is None else f"{page.count(intake.contacts, 'contact', 'contacts')} in 13 weeks"
    stake = "not known" if intake.value is None else f"{page.money(intake.value)} a year"
    rows = [
        ("functions", ", ".join(page.names.function(key) for key in intake.functions) or "none named"),
        ("effect", intake.effect),
        ("behind it", contacts),
        ("value at stake", stake),
        ("relayed by", f"{intake.by}, {page.day(intake.day)}, {page.place(intake.perimeter)}"),
    ]
    return facts(rows)


def _verdicts(intake: Intake, page: PageContext) -> Component:
    if not page.allowed("judged"):
        return html.P(who_may("judged", page), className="hint")
    address = f"/room/do/judge/{intake.number}"
    why = line("why", "Why", hint="the relayer reads it")
    buttons = [button(verdict.capitalize(), calm=True, name="verdict", value=verdict) for verdict in TURNED_AWAY]
    away = fold("Turn it away", form(address, [why], *buttons, name="away"))
    return html.Div([form(address, [], button("Admit it", name="verdict", value="admitted")), away], className="verdicts")


def verdict_words(intake: Intake) -> str:
    """What became of it, for whoever relayed it."""
    return VERDICTS[intake.verdict] if intake.verdict else "It waits for the room’s verdict."
