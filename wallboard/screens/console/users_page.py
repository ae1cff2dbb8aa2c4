"""Who may sign in: one's own password and sign-ins, and for the president everybody's, with role, leaving and coming back."""

from dash import html
from dash.development.base_component import Component

from wallboard.errors import RuleRefused
from wallboard.lifecycle.roles import BY_NAME
from wallboard.records.access import Access, may_see
from wallboard.records.mail import addresses
from wallboard.records.passwords import SHORTEST
from wallboard.records.users import User, everybody, sign_ins
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, select

HINT = f"{SHORTEST} characters or more"


def own_sign_in(page: PageContext) -> list[Component]:
    """One's own password, and the other browsers in which one is signed in."""
    fields = [
        line("old", "Your current password", kind="password", autoComplete="current-password"),
        *_new_password(),
    ]
    others = sign_ins(page.connection, page.theme.now).get(page.me.id, 1) - 1
    sentence = f"You are signed in with {page.theme.plural(others, 'other browser', 'other browsers')} too."
    elsewhere = form("/room/users/end-others/0", [html.P(sentence)], button("End those sign-ins", calm=True), name="end-others")
    changed = form("/room/users/own-password/0", fields, button("Change it"), name="own-password")
    return [fold("Change your password", changed), *([elsewhere] if others > 0 else [])]


def users_page(page: PageContext) -> list[Component]:
    """Everybody who may sign in, and who has left; raises RuleRefused for all but the president."""
    if not may_see(page.me, Access.USERS):
        raise RuleRefused("the room", "Only the president changes who is in it.", "")
    known, open_ = everybody(page.connection), sign_ins(page.connection, page.theme.now)
    mailed = addresses(page.connection)
    here = [_row(user, open_.get(user.id, 0), mailed.get(user.id, ""), page) for user in known if user.left_at is None]
    gone = [_gone(user, page) for user in known if user.left_at is not None]
    left = [html.H2("Who has left"), html.Ul(gone, className="admin-list")] if gone else []
    head = html.Header([html.H1("Who may sign in"), html.P("Every change is listed under Who changed what.", className="hint")])
    return [head, fold("Add somebody", _adding(page)), html.Ul(here, className="admin-list"), *left]


def _adding(page: PageContext) -> Component:
    fields = [
        line("login", "Name to sign in with"),
        line("name", "Name shown in the room"),
        select("role", "Role", {role: role for role in BY_NAME}),
        select("function", "Works in", page.names.functions, first="no function"),
        *_new_password(),
    ]
    return form("/room/users/add/0", fields, button("Add"), name="add")


def _row(user: User, open_: int, address: str, page: PageContext) -> Component:
    number = user.id
    signed_in = f"signed in with {page.theme.plural(open_, 'browser', 'browsers')}" if open_ else "not signed in"
    mailed = line("address", "Mail address", kind="email", value=address, autoComplete="off")
    roles = select("role", "Role", {role: role for role in reversed(BY_NAME)}, chosen=user.role)
    end = [form(f"/room/users/end/{number}", [], button("End all sign-ins", calm=True), name="end")] if open_ else []
    inside = [
        form(f"/room/users/role/{number}", [roles], button("Change the role"), name="role"),
        form(f"/room/users/password/{number}", _new_password(), button("Set this password"), name="password"),
        form(f"/room/users/address/{number}", [mailed], button("Change the mail address"), name="address"),
        *end,
        form(f"/room/users/leave/{number}", [], button("Has left", calm=True), name="leave"),
    ]
    return html.Li(fold([html.B(user.name), html.Span(f"{user.login}, {user.role}; {signed_in}")], *inside))


def _gone(user: User, page: PageContext) -> Component:
    since = page.instant(user.left_at) if user.left_at else ""
    summary = html.P([html.B(user.name), f" {user.login}, {user.role}; left {since}"])
    return html.Li(form(f"/room/users/back/{user.id}", [summary], button("Let back in", calm=True), name="back"))


def _new_password() -> list[Component]:
    return [
        line("new", "New password", hint=HINT, kind="password", autoComplete="new-password"),
        line("again", "Repeat the new password", kind="password", autoComplete="new-password"),
    ]
