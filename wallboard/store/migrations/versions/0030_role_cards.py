"""Cards of a role play: who plays which function, with something that a customer said."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "role_card",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", wallboard.store.types.Instant(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", _NUMBER, nullable=False),
        sa.Column("room_session", _NUMBER, nullable=False),
        sa.Column("user_id", _NUMBER, nullable=False),
        sa.Column("function", sa.String(length=60), nullable=False),
        sa.Column("stage", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("source_key", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["user_account.id"], name=op.f("fk_role_card_actor")),
        sa.ForeignKeyConstraint(["room_session"], ["room_session.id"], name=op.f("fk_role_card_room_session")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_role_card_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_card")),
        sa.UniqueConstraint("room_session", "stage", "user_id", name=op.f("uq_role_card_room_session_stage_user_id")),
    )
    op.create_table(
        "role_card_step",
        sa.Column("role_card", _NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", wallboard.store.types.Instant(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", _NUMBER, nullable=False),
        sa.Column("refers", sa.Integer(), nullable=True),
        sa.Column("refers_kind", sa.String(length=16), nullable=True),
        sa.Column("refers_at", wallboard.store.types.Instant(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("user_id", _NUMBER, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor"], ["user_account.id"], name=op.f("fk_role_card_step_actor")),
        sa.ForeignKeyConstraint(
            ["role_card", "refers", "refers_kind", "refers_at"],
            ["role_card_step.role_card", "role_card_step.seq", "role_card_step.kind", "role_card_step.at"],
            name=op.f("fk_role_card_step_role_card_refers_refers_kind_refers_at"),
        ),
        sa.ForeignKeyConstraint(["role_card"], ["role_card.id"], name=op.f("fk_role_card_step_role_card")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_role_card_step_user_id")),
        sa.PrimaryKeyConstraint("role_card", "seq", name=op.f("pk_role_card_step")),
        sa.UniqueConstraint("role_card", "seq", "kind", "at", name=op.f("uq_role_card_step_role_card_seq_kind_at")),
    )
    op.create_index(op.f("ix_role_card_step_day"), "role_card_step", ["day"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
