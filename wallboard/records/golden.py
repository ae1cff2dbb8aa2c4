"""The golden rules as they stand, and what shows for one issue that the room keeps them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from wallboard.records.desk import Told
from wallboard.records.steps import Life, Step
from wallboard.store.schema import golden_rule


@dataclass(frozen=True)
class GoldenRule:
    """One rule in the version that holds on a day."""

    number: int
    version: int
    rule: str
    valid_from: date


@dataclass(frozen=True)
class Evidence:
    """Whether an issue keeps a rule: `kept`, `doubt` where a person should look again, or neither: not yet."""

    rule: GoldenRule
    kept: bool
    doubt: bool
    step: Step | None


def golden_rules(connection: Connection, today: date) -> list[GoldenRule]:
    """The five rules, each in the newest version that holds today."""
    g = golden_rule.c
    rows = connection.execute(select(g.number, g.version, g.rule, g.valid_from).where(g.valid_from <= today).order_by(g.version))
    return sorted({row.number: GoldenRule(*row) for row in rows}.values(), key=lambda one: one.number)


def compliance(rules: list[GoldenRule], told: Told) -> Iterator[Evidence]:
    """Each rule with the step of this issue that shows it."""
    for rule in rules:
        step = _SHOWN_BY[rule.number](told.life) if rule.number in _SHOWN_BY else None
        doubt = rule.number == 4 and step is not None and bool(step.jargon)
        yield Evidence(rule, step is not None and not doubt, doubt, step)


def _accepted(life: Life) -> Step | None:
    return life.newest("accepted") if life.status == "closed" else None


_SHOWN_BY = {
    1: lambda life: life.newest("admitted"),
    2: lambda life: life.newest("alleviation"),
    3: lambda life: life.newest("decided"),
    4: lambda life: life.answer,
    5: _accepted,
}
