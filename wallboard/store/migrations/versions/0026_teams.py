"""Teams that leaders have tasked with a roster item, their five steps and reward, and recognitions."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'recognition',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('user_id', _NUMBER, nullable=True),
        sa.Column('metric', sa.String(length=60), nullable=True),
        sa.Column('signal', sa.Text(), nullable=True),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('shown_until', sa.Date(), nullable=False),
        sa.CheckConstraint('(user_id IS NOT NULL AND metric IS NULL AND signal IS NULL) OR (user_id IS NULL AND metric IS NOT NULL AND coalesce(length(trim(signal)), 0) > 0)', name=op.f('ck_recognition_whom')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_recognition_actor')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recognition_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition')),
    )
    op.create_table(
        'team_cycle',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('roster_item', _NUMBER, nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('reward', sa.Text(), nullable=False),
        sa.Column('step_days', sa.Integer(), nullable=False),
        sa.Column('pace', sa.Text(), nullable=True),
        sa.Column('pilot', sa.Boolean(), nullable=False),
        sa.CheckConstraint('step_days = 30 OR coalesce(length(trim(pace)), 0) > 0', name=op.f('ck_team_cycle_pace')),
        sa.CheckConstraint('step_days BETWEEN 5 AND 120', name=op.f('ck_team_cycle_step_days')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_team_cycle_actor')),
        sa.ForeignKeyConstraint(['roster_item'], ['roster_item.id'], name=op.f('fk_team_cycle_roster_item')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_team_cycle')),
    )
    op.create_index(op.f('ix_team_cycle_roster_item'), 'team_cycle', ['roster_item'], unique=False)
    op.create_table(
        'team_cycle_step',
        sa.Column('team_cycle', _NUMBER, nullable=False),
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
        sa.Column('share', sa.Integer(), nullable=True),
        sa.Column('step_days', sa.Integer(), nullable=True),
        sa.Column('experience', _NUMBER, nullable=True),
        sa.Column('budget', sa.Float(), nullable=True),
        sa.Column('currency', sa.String(length=3), nullable=True),
        sa.Column('base_from', sa.Date(), nullable=True),
        sa.Column('base_to', sa.Date(), nullable=True),
        sa.Column('base_weeks', sa.Integer(), nullable=True),
        sa.Column('base_count', sa.Integer(), nullable=True),
        sa.Column('base_exposure', sa.Float(), nullable=True),
        sa.Column('base_dispersion', sa.Float(), nullable=True),
        sa.Column('against_touchpoint', sa.String(length=60), nullable=True),
        sa.Column('against_kind', sa.String(length=60), nullable=True),
        sa.Column('rule', sa.String(length=16), nullable=True),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.Column('week_start', sa.Date(), nullable=True),
        sa.Column('week_no', sa.Integer(), nullable=True),
        sa.Column('recent_count', sa.Integer(), nullable=True),
        sa.Column('recent_exposure', sa.Float(), nullable=True),
        sa.Column('bound', sa.Float(), nullable=True),
        sa.Column('verdict', sa.String(length=16), nullable=True),
        sa.Column('unchanged', sa.Boolean(), nullable=True),
        sa.CheckConstraint('budget IS NULL OR budget >= 0', name=op.f('ck_team_cycle_step_budget')),
        sa.CheckConstraint('share IS NULL OR share BETWEEN 1 AND 100', name=op.f('ck_team_cycle_step_share')),
        sa.CheckConstraint('step_days IS NULL OR step_days BETWEEN 5 AND 120', name=op.f('ck_team_cycle_step_step_days')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_team_cycle_step_actor')),
        sa.ForeignKeyConstraint(['experience'], ['current_experience.id'], name=op.f('fk_team_cycle_step_experience')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_team_cycle_step_room_session')),
        sa.ForeignKeyConstraint(['team_cycle', 'refers', 'refers_kind', 'refers_at'], ['team_cycle_step.team_cycle', 'team_cycle_step.seq', 'team_cycle_step.kind', 'team_cycle_step.at'], name=op.f('fk_team_cycle_step_team_cycle_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['team_cycle'], ['team_cycle.id'], name=op.f('fk_team_cycle_step_team_cycle')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_team_cycle_step_user_id')),
        sa.PrimaryKeyConstraint('team_cycle', 'seq', name=op.f('pk_team_cycle_step')),
        sa.UniqueConstraint('team_cycle', 'seq', 'kind', 'at', name=op.f('uq_team_cycle_step_team_cycle_seq_kind_at')),
    )
    op.create_index(op.f('ix_team_cycle_step_day'), 'team_cycle_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
