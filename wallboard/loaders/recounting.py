"""Keeps all facts: in the order of what they read, what a load has touched, and whole where another version has counted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, insert, select

from wallboard.loaders.counting.declared import Change, Days, Everything, Fact
from wallboard.loaders.facts import facts
from wallboard.settings import Room
from wallboard.store.schema import fact_version

Facts = Mapping[str, Fact[Any]]
Report = Callable[[str], None]


def ordered(known: Facts) -> tuple[str, ...]:
    """The facts so that each comes after those that it reads; raises ValueError where there is no such order."""
    above = {name: upstream(known, name) for name in sorted(known)}
    try:
        return tuple(TopologicalSorter(above).static_order())
    except CycleError as circle:
        chain = " reads ".join(reversed(circle.args[1]))
        remedy = "Let one of them read what the other reads."
        raise ValueError(f"facts cannot read each other in a circle: {chain}. {remedy}") from None


def upstream(known: Facts, name: str) -> list[str]:
    """The facts whose tables a fact reads."""
    writer = _writer(known)
    return sorted({writer[table] for table in known[name].reads if table in writer})


def _writer(known: Facts) -> dict[Table, str]:
    writers: dict[Table, str] = {}
    for name, fact in known.items():
        for table in fact.writes:
            if table in writers:
                raise ValueError(f"the facts {writers[table]} and {name} both write {table.name}. Leave it to one of them.")
            writers[table] = name
    return writers


def refresh(change: Change) -> list[str]:
    """Count what a load has touched; gives the tables that have moved, besides the loaded one, of which screens are told."""
    known = facts()
    counted: dict[Table, Days] = {}
    moved: list[str] = []
    for name in ordered(known):
        fact, so_far = known[name], replace(change, counted=counted)
        if not so_far.moved(*fact.reads):
            continue
        part = fact.grain.touched(so_far)
        if part is None:
            continue
        if isinstance(part, Everything):
            counted |= dict.fromkeys(fact.writes)
            count_whole(change.connection, change.room, fact)
        else:
            counted |= dict.fromkeys(fact.writes, fact.count(change.connection, change.room, part))
        moved += [] if fact.apart else [table.name for table in fact.writes]
    return moved


def catch_up(connection: Connection, room: Room, tell: Report) -> list[str]:
    """Count all of every fact that the store has by another version, or by other rules of room.toml; gives its tables."""
    known, v = facts(), fact_version.c
    stored = {row.fact: (row.version, row.rules) for row in connection.execute(select(fact_version))}
    wanted = signatures(known, room)
    late = [name for name in ordered(known) if stored.get(name) != wanted[name]]
    moved: list[str] = []
    for name in late:
        fact = known[name]
        if count_whole(connection, room, fact, partial(_tell_of, tell, name)) and not fact.apart:
            moved += [table.name for table in fact.writes]
        connection.execute(delete(fact_version).where(v.fact == name))
        connection.execute(insert(fact_version).values(fact=name, version=wanted[name][0], rules=wanted[name][1]))
    connection.execute(delete(fact_version).where(v.fact.not_in(list(known))))
    return moved


def _tell_of(tell: Report, name: str, part: str) -> None:
    tell(f"counting {name.replace('_', ' ')} again{part}")


def signatures(known: Facts, room: Room) -> dict[str, tuple[int, str]]:
    """Each fact's version, and a hash of the rules by which it and what it reads are counted."""
    signed: dict[str, tuple[int, str]] = {}
    for name in ordered(known):
        above = {fact: signed[fact] for fact in upstream(known, name)}
        declared = json.dumps([known[name].rules(room.settings), above], default=str)
        signed[name] = known[name].version, sha256(declared.encode()).hexdigest()
    return signed


def invalidate(connection: Connection, table: Table) -> None:
    """Let all that is counted from a table, directly or from facts that are, be counted again: its rows are other ones now."""
    stale = {table, *_counted_from(table)}
    names = [name for name, fact in facts().items() if stale & set(fact.reads)]
    connection.execute(delete(fact_version).where(fact_version.c.fact.in_(names)))


def count_whole(connection: Connection, room: Room, fact: Fact[Any], tell: Report = lambda _part: None) -> bool:
    """Empty a fact and count it again, batch by batch; False where nothing was there, nor is."""
    emptied = sum(connection.execute(delete(table)).rowcount for table in reversed(fact.writes))
    if not any(connection.scalar(select(exists().select_from(table))) for table in fact.reads):
        return emptied > 0
    tell("")
    for number, part in enumerate(fact.grain.batches(connection, room)):
        if number:
            tell(f", part {number + 1}")
        fact.count(connection, room, part)
    return True


def fed_by(table: Table) -> tuple[Table, ...]:
    """The tables of facts that are counted from a loaded table, or from facts that are, and of which screens are told."""
    return tuple(_counted_from(table, apart=False))


def _counted_from(table: Table, *, apart: bool = True) -> list[Table]:
    """The tables of facts that are counted from a table, or from facts that are; those that stand apart only where asked for."""
    known, tables = facts(), [table]
    for name in ordered(known):
        fact = known[name]
        if (apart or not fact.apart) and set(tables) & set(fact.reads):
            tables += fact.writes
    return tables[1:]
