"""What emerges from a walk: what was marked on the way, where customers feel worst, and where most is lost."""

from collections import Counter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.emotions import ASSUMED, MEASURED, emotion_curve
from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import stages
from wallboard.metrics.reasons import lost_reasons
from wallboard.metrics.scope import Scope
from wallboard.store.schema import member, opportunity, stage, touchpoint, walk, walk_mark

READS = (
    *("walk", "walk_mark", "opportunity", "member", "stage", "touchpoint", "person"),
    *("emotion", "reason", "reason_day", "customer_day"),
)
"""The tables behind what emerges; a panel that shows it reads these."""

LOWEST, LOSS = "lowest feeling", "largest loss"
_THEIR_WORD = "customer said"
_MONTHS = 12
_EVERY = 200


def emerging_marks(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What was marked on the newest walk, in the order in which it was marked; `opportunity` once the walk has ended.

    Grain: one row per mark.
    Columns: walk, mark, kind, words, stage, stage_name, touchpoint_name, marked_by, opportunity
    """
    k = walk_mark.c
    chosen = (
        select(
            k.walk, k.id.label("mark"), k.kind, k.words, k.stage, stage.c.name.label("stage_name"),
            touchpoint.c.name.label("touchpoint_name"), member.c.name.label("marked_by"), opportunity.c.id.label("opportunity"),
        )
        .join(member, member.c.id == k.actor)
        .outerjoin(stage, stage.c.stage == k.stage)
        .outerjoin(touchpoint, touchpoint.c.touchpoint == k.touchpoint)
        .outerjoin(opportunity, (opportunity.c.mark == k.id) & (opportunity.c.at <= scope.as_of))
        .where(k.walk == _newest(connection, scope), k.at <= scope.as_of)
        .order_by(k.id)
    )  # fmt: skip
    return tidy([dict(row) for row in connection.execute(chosen).mappings()], emerging_marks)


def emerging_offers(connection: Connection, scope: Scope, most: int = 2) -> pd.DataFrame:
    """Where customers feel worst (below 0), and where most value was lost in the last 12 complete months, by stage.

    origin: lowest feeling, largest loss. `feeling` and `n` of the first (not where fewer than the room's small n were asked);
    `customers`, `value` and the wording of the heaviest reason of the second, of those who said themselves why they left. `value`
    is in the room's currency, None where nobody knows what they were worth: such a stage stands before the first one that fewer
    customers left. `opportunity` where the newest walk has kept it already. A reason that belongs to no stage is left out.

    Grain: one row per origin and stage, the worst first; at most `most` of each.
    Columns: origin, stage, stage_name, feeling, n, basis, customers, value, wording, opportunity
    """
    kept = _kept(connection, scope)
    rows = [*_lowest(connection, scope)[:most], *_lost(connection, scope)[:most]]
    return tidy(({**row, "opportunity": kept.get((row["origin"], row["stage"]))} for row in rows), emerging_offers)


_BLANK = dict.fromkeys(("feeling", "n", "basis", "customers", "value", "wording"))


def _lowest(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    known = [row for row in rows_of(emotion_curve(connection, scope)) if row["state"] in (MEASURED, ASSUMED)]
    felt = [row for row in known if row["feeling"] < 0]
    felt.sort(key=lambda row: (row["feeling"], row["seq"]))
    return [
        {
            **_BLANK,
            "origin": LOWEST,
            "stage": row["stage"],
            "stage_name": row["name"],
            **{k: row[k] for k in ("feeling", "n", "basis")},
        }
        for row in felt
    ]


def _lost(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    names = {row["stage"]: row["name"] for row in rows_of(stages(connection, scope))}
    found: dict[str, dict[str, Any]] = {}
    for row in rows_of(lost_reasons(connection, scope, months=_MONTHS, top=_EVERY)):
        if row["stage"] not in names or not row["customers"] or row["reason_source"] != _THEIR_WORD:
            continue
        one = found.setdefault(str(row["stage"]), {"customers": 0, "value": 0.0, "reasons": Counter(), "people": Counter()})
        one["customers"] += row["customers"]
        one["value"] += row["value"] or 0.0
        one["reasons"][row["wording"]] += row["value"] or 0.0
        one["people"][row["wording"]] += row["customers"]
    return [
        {
            **_BLANK, "origin": LOSS, "stage": key, "stage_name": names[key],
            "customers": one["customers"], "value": one["value"] or None,
            "wording": max(one["reasons"], key=lambda wording: (one["reasons"][wording], one["people"][wording], wording)),
        }
        for key, one in _ranked(found)
    ]  # fmt: skip


def _ranked(found: dict[str, dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """By value; what nobody has valued is not worth nothing, so it stands before the first that fewer customers left."""
    many = sorted(found.items(), key=lambda item: (-item[1]["customers"], item[0]))
    ordered = sorted((item for item in many if item[1]["value"]), key=lambda item: -item[1]["value"])
    for item in (item for item in many if not item[1]["value"]):
        fewer = (n for n, (_, other) in enumerate(ordered) if other["customers"] < item[1]["customers"])
        ordered.insert(next(fewer, len(ordered)), item)
    return ordered


def _newest(connection: Connection, scope: Scope) -> int:
    return connection.scalar(select(walk.c.id).where(walk.c.at <= scope.as_of).order_by(walk.c.id.desc()).limit(1)) or 0


def _kept(connection: Connection, scope: Scope) -> dict[tuple[str, str | None], int]:
    """What the newest walk has kept, by origin and stage."""
    o = opportunity.c
    chosen = select(o.id, o.origin, o.stage).where(o.walk == _newest(connection, scope), o.mark.is_(None), o.at <= scope.as_of)
    return {(row.origin, row.stage): row.id for row in connection.execute(chosen)}
