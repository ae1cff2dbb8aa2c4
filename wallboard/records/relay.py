"""Relaying an issue with the customer's own words, and what the room says to it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, checked, needed, one_of
from wallboard.records.steps import take
from wallboard.records.weight import recent_contacts, value_at_stake
from wallboard.store.schema import (
    evidence,
    intake,
    intake_function,
    issue,
    issue_function,
    issue_voice,
    post,
    verdict,
    voice,
)
from wallboard.store.schema.issues import ADMITTED, EFFECTS, EVIDENCE, VERDICTS
from wallboard.unicode import visible

_LATEST = timedelta(seconds=1)


@dataclass(frozen=True)
class Evidence:
    """What a customer said that no source has brought: an interview, a call, a remark; words or a recording."""

    kind: str
    channel: str
    occurred_at: datetime
    words: str | None = None
    said_by: str | None = None
    customer: str | None = None
    recording: str | None = None


@dataclass(frozen=True)
class Relayed:
    """An issue as somebody brings it; the evidence is a loaded voice or post (source and key), or what was heard."""

    title: str
    perimeter: str
    effect: str
    functions: tuple[str, ...]
    origin: tuple[str, str] | None = None
    evidence: Evidence | None = None
    stage: str | None = None
    touchpoint: str | None = None
    issue_type: str | None = None
    more: tuple[tuple[str, str], ...] = field(default=())


def relay(act: Acting, relayed: Relayed) -> tuple[int, str | None]:
    """Bring an issue to the room; returns the number of the intake and the verdict, where one is certain at once.

    Without the customer's words or recording it is 'not from a customer', for one function 'single function', without an effect
    'trivial': kept, counted, and never among the issues.
    """
    title = needed("what it is about", relayed.title)
    if relayed.perimeter not in act.settings.leaves(None):
        raise NotFound("part of the business", f"'{relayed.perimeter}' is not known.", "Choose one from the list.")
    one_of("the effect on the customer", relayed.effect, EFFECTS)
    evidence_id = _evidence(act, relayed)
    today = act.day(relayed.perimeter)
    contacts = recent_contacts(act.connection, today, relayed.perimeter, relayed.issue_type)
    at_stake = value_at_stake(act.connection, act.settings, today, relayed.perimeter, relayed.issue_type)
    brought = {
        "perimeter": relayed.perimeter, "title": title, "effect": relayed.effect, "stage": relayed.stage,
        "touchpoint": relayed.touchpoint, "issue_type": relayed.issue_type, "evidence": evidence_id, "contacts": contacts,
        "value_at_stake": at_stake,
    }  # fmt: skip
    values = {**brought, "at": act.at, "day": act.day(relayed.perimeter), "actor": act.actor}
    number = act.connection.execute(insert(intake).values(**values).returning(intake.c.id)).scalar_one()
    for function in sorted(set(relayed.functions)):
        act.connection.execute(insert(intake_function).values(intake=number, function=function))
    act.audited("intake", number, "relayed", None, {**brought, "functions": sorted(set(relayed.functions))})
    certain = _certain(relayed, evidence_id)
    if certain:
        judge(act, number, certain)
    return number, certain


def _certain(relayed: Relayed, evidence_id: int | None) -> str | None:
    if evidence_id is None:
        return "not from a customer"
    if len(set(relayed.functions)) < 2:
        return "single function"
    return "trivial" if relayed.effect == "none" else None


def judge(act: Acting, number: int, chosen: str, why: str | None = None) -> int | None:
    """Say what becomes of an intake, once; 'admitted' makes the issue and returns its number."""
    one_of("the verdict", chosen, VERDICTS)
    row = act.connection.execute(select(intake).where(intake.c.id == number)).first()
    if row is None:
        raise NotFound("intake", f"there is no number {number}.", "")
    if act.connection.scalar(select(verdict.c.verdict).where(verdict.c.intake == number)) is not None:
        raise RuleRefused("intake", "the room has said already what becomes of it.", "Look at it again.")
    day = act.day(row.perimeter)
    values = {"verdict": chosen, "at": act.at, "day": day, "why": checked("why", why)}
    act.connection.execute(insert(verdict).values(intake=number, actor=act.actor, **values))
    act.audited("verdict", number, chosen, None, values)
    return _admit(act, number) if chosen == ADMITTED else None


def _admit(act: Acting, number: int) -> int:
    row = act.connection.execute(select(intake).where(intake.c.id == number)).one()
    proof = act.connection.execute(select(evidence).where(evidence.c.id == row.evidence)).one()
    day = act.day(row.perimeter)
    admitted = {name: getattr(row, name) for name in ("perimeter", "stage", "touchpoint", "issue_type", "evidence")}
    values = {**admitted, "intake": number, "verdict": ADMITTED, "words": proof.words or row.title, "admitted_at": act.at}
    made = act.connection.execute(insert(issue).values(**values, admitted_on=day).returning(issue.c.id)).scalar_one()
    for function in act.connection.scalars(select(intake_function.c.function).where(intake_function.c.intake == number)):
        act.connection.execute(insert(issue_function).values(issue=made, function=function, since=act.at))
    if proof.source_key is not None:
        link(act, made, proof.source, proof.source_key)
    act.audited("issue", made, "admitted", None, values)
    take(act, made, "admitted", 0)
    return int(made)


def link(act: Acting, number: int, source: str, key: str) -> None:
    """Another loaded voice or post belongs to an issue: one more customer who said so."""
    values = {"issue": number, "source": source, "source_key": key}
    there = [issue_voice.c[name] == value for name, value in values.items()]
    if act.connection.execute(select(issue_voice).where(*there)).first() is None:
        act.connection.execute(insert(issue_voice).values(**values, since=act.at, actor=act.actor))
        act.audited("issue_voice", number, "linked", None, values)


def _evidence(act: Acting, relayed: Relayed) -> int | None:
    """The number of what the customer said, kept as it was said; None where nothing was said."""
    values = (
        _loaded(act.connection, relayed.origin) if relayed.origin else _firsthand(relayed.evidence) if relayed.evidence else None
    )
    if values is None:
        return None
    if values["occurred_at"] > act.at + _LATEST:
        raise RuleRefused("when the customer said it", "lies ahead.", "Correct the day.")
    chosen = insert(evidence).values(**values, kept_at=max(act.at, values["occurred_at"])).returning(evidence.c.id)
    return int(act.connection.execute(chosen).scalar_one())


def _loaded(connection: Connection, origin: tuple[str, str]) -> dict[str, Any] | None:
    """What a source has brought, as evidence; None where it has no words. Raises NotFound where it is not there."""
    source, key = origin
    for table, kind in ((voice, None), (post, "post")):
        row = connection.execute(select(table).where(table.c.source == source, table.c.source_key == key)).first()
        if row is None:
            continue
        if not visible(row.words):
            return None
        words = row.words.strip()
        shared = {"source": source, "source_key": key, "words": words}
        if kind == "post":
            values = {"channel": row.network, "occurred_at": row.posted_at, "said_by": row.author}
            return {**shared, "kind": "post", **values}
        known = row.kind if row.kind in EVIDENCE else "ticket"
        values = {"channel": row.channel, "occurred_at": row.occurred_at, "customer": row.customer}
        return {**shared, "kind": known, "language": row.language, **values}
    raise NotFound("the customer's words", f"'{key}' of {source} is not in the store.", "Choose them anew.")


def _firsthand(given: Evidence) -> dict[str, Any] | None:
    words = checked("the customer's words", given.words)
    if words is None and not given.recording:
        return None
    one_of("how we heard it", given.kind, EVIDENCE)
    names = ("kind", "channel", "occurred_at", "said_by", "customer", "recording")
    return {**{name: getattr(given, name) for name in names}, "words": words}
