"""What was measured where an initiative works when it started; of those that were started earlier nothing is known."""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('initiative', sa.Column('complaints_then', sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
