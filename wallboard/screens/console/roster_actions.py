"""What a form about the roster, its opportunities and initiatives does, and what the person is told afterwards."""

from types import MappingProxyType

from wallboard.lifecycle import initiatives as beside
from wallboard.lifecycle import roster as lives
from wallboard.metrics.scope import Scope
from wallboard.metrics.touchpoints import touchpoint_states
from wallboard.records import initiatives, ratings, roster
from wallboard.records.acting import Acting
from wallboard.records.roster import Target
from wallboard.screens.console.actions import Action, Done, step_actions
from wallboard.screens.console.sent import Sent

PAGE = "/room/roster"


def _rate(act: Acting, number: int, sent: Sent) -> Done:
    ratings.rate(act, number, sent.number("impact", "the impact"), sent.number("effort", "the effort"), sent.text("words"))
    return Done("Rated: it stands in its new place.")


def _votes(act: Acting, number: int, sent: Sent) -> Done:
    ratings.count_votes(act, number, sent.number("votes", "the votes"), sent.text("words"))
    return Done("Counted: customers’ votes come first.")


def _select(act: Acting, number: int, sent: Sent) -> Done:
    kind = sent.short("issue_type", "the kind of complaint", 60) or ""
    less, due = sent.number("less_by", "by how many per cent"), sent.day("due_on", "by when")
    target = Target(issue_type=kind, less_by=less, due_on=due)
    roster.select_opportunity(act, number, sent.number("user_id", "the sponsor"), target)
    return Done("On the roster: the whole company commits to it.", PAGE)


def _start(act: Acting, _none: int, sent: Sent) -> Done:
    item = sent.number("roster_item", "the roster item") if sent.text("roster_item") else None
    function, touchpoint = sent.short("function", "the department", 60), sent.short("touchpoint", "the touchpoint", 60)
    initiatives.start(act, sent.text("title"), function or "", touchpoint or "", item, _complaints(act, touchpoint))
    return Done("Written down: everybody sees where it overlaps.")


def _finish(act: Acting, number: int, sent: Sent) -> Done:
    place = initiatives.one_initiative(act.connection, number).touchpoint
    form = beside.Finish.read(sent.fields)
    initiatives.take_form(act, beside.FINISHED, number, sent.seen, form, complaints_now=_complaints(act, place))
    return Done(beside.FINISHED.done)


def _complaints(act: Acting, touchpoint: str | None) -> int | None:
    """What is measured at a touchpoint as somebody acts: complaints of the last four complete weeks; None where nothing is."""
    states = touchpoint_states(act.connection, Scope.of(act.settings, act.at))
    return next((row.complaints for row in states if row.touchpoint == touchpoint), None)


ROSTER_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        **step_actions(lives.STEPS, roster.take_form),
        **step_actions(beside.STEPS, initiatives.take_form),
        "rate-opportunity": _rate,
        "count-votes": _votes,
        "select": _select,
        "start-initiative": _start,
        beside.FINISHED.verb: _finish,
    }
)
"""`rate-opportunity`, `count-votes` and `select` are about an opportunity, `start-initiative` about nothing yet."""
