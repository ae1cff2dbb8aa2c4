"""glossary.csv: our own lingo, as marketing keeps it, and what a customer would say instead."""

import csv
from pathlib import Path

from wallboard.demo.ground import Ground

TERMS = (
    ("SKU", "product", "yes"),
    ("RMA", "return", "yes"),
    ("carrier exception", "a problem with the delivery", "yes"),
    ("last mile", "the way to your door", "yes"),
    ("churn", "leaving us", "yes"),
    ("backorder", "we do not have it right now", "yes"),
    ("out of stock", "we do not have it right now", "no"),
    ("dunning", "reminder to pay", "yes"),
    ("chargeback", "your bank took the money back", "yes"),
    ("credit note", "money back", "yes"),
    ("fulfilment", "packing and sending", "yes"),
    ("pick and pack", "packing", "yes"),
    ("mispick", "the wrong thing in your box", "yes"),
    ("SLA", "the time that we promised", "yes"),
    ("ticket", "your question", "yes"),
    ("case number", "the number of your question", "no"),
    ("onboarding", "your first weeks with us", "yes"),
    ("CRM", "our customer list", "yes"),
    ("POD", "the driver's photo", "yes"),
    ("ETA", "when it comes", "yes"),
    ("consignment", "your box", "yes"),
    ("dispatch", "sending", "no"),
    ("pro rata", "for the days that are left", "yes"),
    ("payment gateway", "the payment page", "yes"),
    ("retry logic", "", "yes"),
    ("as per", "as", "no"),
)


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per term."""
    file = folder / "glossary.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(("we say", "customers say", "never in an answer"))
        out.writerows(TERMS)
    return [file]
