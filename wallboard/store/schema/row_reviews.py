"""What people say of rows that break a rule of the room and cannot be put right."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint

from wallboard.store.schema.columns import Identity, metadata
from wallboard.store.types import Instant

# One row that breaks a rule, which somebody who leads has looked at and lets stand, with the reason. `rule` and `row_key` are as
# `wallboard check` names them; once for each.
row_review = Table(
    "row_review",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("rule", String(120), nullable=False),
    Column("row_key", String(400), nullable=False),
    Column("words", Text, nullable=False),
    CheckConstraint("length(trim(words)) > 0", name="said"),
    UniqueConstraint("rule", "row_key"),
)
