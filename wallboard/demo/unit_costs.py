"""unit_costs.csv: what one contact costs, from finance's time sheets; a new price list each April, dearer in Ireland."""

import csv
from datetime import date
from pathlib import Path

from wallboard.demo.ground import Ground

HEADER = ("valid from", "activity", "country", "cost", "currency", "customer minutes", "worked out from")
PER_CONTACT = (("Phone call (incoming)", 7.4, 21), ("Mail", 5.1, 12), ("Web form", 4.6, 14), ("Fitter’s visit", 142.0, 150))
DEARER_A_YEAR, DEARER_IN_IRELAND = 1.04, 1.15
BASIS = "time sheets of customer care and the telephone bill"


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write a price list for each April of the story; nobody has worked out yet what a chat costs."""
    file = folder / "unit_costs.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(HEADER)
        for years, april in enumerate(_aprils(ground)):
            for activity, cost, minutes in PER_CONTACT:
                grown = cost * DEARER_A_YEAR**years
                out.writerow((april, activity, "All", f"{grown:.2f}", "GBP", minutes, BASIS))
            phone = PER_CONTACT[0][1] * DEARER_A_YEAR**years * DEARER_IN_IRELAND
            out.writerow((april, PER_CONTACT[0][0], "IE", f"{phone:.2f}", "GBP", PER_CONTACT[0][2], BASIS))
    return [file]


def _aprils(ground: Ground) -> list[date]:
    """The first of April before the story, and each one in it."""
    first: date = ground.story.first_day.item()
    begins = first.year if first >= date(first.year, 4, 1) else first.year - 1
    return [date(year, 4, 1) for year in range(begins, ground.story.date(0).year + 1) if date(year, 4, 1) <= ground.story.date(0)]
