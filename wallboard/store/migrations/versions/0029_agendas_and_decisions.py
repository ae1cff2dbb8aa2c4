"""Agendas of sessions, what sessions decide with every vote, and how mature a room is."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'room_maturity',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('perimeter', sa.String(length=60), nullable=False),
        sa.Column('level', sa.Integer(), nullable=False),
        sa.Column('evidence', sa.Text(), nullable=False),
        sa.CheckConstraint('level BETWEEN 1 AND 5', name=op.f('ck_room_maturity_level')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_room_maturity_actor')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_room_maturity')),
    )
    op.create_table(
        'agenda_item',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('room_session', _NUMBER, nullable=False),
        sa.Column('place', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('scene', sa.String(length=120), nullable=True),
        sa.Column('template', sa.String(length=40), nullable=True),
        sa.Column('fills', sa.String(length=20), nullable=True),
        sa.Column('carried_from', _NUMBER, nullable=True),
        sa.CheckConstraint('minutes BETWEEN 1 AND 240', name=op.f('ck_agenda_item_minutes')),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_agenda_item_actor')),
        sa.ForeignKeyConstraint(['carried_from'], ['agenda_item.id'], name=op.f('fk_agenda_item_carried_from')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_agenda_item_room_session')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item')),
        sa.UniqueConstraint('carried_from', name=op.f('uq_agenda_item_carried_from')),
    )
    op.create_index(op.f('ix_agenda_item_room_session'), 'agenda_item', ['room_session'], unique=False)
    op.create_table(
        'decision',
        sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
        sa.Column('at', wallboard.store.types.Instant(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('actor', _NUMBER, nullable=False),
        sa.Column('room_session', _NUMBER, nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('implications', sa.Text(), nullable=False),
        sa.Column('review_on', sa.Date(), nullable=False),
        sa.Column('share', sa.Integer(), nullable=False),
        sa.Column('quorum', sa.Integer(), nullable=False),
        sa.Column('functions', sa.Integer(), nullable=False),
        sa.Column('touchpoint', sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_decision_actor')),
        sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_decision_room_session')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decision')),
    )
    op.create_index(op.f('ix_decision_review_on'), 'decision', ['review_on'], unique=False)
    op.create_index(op.f('ix_decision_room_session'), 'decision', ['room_session'], unique=False)
    op.create_table(
        'agenda_item_step',
        sa.Column('agenda_item', _NUMBER, nullable=False),
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
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_agenda_item_step_actor')),
        sa.ForeignKeyConstraint(['agenda_item', 'refers', 'refers_kind', 'refers_at'], ['agenda_item_step.agenda_item', 'agenda_item_step.seq', 'agenda_item_step.kind', 'agenda_item_step.at'], name=op.f('fk_agenda_item_step_agenda_item_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['agenda_item'], ['agenda_item.id'], name=op.f('fk_agenda_item_step_agenda_item')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_agenda_item_step_user_id')),
        sa.PrimaryKeyConstraint('agenda_item', 'seq', name=op.f('pk_agenda_item_step')),
        sa.UniqueConstraint('agenda_item', 'seq', 'kind', 'at', name=op.f('uq_agenda_item_step_agenda_item_seq_kind_at')),
    )
    op.create_index(op.f('ix_agenda_item_step_day'), 'agenda_item_step', ['day'], unique=False)
    op.create_table(
        'decision_step',
        sa.Column('decision', _NUMBER, nullable=False),
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
        sa.Column('vote', sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_decision_step_actor')),
        sa.ForeignKeyConstraint(['decision', 'refers', 'refers_kind', 'refers_at'], ['decision_step.decision', 'decision_step.seq', 'decision_step.kind', 'decision_step.at'], name=op.f('fk_decision_step_decision_refers_refers_kind_refers_at')),
        sa.ForeignKeyConstraint(['decision'], ['decision.id'], name=op.f('fk_decision_step_decision')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_decision_step_user_id')),
        sa.PrimaryKeyConstraint('decision', 'seq', name=op.f('pk_decision_step')),
        sa.UniqueConstraint('decision', 'seq', 'kind', 'at', name=op.f('uq_decision_step_decision_seq_kind_at')),
    )
    op.create_index(op.f('ix_decision_step_day'), 'decision_step', ['day'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
