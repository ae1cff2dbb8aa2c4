"""Keeps the limits and the rules of room.toml in the store, so that the store itself can refuse what goes beyond them."""

from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from wallboard.settings import Settings
from wallboard.store.connections import reading, writing
from wallboard.store.rules import lifted
from wallboard.store.schema import decision_rule, room_limit
from wallboard.voting import DecisionRule

ROSTER = "roster_limit"
"""How many roster items there may be at one time."""

QUORUM = "quorum of "
"""Before a kind of session: the per cent of those expected who must be present before it decides anything."""


def keep_limits(engine: Engine, settings: Settings) -> None:
    """Have the store know the limits of room.toml, and how decisions are taken; what was written under others stays."""
    limits = {ROSTER: settings.roster_limit} | {f"{QUORUM}{kind}": share for kind, share in settings.session_quorum.items()}
    _keep(engine, room_limit, [{"name": name, "most": most} for name, most in limits.items()])
    _keep(engine, decision_rule, [_rule(name, rule) for name, rule in settings.decisions.by_name.items()])


def _keep(engine: Engine, table: Table, wanted: list[dict[str, Any]]) -> None:
    key = table.primary_key.columns.keys()[0]
    with reading(engine) as connection:
        there = [dict(row) for row in connection.execute(select(table)).mappings()]
        if sorted(there, key=lambda row: row[key]) == sorted(wanted, key=lambda row: row[key]):
            return
    with writing(engine) as connection, lifted(connection, table.name):
        connection.execute(delete(table))
        connection.execute(insert(table), wanted)


def _rule(kind: str, rule: DecisionRule) -> dict[str, Any]:
    share, share_of = rule.parts
    how_many = {"share": share, "share_of": share_of, "quorum": rule.quorum, "functions": rule.functions}
    return {"kind": kind, **how_many, "voters": ",".join(rule.vote)}


def limit(connection: Connection, name: str) -> int:
    """A limit as the store keeps it; 0 where it knows none, so that nothing goes beyond it."""
    return connection.scalar(select(room_limit.c.most).where(room_limit.c.name == name)) or 0
