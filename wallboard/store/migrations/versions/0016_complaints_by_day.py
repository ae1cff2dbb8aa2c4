"""Complaints are counted in `complaint_day` and `complaint_month`: an issue is what the room decides on.

The old names stay for one version as views that can only be read.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _renamed('issue_day', 'complaint_day', 'day')
    _renamed('issue_month', 'complaint_month', 'month')


def _renamed(old: str, new: str, period: str) -> None:
    """A table with constraints of its own name takes the rows over; SQLite renames no constraint."""
    op.create_table(new,
    sa.Column(period, sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('arrived', sa.Integer(), nullable=False),
    sa.Column('solved', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint(period, 'perimeter', name=op.f(f'pk_{new}'))
    )
    columns = f'{period}, perimeter, arrived, solved'
    op.execute(f'INSERT INTO {new} ({columns}) SELECT {columns} FROM {old}')
    op.drop_table(old)
    op.execute(f'CREATE VIEW {old} AS SELECT {columns} FROM {new}')
    op.execute(f"UPDATE table_version SET table_name = '{new}' WHERE table_name = '{old}'")


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
