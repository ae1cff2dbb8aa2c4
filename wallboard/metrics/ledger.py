"""The ledger of commitments: what each leader promised, what was done and how, what is overdue."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from wallboard.lifecycle.commitments import CommitmentLife, CommitmentStep
from wallboard.metrics.memo import memoised
from wallboard.metrics.room_lives import user_names
from wallboard.metrics.scope import Scope
from wallboard.store.lives import taken_steps
from wallboard.store.schema import COMMITMENT_STEPS, commitment, commitment_step, touchpoint
from wallboard.store.zones import EVERYTHING

YEAR = timedelta(days=366)
_OVER = ("fulfilled", "dropped")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One commitment as it stands; state: overdue, open, done, done late, dropped.

    `age_days` since it was promised, the first day counts. `days`: whole days from the due day to today, or to the day on which
    it was done; below 0 before it. `what` and `how` are what was reported when it was done, or why it was dropped.
    """

    commitment: int
    owner: str
    owner_function: str | None
    words: str
    promised_on: date
    due_on: date
    age_days: int
    state: str
    days: int
    done_on: date | None
    what: str | None
    how: str | None
    touchpoint_name: str | None


@dataclass(frozen=True, slots=True)
class LeaderLedger:
    """One person's commitments of the last year and all that are open; counts.

    `due` have fallen due and were not dropped, `on_time` of them were done by the day (`early`: before it), `late` after it,
    `overdue` are not done. `reliability` is on_time / due; None where fewer have fallen due than the room calls a small number.
    """

    owner: str
    owner_function: str | None
    due: int
    on_time: int
    early: int
    late: int
    overdue: int
    open: int
    dropped: int
    reliability: float | None


@memoised
def commitment_ledger(connection: Connection, scope: Scope) -> tuple[LedgerEntry, ...]:
    """The commitments that fell due in the last year, and whatever is open, as they stood at the instant.

    Grain: one row per commitment, the one that is due first at the top.
    """
    c, step = commitment.c, commitment_step.c
    over = select(step.commitment).where(step.kind.in_(_OVER), step.at <= scope.as_of)
    here = c.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places})
    recent = (c.due_on >= scope.today - YEAR) | c.id.not_in(over)
    columns = (c.id, c.user_id, c.words, c.day, c.due_on, touchpoint.c.name)
    query = select(*columns).outerjoin(touchpoint, touchpoint.c.touchpoint == c.touchpoint)
    rows = connection.execute(query.where(here, recent, c.at <= scope.as_of).order_by(c.due_on, c.id)).all()
    steps = taken_steps(connection, COMMITMENT_STEPS, CommitmentStep, [row.id for row in rows], as_of=scope.as_of)
    names = user_names(connection)

    def entry(row: tuple[int, int, str, date, date, str | None]) -> LedgerEntry:
        number, owner, words, promised_on, due_on, place = row
        life = CommitmentLife(steps.get(number, ()))
        ended = life.over
        return LedgerEntry(
            commitment=number,
            owner=names[owner][0],
            owner_function=names[owner][1],
            words=words,
            promised_on=promised_on,
            due_on=due_on,
            age_days=(scope.today - promised_on).days + 1,
            state=life.state(due_on, scope.today),
            days=((ended.day if ended else scope.today) - due_on).days,
            done_on=ended.day if ended else None,
            what=ended.words if ended else None,
            how=ended.how if ended else None,
            touchpoint_name=place,
        )

    return tuple(entry((row[0], row[1], row[2], row[3], row[4], row[5])) for row in rows)


def leader_ledger(connection: Connection, scope: Scope) -> tuple[LeaderLedger, ...]:
    """What became of each person's commitments that fell due in the last year, and how many are open.

    Commitment reliability is done by the day / fallen due (definitions, B.6). Nobody is ranked: the order is that of the names.

    Grain: one row per person who has promised something.
    """
    by_owner: dict[tuple[str, str | None], list[LedgerEntry]] = defaultdict(list)
    for entry in commitment_ledger(connection, scope):
        by_owner[entry.owner, entry.owner_function].append(entry)
    return tuple(_leader(*owner, entries, scope) for owner, entries in sorted(by_owner.items(), key=lambda owned: str(owned[0])))


def _leader(owner: str, owner_function: str | None, entries: list[LedgerEntry], scope: Scope) -> LeaderLedger:
    due = [entry for entry in entries if entry.state != "dropped" and (entry.due_on < scope.today or entry.done_on)]
    on_time = [entry for entry in due if entry.state == "done"]
    return LeaderLedger(
        owner=owner,
        owner_function=owner_function,
        due=len(due),
        on_time=len(on_time),
        early=sum(entry.days < 0 for entry in on_time),
        late=sum(entry.state == "done late" for entry in entries),
        overdue=sum(entry.state == "overdue" for entry in entries),
        open=sum(entry.state == "open" for entry in entries),
        dropped=sum(entry.state == "dropped" for entry in entries),
        reliability=len(on_time) / len(due) if len(due) >= scope.small_n else None,
    )
