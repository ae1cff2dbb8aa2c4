"""One session: who is here, what was promised before and comes back, what is promised now, and how it ends."""

from collections.abc import Iterator
from datetime import timedelta
from math import ceil

from dash import html
from dash.development.base_component import Component

from wallboard.lifecycle import sessions as lives
from wallboard.records.commitments import CommitmentView, made_in, open_commitments, without_commitment
from wallboard.records.sessions import SessionView, absent_functions, left_out, one_session
from wallboard.records.snapshots import frozen_scenes, has_frozen_walk
from wallboard.screens.console.agenda_part import agenda
from wallboard.screens.console.alarms_part import eased
from wallboard.screens.console.commitments_page import by_person, commitment_card
from wallboard.screens.console.decision_parts import decisions
from wallboard.screens.console.entry_parts import entries_part, leader_question
from wallboard.screens.console.goals_part import goals
from wallboard.screens.console.mail_part import invitations_by_mail, minutes_by_mail
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, fold, form, line, select, text
from wallboard.screens.console.role_play_part import role_play_part
from wallboard.screens.console.session_opening import customers, join, opening
from wallboard.screens.console.session_walls import on_the_walls
from wallboard.screens.console.sessions_page import state_of, when
from wallboard.screens.console.start_list import start_list
from wallboard.screens.console.step_forms import plain_form
from wallboard.screens.console.wording import who_may
from wallboard.store.limits import QUORUM, limit
from wallboard.store.zones import EVERYTHING

MONTH = timedelta(days=30)


def session_page(page: PageContext, number: int) -> list[Component]:
    """The page of one session, as it stands now."""
    view = one_session(page.connection, number)
    state = state_of(view, page)
    head = html.Header([html.H1(view.title, dir="auto"), html.P(f"{view.kind}, {when(view, page)}: {state}", className="hint")])
    parts = {"planned": _planned, "missed": _planned, "running": _running, "ended": _ended, "cancelled": _cancelled}
    return [head, html.Div([*parts[state](view, page)], className="session-log")]


def _planned(view: SessionView, page: PageContext) -> Iterator[Component]:
    yield agenda(view, page)
    yield from goals(view, page)
    yield _people("Expected", view.life.expected, page)
    yield from invitations_by_mail(view, page)
    yield _carried(view, page)
    yield customers(view, page)
    yield from entries_part(view, page)
    if not page.allowed("planned"):
        yield html.P(who_may("planned", page), className="hint")
        return
    seen = view.life.seq
    yield start_list(view, page)
    yield plain_form(lives.BEGUN, view, page, seen)
    yield fold("Expect somebody else", plain_form(lives.INVITED, view, page, seen))
    day = line("day", "To which day?", kind="date", min=page.theme.today.isoformat())
    time = line("time", "At what time?", kind="time", value="09:30")
    why = text("words", "Why is it postponed?", "it stays on the room’s record")
    address = f"/room/do/postpone/{view.number}"
    yield fold("Postpone it", form(address, [day, time, why], button("Postpone it"), seen=seen, name="postpone"))
    yield fold("Cancel it", plain_form(lives.CANCELLED, view, page, seen))


def _running(view: SessionView, page: PageContext) -> Iterator[Component]:
    life = view.life
    yield from opening(view, page)
    yield from leader_question(view, page)
    yield agenda(view, page)
    yield from goals(view, page)
    yield _present(view, page)
    yield from on_the_walls(view, page)
    yield from eased(page)
    yield _carried(view, page)
    yield from entries_part(view, page)
    yield decisions(view, page)
    yield _promised(view, page)
    yield from role_play_part(view, page)
    yield customers(view, page)
    without = without_commitment(page.connection, view)
    if without:
        names = ", ".join(page.names.name(user) for user in without)
        yield html.P(f"Without a commitment so far: {names}.", className="alert", role="status")
        yield fold("Leave without a commitment", plain_form(lives.NO_COMMITMENT, view, page, life.seq))
    if page.allowed("ended"):
        yield html.Section([html.H2("End the session"), plain_form(lives.ENDED, view, page, life.seq)])


def _replay(view: SessionView, page: PageContext) -> Iterator[Component]:
    walls = frozen_scenes(page.connection, view.number)
    if walls:
        ways = [html.Li(html.A(label, href=f"/session/{view.number}/wall/{wall}")) for wall, (label, _scenes) in walls.items()]
        if has_frozen_walk(page.connection, view.number):
            ways.append(html.Li(html.A("The walk", href=f"/session/{view.number}/journey")))
        yield html.Section([html.H2("The walls as this session saw them"), html.Ul(ways, className="ways")])


def _ended(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The summary: what all agreed on, and who does what by when."""
    ended = view.life.newest("ended")
    if ended is not None and ended.note:
        yield html.P(ended.note, dir="auto", className="words")
    yield _minutes(view)
    yield from invitations_by_mail(view, page)
    yield from minutes_by_mail(view, page)
    yield _people("Present", [*view.life.present], page)
    missing = [user for user in view.life.expected if user not in view.life.present]
    if missing:
        yield _people("Expected but not here", missing, page)
    for user, name in view.life.delegates.items():
        yield html.P(f"{name} was here for {page.names.name(user)}, and does not count as present.", className="hint", dir="auto")
    yield from _replay(view, page)
    yield from leader_question(view, page)
    yield agenda(view, page)
    yield from goals(view, page)
    yield from entries_part(view, page)
    yield decisions(view, page)
    yield from role_play_part(view, page)
    made = made_in(page.connection, view.number)
    yield html.Section([html.H2("Who does what by when"), *_cards(by_person(made, page), page)])
    for user, why in view.life.uncommitted.items():
        yield html.P(f"{page.names.name(user)} made no commitment: {why}", className="hint", dir="auto")
    ratings = [step.rating for step in view.life.of("rated") if step.rating is not None]
    if ratings:
        mean = sum(ratings) / len(ratings)
        yield html.P(f"Rated {page.theme.decimal(mean)} out of 10 by {page.count(len(ratings), 'person', 'people')}.")
    rated = {step.actor for step in view.life.of("rated")}
    if page.me.id in view.life.present and page.me.id not in rated:
        yield html.Section([html.H2("Rate the session"), plain_form(lives.RATED, view, page, view.life.seq)])


def _minutes(view: SessionView) -> Component:
    """The minutes, to be read on paper and to be worked with."""
    address, name = f"/room/session/{view.number}/minutes", f"minutes-{view.number}"
    pdf = html.A("Minutes with the walls (PDF)", href=f"{address}.pdf", download=f"{name}.pdf", className="act")
    return html.P([pdf, " ", html.A("Minutes as Markdown", href=f"{address}.md", download=f"{name}.md", className="act")])


def _cancelled(view: SessionView, page: PageContext) -> Iterator[Component]:
    step = view.life.newest("cancelled")
    if step is not None:
        yield html.P(f"Cancelled by {step.by} on {page.instant(step.at)}: {step.words}", dir="auto")
    yield from invitations_by_mail(view, page)


def _people(title: str, users: list[int], page: PageContext) -> Component:
    names = ", ".join(page.names.name(user) for user in users) or "Nobody yet."
    return html.Section([html.H2(title), html.P(names)])


def _present(view: SessionView, page: PageContext) -> Component:
    """Who is here and how the record knows; a button for oneself, and one tick after the other for whoever leads."""
    life = view.life
    named = ((page.names.name(user), how) for user, how in life.present.items())
    here = [html.Li([html.B(name), html.Span(f" {how}", className="hint")]) for name, how in named]
    parts: list[Component] = [html.H2(f"Present: {len(life.present)}"), html.Ul(here, className="present")]
    missing = [page.names.name(user) for user in life.expected if user not in life.present]
    if missing:
        parts.append(html.P(f"Expected but not here: {', '.join(missing)}.", className="hint"))
    parts += [html.P(f"{name} is here for {page.names.name(user)}, and does not count as present.", className="hint", dir="auto")
              for user, name in life.delegates.items()]  # fmt: skip
    parts += _quorum(view, page)
    if page.me.id not in life.present and page.allowed("attended"):
        parts.append(form(f"/room/do/attend/{view.number}", [], button("I am here"), name="attend"))
    parts += _absent(view, page)
    parts.append(join(view))
    others = {str(user.id): user.name for user in page.names.answering() if user.id not in life.present and user.id != page.me.id}
    if others and page.allowed("begun"):
        who = select("user_id", "Who else is here?", others, first="choose a person")
        parts.append(fold("A delegate is here", plain_form(lives.DELEGATE_CAME, view, page, life.seq, calm=True)))
        parts.append(
            fold("Mark somebody as present", form(f"/room/do/attend/{view.number}", [who], button("Is here"), name="tick"))
        )
    return html.Section(parts)


def _absent(view: SessionView, page: PageContext) -> Iterator[Component]:
    """The functions of which nobody is here: of those with a touchpoint, or of all that are involved where it is a workshop."""
    workshop = view.kind == lives.WORKSHOP
    absent = (left_out if workshop else absent_functions)(page.connection, view.life.present)
    words = "Part of the solution but left out" if workshop else "Answer for a touchpoint but are not here"
    if absent:
        yield html.P(f"{words}: {', '.join(map(page.names.function, absent))}.", className="alert" if workshop else "hint")


def _quorum(view: SessionView, page: PageContext) -> list[Component]:
    """Whether enough of those who are expected are here to decide anything."""
    share, (here, expected) = limit(page.connection, f"{QUORUM}{view.kind}"), view.life.quorate
    if not expected or 100 * here >= share * expected:
        return []
    needed = ceil(share * expected / 100)
    words = f"{here} of {expected} who are expected are here: this session may meet, but it decides nothing before {needed} are."
    return [html.P(words, className="alert", role="status")]


def _carried(view: SessionView, page: PageContext) -> Component:
    """Agenda item 1: everything promised before that is not done, with its age."""
    began = view.life.newest("begun")
    by = began.at if began else page.theme.now
    before = open_commitments(page.connection, {view.perimeter, EVERYTHING}, by, besides=view.number)
    head = [html.H2(f"Promised earlier: {len(before)}")]
    return html.Section([*head, *(_cards(before, page) if before else [html.P("Nothing is open.", className="hint")])])


def _promised(view: SessionView, page: PageContext) -> Component:
    people = {str(user): page.names.name(user) for user in view.life.present}
    mine = str(page.me.id) if page.me.id in view.life.present else ""
    fields = [
        select("user_id", "Who promises it?", people, first="choose a person", chosen=mine),
        text("words", "What?", rows=2),
        line("due_on", "By when?", kind="date", value=(page.theme.today + MONTH).isoformat(), min=page.theme.today.isoformat()),
    ]
    if page.names.touchpoints:
        fields.append(select("touchpoint", "For which touchpoint?", page.names.touchpoints, first="none"))
    made = made_in(page.connection, view.number)
    promising = form(f"/room/do/commit/{view.number}", fields, button("Promise it"), name="commit")
    return html.Section([html.H2(f"Promised today: {len(made)}"), *_cards(made, page), promising])


def _cards(views: list[CommitmentView], page: PageContext) -> list[Component]:
    return [html.Ul([html.Li(commitment_card(view, page)) for view in views], className="mine")]
