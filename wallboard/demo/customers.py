"""customers.csv: the CRM's export, in the Windows encoding (cp1252) that such exports still come in; three test accounts."""

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wallboard.demo.accounts import with_accounts
from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.households import FIRST_OFFICE
from wallboard.demo.words import people_names

GROUPS = ("Beginners", "Regulars", "Connoisseurs", "Families", "Offices", "Offices")
TESTS = ("Test Testerson", "ZZ DO NOT SEND", "Kofi test (pay page)")
OFFICES = ("Architects", "Dental Practice", "Bookshop", "Solicitors", "Yoga Studio", "Garage", "Primary School", "Film Co")


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per customer ever."""
    file = folder / "customers.csv"
    table(ground).to_csv(file, index=False, encoding="cp1252", lineterminator="\r\n")
    return [file]


def table(ground: Ground) -> pd.DataFrame:
    """One row per customer, with the names that people have."""
    spells = ground.spells.frame
    first, last = spells.groupby("customer")["start"].min(), spells.drop_duplicates("customer", keep="last").set_index("customer")
    number = np.arange(len(first))
    plan = last["plan"].sort_index().to_numpy()
    office = plan >= FIRST_OFFICE
    frame = pd.DataFrame({
        "Record ID": customer_ids(number),
        "Name": _names(ground, office),
        "Type": np.where(office, "Business", "Private"),
        "Customer group": np.asarray(GROUPS, dtype=object)[plan],
        "Country": ground.country(number),
        "Create Date": first.sort_index().dt.strftime("%d/%m/%Y").to_numpy(),
        "Test account": "No",
    })  # fmt: skip
    frame = with_accounts(ground, frame)
    tests = frame.iloc[:3].assign(**{"Name": TESTS, "Type": "Private", "Country": "GB", "Test account": "Yes"})
    tests["Parent account"] = tests["Account contact"] = ""
    tests["Record ID"] = [f"FK-{i + 1:06}" for i in range(3)]
    return pd.concat([tests, frame], ignore_index=True)


def _names(ground: Ground, office: NDArray[np.bool_]) -> list[str]:
    rng = ground.story.rng("names")
    given, family = people_names()
    picks = zip(rng.integers(0, len(given), len(office)), rng.integers(0, len(family), len(office)), office, strict=True)
    return [f"{family[f]} {OFFICES[g % len(OFFICES)]}" if at_work else f"{given[g]} {family[f]}" for g, f, at_work in picks]
