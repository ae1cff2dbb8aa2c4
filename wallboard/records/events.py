"""What happened, as users record it: each event is written once, and taken back by a row of its own."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert, select

from wallboard.catalogue import catalogue
from wallboard.errors import NotFound, RuleRefused, nearest
from wallboard.records.acting import Acting, needed, one_of
from wallboard.records.places import known_place
from wallboard.store.schema import event_entry, event_withdrawal, issue_type
from wallboard.store.schema.events import EVENT_KINDS


@dataclass(frozen=True, kw_only=True)
class Concerns:
    """What an event concerns; None stands for all of them. A touchpoint names its stage along with it."""

    perimeter: str | None = None
    stage: str | None = None
    touchpoint: str | None = None
    issue_type: str | None = None
    metric: str | None = None


def record(
    act: Acting,
    kind: str,
    words: str | None,
    starts_on: date,
    ends_on: date | None = None,
    concerns: Concerns = Concerns(),
    explains: date | None = None,
) -> int:
    """Record what happened; `explains` is the first day of the shift that it explains. Returns the entry's number.

    Raises NotFound for what it concerns where there is none, RuleRefused for a day that lies ahead, an end before the beginning,
    or a role that does not record.
    """
    day = act.at.astimezone(act.settings.zone(concerns.perimeter)).date()
    one_of("the kind", kind, EVENT_KINDS)
    if starts_on > day:
        raise RuleRefused("the first day", "has not come yet.", "Record it when it has happened, or bring a plan by a file.")
    if ends_on is not None and ends_on < starts_on:
        raise RuleRefused("the last day", "lies before the first.", "Correct one of the two.")
    _known(act, concerns)
    recorded = {"kind": kind, **asdict(concerns), "starts_on": starts_on, "ends_on": ends_on, "explains": explains}
    values = {"at": act.at, "day": day, "actor": act.actor, "words": needed("what happened", words), **recorded}
    number = int(act.connection.execute(insert(event_entry).values(**values).returning(event_entry.c.id)).scalar_one())
    act.audited("event_entry", number, "recorded", None, values)
    return number


def take_back(act: Acting, entry: int, words: str | None) -> None:
    """Take an entry back, with the reason; it stays written, and no screen shows it. NotFound where there is no such entry."""
    if act.connection.scalar(select(event_entry.c.id).where(event_entry.c.id == entry)) is None:
        raise NotFound("the event", f"there is no number {entry}.", "Open the page anew.")
    if act.connection.scalar(select(event_withdrawal.c.entry).where(event_withdrawal.c.entry == entry)) is not None:
        raise RuleRefused("the event", "has been taken back already.", "Open the page anew.")
    values = {"entry": entry, "at": act.at, "actor": act.actor, "words": needed("the reason", words)}
    act.connection.execute(insert(event_withdrawal).values(**values))
    act.audited("event_withdrawal", entry, "taken back", None, values)


def _known(act: Acting, concerns: Concerns) -> None:
    _is_one("the part of the business", concerns.perimeter, act.settings.leaves(None))
    known_place(act.connection, concerns.stage, concerns.touchpoint)
    if concerns.issue_type is not None:
        _is_one("the kind of complaint", concerns.issue_type, act.connection.scalars(select(issue_type.c.issue_type)).all())
    _is_one("the metric", concerns.metric, catalogue())


def _is_one(where: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        raise NotFound(where, f"'{value[:60]}' is not known.", nearest(value, known))
