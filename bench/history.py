"""What ten years of a million customers cost beside two years of five thousand: the same wall, drawn from either store."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from bench.drawing import _together
from bench.rooms import DEMO_AT, REPOSITORY, Ready, loaded
from bench.table import Figure, judged
from wallboard.layout import Placed, read_layouts
from wallboard.panels import find_panels
from wallboard.screens.addresses import RAIL
from wallboard.settings import open_room
from wallboard.store.open import open_store

MOST = 1.2
TODAY = np.datetime64(DEMO_AT[:10], "D")
GROUPS = np.array(["Homes", "Offices", "Schools", "Families"], dtype=object)
SOURCES = """
[customers]
feed = "customers"
file = "customers.parquet"
[customers.columns]
customer = "customer"
perimeter = "perimeter"
customer_group = "group"
[contracts]
feed = "contracts"
file = "contracts.parquet"
key = ["contract"]
[contracts.columns]
contract = "contract"
customer = "customer"
perimeter = "perimeter"
started_on = "start"
ended_on = "end"
annual_value = "value"
term_months = "term"
cancel_requested_on = "asked"
[money]
feed = "customer_money"
file = "money.parquet"
key = ["customer", "month"]
[money.columns]
customer = "customer"
perimeter = "perimeter"
month = "month"
revenue = "revenue"
direct_cost = "cost"
cost_to_serve = "service"
[answers]
feed = "survey_responses"
file = "answers.parquet"
key = ["id"]
[answers.constants]
survey = "relationship"
measure = "NPS"
scale_min = 0
scale_max = 10
[answers.columns]
perimeter = "perimeter"
responded_at = "at"
score = "score"
"""


@dataclass(frozen=True)
class Company:
    """How many customers ever, over how many days, and how many of them have money."""

    name: str
    customers: int
    days: int
    costed: int


SMALL = Company("24 months, 5,000 customers", 5_000, 730, 2_000)
LARGE = Company("ten years, 1,000,000 customers", 1_000_000, 3650, 20_000)


def figures(folder: Path) -> list[Figure]:
    """One figure a store and their ratio; each store is filled by the room's own loader."""
    results, cost = [], []
    for company in (SMALL, LARGE):
        root = folder / company.name.replace(" ", "-").replace(",", "")
        began = perf_counter()
        ready = _room(company, root)
        seconds = perf_counter() - began
        ms, parts = _drawn(ready)
        cost.append(ms)
        note = f"loaded in {seconds:.0f} s; measure {parts[0]:.1f}, draw {parts[1]:.1f}, frame and bytes {parts[2]:.1f}"
        results.append(Figure(company.name, f"{ms:.1f} ms CPU", note=note))
    return [*results, judged("outcomes wall, large over small", cost[1] / cost[0], MOST, "x")]


def _drawn(ready: Ready) -> tuple[float, list[float]]:
    engine, panels = open_store(ready.room.store_url), find_panels()
    try:
        wall = read_layouts(ready.room.layouts, panels)["outcomes"]
        foot = Placed(RAIL, RAIL, RAIL, panels[RAIL], panels[RAIL].options())
        with engine.connect() as connection:
            parts = _together(ready, connection, [foot, *wall.placed()])
    finally:
        engine.dispose()
    return sum(parts), parts


def _room(company: Company, root: Path) -> Ready:
    (root / "data").mkdir(parents=True)
    shutil.copy(REPOSITORY / "room.toml", root)
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    _write(company, root / "data")
    room = open_room(root)
    ready = Ready(company.name, room, DEMO_AT)
    loaded(room, ready.moment)
    return ready


def _write(company: Company, folder: Path) -> None:
    rng = np.random.default_rng(7)
    n = company.customers
    who = np.char.add("C", np.arange(n).astype(str)).astype(object)
    where = np.where(rng.random(n) < 0.3, "ie", "gb").astype(object)
    start = TODAY - rng.integers(1, company.days, n) * np.timedelta64(1, "D")
    end = start + (30 + rng.exponential(700, n)).astype(np.int64) * np.timedelta64(1, "D")
    ended = pd.Series(end).where(end < TODAY)
    group = GROUPS[rng.integers(0, len(GROUPS), n)]
    pd.DataFrame({"customer": who, "perimeter": where, "group": group}).to_parquet(folder / "customers.parquet")
    value = rng.integers(50, 900, n).astype(float)
    asks = ended.isna().to_numpy() & (start < TODAY - 60) & (rng.random(n) < 0.005)
    asked = pd.Series(TODAY - rng.integers(1, 50, n) * np.timedelta64(1, "D")).where(asks)
    contracts = {"contract": who, "customer": who, "perimeter": where, "start": start, "end": ended, "value": value, "term": 12}
    frame = pd.DataFrame(contracts).assign(asked=asked)
    pd.concat([frame, _again(frame, rng)]).to_parquet(folder / "contracts.parquet")
    _money(company, who, where, folder, rng)
    _answers(company, folder, rng)


def _again(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """One in twenty who left comes back after a while."""
    back = frame[frame["end"].notna() & (rng.random(len(frame)) < 0.05)]
    start = back["end"] + pd.to_timedelta(rng.integers(20, 300, len(back)), unit="D")
    again = back.assign(contract=back["contract"] + "-2", start=start, end=pd.Series(np.datetime64("NaT"), index=back.index))
    return again[again["start"] < pd.Timestamp(TODAY)].astype(frame.dtypes)


def _money(company: Company, who: "np.ndarray", where: "np.ndarray", folder: Path, rng: np.random.Generator) -> None:
    months = TODAY.astype("datetime64[M]") - np.arange(1, 15)
    fields = {"customer": who[: company.costed], "perimeter": where[: company.costed]}
    parts = [
        pd.DataFrame(fields).assign(
            month=month.astype("datetime64[s]"),
            revenue=rng.integers(5, 90, company.costed).astype(float),
            cost=rng.integers(3, 40, company.costed).astype(float),
            service=rng.integers(0, 30, company.costed).astype(float),
        )
        for month in months
    ]
    pd.concat(parts).to_parquet(folder / "money.parquet")


def _answers(company: Company, folder: Path, rng: np.random.Generator) -> None:
    n = company.days * 20
    at = pd.Timestamp(DEMO_AT, tz="UTC") - pd.to_timedelta(rng.integers(1, company.days * 24, n), unit="h")
    where = np.where(rng.random(n) < 0.3, "ie", "gb").astype(object)
    answers = {"id": np.arange(n).astype(str).astype(object), "perimeter": where, "at": at, "score": rng.integers(0, 11, n)}
    pd.DataFrame(answers).to_parquet(folder / "answers.parquet")
