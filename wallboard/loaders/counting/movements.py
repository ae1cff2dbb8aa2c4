"""Gives every event of the ledger its group, and adds the customers who changed theirs while they stayed."""

from typing import Any

import numpy as np
import pandas as pd

from wallboard.loaders.counting.groups import BEFORE_ALL, group_on
from wallboard.loaders.counting.ledger import UNIT

_WHO = ["customer", "perimeter"]
_DAY = pd.Timedelta(days=1)


def with_groups(events: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """The ledger's events with `customer_group`, `from_group` and `month`, and a 'moved' one for each change of group.

    A leaver is in the group of the last day; a change on the day of coming or leaving is none. A move carries what the
    customer was worth that morning.
    """
    groups = group_on(events["customer"], events["day"].where(events["kind"] != "lost", events["day"] - _DAY), steps)
    every = pd.concat([events.assign(customer_group=groups, from_group=""), _moves(events, steps)], ignore_index=True)
    return every.assign(month=every["day"].to_numpy(dtype="datetime64[M]").astype("datetime64[us]"))


def _moves(events: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    events = events.astype(dict.fromkeys(_WHO, "str"))
    changes = steps[steps["customer"].isin(events["customer"])].astype({"customer": "str"})
    changes = changes.assign(from_group=changes.groupby("customer")["customer_group"].shift(1).fillna(""))
    changes = changes[(changes["day"] > BEFORE_ALL) & (changes["from_group"] != changes["customer_group"])]
    spells = presence(events)
    moves = spells.merge(changes, on="customer")
    moves = moves[(moves["begins"] < moves["day"]) & (moves["ends"].isna() | (moves["day"] < moves["ends"]))]
    worth = _worth(events, moves)
    columns = moves[[*_WHO, "day", "customer_group", "from_group"]]
    return columns.assign(kind="moved", value=worth, reason="", reason_source="", reason_words=None)


def presence(events: pd.DataFrame) -> pd.DataFrame:
    """From when until when customers were there (customer, perimeter, begins, ends); without an end where they still are."""
    turns = events[events["kind"].isin(("new", "won back", "lost"))].sort_values([*_WHO, "day"], kind="stable")
    ends = turns.groupby(_WHO, sort=False)["day"].shift(-1)
    came = turns["kind"] != "lost"
    return turns[_WHO].assign(begins=turns["day"], ends=ends)[came]


def unknown_spells(events: pd.DataFrame) -> pd.DataFrame:
    """From when until when customers were there with a value that nobody knew (customer, perimeter, begins, ends).

    Unknown is who came without a value, or whose value became unknown, until it becomes known or they leave.
    """
    turning = events[events["kind"].isin(("new", "won back", "lost", "changed", "revalued"))]
    ordered = turning.sort_values([*_WHO, "day"], kind="stable")
    came, lost, more = ordered["kind"].isin(("new", "won back")), ordered["kind"] == "lost", ordered["value"] > 0
    begins = (came & ordered["value"].isna()) | ((ordered["kind"] == "revalued") & (ordered["value"] < 0))
    ends = lost | (came & ordered["value"].notna()) | ((ordered["kind"] == "revalued") & more)
    turns = ordered[begins | ends].assign(unknown=begins[begins | ends])
    until = turns.groupby(_WHO, sort=False)["day"].shift(-1)
    return turns[_WHO].assign(begins=turns["day"], ends=until)[turns["unknown"]]


def _worth(events: pd.DataFrame, moves: pd.DataFrame) -> Any:
    """What each moving customer was worth before the day of the move; NaN where that was never known."""
    if moves.empty:
        return np.array([], dtype="float64")
    signed = np.where(events["kind"] == "lost", -1, 1) * (events["value"].fillna(0) * UNIT).round()
    steps = events[[*_WHO, "day"]].assign(units=signed, known=_known_since(events))
    steps = steps.groupby([*_WHO, "day"], as_index=False).agg(units=("units", "sum"), known=("known", "last"))
    running = steps.groupby(_WHO, sort=False)
    steps["units"], steps["known"] = running["units"].cumsum(), running["known"].ffill()
    lookups = moves[_WHO].assign(day=moves["day"] - _DAY, place=np.arange(len(moves)))
    matched = pd.merge_asof(lookups.sort_values("day"), steps.sort_values("day"), on="day", by=_WHO).sort_values("place")
    return (matched["units"] / UNIT).where(matched["known"] == 1).to_numpy()


def _known_since(events: pd.DataFrame) -> Any:
    """1 where a customer's value is known from an event on, 0 where it is unknown, and missing where the event says neither."""
    came, revalued = events["kind"].isin(("new", "won back")), events["kind"] == "revalued"
    return np.select([came, revalued], [events["value"].notna(), events["value"] > 0], np.nan)
