"""What people say of rows that break a rule and cannot be put right."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'row_review',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('rule', sa.String(length=120), nullable=False),
        sa.Column('row_key', sa.String(length=400), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_row_review_said')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_row_review_actor')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_row_review')),
        sa.UniqueConstraint('rule', 'row_key', name=op.f('uq_row_review_rule_row_key')),
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
