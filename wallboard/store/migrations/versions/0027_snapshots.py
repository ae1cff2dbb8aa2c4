"""What the walls showed when a session began, kept as rows, and what was put on a wall in it."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'snapshot',
        sa.Column('room_session', _NUMBER, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('as_of', wallboard.store.types.Instant(), nullable=False),
        sa.Column('panels', sa.Integer(), nullable=False),
        sa.Column('walls', sa.Text(), nullable=False),
        sa.Column('freshness', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_snapshot_actor')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_snapshot_room_session')),
        sa.PrimaryKeyConstraint('room_session', name=op.f('pk_snapshot')),
    )
    op.create_table(
        'snapshot_row',
        sa.Column('room_session', _NUMBER, nullable=False),
        sa.Column('panel', sa.String(length=200), nullable=False),
        sa.Column('measured', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['room_session'], ['snapshot.room_session'], name=op.f('fk_snapshot_row_room_session')),
        sa.PrimaryKeyConstraint('room_session', 'panel', name=op.f('pk_snapshot_row')),
    )
    op.add_column('room_session_step', sa.Column('wall', sa.String(length=60), nullable=True))
    op.add_column('room_session_step', sa.Column('scene', sa.String(length=200), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
