"""Which version of the program, and which rules of the room, counted each fact: the next load counts all of them anew, once.

The marks by which earlier versions knew that go.
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fact_version',
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rules', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('fact', name=op.f('pk_fact_version'))
    )
    op.execute("DELETE FROM store_mark WHERE mark IN ('customers.rule', 'spelling')")


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
