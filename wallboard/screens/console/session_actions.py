"""What a form about sessions and commitments does, and what the person is told afterwards."""

from datetime import datetime, timedelta
from types import MappingProxyType

from wallboard.calendar import in_full
from wallboard.errors import RuleRefused
from wallboard.lifecycle import agenda as agenda_steps
from wallboard.lifecycle import commitments as promises
from wallboard.lifecycle import decisions as decision_steps
from wallboard.lifecycle import sessions as lives
from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.kinds import StepKind
from wallboard.records import agenda, commitments, decisions, entries, mail, sessions
from wallboard.records.acting import Acting, one_of
from wallboard.records.maturity import assess
from wallboard.records.recurrence import on_the_weekday
from wallboard.records.sessions import Plan, one_session
from wallboard.screens.console import wall_actions
from wallboard.screens.console.actions import Action, Done, step_actions
from wallboard.screens.console.sent import Sent
from wallboard.store.zones import EVERYTHING, zone_at

PAGE = "/room/sessions"

WITHIN, MINUTES = timedelta(days=30), 10
"""By when somebody sees to what was touched on a wall, and how long it takes on an agenda."""


def _local_time(sent: Sent) -> datetime:
    """A day and a time of day, on the clocks of the place."""
    day = sent.day("day", "the day")
    try:
        hour, minute = (int(part) for part in (sent.text("time") or "").split(":")[:2])
        return datetime.combine(day, datetime.min.time().replace(hour=hour, minute=minute))
    except ValueError:
        raise RuleRefused("the time", "has not been named.", "Write a time, such as 09:30.") from None


def _at(act: Acting, sent: Sent, perimeter: str) -> datetime:
    zone = zone_at(act.connection, perimeter, act.at) or act.settings.zone(None)
    return _local_time(sent).replace(tzinfo=zone)


def _plan(act: Acting, _none: int, sent: Sent) -> Done:
    perimeter = sent.short("perimeter", "the part of the business", 60) or EVERYTHING
    kind, minutes = sent.text("kind") or "", sent.number("minutes", "how long")
    what = Plan(perimeter=perimeter, kind=kind, title=sent.text("title"), minutes=minutes, expected=sent.numbers("expected"))
    every = sent.short("every", "how often", 60)
    template = agenda.template_for(act, kind, sent.text("agenda"))
    if every is None:
        made: tuple[int, ...] = (sessions.plan(act, what, _at(act, sent, perimeter)),)
    else:
        first, times = _local_time(sent), sent.number("times", "how many times")
        made = sessions.plan_series(act, what, first, f"{on_the_weekday(every, first)};COUNT={times}")
    if template:
        for number in made:
            agenda.lay(act, number, template)
    message = _warning(act, what, made) or ("Planned." if every is None else f"Planned: {len(made)} sessions.")
    message += _invited(act, made[0])
    return Done(message, f"/room/session/{made[0]}" if every is None else PAGE)


def _invited(act: Acting, number: int) -> str:
    """Who is told by mail what calendars have to know of a session; of a series only the next one, the others in their turn."""
    queued = mail.queue_invitations(act, number) if act.settings.mail else 0
    return f" {queued} {'person is' if queued == 1 else 'people are'} told by mail." if queued else ""


def _invited_to_next(act: Acting, number: int) -> str:
    following = sessions.next_of_series(act.connection, number, act.at) if act.settings.mail else None
    return _invited(act, following) if following is not None else ""


def _warning(act: Acting, what: Plan, made: tuple[int, ...]) -> str:
    """An annual session belongs before the annual planning: nothing that it finds can be planned for after it."""
    planning = act.settings.planning_date
    if what.kind != "annual" or planning is None:
        return ""
    zone = act.settings.zone(None)
    late = [at for number in made if (at := one_session(act.connection, number).at.astimezone(zone).date()) >= planning]
    if not late:
        return ""
    day = in_full(planning, act.settings.locale)
    return f"Planned, but after the annual planning has begun ({day}): hold it before, or it changes nothing."


def _begin(act: Acting, number: int, sent: Sent) -> Done:
    """A session begins with a customer's words on the walls, and with what earlier ones have not reached on its agenda."""
    sessions.take_seen(act, number, lives.BEGUN.kind, sent.seen)
    sessions.open_with(act, number)
    carried = agenda.carry(act, number) + entries.table_ideas(act, number)
    entries.ask_next(act, number)
    moved = f" {carried} {'item' if carried == 1 else 'items'} of earlier sessions moved on to it." if carried else ""
    return Done(f"{lives.BEGUN.done}{moved}")


def _end(act: Acting, number: int, sent: Sent) -> Done:
    """A session ends, and its minutes go to whoever has an address, where the room has a mail server."""
    sessions.take_seen(act, number, lives.ENDED.kind, sent.seen, **lives.End.read(sent.fields).model_dump())
    queued = mail.queue_minutes(act, number) if act.settings.mail else 0
    letters = f" The minutes are sent to {queued} {'person' if queued == 1 else 'people'}." if queued else ""
    return Done(f"{lives.ENDED.done}{letters}{_invited_to_next(act, number)}")


def _send_minutes(act: Acting, number: int, _sent: Sent) -> Done:
    """The minutes go to those who have an address by now and have had no letter."""
    if act.settings.mail is None:
        raise RuleRefused("the minutes", "cannot be sent: the room has no mail server.", "Name one as [mail] in room.toml.")
    if one_session(act.connection, number).life.status != "ended":
        raise RuleRefused("the minutes", "are sent when the session has ended.", "End it first.")
    queued = mail.queue_minutes(act, number)
    return Done(f"Queued for {queued} {'person' if queued == 1 else 'people'}; this page says what becomes of it.")


def _send_again(act: Acting, number: int, _sent: Sent) -> Done:
    """`number` is the letter."""
    letter = mail.send_again(act, number)
    return Done(f"The letter to {letter.name} is sent again; this page says what becomes of it.")


def _list_item(act: Acting, number: int, sent: Sent) -> Done:
    """`number` is the session."""
    agenda.add(act, number, agenda.Item(title=sent.text("title"), minutes=sent.number("minutes", "how long")))
    return Done("It stands on the agenda.")


def _assess(act: Acting, _none: int, sent: Sent) -> Done:
    perimeter = sent.short("perimeter", "the part of the business", 60) or EVERYTHING
    assess(act, perimeter, sent.number("level", "the level"), sent.text("evidence"))
    return Done("Written down, with its evidence.", PAGE)


def _propose(act: Acting, number: int, sent: Sent) -> Done:
    """`number` is the session in which it is to be decided."""
    review_on, place = sent.day("review_on", "when it is reviewed again"), sent.short("touchpoint", "the touchpoint", 60)
    kind, words, meant = sent.text("kind") or "", sent.text("words"), sent.text("implications")
    chosen = sent.number("opportunity", "the opportunity") if sent.text("opportunity") else None
    what = decisions.Proposal(
        kind=kind, words=words, implications=meant, review_on=review_on, touchpoint=place, opportunity=chosen
    )
    decisions.propose(act, number, what)
    return Done("Proposed: each leader who is present votes.")


def _vote(act: Acting, number: int, sent: Sent) -> Done:
    user = sent.number("user_id", "whose vote it is") if sent.text("user_id") else act.actor or 0
    decisions.vote(act, number, user, sent.text("vote") or "")
    return Done(decision_steps.VOTED.done)


def _postpone(act: Acting, number: int, sent: Sent) -> Done:
    view = one_session(act.connection, number)
    sessions.postpone(act, number, sent.seen, _at(act, sent, view.perimeter), sent.text("words") or "")
    return Done(f"{lives.POSTPONED.done}{_invited(act, number)}")


def _cancel(act: Acting, number: int, sent: Sent) -> Done:
    sessions.take_seen(act, number, lives.CANCELLED.kind, sent.seen, **lives.Cancel.read(sent.fields).model_dump())
    return Done(f"{lives.CANCELLED.done}{_invited(act, number)}{_invited_to_next(act, number)}")


def _invite(act: Acting, number: int, sent: Sent) -> Done:
    sessions.take_seen(act, number, lives.INVITED.kind, sent.seen, **lives.Invite.read(sent.fields).model_dump())
    return Done(f"{lives.INVITED.done}{_invited(act, number)}")


def _send_invitations(act: Acting, number: int, _sent: Sent) -> Done:
    """Invitations go to those who have an address by now and have had no letter about the session as it stands."""
    if act.settings.mail is None:
        raise RuleRefused("the invitations", "cannot be sent: the room has no mail server.", "Name one as [mail] in room.toml.")
    return Done(_invited(act, number).strip() or "Nobody has to be told anything new.")


def _attend(act: Acting, number: int, sent: Sent) -> Done:
    """Whoever sends it is present; whoever leads ticks others."""
    sessions.attend(act, number, sent.number("user_id", "who is present") if sent.text("user_id") else act.actor or 0)
    return Done(lives.ATTENDED.done)


def _uncommitted(act: Acting, number: int, sent: Sent) -> Done:
    sessions.leave_uncommitted(act, number, sent.number("user_id", "who leaves without one"), sent.text("words") or "")
    return Done(lives.NO_COMMITMENT.done)


def _rate(act: Acting, number: int, sent: Sent) -> Done:
    sessions.rate(act, number, sent.number("rating", "the rating"), sent.text("words"))
    return Done(lives.RATED.done)


def _commit(act: Acting, number: int, sent: Sent) -> Done:
    """`number` is the session in which it is promised, 0 beside one."""
    session = one_session(act.connection, number) if number else None
    owner = sent.number("user_id", "who promises it")
    touchpoint = sent.short("touchpoint", "the touchpoint", 60)
    commitments.commit(act, owner, sent.text("words"), sent.day("due_on", "by when"), session, touchpoint)
    return Done("Promised: it comes back in every session until it is done.")


def _take_up(act: Acting, _none: int, sent: Sent) -> Done:
    """A line of a wall becomes an item of the next agenda, or what whoever touched it will see to."""
    perimeter = sent.short("perimeter", "the part of the business", 60) or EVERYTHING
    words, becomes = sent.text("words"), one_of("what it becomes", sent.text("becomes") or "", ("item", "commitment"))
    here = {perimeter, EVERYTHING}
    if becomes == "commitment":
        session = sessions.running(act.connection, here, act.at)
        present = session if session and act.actor in session.life.present else None
        due = act.day(perimeter) + WITHIN
        commitments.commit(act, act.actor or 0, words, due, present)
        return Done(f"You have promised it, by {due:%-d %B}: it comes back in every session until it is done.")
    next_one = sessions.next_or_running(act.connection, here, act.at)
    if next_one is None:
        raise RuleRefused("the agenda", "no session is planned.", "Plan one in the console, at /room/sessions.")
    scene = sent.short("scene", "the scene", 120)
    agenda.add(act, next_one.number, agenda.Item(title=words, minutes=MINUTES, scene=scene))
    day = next_one.at.astimezone(zone_at(act.connection, perimeter, act.at) or act.settings.zone(None))
    return Done(f"It stands on the agenda of “{next_one.title}” on {day:%-d %B}.")


def _session_step(kind: StepKind, form: type[Form]) -> Action:
    def take(act: Acting, number: int, sent: Sent) -> Done:
        sessions.take_seen(act, number, kind.kind, sent.seen, **form.read(sent.fields).model_dump())
        return Done(kind.done)

    return take


_IN_FULL: dict[str, Action] = {
    lives.BEGUN.verb: _begin,
    lives.CANCELLED.verb: _cancel,
    lives.ENDED.verb: _end,
    lives.INVITED.verb: _invite,
    lives.NO_COMMITMENT.verb: _uncommitted,
    lives.RATED.verb: _rate,
    lives.SHOWN.verb: wall_actions.show,
}

SESSION_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        **{kind.verb: _IN_FULL.get(kind.verb) or _session_step(kind, kind.form) for kind in lives.STEPS if kind.form},
        **step_actions(promises.STEPS, commitments.take_form),
        **step_actions(agenda_steps.STEPS, agenda.take_form),
        **step_actions(decision_steps.STEPS, decisions.take_form),
        decision_steps.VOTED.verb: _vote,
        "list-item": _list_item,
        "send-invitations": _send_invitations,
        "send-minutes": _send_minutes,
        "send-again": _send_again,
        "propose-here": _propose,
        "assess": _assess,
        "plan-session": _plan,
        "postpone": _postpone,
        "attend": _attend,
        "commit": _commit,
        "take-up": _take_up,
    }
)
"""`plan-session` and `take-up` are about nothing yet; `commit`, `list-item` and `propose-here` are about the session; the others
about what they name."""
