"""The rules that hold for everything that lives by steps, whatever its kinds of step are; its own stand in rules.toml."""

from collections.abc import Iterator

from wallboard.store.guarded import Rule
from wallboard.store.schema import STEPS
from wallboard.store.schema.steps import Steps


def step_rules() -> Iterator[Rule]:
    """Who takes a step, in which order, when, what it refers to, and which are taken once."""
    for steps in STEPS:
        yield from _of(steps)


def _of(steps: Steps) -> Iterator[Rule]:
    table, record = steps.table.name, steps.record
    earlier = f"SELECT 1 FROM {table} s WHERE s.{record} = NEW.{record} AND s.seq < NEW.seq"  # noqa: S608
    may = (
        "NOT EXISTS (SELECT 1 FROM user_account m JOIN permission p ON p.role = m.role "
        "WHERE m.id = NEW.actor AND m.left_at IS NULL AND p.kind = NEW.kind)"
    )
    yield Rule(f"{table}_role", table, "Your role does not take this step.", may)
    order = f"coalesce(NEW.seq, 0) <> 1 + ({earlier.replace('SELECT 1', 'SELECT count(*)')})"
    moved = f"Somebody has moved this {record.replace('_', ' ')} meanwhile. Look at what changed, and decide again."
    yield Rule(f"{table}_in_order", table, moved, order, order)
    began = f"SELECT 1 FROM {record} r WHERE r.id = NEW.{record} AND r.{steps.began} > NEW.at"  # noqa: S608
    late = f"EXISTS ({earlier} AND s.at > NEW.at) OR EXISTS ({began})"
    yield Rule(f"{table}_in_time", table, "It cannot have happened before what was written last.", late, late)
    once = ", ".join(f"'{kind.kind}'" for kind in steps.kinds if kind.once)
    if once:
        twice = f"NEW.kind IN ({once}) AND EXISTS ({earlier} AND s.kind = NEW.kind AND s.refers = NEW.refers)"
        yield Rule(f"{table}_once", table, "This has been done already.", twice, twice)
    there = f"{earlier} AND s.seq = NEW.refers AND s.kind = NEW.refers_kind AND s.at = NEW.refers_at"
    absent = f"NEW.refers IS NOT NULL AND NOT EXISTS ({there})"
    yield Rule(f"{table}_refers_to", table, "The step to which it refers is not there, or is another one.", absent, absent)
