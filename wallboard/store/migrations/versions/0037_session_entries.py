"""What a session keeps besides commitments and decisions: reports, best practices, questions, reviews of measures, ideas."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('session_entry',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', _NUMBER, nullable=False),
    sa.Column('room_session', _NUMBER, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=60), nullable=True),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('measured', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_session_entry_actor')),
    sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_session_entry_room_session')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_session_entry')),
    sa.UniqueConstraint('room_session', 'kind', 'title', name=op.f('uq_session_entry_room_session_kind_title'))
    )
    op.create_index(op.f('ix_session_entry_kind'), 'session_entry', ['kind'], unique=False)
    op.create_index(op.f('ix_session_entry_room_session'), 'session_entry', ['room_session'], unique=False)
    op.create_table('session_entry_step',
    sa.Column('session_entry', _NUMBER, nullable=False),
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
    sa.Column('function', sa.String(length=60), nullable=True),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_session_entry_step_actor')),
    sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_session_entry_step_room_session')),
    sa.ForeignKeyConstraint(['session_entry', 'refers', 'refers_kind', 'refers_at'], ['session_entry_step.session_entry', 'session_entry_step.seq', 'session_entry_step.kind', 'session_entry_step.at'], name=op.f('fk_session_entry_step_session_entry_refers_refers_kind_refers_at')),
    sa.ForeignKeyConstraint(['session_entry'], ['session_entry.id'], name=op.f('fk_session_entry_step_session_entry')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_session_entry_step_user_id')),
    sa.PrimaryKeyConstraint('session_entry', 'seq', name=op.f('pk_session_entry_step')),
    sa.UniqueConstraint('session_entry', 'seq', 'kind', 'at', name=op.f('uq_session_entry_step_session_entry_seq_kind_at'))
    )
    op.create_index(op.f('ix_session_entry_step_day'), 'session_entry_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
