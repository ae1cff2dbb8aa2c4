"""By which rule of room.toml each kind of decision is taken, and that each decision keeps the rule it was proposed under."""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('decision_rule',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('share', sa.Integer(), nullable=False),
    sa.Column('share_of', sa.Integer(), nullable=False),
    sa.Column('quorum', sa.Integer(), nullable=False),
    sa.Column('functions', sa.Integer(), nullable=False),
    sa.Column('voters', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_decision_rule'))
    )
    op.add_column('decision', sa.Column('share_of', sa.Integer(), server_default='100', nullable=False))
    op.add_column('decision', sa.Column('voters', sa.String(length=80), server_default='leader,president', nullable=False))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
