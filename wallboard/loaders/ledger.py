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
_SAYERS = {"customer said": 0, "staff entered": 1, "inferred": 2}


def from_contracts(contracts: pd.DataFrame) -> pd.DataFrame:
    """Events of contracts (customer, perimeter, started_on, ended_on, value, and for leaving and joining a reason with its
    source and words: reason, reason_source, reason_words, joined_reason, ...).

    A customer is in while at least one contract runs; `ended_on` is the first day without it. A missing value is unknown. Value
    that changes on a day on which contracts of unknown value began or ended is 'revalued': neither growth nor decline.
    """
    runs = contracts[contracts["ended_on"].isna() | (contracts["ended_on"] > contracts["started_on"])]
    steps = _steps(runs)
    who = steps.groupby(_WHO, sort=False)
    after = who[["running", "priced", "units"]].cumsum()
    before = who_shift(after, steps)
    steps["came"] = (before["running"] == 0) & (after["running"] > 0)
    steps["left"] = (before["running"] > 0) & (after["running"] == 0)
    first = ~steps["came"].groupby([steps[w] for w in _WHO], sort=False).cumsum().gt(1)
    changed = ~steps["came"] & ~steps["left"] & (before["units"] != after["units"])
    unpriced = [part["running"] - part["priced"] for part in (before, after)]
    steps["kind"] = np.select(
        [steps["came"] & first, steps["came"], steps["left"], changed & (unpriced[0] != unpriced[1]), changed],
        ["new", "won back", "lost", "revalued", "changed"],
        "",
    )
    units = np.select([steps["came"], steps["left"]], [after["units"], before["units"]], after["units"] - before["units"])
    known = np.select([steps["came"], steps["left"]], [after["priced"] > 0, before["priced"] > 0], True)
    steps["value"] = np.where(known, units / UNIT, np.nan)
    events = steps[steps["kind"] != ""]
    return _with_reasons(events, runs)


def _steps(runs: pd.DataFrame) -> pd.DataFrame:
    priced = runs["value"].notna().astype("int64")
    units = (runs["value"].fillna(0) * UNIT).round().astype("int64")
    starts = runs[_WHO].assign(day=runs["started_on"], running=1, priced=priced, units=units)
    ends = runs[_WHO].assign(day=runs["ended_on"], running=-1, priced=-priced, units=-units)
    both = pd.concat([starts, ends[ends["day"].notna()]])
    return both.groupby([*_WHO, "day"], as_index=False)[["running", "priced", "units"]].sum()


def who_shift(after: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """What stood before each step of a customer: nothing before the first."""
    return after.groupby([steps[w] for w in _WHO], sort=False).shift(1, fill_value=0)


def _with_reasons(events: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """Leavers carry the reason of the contract that ended, those who came that of the one that began."""
    left = events["kind"] == "lost"
    came = events["kind"].isin(("new", "won back"))
    joined = {f"joined_{name}": name for name in _REASON}
    began = (
        runs.drop(columns=_REASON).rename(columns=joined) if "joined_reason" in runs else runs.assign(**dict.fromkeys(_REASON))
    )
    parts = [_said(events[left], runs, "ended_on"), _said(events[came], began, "started_on"), events[~left & ~came]]
    return _finished(pd.concat(parts, ignore_index=True))


def _said(events: pd.DataFrame, runs: pd.DataFrame, on: str) -> pd.DataFrame:
    """Events with the reason of the contract of that day; of several, who heard it from the customer comes first."""
    dated = runs[runs[on].notna()]
    ranked = dated.assign(rank=dated["reason_source"].map(_SAYERS).fillna(3))
    order = [*_WHO, on, "rank", "started_on", "reason"]
    ranked = ranked.sort_values(order, ascending=[True, True, True, True, False, True])
    said = ranked.drop_duplicates([*_WHO, on])[[*_WHO, on, *_REASON]].rename(columns={on: "day"})
    return events.merge(said, on=[*_WHO, "day"], how="left")


def from_orders(bought: pd.DataFrame, lapse_days: int) -> pd.DataFrame:
    """Events of purchase days (customer, perimeter, day, value, priced), one row per customer, perimeter and day.

    In from the first purchase until `lapse_days` have passed without one; worth all purchases of the last 365 days, also those
    before a win-back.
    """
    days = in_spells(bought, lapse_days)
    days["units"] = (days["value"].fillna(0) * UNIT).round().astype("int64")
    worth = carried_over(days)
    return _finished(pd.concat([_comes(days, worth), _changes(days, worth), _losses(worth)], ignore_index=True))


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


def _comes(days: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    starts = days[days["starts"]]
    first = worth[worth["counts_from"] == worth["came_on"]]
    sums = first.groupby("spell")[["units", "priced"]].sum().reindex(starts["spell"])
    value = np.where(sums["priced"] > 0, sums["units"] / UNIT, np.nan)
    return starts[[*_WHO, "day"]].assign(kind=np.where(starts["again"], "won back", "new"), value=value)


def _changes(days: pd.DataFrame, worth: pd.DataFrame) -> pd.DataFrame:
    more = days.loc[~days["starts"], [*_WHO, "day", "units"]]
    off = worth[worth["off_on"] < worth["lost_on"]]
    less = off[_WHO].assign(day=off["off_on"], units=-off["units"])
    net = pd.concat([more, less]).groupby([*_WHO, "day"], as_index=False)["units"].sum()
    net = net[net["units"] != 0]
    changes: pd.DataFrame = net[[*_WHO, "day"]].assign(kind="changed", value=net["units"] / UNIT)
    return changes


def _losses(worth: pd.DataFrame) -> pd.DataFrame:
    left = worth["off_on"] >= worth["lost_on"]
    spells = worth.assign(units=worth["units"].where(left, 0), priced=worth["priced"].where(left, 0))
    ends = spells.groupby("spell").agg(
        customer=("customer", "first"), perimeter=("perimeter", "first"), day=("lost_on", "first"),
        units=("units", "sum"), priced=("priced", "sum"), within=("off_on", "max"),
    )  # fmt: skip
    known = (ends["priced"] > 0) | (ends["within"] < ends["day"])
    return ends[[*_WHO, "day"]].assign(kind="lost", value=np.where(known, ends["units"] / UNIT, np.nan))


def _finished(events: pd.DataFrame) -> pd.DataFrame:
    turn = ~events["kind"].isin(("changed", "revalued"))
    for name in _REASON:
        said: Any = events[name] if name in events else pd.Series(None, index=events.index, dtype="str")
        events[name] = said.where(turn).astype("str")
    events["reason"] = events["reason"].fillna("")
    nobody = pd.Series(np.where(turn, "unknown", ""), index=events.index)
    events["reason_source"] = events["reason_source"].fillna(nobody)
    return events[EVENT].sort_values([*_WHO, "day", "kind"], ignore_index=True)
