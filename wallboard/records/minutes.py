"""The minutes of a session as Markdown: who was there, the agenda with its notes, decisions with votes, who does what."""

import re
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from wallboard.lifecycle.decisions import ABSTAIN, ALOUD, NO, YES
from wallboard.records.agenda import ItemView, items
from wallboard.records.commitments import CommitmentView, made_in
from wallboard.records.decisions import DecisionView, decided_in
from wallboard.records.sessions import SessionView, one_session
from wallboard.settings import Settings
from wallboard.store.schema import user_account
from wallboard.store.zones import EVERYTHING

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")
Names = Mapping[int, str]


def minutes(connection: Connection, settings: Settings, number: int) -> str:
    """The minutes of one session, as the store holds them; raises NotFound. What people wrote is text, never a mark."""
    view = one_session(connection, number)
    names = {row.id: plain(row.name) for row in connection.execute(select(user_account.c.id, user_account.c.name))}
    parts = [
        [f"# {plain(view.title)}", *_head(view, settings)],
        _people(view, names),
        ["## Agenda", *(line for item in items(connection, number) for line in _item(item, view))],
        ["## Decisions", *(line for each in decided_in(connection, number) for line in _decision(each, names))],
        ["## Who does what by when", *(_commitment(each, names) for each in made_in(connection, number)), *_without(view, names)],
        _rated(view),
    ]
    return "\n\n".join("\n".join(_spaced(part)) for part in parts if len(part) > 1) + "\n"


def plain(words: str) -> str:
    """What somebody wrote, in one line, with nothing in it that Markdown or HTML would read as a mark."""
    return _MARKS.sub(r"\\\1", " ".join(words.split()))


def _spaced(lines: list[str]) -> Iterator[str]:
    """A heading, an empty line, and what follows."""
    yield lines[0]
    yield ""
    yield from lines[1:]


def _head(view: SessionView, settings: Settings) -> Iterator[str]:
    known = view.perimeter in settings.perimeter
    zone = settings.zone(view.perimeter if known else None)
    place = settings.perimeter[view.perimeter].name if known and view.perimeter != EVERYTHING else settings.company
    begun, ended = view.life.newest("begun"), view.life.newest("ended")
    at = (begun.at if begun else view.at).astimezone(zone)
    until = f" to {ended.at.astimezone(zone):%H:%M}" if ended else ""
    yield f"{plain(place)}, {view.kind}, {at:%Y-%m-%d, %H:%M}{until} ({zone})"
    if ended and ended.note:
        yield f"\n{plain(ended.note)}"


def _people(view: SessionView, names: Names) -> list[str]:
    present = [f"- {names[user]} ({how})" for user, how in view.life.present.items()]
    came = [f"- {plain(step.words or '')} (customer)" for step in view.life.of("customer_came")]
    delegates = view.life.delegates
    away = [user for user in view.life.expected if user not in view.life.present]
    missing = [names[user] + (f" (delegate: {plain(delegates[user])})" if user in delegates else "") for user in away]
    return ["## Present", *present, *came, *([f"\nExpected but not here: {', '.join(missing)}"] if missing else [])]


def _item(item: ItemView, view: SessionView) -> Iterator[str]:
    status = "not reached" if view.life.status == "ended" and item.life.status == "to come" else item.life.status
    took = f"{item.life.minutes} of {item.minutes} min" if item.life.minutes is not None else f"{item.minutes} min, {status}"
    yield f"- **{plain(item.title)}** ({took})"
    for step in item.life.of("minuted", "finished", "deferred"):
        if step.words:
            yield f"  - {plain(step.by)}: {plain(step.words)}"


def _decision(view: DecisionView, names: Names) -> Iterator[str]:
    unanimous = ", unanimous" if view.life.unanimous and view.life.status == "decided" else ""
    yield f"- **{plain(view.words)}** ({view.kind.name}: {view.life.status}{unanimous})"
    yield f"  - what it means for others: {plain(view.implications)}"
    for choice in (YES, NO, ABSTAIN):
        votes = [(names[user], step.how) for user, step in view.life.votes.items() if step.vote == choice]
        who = [f"{name} ({ALOUD})" if how == ALOUD else name for name, how in votes]
        if who:
            yield f"  - {choice}: {', '.join(who)}"
    if view.life.status == "decided":
        yield f"  - review on {view.review_on.isoformat()}"


def _commitment(view: CommitmentView, names: Names) -> str:
    aloud = f", said aloud, written by {names[view.by]}" if view.is_said_aloud else ""
    return f"- **{names[view.owner]}**: {plain(view.words)} (by {view.due_on.isoformat()}{aloud})"


def _without(view: SessionView, names: Names) -> Iterator[str]:
    for user, why in view.life.uncommitted.items():
        yield f"- {names[user]}: no commitment. {plain(why)}"


def _rated(view: SessionView) -> list[str]:
    ratings = [step.rating for step in view.life.of("rated") if step.rating is not None]
    if not ratings:
        return []
    better = [f"- {plain(step.words)}" for step in view.life.of("rated") if step.words]
    return ["## Rating", f"{sum(ratings) / len(ratings):.1f} out of 10, rated by {len(ratings)}", *better]
