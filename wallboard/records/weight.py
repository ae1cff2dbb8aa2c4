"""How much an issue weighs: the contacts behind it, the value at stake, and the numbers that a decision is based on."""

from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from wallboard.settings import Settings
from wallboard.store.schema import contract, voice, voice_day

CONTACT_WINDOW = timedelta(days=91)
"""Contacts of the same kind are counted so far back: complaints and others, for the value is of everybody who made one."""


def recent_contacts(connection: Connection, today: date, perimeter: str, issue_type: str | None) -> int | None:
    """Contacts of the same kind in this perimeter in the last 13 weeks; None where the kind is not known."""
    if issue_type is None:
        return None
    v = voice_day.c
    mine = (v.issue_type == issue_type, v.perimeter == perimeter, v.day >= today - CONTACT_WINDOW, v.day <= today)
    return int(connection.scalar(select(func.coalesce(func.sum(v.voices), 0)).where(*mine)) or 0)


def value_at_stake(
    connection: Connection, settings: Settings, today: date, perimeter: str, issue_type: str | None
) -> float | None:
    """A year's value of the running contracts of the customers who made these contacts; None where nothing is known."""
    if issue_type is None:
        return None
    v, c = voice.c, contract.c
    days = (v.day >= today - CONTACT_WINDOW, v.day <= today)
    said_so = select(v.customer).where(v.issue_type == issue_type, v.perimeter == perimeter, *days)
    runs = (c.started_on <= today, (c.ended_on.is_(None)) | (c.ended_on > today), c.currency == settings.currency)
    total = connection.scalar(select(func.sum(c.annual_value)).where(c.customer.in_(said_so), *runs))
    return None if total is None else float(total)
