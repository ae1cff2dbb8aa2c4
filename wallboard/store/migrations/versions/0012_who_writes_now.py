"""Who writes in the transaction that runs: what the store's own audit of members and mandates names."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'current_actor',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
        sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_current_actor_actor')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_current_actor')),
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
