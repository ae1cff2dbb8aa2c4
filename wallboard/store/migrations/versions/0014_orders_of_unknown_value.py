"""How many orders of a month lack the amount of a line."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('buyer_month', schema=None) as batch_op:
        batch_op.add_column(sa.Column('value_unknown', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
