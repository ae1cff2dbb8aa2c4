"""What each ticket's own ordered events say: when it arrived, how far it got, where it stood each evening, when it departed.

A ticket starts with its first event, or when its log says that it was opened, and departs when it is called solved. One that
comes back arrives and departs again, and its clock runs on from its first start. A solution without a start is no departure: such
a ticket is counted as unstarted, and starts where it comes back. All are sums over tickets, so that they can be taken away again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wallboard.store.schema.flow import OPEN, STATUSES

EVENT = ["ticket", "status", "at", "day", "seq", "opened_at", "opened_day", "perimeter"]
COUNTS = ["events", "arrived", "reopened", "in_work", "waiting", "with_customer", "departed", "unstarted", "since"]
DAY, MOVE, CYCLE = ["perimeter", "day"], ["day", "perimeter", "status", "started"], ["week", "perimeter", "days"]
_REACHED = {"in_work": 1, "waiting": 2, "with_customer": 3}
EPOCH = 719163
"""The ordinal of 1 January 1970."""

Column = Any
"""An array with one value an event."""


@dataclass(frozen=True)
class Lives:
    """Sums over tickets: by day and perimeter, moves between statuses by evening, and cycle times by week."""

    days: pd.DataFrame
    moves: pd.DataFrame
    cycles: pd.DataFrame

    def less(self, other: "Lives") -> "Lives":
        """What these have that `other` has not; rows in which nothing differs are left out."""
        return Lives(
            _net(self.days, other.days, DAY), _net(self.moves, other.moves, MOVE), _net(self.cycles, other.cycles, CYCLE)
        )


def lives(events: pd.DataFrame) -> Lives:
    """The sums over events in the order in which rows of one instant hold; an unchanged status is no event."""
    line = _line(events)
    logged = pd.DataFrame({"perimeter": events["perimeter"].astype("object"), "day": _whole(events["day"])})
    return Lives(_days(line, logged), _moves(line), _cycles(line))


def _line(events: pd.DataFrame) -> pd.DataFrame:
    """One row per real change, ticket by ticket: rank of the status, day, what was before, first day, and its turn."""
    rank = pd.Categorical(events["status"], categories=list(STATUSES)).codes
    ticket, _ = pd.factorize(events["ticket"])
    plain = pd.DataFrame({"ticket": ticket, "rank": rank.astype("int8"), "day": _whole(events["day"])})
    plain["at"] = events["at"].to_numpy(dtype="datetime64[us]").astype("int64")
    plain["seq"] = events["seq"].fillna(0).to_numpy(dtype="int64")
    plain["perimeter"], names = pd.factorize(events["perimeter"])
    plain = pd.concat([_openings(plain, events), plain], ignore_index=True)
    line = plain.sort_values(["ticket", "at", "seq"], kind="stable", ignore_index=True)
    line = line[_changed(line)].reset_index(drop=True)
    first = _firsts(line["ticket"].to_numpy())
    line["day"] = line.groupby("ticket", sort=False)["day"].cummax() if len(line) else line["day"]
    line["perimeter"] = names.to_numpy(dtype=object)[line["perimeter"].to_numpy()[first]] if len(line) else ""
    line["open"] = line["rank"] < len(OPEN)
    line["was_open"] = line["open"].shift(1, fill_value=False) & (first != np.arange(len(line)))
    return _started(line, first)


def _openings(plain: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """A change to new for each ticket whose log says when it was opened, before what else happened then."""
    known = events["opened_at"].notna().to_numpy()
    opened = plain[known].assign(at=events["opened_at"][known].to_numpy(dtype="datetime64[us]").astype("int64"))
    opened = opened.assign(day=_whole(events["opened_day"][known]), rank=np.int8(0), seq=np.iinfo("int64").min)
    opened = opened.sort_values("at", kind="stable").drop_duplicates("ticket")
    earliest = plain.groupby("ticket")["at"].min()
    return opened[opened["at"].to_numpy() <= earliest.reindex(opened["ticket"]).to_numpy()]


def _changed(line: pd.DataFrame) -> Column:
    same = (line["ticket"] == line["ticket"].shift(1)) & (line["rank"] == line["rank"].shift(1))
    return ~same


def _started(line: pd.DataFrame, first: Column) -> pd.DataFrame:
    """Add each ticket's first day (-1 before it has started), and the number of the turn that began with an arrival."""
    line["arrives"] = line["open"] & ~line["was_open"]
    line["departs"] = ~line["open"] & line["was_open"]
    turn = line["arrives"].cumsum().to_numpy()
    before = (turn - line["arrives"].to_numpy())[first] if len(line) else turn
    line["turn"], line["nth"] = turn, turn - before
    begun = line["nth"] > 0
    line["started"] = line["day"].where(line["arrives"] & (line["nth"] == 1)).groupby(line["ticket"]).transform("max")
    line["started"] = line["started"].where(begun, -1).fillna(-1).astype("int64")
    return line


def _days(line: pd.DataFrame, logged: pd.DataFrame) -> pd.DataFrame:
    parts = [
        _tally(logged, "events"),
        _tally(line[line["arrives"]], "arrived"),
        _tally(line[line["arrives"] & (line["nth"] > 1)], "reopened"),
        _tally(line[line["departs"]], "departed"),
        _tally(line[(line["nth"] == 0)].drop_duplicates("ticket"), "unstarted"),
        *(_tally(reached, name) for name, reached in _reached(line)),
    ]
    turns = line[line["arrives"] | line["departs"]]
    since = turns[["perimeter", "day"]].assign(since=(turns["started"] + EPOCH) * np.where(turns["arrives"], 1, -1))
    every = pd.concat([*parts, since], ignore_index=True).reindex(columns=[*DAY, *COUNTS])
    sums = every.groupby(DAY, as_index=False, sort=True)[COUNTS].sum()
    return sums.assign(day=_dates(sums["day"])).astype(dict.fromkeys(COUNTS, "int64"))


def _reached(line: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The change by which each turn first got as far as a status, or beyond: what was reached once stays reached."""
    begun = line[line["nth"] > 0]
    for name, rank in _REACHED.items():
        yield name, begun[begun["rank"] >= rank].drop_duplicates("turn")


def _tally(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    return rows.groupby(DAY, as_index=False).size().rename(columns={"size": name})


def _moves(line: pd.DataFrame) -> pd.DataFrame:
    """Where each ticket stands at the end of its days: in at that day, out at the next one; what evens out is left out."""
    last = line[~line.duplicated(["ticket", "day"], keep="last")]
    until = last["day"].shift(-1).where(last["ticket"] == last["ticket"].shift(-1))
    stands = last[["perimeter", "rank", "started", "day"]].assign(until=until)[last["open"]]
    ends = stands[stands["until"].notna()]
    comes, goes = stands.assign(tickets=1), ends.assign(day=ends["until"].astype("int64"), tickets=-1)
    both = pd.concat([comes, goes]).groupby(["day", "perimeter", "rank", "started"], as_index=False)["tickets"].sum()
    both = both[both["tickets"] != 0]
    status = np.array(STATUSES, dtype=object)[both["rank"].to_numpy(dtype="int64")]
    moves: pd.DataFrame = both.assign(status=status, day=_dates(both["day"]), started=both["started"] + EPOCH)
    return moves.reindex(columns=[*MOVE, "tickets"]).reset_index(drop=True)


def _cycles(line: pd.DataFrame) -> pd.DataFrame:
    done = line[line["departs"]]
    monday = done["day"] - (done["day"] + 3) % 7
    cycles = done[["perimeter"]].assign(week=_dates(monday), days=done["day"] - done["started"] + 1)
    return cycles.groupby(CYCLE, as_index=False).size().rename(columns={"size": "tickets"})


def _net(ours: pd.DataFrame, theirs: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    counted = [name for name in ours.columns if name not in by]
    taken = theirs.assign(**{name: -theirs[name] for name in counted})
    sums = pd.concat([ours, taken]).groupby(by, as_index=False)[counted].sum()
    nonzero: pd.DataFrame = sums[(sums[counted] != 0).any(axis=1)].reset_index(drop=True)
    return nonzero


def _firsts(ticket: Column) -> Column:
    """For each row the place of its ticket's first row; rows of a ticket follow each other."""
    begins = np.flatnonzero(np.r_[True, ticket[1:] != ticket[:-1]]) if len(ticket) else np.array([], dtype="int64")
    return np.repeat(begins, np.diff(np.r_[begins, len(ticket)])) if len(ticket) else begins


def _whole(days: Column) -> Column:
    """Days as whole numbers since 1970."""
    return days.to_numpy(dtype="datetime64[D]").astype("int64")


def _dates(days: Column) -> Column:
    return days.to_numpy(dtype="int64").astype("datetime64[D]").astype("datetime64[us]")
