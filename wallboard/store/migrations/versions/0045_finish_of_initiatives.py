"""Whether an initiative that was finished has worked, and what was measured there then."""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('initiative_step', sa.Column('worked', sa.Boolean(), nullable=True))
    op.add_column('initiative_step', sa.Column('complaints_now', sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
