"""Who may write in the room: users with their role and mandate, their sign-ins, and what each of them changed."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, PrimaryKeyConstraint, String, Table, Text

from wallboard.lifecycle.roles import BY_NAME
from wallboard.store.schema.columns import Identity, declared, metadata
from wallboard.store.types import Instant

_ROLES = tuple(reversed(BY_NAME))

# One person who may sign in, with one role; `function` is where the person works, `password` an argon2 hash.
user_account = Table(
    "user_account",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(12), nullable=False),
    Column("function", String(60)),
    Column("password", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("left_at", Instant),
    declared(f"role IN {_ROLES}", name="role"),
    CheckConstraint("length(trim(login)) > 0 AND length(trim(name)) > 0", name="named"),
)

# User x function: may decide for it, from an instant on, until another.
mandate = Table(
    "mandate",
    metadata,
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("function", String(60), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    PrimaryKeyConstraint("user_id", "function", "since"),
    CheckConstraint("until IS NULL OR until >= since", name="until_after_since"),
)

# One signed-in browser: a hash of its secret, never the secret.
sign_in = Table(
    "sign_in",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    CheckConstraint("expires_at > at", name="expires"),
)

# User x form that a browser sent: what the room answered, so that a form that is sent again is taken once.
sent_form = Table(
    "sent_form",
    metadata,
    Column("user_id", ForeignKey("user_account.id"), nullable=False),
    Column("key", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("message", Text, nullable=False),
    Column("goes_to", Text),
    PrimaryKeyConstraint("user_id", "key"),
)

# Role x kind of step: who may take it. The program's own; no room changes it.
permission = Table(
    "permission",
    metadata,
    Column("role", String(12), primary_key=True),
    Column("kind", String(16), primary_key=True),
    declared(f"role IN {_ROLES}", name="role"),
)

# Whoever writes in the transaction that runs, and when: the store's own audit names them. No row of it is ever committed.
current_actor = Table(
    "current_actor",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("actor", ForeignKey("user_account.id")),
    Column("at", Instant, nullable=False),
)

# One change by a person: the row as it was and as it is, in JSON.
audit = Table(
    "audit",
    metadata,
    Column("id", Identity, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("actor", ForeignKey("user_account.id")),
    Column("changed", String(40), nullable=False),
    Column("row_key", String(80), nullable=False, index=True),
    Column("did", String(40), nullable=False),
    Column("was", Text),
    Column("became", Text),
)
