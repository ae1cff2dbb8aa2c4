"""The signal on which a metric is recognised, with what it rests on."""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('recognition', sa.Column('signal_kind', sa.String(length=8), nullable=True))
    op.add_column('recognition', sa.Column('signal_month', sa.Date(), nullable=True))
    op.add_column('recognition', sa.Column('signal_value', sa.Float(), nullable=True))
    op.add_column('recognition', sa.Column('signal_low', sa.Float(), nullable=True))
    op.add_column('recognition', sa.Column('signal_high', sa.Float(), nullable=True))
    op.add_column('recognition', sa.Column('signal_run', sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
