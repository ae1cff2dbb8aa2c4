"""What emerges from a walk: what was marked on the way, where customers feel worst, and where most is lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from wallboard.metrics.emotions import ASSUMED, emotion_curve
from wallboard.metrics.reasons import lost_reasons
from wallboard.metrics.scope import Scope
from wallboard.metrics.stages import stages_and_rest
from wallboard.metrics.states import MEASURED
from wallboard.store.schema import opportunity, stage, touchpoint, user_account, walk, walk_annotation

READS = (
    *("walk", "walk_annotation", "opportunity", "user_account", "stage", "touchpoint", "employee"),
    *("emotion", "reason", "reason_day", "customer_day"),
)
"""The tables behind what emerges; a panel that shows it reads these."""

LOWEST, LOSS = "lowest feeling", "largest loss"
_THEIR_WORD = "customer said"
_MONTHS = 12
_EVERY = 200


@dataclass(frozen=True, slots=True)
class Annotation:
    """One mark of the newest walk, to improve or to innovate (kind); `opportunity` once the walk has ended."""

    walk: int
    annotation: int
    kind: str
    words: str
    stage: str | None
    stage_name: str | None
    touchpoint_name: str | None
    marked_by: str
    opportunity: int | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A stage where customers feel worst or where most is lost (origin: lowest feeling, largest loss).

    `feeling` (−2 to below 0), the `n` who were asked and the `basis` of the first; `customers` who said themselves why they left,
    their `value` in the room's currency (None where nobody knows it) and the `wording` of the heaviest reason of the second.
    `opportunity` where the newest walk has kept it already.
    """

    origin: str
    stage: str
    stage_name: str
    feeling: float | None = None
    n: int | None = None
    basis: str | None = None
    customers: int | None = None
    value: float | None = None
    wording: str | None = None
    opportunity: int | None = None


@dataclass
class _Loss:
    """What one stage lost, and what each wording weighs in it by value and by people."""

    stage: str
    customers: int = 0
    value: float = 0.0
    reasons: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    people: Counter[str] = field(default_factory=Counter)


def emerging_annotations(connection: Connection, scope: Scope) -> tuple[Annotation, ...]:
    """What was marked on the newest walk, in the order in which it was marked; `opportunity` once the walk has ended.

    Grain: one row per mark.
    """
    k = walk_annotation.c
    chosen = (
        select(
            k.walk, k.id, k.kind, k.words, k.stage, stage.c.name, touchpoint.c.name, user_account.c.name, opportunity.c.id,
        )
        .join(user_account, user_account.c.id == k.actor)
        .outerjoin(stage, stage.c.stage == k.stage)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == k.touchpoint)
        .outerjoin(opportunity, (opportunity.c.annotation == k.id) & (opportunity.c.at <= scope.as_of))
        .where(k.walk == _newest(connection, scope), k.at <= scope.as_of)
        .order_by(k.id)
    )  # fmt: skip
    return tuple(Annotation(*row) for row in connection.execute(chosen))


def emerging_offers(connection: Connection, scope: Scope, most: int = 2) -> tuple[Offer, ...]:
    """Where customers feel worst (below 0), and where most value was lost in the last 12 complete months, by stage.

    A feeling is left out where fewer than the room's small n were asked. A loss whose value nobody knows stands before the first
    one that fewer customers left. A reason that belongs to no stage is left out.

    Grain: one row per origin and stage, the worst first; at most `most` of each.
    """
    known = _opportunities(connection, scope)
    offers = [*_lowest(connection, scope)[:most], *_lost(connection, scope)[:most]]
    return tuple(replace(offer, opportunity=known.get((offer.origin, offer.stage))) for offer in offers)


def _lowest(connection: Connection, scope: Scope) -> list[Offer]:
    known = [row for row in emotion_curve(connection, scope) if row.state in (MEASURED, ASSUMED)]
    lowest = sorted((row for row in known if (row.feeling or 0.0) < 0), key=lambda row: (row.feeling or 0.0, row.seq))
    return [Offer(LOWEST, row.stage, row.name, row.feeling, row.n, row.basis) for row in lowest]


def _lost(connection: Connection, scope: Scope) -> list[Offer]:
    names = {stage.key: stage.name for stage in stages_and_rest(connection)[:-1]}
    losses: dict[str, _Loss] = {}
    for row in lost_reasons(connection, scope, months=_MONTHS, top=_EVERY):
        if row.stage is None or row.stage not in names or not row.customers or row.reason_source != _THEIR_WORD:
            continue
        loss = losses.setdefault(row.stage, _Loss(row.stage))
        loss.customers += row.customers
        loss.value += row.value or 0.0
        loss.reasons[row.wording] += row.value or 0.0
        loss.people[row.wording] += row.customers
    return [
        Offer(
            LOSS, loss.stage, names[loss.stage],
            customers=loss.customers, value=loss.value or None,
            wording=max(loss.reasons, key=lambda wording: (loss.reasons[wording], loss.people[wording], wording)),
        )
        for loss in _ranked(losses.values())
    ]  # fmt: skip


def _ranked(losses: Iterable[_Loss]) -> list[_Loss]:
    """By value; what nobody has valued is not worth nothing, so it stands before the first that fewer customers left."""
    many = sorted(losses, key=lambda loss: (-loss.customers, loss.stage))
    ordered = sorted((loss for loss in many if loss.value), key=lambda loss: -loss.value)
    for loss in (loss for loss in many if not loss.value):
        fewer = (n for n, other in enumerate(ordered) if other.customers < loss.customers)
        ordered.insert(next(fewer, len(ordered)), loss)
    return ordered


def _newest(connection: Connection, scope: Scope) -> int:
    return connection.scalar(select(walk.c.id).where(walk.c.at <= scope.as_of).order_by(walk.c.id.desc()).limit(1)) or 0


def _opportunities(connection: Connection, scope: Scope) -> dict[tuple[str, str | None], int]:
    """What the newest walk has kept, by origin and stage."""
    o = opportunity.c
    chosen = select(o.id, o.origin, o.stage).where(
        o.walk == _newest(connection, scope), o.annotation.is_(None), o.at <= scope.as_of
    )
    return {(row.origin, row.stage): row.id for row in connection.execute(chosen)}
