"""What happened: events that a source brings, those that people write at the console, and those that were taken back."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
_KINDS = "('release', 'price change', 'strike', 'new supplier', 'outage', 'campaign', 'other')"


def upgrade() -> None:
    op.create_table(
        'event',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('source', sa.String(length=80), nullable=False),
        sa.Column('source_key', sa.String(length=400), nullable=False),
        sa.Column('row_hash', sa.BigInteger(), nullable=False),
        sa.Column('load_run_id', _NUMBER, nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=True),
        sa.Column('stage', sa.String(length=60), nullable=True),
        sa.Column('touchpoint', sa.String(length=60), nullable=True),
        sa.Column('issue_type', sa.String(length=60), nullable=True),
        sa.Column('metric', sa.String(length=60), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('words', sa.Text(), nullable=False),
        sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_event_ends_after_start')),
        sa.ForeignKeyConstraint(['issue_type'], ['issue_type.issue_type'], name=op.f('fk_event_issue_type')),
        sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_event_load_run_id')),
        sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_event_stage')),
        sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_event_touchpoint')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
        sa.UniqueConstraint('source', 'source_key', name=op.f('uq_event_source_source_key')),
    )
    op.create_index(op.f('ix_event_starts_on'), 'event', ['starts_on'], unique=False)
    op.create_table(
        'event_entry',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=True),
        sa.Column('stage', sa.String(length=60), nullable=True),
        sa.Column('touchpoint', sa.String(length=60), nullable=True),
        sa.Column('issue_type', sa.String(length=60), nullable=True),
        sa.Column('metric', sa.String(length=60), nullable=True),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=True),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('explains', sa.Date(), nullable=True),
        sa.CheckConstraint(f'kind IN {_KINDS}', name=op.f('ck_event_entry_kind')),
        sa.CheckConstraint('ends_on IS NULL OR ends_on >= starts_on', name=op.f('ck_event_entry_ends_after_start')),
        sa.CheckConstraint('starts_on <= day', name=op.f('ck_event_entry_has_begun')),
        sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_event_entry_said')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_event_entry_actor')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_event_entry')),
    )
    op.create_index(op.f('ix_event_entry_starts_on'), 'event_entry', ['starts_on'], unique=False)
    op.create_table(
        'event_withdrawal',
        sa.Column('entry', _NUMBER, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_event_withdrawal_said')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_event_withdrawal_actor')),
        sa.ForeignKeyConstraint(['entry'], ['event_entry.id'], name=op.f('fk_event_withdrawal_entry')),
        sa.PrimaryKeyConstraint('entry', name=op.f('pk_event_withdrawal')),
    )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
