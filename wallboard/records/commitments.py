"""Commitments: who does what by when, reported on until each is done, with what and how, or dropped."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, select

from wallboard.errors import NotFound
from wallboard.lifecycle.commitments import CommitmentLife, CommitmentStep
from wallboard.records.acting import Acting, needed
from wallboard.records.places import known_place
from wallboard.records.repository import Repository
from wallboard.records.sessions import SessionView, running
from wallboard.store.lives import taken_steps
from wallboard.store.schema import COMMITMENT_STEPS, commitment, commitment_step, issue
from wallboard.store.zones import EVERYTHING


@dataclass(frozen=True)
class CommitmentView:
    """One commitment as the console reads it; `owner` is who made it, `by` who wrote it down."""

    number: int
    perimeter: str
    room_session: int | None
    owner: int
    by: int
    day: date
    words: str
    due_on: date
    touchpoint: str | None
    issue: int | None
    life: CommitmentLife

    def state(self, today: date) -> str:
        """How it stands on a day."""
        return self.life.state(self.due_on, today)

    @property
    def is_said_aloud(self) -> bool:
        """Whether somebody else wrote it down."""
        return self.owner != self.by


def commit(
    act: Acting,
    owner: int,
    words: str | None,
    due_on: date,
    session: SessionView | None = None,
    touchpoint: str | None = None,
    about: int | None = None,
) -> int:
    """Write down what somebody commits to, in a session or beside one; returns its number.

    Raises RuleRefused or NotFound with what is missing or unknown.
    """
    perimeter = session.perimeter if session else EVERYTHING
    known_place(act.connection, None, touchpoint)
    if about is not None and act.connection.scalar(select(issue.c.id).where(issue.c.id == about)) is None:
        raise NotFound("issue", f"there is no number {about}.", "Choose one from the list.")
    promised = {"user_id": owner, "words": needed("what is promised", words), "due_on": due_on}
    concerns = {"touchpoint": touchpoint, "issue": about}
    where = {"room_session": session.number if session else None}
    return COMMITMENTS.add(act, perimeter, {**promised, **concerns, **where})


def made_in(connection: Connection, session: int) -> list[CommitmentView]:
    """What was promised in a session."""
    return _views(connection, commitment.c.room_session == session)


def reported_in(connection: Connection, session: int) -> dict[int, tuple[CommitmentStep, ...]]:
    """By commitment: the steps in which it was reported in a session, oldest first."""
    table = commitment_step.c
    numbers = connection.scalars(select(table.commitment).where(table.room_session == session).distinct()).all()
    taken = taken_steps(connection, COMMITMENT_STEPS, CommitmentStep, numbers)
    return {number: tuple(step for step in steps if step.room_session == session) for number, steps in taken.items()}


def open_commitments(
    connection: Connection, perimeters: Collection[str], by: datetime, besides: int | None = None
) -> list[CommitmentView]:
    """What was promised by an instant and was not over before it, the one that is due first at the top; `besides` is a session
    whose own commitments are left out.

    It comes back in every session until it is done or dropped.
    """
    c, step = commitment.c, commitment_step.c
    over = select(step.commitment).where(step.kind.in_(("fulfilled", "dropped")), step.at < by)
    elsewhere = c.room_session.is_(None) | (c.room_session != (besides or 0))
    chosen = c.perimeter.in_([*perimeters]) & (c.at <= by) & elsewhere & c.id.not_in(over)
    return sorted(_views(connection, chosen), key=lambda view: (view.due_on, view.number))


def ledger(connection: Connection, since: date) -> list[CommitmentView]:
    """Everybody's commitments that fall due from a day on, and whatever is open, the newest first."""
    over = select(commitment_step.c.commitment).where(commitment_step.c.kind.in_(("fulfilled", "dropped")))
    return [*reversed(_views(connection, (commitment.c.due_on >= since) | commitment.c.id.not_in(over)))]


def without_commitment(connection: Connection, session: SessionView) -> list[int]:
    """Who is present in a session and has neither promised something there nor said why not."""
    promised = {view.owner for view in made_in(connection, session.number)}
    return [user for user in session.life.present if user not in promised | set(session.life.uncommitted)]


def _views(connection: Connection, chosen: ColumnElement[bool]) -> list[CommitmentView]:
    c = commitment.c
    renamed = (c.id.label("number"), c.user_id.label("owner"), c.actor.label("by"))
    columns = (*renamed, c.perimeter, c.room_session, c.day, c.words, c.due_on, c.touchpoint, c.issue)
    rows = connection.execute(select(*columns).where(chosen).order_by(c.id)).mappings().all()
    steps = taken_steps(connection, COMMITMENT_STEPS, CommitmentStep, [row["number"] for row in rows])
    return [CommitmentView(**row, life=CommitmentLife(steps.get(row["number"], ()))) for row in rows]


def _session_now(act: Acting, view: CommitmentView) -> dict[str, int | None]:
    """A step belongs to the session that runs, where one does."""
    now = running(act.connection, {view.perimeter, EVERYTHING}, act.at)
    return {"room_session": now.number if now else None}


COMMITMENTS = Repository(COMMITMENT_STEPS, "commitment", "list", _views, _session_now)
one_commitment = COMMITMENTS.get
take_form = COMMITMENTS.take_form
