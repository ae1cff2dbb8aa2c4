"""What became of invitations and minutes by mail, on a session's page: sent, on the way, or why not; and who has no address."""

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import shape
from wallboard.records.mail import INVITATION, Letter, addresses, letters
from wallboard.records.sessions import SessionView
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form

STATES = {"sent": ("good", "sent"), "queued": ("watch", "waits to be sent"), "sending": ("watch", "is being sent")}
NOT_YET = "attention", "was not sent yet, and is tried again"
UNKNOWN = "The program was stopped while it was being sent: nobody knows whether it arrived."


def minutes_by_mail(view: SessionView, page: PageContext) -> list[Component]:
    """Nothing where the room has no mail server and has never sent anything."""
    sent = letters(page.connection, view.number)
    if page.settings.mail is None and not sent:
        return []
    rows = [html.Li(_letter(letter, page)) for letter in sent]
    parts: list[Component] = [html.H2("Minutes by mail"), html.Ul(rows, className="start-list")]
    known, there = addresses(page.connection), dict.fromkeys([*view.life.present, *view.life.expected])
    without = [page.names.name(user) for user in there if user not in known]
    if without:
        parts.append(html.P(f"Without a mail address: {', '.join(without)}.", className="hint"))
    if set(there) & set(known) - {letter.user_id for letter in sent} and page.allowed("ended") and page.settings.mail:
        parts.append(form(f"/room/do/send-minutes/{view.number}", [], button("Send the minutes", calm=True), name="send-minutes"))
    return [html.Section(parts)]


def invitations_by_mail(view: SessionView, page: PageContext) -> list[Component]:
    """Who was invited by mail; nothing where the room has no mail server and has never sent an invitation of this session."""
    sent = {letter.user_id: letter for letter in letters(page.connection, view.number, INVITATION)}
    waits = view.life.status == "planned" and page.settings.mail is not None and page.allowed("invited")
    known = addresses(page.connection)
    due = [user for user in view.life.expected if user in known and user not in sent] if waits else []
    if not sent and not due:
        return []
    parts: list[Component] = [html.H2("Invitations by mail")]
    parts += [html.Ul([html.Li(_letter(letter, page)) for letter in sent.values()], className="start-list")] if sent else []
    if due:
        again = button("Send the invitations", calm=True)
        parts.append(form(f"/room/do/send-invitations/{view.number}", [], again, name="send-invitations"))
    return [html.Section(parts)]


def _letter(letter: Letter, page: PageContext) -> list[Component | str]:
    """Whom it goes to and what became of it; where it failed, why, and a way to send it again."""
    is_lost = letter.is_lost(page.theme.now)
    failed = letter.failure if letter.state == "failed" or letter.waits_again else UNKNOWN if is_lost else ""
    mark, words = NOT_YET if letter.waits_again else STATES.get(letter.state, ("attention", "was not sent"))
    state = shape("attention" if failed else mark)
    parts: list[Component | str] = [state, " ", html.B(letter.name), f", {letter.address or 'no address'}: {words}"]
    if failed:
        parts.append(html.P(failed, className="alert", dir="auto"))
    if failed and page.allowed("ended"):
        parts.append(form(f"/room/do/send-again/{letter.number}", [], button("Send it again", calm=True), name="send-again"))
    return parts
