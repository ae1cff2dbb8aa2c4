"""Where people get mail, and the letters of the room: queued in the transaction that causes them, sent once."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from wallboard.store.schema.columns import Identity, declared, metadata
from wallboard.store.types import Instant

MAIL_ABOUT = ("minutes", "invitation")
MAIL_STATES = ("queued", "sending", "sent", "failed")

# Where a user gets mail.
mail_address = Table(
    "mail_address",
    metadata,
    Column("user_id", ForeignKey("user_account.id"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id")),
    CheckConstraint("address LIKE '%_@_%' AND length(address) <= 254", name="address"),
)

# One letter about a session, to one user: its minutes, or an invitation to it, whose `sequence` (RFC 5545) counts how often the
# session was moved or cancelled before; `failure` is why it was not sent, `taken_at` when a process took it.
mail_message = Table(
    "mail_message",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("room_session", ForeignKey("room_session.id"), nullable=False),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id"), nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("taken_at", Instant),
    Column("failure", Text),
    Column("about", String(10), nullable=False, server_default="minutes"),
    Column("sequence", Integer, nullable=False, server_default="0"),
    declared(f"state IN {MAIL_STATES}", name="state"),
    declared(f"about IN {MAIL_ABOUT}", name="about"),
    CheckConstraint("tries >= 0", name="tries"),
    UniqueConstraint("room_session", "user_id", "about", "sequence"),
)
