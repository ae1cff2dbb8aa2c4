"""How a session begins: what the company is there for, a customer's voice before any number, and how one joins with a phone."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle import sessions as lives
from wallboard.metrics.agenda import mission, opening_voice
from wallboard.metrics.scope import Scope
from wallboard.records.maturity import CUSTOMERS_FROM, last_customer, maturity
from wallboard.records.sessions import SessionView
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import fold, voice
from wallboard.screens.console.step_forms import plain_form


def opening(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The mission, then a customer."""
    part = view.perimeter if view.perimeter in page.settings.perimeter else None
    scope = Scope.of(page.settings, page.theme.now, part)
    (frame,) = mission(page.connection, scope)
    words = [html.P(frame.words, className="mission", dir="auto")] if frame.words else []
    voices = [voice(row.words) for row in opening_voice(page.connection, scope)]
    if words or voices:
        yield html.Section([*words, *voices], className="opening")


def join(view: SessionView) -> Component:
    """The page of this session as a QR code: whoever signs in with the own phone is present by that."""
    code = html.Img(src=f"/room/session/{view.number}/join.svg", alt="QR code of this page", className="join-code")
    return fold("Join with a phone", code, html.P("Scan it, sign in, and touch “I am here”.", className="hint"))


def customers(view: SessionView, page: PageContext) -> Component:
    """Customers who are invited or here, and whether the room is mature enough for them."""
    life = view.life
    invited = [html.Li(f"{step.words}: {'here' if step.kind == 'customer_came' else 'invited'}", dir="auto")
             for step in life.of("customer_asked", "customer_came")]  # fmt: skip
    stands = maturity(page.connection, view.perimeter)
    last = last_customer(page.connection, page.theme.now)
    level = f"level {stands.level} of 5: {stands.evidence}" if stands else "not assessed yet"
    since = f"A customer was last here on {page.instant(last)}." if last else "No customer has been here yet."
    parts: list[Component] = [
        html.H2("Customers in the room"),
        html.Ul(invited, className="present"),
        html.P(since, className="hint"),
        html.P(f"This room: {level}. Customers are invited from level {CUSTOMERS_FROM}.", className="hint", dir="auto"),
    ]
    kind = lives.CUSTOMER_CAME if life.status == "running" else lives.CUSTOMER_ASKED
    if page.allowed(kind.kind) and life.status in ("planned", "running"):
        parts.append(fold(kind.button, plain_form(kind, view, page, life.seq)))
    return html.Section(parts)
