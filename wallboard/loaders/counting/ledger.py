"""When customers came, left, came back and changed in value: pure functions, frame to frame.

Money is counted in ten-thousandths, so that what is added is taken away to the last digit.
"""

from typing import Any

import numpy as np
import pandas as pd

UNIT = 10_000
YEAR = 365
EVENT = ["customer", "perimeter", "day", "kind", "value", "reason", "reason_source", "reason_words"]
_WHO = ["customer", "perimeter"]
_REASON = ["reason", "reason_source", "reason_words"]
_COUNTED = ["running", "unknown", "units"]
_SAYERS = {"customer said": 0, "staff entered": 1, "inferred": 2}


def from_contracts(contracts: pd.DataFrame) -> pd.DataFrame:
    """Events of contracts (customer, perimeter, started_on, ended_on, value, and for leaving and joining a reason with its
    source and words: reason, reason_source, reason_words, joined_reason, ...).

    A customer is in while at least one contract runs; `ended_on` is the first day without it. A missing value is unknown.
    """
    runs = contracts[contracts["ended_on"].isna() | (contracts["ended_on"] > contracts["started_on"])]
    spells = runs[_WHO].assign(begins=runs["started_on"], ends=runs["ended_on"])
    unknown = runs["value"].isna().astype("int64")
    return _with_reasons(_events(spells, spells.assign(value=runs["value"], unknown=unknown)), runs)


def _events(presence: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """Events of spells (customer, perimeter, begins, ends) of presence, and of those in which something is worth a `value`.

    While anything `unknown` (0 or 1) runs, the customer's value is unknown, and their events carry none. Where it becomes unknown
    or known the change is 'revalued', neither growth nor decline: what was known before, or what is known since.
    """
    steps = _steps(presence, worth)
    after = steps.groupby(_WHO, sort=False, observed=True)[["running", "unknown", "units"]].cumsum()
    before = who_shift(after, steps)
    came, left = ((this["running"] == 0) & (other["running"] > 0) for this, other in ((before, after), (after, before)))
    first = ~came.groupby([steps[w] for w in _WHO], sort=False, observed=True).cumsum().gt(1)
    known = [part["units"].where(part["unknown"] == 0, 0) for part in (before, after)]
    changed = ~came & ~left & (before["running"] > 0) & (known[0] != known[1])
    revalued = changed & ((before["unknown"] == 0) != (after["unknown"] == 0))
    steps["kind"] = np.select(
        [came & first, came, left, revalued, changed], ["new", "won back", "lost", "revalued", "changed"], ""
    )
    units = np.select([came, left], [after["units"], before["units"]], known[1] - known[0])
    unsure = np.select([came, left], [after["unknown"] > 0, before["unknown"] > 0], False)
    steps["value"] = np.where(unsure, np.nan, units / UNIT)
    return steps[steps["kind"] != ""]


def _steps(presence: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    """What begins and ends by customer and day: spells of presence (running), of unknown value, and money (units)."""
    units = (worth["value"].fillna(0) * UNIT).round().astype("int64")
    there = presence.assign(running=1, unknown=0, units=0)
    money = worth.assign(running=0, units=units)
    parts = []
    for sign, day in ((1, "begins"), (-1, "ends")):
        for some in (there, money):
            dated = some[some[day].notna()]
            parts.append(dated[_WHO].assign(day=dated[day], **{name: sign * dated[name] for name in _COUNTED}))
    return pd.concat(parts).groupby([*_WHO, "day"], as_index=False, observed=True)[_COUNTED].sum()


def who_shift(after: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """What stood before each step of a customer: nothing before the first."""
    return after.groupby([steps[w] for w in _WHO], sort=False, observed=True).shift(1, fill_value=0)


def _with_reasons(events: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Leavers carry the reason of the contract that ended, those who came that of the one that began."""
    left = events["kind"] == "lost"
    came = events["kind"].isin(("new", "won back"))
    joined = {f"joined_{name}": name for name in _REASON}
    began = (
        runs.drop(columns=_REASON).rename(columns=joined) if "joined_reason" in runs else runs.assign(**dict.fromkeys(_REASON))
    )
    parts = [_reasons(events[left], runs, "ended_on"), _reasons(events[came], began, "started_on"), events[~left & ~came]]
    return _finished(pd.concat(parts, ignore_index=True))


def _reasons(events: pd.DataFrame, runs: pd.DataFrame, on: str) -> pd.DataFrame:
    """Events with the reason of the contract of that day; of several, who heard it from the customer comes first."""
    dated = runs[runs[on].notna()]
    ranked = dated.assign(rank=dated["reason_source"].map(_SAYERS).fillna(3))
    order = [*_WHO, on, "rank", "started_on", "reason"]
    ranked = ranked.sort_values(order, ascending=[True, True, True, True, False, True])
    reasons = ranked.drop_duplicates([*_WHO, on])[[*_WHO, on, *_REASON]].rename(columns={on: "day"})
    return events.merge(reasons, on=[*_WHO, "day"], how="left")


def from_orders(bought: pd.DataFrame, lapse_days: int) -> pd.DataFrame:
    """Events of purchase days (customer, perimeter, day, value, unpriced), one row per customer, perimeter and day.

    In from the first purchase until `lapse_days` have passed without one; worth all purchases of the last 365 days, also those
    before a win-back; unknown while one of them is (`unpriced`: lines without an amount).
    """
    days = in_spells(bought, lapse_days)
    starts = days[days["starts"]]
    return _finished(_events(starts[_WHO].assign(begins=starts["came_on"], ends=starts["lost_on"]), worth_spells(days)))


def worth_spells(days: pd.DataFrame) -> pd.DataFrame:
    """From when until when the purchase days of `in_spells` are worth something, in every spell that they reach.

    Columns: customer, perimeter, begins, ends, value, unknown
    """
    worth = carried_over(days)
    ends = worth["off_on"].where(worth["off_on"] < worth["lost_on"], worth["lost_on"])
    unknown = (worth["unpriced"] > 0).astype("int64")
    return worth[_WHO].assign(begins=worth["counts_from"], ends=ends, value=worth["value"], unknown=unknown)


def in_spells(bought: pd.DataFrame, lapse_days: int) -> pd.DataFrame:
    """Purchase days in order, each with its spell of presence.

    Adds `who` and `spell` (numbers), `starts`, `again` (not the customer's first), `came_on` and `lost_on` (the first day of the
    spell, and the first after it), and `off_on` (the first day on which the purchase is older than a year).
    """
    days = bought.sort_values([*_WHO, "day"], ignore_index=True)
    who = days.groupby(_WHO, sort=False, observed=True)
    gap = (days["day"] - who["day"].shift(1)).dt.days
    days["who"] = who.ngroup()
    days["starts"], days["again"] = gap.isna() | (gap > lapse_days), gap.notna()
    days["spell"] = days["starts"].cumsum()
    spell = days.groupby("spell", sort=False)["day"]
    days["came_on"], days["lost_on"] = spell.transform("first"), spell.transform("last") + pd.Timedelta(days=lapse_days)
    days["off_on"] = days["day"] + pd.Timedelta(days=YEAR)
    return days


def carried_over(days: pd.DataFrame) -> pd.DataFrame:
    """The purchase days of `in_spells`, once more for each later spell that begins before they are a year old.

    `counts_from` is the day from which on a purchase counts in its spell: its own day, or the first one of the later spell.
    """
    starts = days.loc[days["starts"], ["who", "spell", "day", "lost_on"]].set_index("spell")
    parts = [days.assign(counts_from=days["day"])]
    source, later = days, days["spell"] + 1
    while True:
        known = later <= len(starts)
        source, later = source[known], later[known]
        spell = starts.reindex(later)
        same = (spell["who"].to_numpy() == source["who"].to_numpy()) & (spell["day"].to_numpy() < source["off_on"].to_numpy())
        source, later, spell = source[same], later[same], spell[same]
        if source.empty:
            return pd.concat(parts, ignore_index=True)
        moved = {name: spell["day"].to_numpy() for name in ("counts_from", "came_on")}
        parts.append(source.assign(**moved, spell=later, lost_on=spell["lost_on"].to_numpy(), starts=False))
        later = later + 1


def _finished(events: pd.DataFrame) -> pd.DataFrame:
    turn = ~events["kind"].isin(("changed", "revalued"))
    for name in _REASON:
        values: Any = events[name] if name in events else pd.Series(None, index=events.index, dtype="str")
        events[name] = values.where(turn).astype("str")
    events["reason"] = events["reason"].fillna("")
    nobody = pd.Series(np.where(turn, "unknown", ""), index=events.index)
    events["reason_source"] = events["reason_source"].fillna(nobody)
    return events[EVENT].sort_values([*_WHO, "day", "kind"], ignore_index=True)
