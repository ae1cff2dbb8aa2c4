"""When each screen was last heard, by the launch of its browser."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'heartbeat',
        sa.Column('screen', sa.String(length=80), nullable=False),
        sa.Column('launch', sa.String(length=80), nullable=False),
        sa.Column('heard_at', wallboard.store.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint('screen', 'launch', name=op.f('pk_heartbeat')),
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
