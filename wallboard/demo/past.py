"""The years before the story: who came and left again before it begins, so that ten years of the customer asset can be told."""

import numpy as np
import pandas as pd

from wallboard.demo.contracts import TERMS
from wallboard.demo.households import FIRST_OFFICE, PRICES, SHARES_BEFORE, Spells
from wallboard.demo.story import DAY, Days, Story

CAME, YEARS = 6400, 8.5
STAYED = 460
"""Customers who came in the years before the story, and how many days they stayed in the mean."""


def with_past(story: Story, spells: Spells, contracts: pd.DataFrame) -> tuple[Spells, pd.DataFrame]:
    """Spells and contracts with those that were over before the story begins; their customers have the highest numbers."""
    rng = story.rng("past")
    days = (YEARS * 365 * np.sqrt(rng.random(CAME))).astype(np.int64)
    start = story.first_day - round(YEARS * 365) * DAY + days * DAY
    end: Days = start + (30 + rng.exponential(STAYED, CAME)).astype(np.int64) * DAY
    over = np.flatnonzero(end <= story.first_day - 45 * DAY)
    start, end = start[over], end[over]
    plan = np.minimum(np.searchsorted(SHARES_BEFORE.cumsum(), rng.random(len(over))), FIRST_OFFICE - 1)
    customer = spells.customer.max() + 1 + np.arange(len(over))
    extended = Spells(
        np.concatenate([spells.customer, customer]),
        np.concatenate([spells.start, start]),
        np.concatenate([spells.end, end]),
        np.concatenate([spells.plan, plan]),
        np.concatenate([spells.ireland, rng.random(len(over)) < 0.335]),
    )
    rows = pd.DataFrame({"customer": customer, "start": start, "end": end, "plan": plan})
    unsaid = dict.fromkeys(("reason", "comment", "entered_by", "found", "found_words", "found_asked"), "")
    rows = rows.assign(changed=False, value=PRICES[plan].astype(float), term=TERMS[plan], **unsaid)
    rows = rows.reindex(columns=contracts.columns).astype(contracts.dtypes)  # nobody is known to have asked to leave
    return extended, pd.concat([contracts, rows], ignore_index=True)
