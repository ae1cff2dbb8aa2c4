"""Which opportunity a decision selects, and which decision put a roster item there."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('decision', sa.Column('opportunity', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_decision_opportunity'), 'decision', ['opportunity'], unique=False)
    op.add_column('roster_item', sa.Column('decision', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_roster_item_decision'), 'roster_item', ['decision'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
