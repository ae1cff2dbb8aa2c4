"""The lives of the room's issues, as the store keeps them, and the golden rules that hold."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, select

from wallboard.lifecycle.golden import GoldenRule
from wallboard.lifecycle.life import Life, Step
from wallboard.store.schema import golden_rule, issue, issue_step, user_account

_COLUMNS = [issue_step.c[name] for name in Step.__dataclass_fields__ if name != "by"]


def lives(
    connection: Connection,
    numbers: Iterable[int] | None = None,
    perimeters: Iterable[str] | None = None,
    as_of: datetime | None = None,
) -> dict[int, Life]:
    """By issue: every step taken by an instant, of some issues or of those in some leaf perimeters; all where nothing is said.

    An issue without any step by then is left out.
    """
    chosen = select(*_COLUMNS, user_account.c.name.label("by")).join(user_account, user_account.c.id == issue_step.c.actor)
    if numbers is not None:
        chosen = chosen.where(issue_step.c.issue.in_([*numbers]))
    if perimeters is not None:
        chosen = chosen.join(issue, issue.c.id == issue_step.c.issue).where(issue.c.perimeter.in_([*perimeters]))
    if as_of is not None:
        chosen = chosen.where(issue_step.c.at <= as_of)
    steps: dict[int, list[Step]] = {}
    for row in connection.execute(chosen.order_by(issue_step.c.issue, issue_step.c.seq)).mappings():
        steps.setdefault(row["issue"], []).append(Step(**row))
    return {number: Life(tuple(taken)) for number, taken in steps.items()}


def golden_rules(connection: Connection, today: date) -> list[GoldenRule]:
    """The five rules, each in the newest version that holds today."""
    g = golden_rule.c
    rows = connection.execute(select(g.number, g.version, g.rule, g.valid_from).where(g.valid_from <= today).order_by(g.version))
    return sorted({row.number: GoldenRule(*row) for row in rows}.values(), key=lambda rule: rule.number)
