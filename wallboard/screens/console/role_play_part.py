"""The role play on the page of a session: cards with customers' own words, each opening its source, and what was learned."""

from collections.abc import Iterator
from types import MappingProxyType
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle import role_play as steps
from wallboard.records import role_play
from wallboard.records.acting import Acting
from wallboard.records.choices import recording
from wallboard.records.role_play import CardView, cards, without_function
from wallboard.records.sessions import SessionView
from wallboard.records.stage_evidence import voices_at
from wallboard.screens.console.actions import Action, Done, step_actions
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, player, select, voice
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.step_forms import plain_form

GONE = "What this customer said is not kept any more."
SILENT = "This call may not be played any more: its consent was withdrawn, or its time is over."


def role_play_part(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The cards by stage, and the form that deals them while the session runs; nothing where nobody plays or deals."""
    dealt = cards(page.connection, view.number)
    may_deal = view.life.status == "running" and page.allowed("dealt")
    if not dealt and not may_deal:
        return
    shown = [html.Li(_card(card, dealt, view, page)) for card in dealt]
    parts: list[Component] = [html.H2("Role play"), *([html.Ul(shown, className="mine")] if shown else [])]
    if may_deal:
        parts.append(fold("Deal the cards", *_deal(view, page)))
    yield html.Section(parts, className="role-play")


def _deal(view: SessionView, page: PageContext) -> Iterator[Component]:
    watching = [page.names.name(user) for user in without_function(page.connection, view)]
    if watching:
        yield html.P(f"Work in no function, and watch: {', '.join(watching)}.", className="hint")
    stage = select("stage", "At which stage of the customer's life?", page.names.stages, first="choose a stage")
    yield form(f"/room/do/deal/{view.number}", [stage], button("Deal the cards"), name="deal")
    yield html.P("Everybody plays another function than their own, with something a customer really said.", className="hint")


def _card(card: CardView, dealt: list[CardView], view: SessionView, page: PageContext) -> Component:
    plays = f" plays {page.names.function(card.function)}"
    swaps = [page.names.name(other.owner) for other in dealt if _swap(card, other, page)]
    place = page.names.stages.get(card.stage, card.stage)
    facts = [place, *(f"swaps with {name}" for name in swaps)]
    head = html.P([html.B(page.names.name(card.owner)), html.Span(plays), *(html.Span(fact) for fact in facts)], className="line")
    quoted = _quoted(card, page)
    learned = [html.P(["Learned: ", card.life.learned], dir="auto")] if card.life.learned else []
    mine = card.owner == page.me.id and not learned and view.life.status in ("running", "ended")
    forms = [plain_form(steps.DEBRIEFED, card, page, card.life.seq, calm=True)] if mine and page.allowed("debriefed") else []
    return html.Div([head, *quoted, *learned, *forms], className="card")


def _quoted(card: CardView, page: PageContext) -> list[Component]:
    """The call while it may be played, with its transcript and its own address; else the text and where it is kept."""
    if clip := recording(page.connection, card.call, page.theme.today):
        return [*player(clip), html.P(html.A("The call itself", href=f"/media/{clip.number}"), className="hint")]
    if card.call is not None:
        return [html.P(SILENT, className="hint"), *_instead(card, page)]
    return [voice(card.words), _source(card.source, card.source_key)] if card.words else [html.P(GONE, className="hint")]


def _instead(card: CardView, page: PageContext) -> list[Component]:
    """What a customer wrote at the same stage, in the place of a call that may not be played any more."""
    texts = voices_at(page.connection, card.stage, page.theme.today)
    if not texts:
        return []
    chosen = texts[card.number % len(texts)]
    return [html.P("In its place, what a customer wrote at this stage:"), voice(chosen.words), _source(chosen.source, chosen.key)]


def _source(source: str, key: str) -> Component:
    where = urlencode({"source": source, "key": key})
    return html.P(html.A("Where it was heard", href=f"/room/relay?{where}"), className="hint")


def _swap(card: CardView, other: CardView, page: PageContext) -> bool:
    """Whether two play each other's function at the same stage."""
    own = {user.id: user.function for user in page.names.users}
    return (card.stage, card.function, other.function) == (other.stage, own.get(other.owner), own.get(card.owner))


def _deal_cards(act: Acting, number: int, sent: Sent) -> Done:
    """`number` is the session."""
    made = role_play.deal(act, number, sent.short("stage", "the stage", 60) or "")
    return Done(f"Dealt: {len(made)} cards. Nobody plays their own function.")


ROLE_PLAY_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {**step_actions(steps.STEPS, role_play.take_form), "deal": _deal_cards}
)
