"""In which time zone each perimeter is, and since when; how far each zone is ahead of UTC.

Both are filled when the program opens the room: it alone reads room.toml.
"""

import sqlalchemy as sa
from alembic import op

from wallboard.store.types import Instant

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('perimeter_zone',
    sa.Column('perimeter', sa.Text(), nullable=False),
    sa.Column('since', Instant(), nullable=False),
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('perimeter', 'since', name=op.f('pk_perimeter_zone'))
    )
    op.create_table('zone_offset',
    sa.Column('zone', sa.String(length=64), nullable=False),
    sa.Column('since', Instant(), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('zone', 'since', name=op.f('pk_zone_offset'))
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
