"""finance_ledger.parquet: what billing and finance book to each customer by month, and what they can book to nobody."""

from pathlib import Path

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.households import FIRST_OFFICE, PRICES
from wallboard.demo.story import DAY, Numbers, Whole

MONTHS_KEPT = 15
FEWEST_DAYS = 4
GOODS = np.array([0.50, 0.46, 0.44, 0.43, 0.40, 0.38])
SHIPPING = np.array([3.55, 3.75, 4.05, 4.60, 6.60, 8.90])
LATE_COST = 7.4
UNBOOKED = {"GB": (2150.0, 640.0), "IE": (980.0, 310.0)}
"""A month's cost of contacts and of goods thrown away that nobody can say whose they were."""


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per customer and month that is over, and one per country and month without a customer."""
    rng = ground.story.rng("money")
    months = [_month(ground, ago, rng) for ago in range(MONTHS_KEPT, 0, -1)]
    frame = pd.concat([*months, *(_unbooked(ground, ago, rng) for ago in range(MONTHS_KEPT, 0, -1))], ignore_index=True)
    frame = frame.sort_values(["period", "entry"], kind="stable", ignore_index=True)
    file = folder / "finance_ledger.parquet"
    frame.to_parquet(file, index=False)
    return [file]


def _month(ground: Ground, ago: int, rng: np.random.Generator) -> pd.DataFrame:
    first, after = ground.story.month(ago)
    contracts = ground.contracts
    start, end = (contracts[name].to_numpy().astype("datetime64[D]") for name in ("start", "end"))
    days = (np.minimum(np.where(np.isnat(end), after, end), after) - np.maximum(start, first)) / DAY
    paid = days >= FEWEST_DAYS
    share = days[paid] / ((after - first) / DAY)
    plan, who = contracts["plan"].to_numpy()[paid], contracts["customer"].to_numpy()[paid]
    revenue = PRICES[plan] / 12 * share
    lines = pd.DataFrame({"who": who, "revenue": revenue, "goods": revenue * GOODS[plan], "serve": SHIPPING[plan] * share})
    lines["office"] = plan >= FIRST_OFFICE
    sums = lines.groupby("who", as_index=False).agg(
        revenue=("revenue", "sum"), goods=("goods", "sum"), serve=("serve", "sum"), office=("office", "max")
    )
    customers = sums["who"].to_numpy()
    serve = sums["serve"].to_numpy() * rng.uniform(0.92, 1.1, len(sums))
    serve += _late(ground, ago)[customers] * LATE_COST * rng.uniform(0.5, 1.5, len(sums)) + _contacts(ground, customers, rng)
    goods = np.where(customers % 79 == 0, np.nan, sums["goods"].to_numpy().round(2))
    return _booked(ground, first, customers, sums["revenue"].to_numpy(), goods, serve)


def _late(ground: Ground, ago: int) -> Whole:
    """Boxes of each customer that came late or never in a month."""
    first, after = ground.story.month(ago)
    boxes = ground.boxes
    day = boxes["promised_day"].to_numpy().astype("datetime64[D]")
    late = boxes["delivered_at"].isna() | (boxes["delivered_at"] > boxes["promised_at"] + pd.Timedelta(hours=4))
    whose = boxes["customer"].to_numpy()[(day >= first) & (day < after) & late.to_numpy()]
    return np.bincount(whose, minlength=len(ground.spells.ireland))


def _contacts(ground: Ground, customers: Whole, rng: np.random.Generator) -> Numbers:
    """What calls and credits cost: some people ring every month, most never do."""
    needs = ground.story.rng("needs help").gamma(0.13, 15.0, len(ground.spells.ireland))[customers]
    contacts: Numbers = needs * rng.gamma(1.4, 0.55, len(customers))
    return contacts


def _booked(
    ground: Ground, first: np.datetime64, customers: Whole, revenue: Numbers, goods: Numbers, serve: Numbers
) -> pd.DataFrame:
    ids = customer_ids(customers)
    period = pd.Timestamp(first)
    return pd.DataFrame({
        "entry": [f"{period:%y%m}-{number}" for number in ids],
        "account": ids,
        "country": ground.country(customers),
        "period": period.date(),
        "net revenue": revenue.round(2),
        "cost of goods": goods,
        "cost to serve": serve.round(2),
    })  # fmt: skip


def _unbooked(ground: Ground, ago: int, rng: np.random.Generator) -> pd.DataFrame:
    period = pd.Timestamp(ground.story.month(ago)[0])
    rows = [
        (f"{period:%y%m}-GENERAL-{country}", None, country, period.date(), None, goods, serve)
        for country, (serve, goods) in (
            (name, np.round(np.array(two) * rng.uniform(0.85, 1.25), 2)) for name, two in UNBOOKED.items()
        )
    ]
    return pd.DataFrame(rows, columns=["entry", "account", "country", "period", "net revenue", "cost of goods", "cost to serve"])
