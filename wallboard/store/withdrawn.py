"""Consent belongs to what is seen and heard, not to a name: who withdraws one row withdraws every row of that content."""

from sqlalchemy import ColumnElement, case, select

from wallboard.store.schema import media

_other = media.alias("withdrawn")

CONSENT: ColumnElement[str] = case(
    (media.c.sha256.in_(select(_other.c.sha256).where(_other.c.consent == "withdrawn")), "withdrawn"), else_=media.c.consent
).label("consent")
"""What counts as the consent of a row of `media`: its own, unless somebody has withdrawn the same content."""

MEDIA = tuple(CONSENT if column.name == "consent" else column for column in media.c)
"""The columns of `media`, with the consent that counts: to be selected in place of the table."""
