"""Snapshots that were refused because they had shrunk, and who said in the room that they are right."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'shrunk_snapshot',
        sa.Column('source', sa.String(length=80), nullable=False),
        sa.Column('file', sa.Text(), nullable=False),
        sa.Column('content', sa.String(length=64), nullable=False),
        sa.Column('rows_before', sa.Integer(), nullable=False),
        sa.Column('rows_now', sa.Integer(), nullable=False),
        sa.Column('refused_at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('accepted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
        sa.Column('accepted_at', wallboard.store.types.Instant(), nullable=True),
        sa.ForeignKeyConstraint(['accepted_by'], ['member.id'], name=op.f('fk_shrunk_snapshot_accepted_by')),
        sa.PrimaryKeyConstraint('source', name=op.f('pk_shrunk_snapshot')),
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
