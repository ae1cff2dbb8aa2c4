"""The roll-out of the room, part by part of the business."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('rollout',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', _NUMBER, nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_rollout_actor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rollout')),
    sa.UniqueConstraint('perimeter', name=op.f('uq_rollout_perimeter'))
    )
    op.create_table('rollout_step',
    sa.Column('rollout', _NUMBER, nullable=False),
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
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_rollout_step_actor')),
    sa.ForeignKeyConstraint(['rollout', 'refers', 'refers_kind', 'refers_at'], ['rollout_step.rollout', 'rollout_step.seq', 'rollout_step.kind', 'rollout_step.at'], name=op.f('fk_rollout_step_rollout_refers_refers_kind_refers_at')),
    sa.ForeignKeyConstraint(['rollout'], ['rollout.id'], name=op.f('fk_rollout_step_rollout')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_rollout_step_user_id')),
    sa.PrimaryKeyConstraint('rollout', 'seq', name=op.f('pk_rollout_step')),
    sa.UniqueConstraint('rollout', 'seq', 'kind', 'at', name=op.f('uq_rollout_step_rollout_seq_kind_at'))
    )
    op.create_index(op.f('ix_rollout_step_day'), 'rollout_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
