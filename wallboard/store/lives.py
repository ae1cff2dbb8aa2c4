"""The histories of what lives by steps, as the store keeps them, and the golden rules that hold."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import Connection, select

from wallboard.lifecycle.golden import GoldenRule
from wallboard.lifecycle.history import AnyStep
from wallboard.lifecycle.life import Life, Step
from wallboard.store.schema import ISSUE_STEPS, golden_rule, metadata, user_account
from wallboard.store.schema.steps import Steps


def taken_steps(
    connection: Connection,
    steps: Steps,
    made: type[AnyStep],
    numbers: Iterable[int] | None = None,
    perimeters: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> dict[int, tuple[AnyStep, ...]]:
    """By record: every step taken by an instant, in order, of some records or of those in some perimeters; else of all.

    A record without any step by then is left out.
    """
    table, record = steps.table, metadata.tables[steps.record]
    columns = [table.c[field.name] for field in fields(made) if field.name != "by"]
    chosen = select(*columns, user_account.c.name.label("by")).join(user_account, user_account.c.id == table.c.actor)
    if numbers is not None:
        chosen = chosen.where(table.c[steps.record].in_([*numbers]))
    if perimeters is not None:
        chosen = chosen.join(record, record.c.id == table.c[steps.record]).where(record.c.perimeter.in_([*perimeters]))
    if as_of is not None:
        chosen = chosen.where(table.c.at <= as_of)
    by_record: dict[int, list[AnyStep]] = {}
    for row in connection.execute(chosen.order_by(table.c[steps.record], table.c.seq)).mappings():
        by_record.setdefault(row[steps.record], []).append(made(**row))
    return {number: tuple(taken) for number, taken in by_record.items()}


def lives(
    connection: Connection,
    numbers: Iterable[int] | None = None,
    perimeters: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> dict[int, Life]:
    """By issue: its life by an instant; of some issues or of those in some leaf perimeters, else of all."""
    by_issue = taken_steps(connection, ISSUE_STEPS, Step, numbers, perimeters, as_of)
    return {number: Life(steps) for number, steps in by_issue.items()}


def golden_rules(connection: Connection, today: date) -> list[GoldenRule]:
    """The five rules, each in the newest version that holds today."""
    g = golden_rule.c
    rows = connection.execute(select(g.number, g.version, g.rule, g.valid_from).where(g.valid_from <= today).order_by(g.version))
    return sorted({row.number: GoldenRule(*row) for row in rows}.values(), key=lambda rule: rule.number)
