"""Decisions of a session: proposed, voted on by each leader who is present, settled by the rule of their kind, and reviewed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from wallboard.lifecycle.decisions import ALOUD, VOTES, DecisionKind, DecisionLife, DecisionStep
from wallboard.lifecycle.sessions import SIGNED_IN
from wallboard.records.acting import Acting, needed, one_of
from wallboard.records.places import known_place
from wallboard.records.repository import Repository
from wallboard.records.sessions import SessionView, one_session
from wallboard.store.lives import taken_steps
from wallboard.store.schema import DECISION_STEPS, decision, decision_rule, decision_step, room_session, user_account
from wallboard.voting import NAMES


@dataclass(frozen=True)
class DecisionView:
    """One decision as the console reads it."""

    number: int
    session: int
    perimeter: str
    kind: DecisionKind
    day: date
    words: str
    implications: str
    first_review: date
    touchpoint: str | None
    opportunity: int | None
    by: int
    life: DecisionLife

    @property
    def owner(self) -> int | None:
        """A decision belongs to the room."""
        return None

    @property
    def review_on(self) -> date:
        """When it is looked at again."""
        reviewed = self.life.newest("looked_at")
        return reviewed.due_on if reviewed and reviewed.due_on else self.first_review


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is to be decided, what it means for others, and when it is reviewed again."""

    kind: str
    words: str | None
    implications: str | None
    review_on: date
    touchpoint: str | None = None
    opportunity: int | None = None


def propose(act: Acting, session: int, what: Proposal) -> int:
    """Propose a decision in a session that runs; returns its number. Raises RuleRefused or NotFound."""
    view = one_session(act.connection, session)
    kinds = decision_kinds(act.connection)
    one_of("the kind of decision", what.kind, kinds)
    known_place(act.connection, None, what.touchpoint)
    kind = kinds[what.kind]
    says = {"words": needed("the decision", what.words), "implications": needed("what it means for others", what.implications)}
    rule = {"kind": kind.name, "share": kind.share, "share_of": kind.share_of, "voters": ",".join(kind.voters)}
    rule |= {"quorum": kind.quorum, "functions": kind.functions}
    where = {"room_session": session, "touchpoint": what.touchpoint, "review_on": what.review_on, "opportunity": what.opportunity}
    return DECISIONS.add(act, view.perimeter, {**says, **rule, **where})


def vote(act: Acting, number: int, user: int, choice: str) -> int:
    """One leader's vote: by the own sign-in, or said aloud and written down by whoever leads. Several may vote at once."""
    view = one_decision(act.connection, number)
    one_of("the vote", choice, VOTES)
    how = SIGNED_IN if user == act.actor else ALOUD
    return DECISIONS.write(act, "voted", view, user_id=user, vote=choice, how=how)


def decision_kinds(connection: Connection) -> dict[str, DecisionKind]:
    """Every kind of decision by name, with the rule that room.toml declares for it today."""
    rows = {row["kind"]: row for row in connection.execute(select(decision_rule)).mappings()}
    return {name: _kind(rows[name]) for name in NAMES if name in rows}


def _kind(row: RowMapping) -> DecisionKind:
    """The rule of a decision, or of its kind."""
    how_many = {name: row[name] for name in ("share", "share_of", "quorum", "functions")}
    return DecisionKind(name=row["kind"], voters=tuple(row["voters"].split(",")), **how_many)


def voters(connection: Connection, session: SessionView, kind: DecisionKind) -> list[int]:
    """Who is present and has a vote in a decision of a kind: each of them votes."""
    m = user_account.c
    present = [*session.life.present]
    leading = set(connection.scalars(select(m.id).where(m.id.in_(present), m.role.in_(kind.voters))))
    return [user for user in present if user in leading]


def decided_in(connection: Connection, session: int) -> list[DecisionView]:
    """What was proposed in a session, in order."""
    return _views(connection, decision.c.room_session == session)


def register(connection: Connection, since: date) -> list[DecisionView]:
    """Everything that was proposed from a day on, the newest first."""
    return [*reversed(_views(connection, decision.c.day >= since))]


def due_decisions(connection: Connection, perimeters: Collection[str], day: date) -> list[DecisionView]:
    """Decisions that hold and are due by a day to be looked at again, the one that is due longest at the top."""
    d, step = decision.c, decision_step.c
    adopted = select(step.decision).where(step.kind == "adopted")
    back = select(step.decision).where(step.kind == "taken_back")
    here = room_session.c.perimeter.in_([*perimeters])
    views = _views(connection, d.id.in_(adopted) & d.id.not_in(back) & (d.review_on <= day) & here)
    return sorted((view for view in views if view.review_on <= day), key=lambda view: (view.review_on, view.number))


def reviewed(
    connection: Connection, perimeters: Collection[str], since: datetime, until: datetime
) -> list[tuple[DecisionView, DecisionStep]]:
    """What was looked at again or taken back in some time, in order; several times where it was."""
    d, step = decision.c, decision_step.c
    again = ("looked_at", "taken_back")
    chosen = select(step.decision).where(step.kind.in_(again), step.at >= since, step.at <= until)
    views = _views(connection, d.id.in_(chosen) & room_session.c.perimeter.in_([*perimeters]))
    return [(view, taken) for view in views for taken in view.life.of(*again) if since <= taken.at <= until]


def selections(connection: Connection, opportunity: int) -> list[DecisionView]:
    """What leaders have decided about an opportunity, the newest first."""
    return [*reversed(_views(connection, decision.c.opportunity == opportunity))]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[DecisionView]:
    columns = (*decision.c, room_session.c.perimeter)
    query = select(*columns).join(room_session, room_session.c.id == decision.c.room_session)
    rows = connection.execute(query.where(chosen).order_by(decision.c.id)).mappings().all()
    steps = _steps(connection, [row["id"] for row in rows])
    same = ("perimeter", "day", "words", "implications", "touchpoint", "opportunity")
    return [
        DecisionView(
            number=row["id"],
            session=row["room_session"],
            kind=_kind(row),
            first_review=row["review_on"],
            by=row["actor"],
            life=DecisionLife(steps.get(row["id"], ())),
            **{name: row[name] for name in same},
        )
        for row in rows
    ]


def _steps(connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[DecisionStep, ...]]:
    return taken_steps(connection, DECISION_STEPS, DecisionStep, numbers)


DECISIONS = Repository(DECISION_STEPS, "decision", "list", _views)
one_decision = DECISIONS.get
take_form = DECISIONS.take_form
