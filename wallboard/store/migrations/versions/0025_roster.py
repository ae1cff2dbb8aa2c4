"""The roster of the few: opportunities rated and put there, what stands in the way, and initiatives beside it."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'room_limit',
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('most', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_room_limit')),
    )
    op.create_table(
        'opportunity_rating',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('opportunity', _NUMBER, nullable=False),
        sa.Column('impact', sa.Integer(), nullable=True),
        sa.Column('effort', sa.Integer(), nullable=True),
        sa.Column('votes', sa.Integer(), nullable=True),
        sa.Column('words', sa.Text(), nullable=True),
        sa.CheckConstraint('(impact BETWEEN 1 AND 5 AND effort BETWEEN 1 AND 5 AND impact IS NOT NULL AND effort IS NOT NULL AND votes IS NULL) OR (votes BETWEEN 1 AND 1000000 AND votes IS NOT NULL AND impact IS NULL AND effort IS NULL AND coalesce(length(trim(words)), 0) > 0)', name=op.f('ck_opportunity_rating_rated')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_opportunity_rating_actor')),
        sa.ForeignKeyConstraint(['opportunity'], ['opportunity.id'], name=op.f('fk_opportunity_rating_opportunity')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity_rating')),
    )
    op.create_index(op.f('ix_opportunity_rating_opportunity'), 'opportunity_rating', ['opportunity'], unique=False)
    op.create_table(
        'roster_item',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('opportunity', _NUMBER, nullable=False),
        sa.Column('user_id', _NUMBER, nullable=False),
        sa.Column('issue_type', sa.String(length=60), nullable=False),
        sa.Column('less_by', sa.Integer(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.CheckConstraint('less_by BETWEEN 1 AND 100', name=op.f('ck_roster_item_less_by')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_roster_item_actor')),
        sa.ForeignKeyConstraint(['opportunity'], ['opportunity.id'], name=op.f('fk_roster_item_opportunity')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_roster_item_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_item')),
    )
    op.create_index(op.f('ix_roster_item_opportunity'), 'roster_item', ['opportunity'], unique=False)
    op.create_table(
        'initiative',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('function', sa.String(length=60), nullable=False),
        sa.Column('touchpoint', sa.String(length=60), nullable=False),
        sa.Column('roster_item', _NUMBER, nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_initiative_actor')),
        sa.ForeignKeyConstraint(['roster_item'], ['roster_item.id'], name=op.f('fk_initiative_roster_item')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_initiative')),
    )
    op.create_index(op.f('ix_initiative_roster_item'), 'initiative', ['roster_item'], unique=False)
    op.create_table(
        'roster_item_step',
        sa.Column('roster_item', _NUMBER, nullable=False),
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
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_roster_item_step_actor')),
        sa.ForeignKeyConstraint(['roster_item', 'refers', 'refers_kind', 'refers_at'], ['roster_item_step.roster_item', 'roster_item_step.seq', 'roster_item_step.kind', 'roster_item_step.at'], name=op.f('fk_roster_item_step_roster_item_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['roster_item'], ['roster_item.id'], name=op.f('fk_roster_item_step_roster_item')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_roster_item_step_user_id')),
        sa.PrimaryKeyConstraint('roster_item', 'seq', name=op.f('pk_roster_item_step')),
        sa.UniqueConstraint('roster_item', 'seq', 'kind', 'at', name=op.f('uq_roster_item_step_roster_item_seq_kind_at')),
    )
    op.create_index(op.f('ix_roster_item_step_day'), 'roster_item_step', ['day'], unique=False)
    op.create_table(
        'initiative_step',
        sa.Column('initiative', _NUMBER, nullable=False),
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
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_initiative_step_actor')),
        sa.ForeignKeyConstraint(['initiative', 'refers', 'refers_kind', 'refers_at'], ['initiative_step.initiative', 'initiative_step.seq', 'initiative_step.kind', 'initiative_step.at'], name=op.f('fk_initiative_step_initiative_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['initiative'], ['initiative.id'], name=op.f('fk_initiative_step_initiative')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_initiative_step_user_id')),
        sa.PrimaryKeyConstraint('initiative', 'seq', name=op.f('pk_initiative_step')),
        sa.UniqueConstraint('initiative', 'seq', 'kind', 'at', name=op.f('uq_initiative_step_initiative_seq_kind_at')),
    )
    op.create_index(op.f('ix_initiative_step_day'), 'initiative_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
