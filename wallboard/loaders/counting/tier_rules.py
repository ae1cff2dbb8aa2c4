"""The rules by which profit makes a tier, one after the other; tiers are numbers in the order of `Rules.names`."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from wallboard.loaders.counting.ledger import UNIT
from wallboard.loaders.counting.profit import ProfitPosition, Whole

BESIDES = ("", "?", "-", "in", "out")
"""What stands beside the tiers: without money, before any rule, of nobody, came, left."""

NO_MONEY, NO_RULE, OF_NOBODY, CAME, LEFT = range(len(BESIDES))


@dataclass(frozen=True)
class Rule:
    """One version of the tiers, lowest first: `least` are the thresholds of all but the first, in ten-thousandths."""

    valid_from: date
    tiers: Whole
    least: Whole

    def tier(self, position: ProfitPosition) -> Whole:
        """Everybody's tier by this rule: at a threshold the higher one, at a loss the lowest, and none without money."""
        places = np.where(position.profit < 0, 0, np.searchsorted(self.least, position.profit, side="right"))
        return np.where(position.known, self.tiers[places], NO_MONEY)


@dataclass(frozen=True)
class Rules:
    """All versions, oldest first, beginning with none at all."""

    names: list[str]
    versions: list[Rule]

    def on(self, day: date) -> Rule:
        """The version that is valid on a day."""
        return next(rule for rule in reversed(self.versions) if rule.valid_from <= day)


def rules_of(tiers: pd.DataFrame) -> Rules:
    """Every version of rows tier, at_least, valid_from; before the first one nobody is in a tier."""
    names = [*BESIDES, *dict.fromkeys(tiers["tier"])]
    rules = [Rule(date.min, np.array([NO_RULE]), np.array([], dtype="int64"))]
    for begins, rows in tiers.groupby("valid_from", sort=True):
        rows = rows.sort_values("at_least", na_position="first", kind="stable")
        least = (rows["at_least"].iloc[1:] * UNIT).round().to_numpy(dtype="int64")
        codes = np.array([names.index(name, len(BESIDES)) for name in rows["tier"]])
        rules.append(Rule(pd.Timestamp(str(begins)).date(), codes, least))
    return Rules(names, rules)
