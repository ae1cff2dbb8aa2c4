"""The parts of the minutes of a session, each as lines of plain text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from wallboard.calendar import in_full
from wallboard.lifecycle.commitments import CommitmentStep
from wallboard.lifecycle.decisions import ABSTAIN, ALOUD, NO, YES
from wallboard.records.agenda import ItemView, items
from wallboard.records.choices import Choices
from wallboard.records.commitments import CommitmentView, made_in, open_commitments, reported_in
from wallboard.records.decisions import DecisionView, decided_in, reviewed
from wallboard.records.sessions import SessionView
from wallboard.records.snapshots import RestedOn
from wallboard.store.zones import EVERYTHING

_VERBS = {"progressed": "reported", "fulfilled": "done", "dropped": "dropped"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `lead` are its first words, which are stressed; `level` 0 is an item, 1 stands beneath one."""

    words: str
    lead: str = ""
    level: int = 0


def summary(connection: Connection, view: SessionView, names: Choices, locale: str) -> Iterator[Line]:
    """Who does what by when, in the order of the people; and who leaves with nothing, and why."""
    made = sorted(made_in(connection, view.number), key=lambda each: (names.name(each.owner), each.due_on, each.number))
    for each in made:
        yield Line(f"{each.words} ({_terms(each, names, locale)})", names.name(each.owner))
    for user, why in view.life.uncommitted.items():
        yield Line(f"no commitment. {why}", names.name(user))


def _terms(each: CommitmentView, names: Choices, locale: str) -> str:
    """By when, for what, and who wrote it down."""
    terms = [f"by {in_full(each.due_on, locale)}"]
    terms += [f"for {names.touchpoints.get(each.touchpoint, each.touchpoint)}"] if each.touchpoint else []
    terms += [f"for issue {each.issue}"] if each.issue else []
    terms += [f"{ALOUD}, written by {names.name(each.by)}"] if each.is_said_aloud else []
    return ", ".join(terms)


def reported(connection: Connection, view: SessionView, names: Choices, locale: str) -> Iterator[Line]:
    """What earlier sessions brought along: what was reported here, and what stays open, with its age."""
    begun, ended = view.life.newest("begun"), view.life.newest("ended")
    if begun is None:
        return
    here = reported_in(connection, view.number)
    until = ended.at if ended else None
    for each in open_commitments(connection, {view.perimeter, EVERYTHING}, begun.at, besides=view.number):
        steps = here.get(each.number, ())
        reports = [_report(step) for step in steps]
        age = (begun.day - each.day).days
        still = "" if _is_over(each, until) else f"open for {age} days, due {in_full(each.due_on, locale)}"
        yield Line("; ".join(filter(None, (each.words, *reports, still))), names.name(each.owner))


def _report(step: CommitmentStep) -> str:
    how = f" How: {step.how}" if step.how else ""
    return f"{_VERBS.get(step.kind, step.kind)}: {step.words}{how}"


def _is_over(each: CommitmentView, until: datetime | None) -> bool:
    over = each.life.over
    return over is not None and (until is None or over.at <= until)


def agenda(connection: Connection, view: SessionView) -> Iterator[Line]:
    """Each item with its time, its notes, what was decided while it was open, and what it came to."""
    made = decided_in(connection, view.number)
    for item in items(connection, view.number):
        yield Line(f"({_took(item, view)})", item.title)
        if item.carried_from is not None:
            yield Line("carried over from an earlier session", level=1)
        for step in item.life.of("minuted"):
            yield Line(f"{step.by}: {step.words}", level=1)
        for each in made:
            if _was_open(item, each):
                yield Line(f"decision: {each.words} ({each.life.status})", level=1)
        for step in item.life.of("finished", "deferred"):
            if step.words:
                came_to = "put off" if step.kind == "deferred" else "outcome"
                yield Line(f"{came_to}: {step.words}", level=1)


def _took(item: ItemView, view: SessionView) -> str:
    status = "not reached" if view.life.status == "ended" and item.life.status == "to come" else item.life.status
    return f"{item.life.minutes} of {item.minutes} min" if item.life.minutes is not None else f"{item.minutes} min, {status}"


def _was_open(item: ItemView, each: DecisionView) -> bool:
    """Whether a decision was proposed while an item was worked on."""
    opened, proposed = item.life.newest("opened"), each.life.newest("proposed_here")
    closed = item.life.newest("finished", "deferred")
    return bool(opened and proposed and opened.at <= proposed.at and (closed is None or proposed.at < closed.at))


def decisions(
    connection: Connection,
    view: SessionView,
    names: Choices,
    numbers_of: Callable[[DecisionView], Sequence[RestedOn]],
    locale: str,
) -> Iterator[Line]:
    """Each decision with every vote, the dissent, the numbers that it rests on, and when it comes back."""
    for each in decided_in(connection, view.number):
        yield Line(f"({each.kind.name}: {each.life.status}{_agreement(each)})", each.words)
        yield Line(f"what it means for others: {each.implications}", level=1)
        if each.touchpoint:
            yield Line(f"touches: {names.touchpoints.get(each.touchpoint, each.touchpoint)}", level=1)
        yield from (Line(words, level=1) for words in _votes(each, names))
        yield from (Line(number_words(number), level=1) for number in numbers_of(each))
        if each.life.status == "decided":
            yield Line(f"review on {in_full(each.first_review, locale)}", level=1)


def _agreement(each: DecisionView) -> str:
    if each.life.status != "decided":
        return ""
    return ", unanimous" if each.life.unanimous else ", with dissent" if each.life.count(NO) else ", not unanimous"


def _votes(each: DecisionView, names: Choices) -> Iterator[str]:
    for choice in (YES, NO, ABSTAIN):
        votes = [(names.name(user), step.how) for user, step in each.life.votes.items() if step.vote == choice]
        who = [f"{name} ({ALOUD})" if how == ALOUD else name for name, how in votes]
        if who:
            yield f"{choice}: {', '.join(who)}"


def number_words(number: RestedOn) -> str:
    """A frozen number in a sentence: as the session saw it, and as it is by what was loaded later."""
    now = f" Restated since: is “{number.now}” by what was loaded later." if number.now else ""
    return f"rests on: “{number.then}”{now}"


def looked_at(connection: Connection, view: SessionView) -> Iterator[Line]:
    """Decisions of earlier sessions that this one has reviewed or taken back."""
    begun, ended = view.life.newest("begun"), view.life.newest("ended")
    if begun is None:
        return
    places = {view.perimeter, EVERYTHING}
    for each, step in reviewed(connection, places, begun.at, ended.at if ended else datetime.max.replace(tzinfo=UTC)):
        if each.session != view.number:
            did = f"still holds, reviewed again on {step.due_on}" if step.kind == "looked_at" else "taken back"
            yield Line(f"{did}. {step.by}: {step.words}", each.words)


def carried_over(connection: Connection, view: SessionView) -> Iterator[Line]:
    """The items that this session has not finished."""
    if view.life.status == "ended":
        for item in items(connection, view.number):
            if item.life.status != "finished" and item.template != "other":
                again = "comes again with the next agenda" if item.template else "moves on to the next session"
                yield Line(again, item.title)


def rated(view: SessionView) -> Iterator[Line]:
    """What the session was worth to those who rated it, and what would make the next one better."""
    ratings = [step.rating for step in view.life.of("rated") if step.rating is not None]
    if ratings:
        yield Line(f"{sum(ratings) / len(ratings):.1f} out of 10, rated by {len(ratings)}")
    for step in view.life.of("rated"):
        if step.words:
            yield Line(step.words)
