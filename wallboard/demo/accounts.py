"""Offices of one company: which of them belong together, and whom we talk to there."""

import numpy as np
import pandas as pd

from wallboard.demo.ground import Ground
from wallboard.demo.words import people_names

COMPANIES = (
    "Harbour & Hill Solicitors", "Brightwater Dental", "Oak Lane Architects", "Tallow Street Studios", "Penrose Bookshops",
    "Calder Garages", "Meridian Film Co", "Lark & Sons Surveyors", "Northgate Schools", "Greenway Yoga", "Fenwick Print",
    "Quayside Clinics",
)  # fmt: skip
SIZES = (11, 8, 7, 6, 5, 5, 4, 3, 3, 3, 2, 2)
TOWNS = (
    "Leeds", "Dublin", "Bristol", "Cork", "York", "Galway", "Bath", "Hull", "Derby", "Limerick", "Exeter", "Poole", "Ely", "Sligo"
)  # fmt: skip
ROLES = ("office manager", "facilities", "practice manager", "studio manager", "reception")


def with_accounts(ground: Ground, customers: pd.DataFrame) -> pd.DataFrame:
    """The CRM's customers with `Parent account` and `Account contact`; branches carry the company's name and a town.

    The first company has a region of its own between it and some of its branches.
    """
    rng = ground.story.rng("accounts")
    parent, contact, name = (np.full(len(customers), "", dtype=object) for _ in range(3))
    business = np.flatnonzero(customers["Type"] == "Business")
    contact[business] = _contacts(len(business), rng)
    running = np.unique(ground.contracts.loc[ground.contracts["end"].isna(), "customer"])
    chosen = rng.permutation(np.intersect1d(business, running))
    name[:] = customers["Name"]
    ids = customers["Record ID"].to_numpy()
    for company, size in zip(COMPANIES, SIZES, strict=True):
        head, *branches = (int(place) for place in chosen[:size])
        chosen = chosen[size:]
        name[head] = company
        for n, branch in enumerate(branches):
            name[branch], parent[branch] = f"{company}, {TOWNS[n % len(TOWNS)]}", ids[head]
        if company == COMPANIES[0]:
            parent[branches[-3:]] = ids[branches[0]]
    return customers.assign(**{"Name": name, "Parent account": parent, "Account contact": contact})


def _contacts(count: int, rng: np.random.Generator) -> list[str]:
    given, family = people_names()
    first, last, role = (rng.integers(0, len(words), count) for words in (given, family, ROLES))
    return [f"{given[g]} {family[f]}, {ROLES[r]}" for g, f, r in zip(first, last, role, strict=True)]
