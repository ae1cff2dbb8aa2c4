"""Sessions of the room, planned one by one or as a series, and the commitments that are made in them."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'session_series',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('recurrence', sa.Text(), nullable=False),
        sa.Column('zone', sa.String(length=64), nullable=False),
        sa.Column('first_at', sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_session_series_actor')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_session_series')),
    )
    op.create_table(
        'room_session',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('series', _NUMBER, nullable=True),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('planned_at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.CheckConstraint('minutes BETWEEN 5 AND 600', name=op.f('ck_room_session_minutes')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_room_session_actor')),
        sa.ForeignKeyConstraint(['series'], ['session_series.id'], name=op.f('fk_room_session_series')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_room_session')),
        sa.UniqueConstraint('series', 'planned_at', name=op.f('uq_room_session_series_planned_at')),
    )
    op.create_index(op.f('ix_room_session_planned_at'), 'room_session', ['planned_at'], unique=False)
    op.create_table(
        'room_session_step',
        sa.Column('room_session', _NUMBER, nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('refers', sa.Integer(), nullable=True),
        sa.Column('refers_kind', sa.String(length=16), nullable=True),
        sa.Column('refers_at', wallboard.store.types.Instant(), nullable=True),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('user_id', _NUMBER, nullable=True),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('how', sa.Text(), nullable=True),
        sa.Column('moved_to', wallboard.store.types.Instant(), nullable=True),
        sa.Column('rating', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_room_session_step_actor')),
        sa.ForeignKeyConstraint(['room_session', 'refers', 'refers_kind', 'refers_at'], ['room_session_step.room_session', 'room_session_step.seq', 'room_session_step.kind', 'room_session_step.at'], name=op.f('fk_room_session_step_room_session_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_room_session_step_room_session')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_room_session_step_user_id')),
        sa.PrimaryKeyConstraint('room_session', 'seq', name=op.f('pk_room_session_step')),
        sa.UniqueConstraint('room_session', 'seq', 'kind', 'at', name=op.f('uq_room_session_step_room_session_seq_kind_at')),
    )
    op.create_index(op.f('ix_room_session_step_day'), 'room_session_step', ['day'], unique=False)
    op.create_table(
        'commitment',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('room_session', _NUMBER, nullable=True),
        sa.Column('user_id', _NUMBER, nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('touchpoint', sa.String(length=60), nullable=True),
        sa.Column('issue', _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_commitment_actor')),
        sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_commitment_issue')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_commitment_room_session')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_commitment_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    )
    op.create_index(op.f('ix_commitment_due_on'), 'commitment', ['due_on'], unique=False)
    op.create_index(op.f('ix_commitment_room_session'), 'commitment', ['room_session'], unique=False)
    op.create_index(op.f('ix_commitment_user_id'), 'commitment', ['user_id'], unique=False)
    op.create_table(
        'commitment_step',
        sa.Column('commitment', _NUMBER, nullable=False),
        sa.Column('seq', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('refers', sa.Integer(), nullable=True),
        sa.Column('refers_kind', sa.String(length=16), nullable=True),
        sa.Column('refers_at', wallboard.store.types.Instant(), nullable=True),
        sa.Column('words', sa.Text(), nullable=True),
        sa.Column('note', sa.Text(), nullable=True),
        sa.Column('user_id', _NUMBER, nullable=True),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('how', sa.Text(), nullable=True),
        sa.Column('room_session', _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_commitment_step_actor')),
        sa.ForeignKeyConstraint(['commitment', 'refers', 'refers_kind', 'refers_at'], ['commitment_step.commitment', 'commitment_step.seq', 'commitment_step.kind', 'commitment_step.at'], name=op.f('fk_commitment_step_commitment_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['commitment'], ['commitment.id'], name=op.f('fk_commitment_step_commitment')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_commitment_step_room_session')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_commitment_step_user_id')),
        sa.PrimaryKeyConstraint('commitment', 'seq', name=op.f('pk_commitment_step')),
        sa.UniqueConstraint('commitment', 'seq', 'kind', 'at', name=op.f('uq_commitment_step_commitment_seq_kind_at')),
    )
    op.create_index(op.f('ix_commitment_step_day'), 'commitment_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
