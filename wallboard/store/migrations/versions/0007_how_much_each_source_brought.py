"""How much each source brought, by day and by week; the next load counts what was loaded before."""

import sqlalchemy as sa
import wallboard.store.types
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('source_day',
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('feed', sa.String(length=40), nullable=False),
    sa.Column('facts', sa.Integer(), nullable=False),
    sa.Column('first_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('last_at', wallboard.store.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('source', 'day', 'perimeter', name=op.f('pk_source_day'))
    )
    op.create_table('volume_week',
    sa.Column('feed', sa.String(length=40), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('volume', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('feed', 'week', 'source', 'perimeter', 'part', name=op.f('pk_volume_week'))
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
