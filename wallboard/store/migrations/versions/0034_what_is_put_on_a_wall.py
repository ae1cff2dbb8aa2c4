"""What a session puts on a wall besides its scenes, as large as the glass, and how far it is zoomed."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('room_session_step', sa.Column('subject', sa.Text(), nullable=True))
    op.add_column('room_session_step', sa.Column('zoom', sa.Integer(), nullable=True))
    op.add_column('room_session_step', sa.Column('across', sa.Integer(), nullable=True))
    op.add_column('room_session_step', sa.Column('down', sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
