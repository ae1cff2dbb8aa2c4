"""Where people get mail, and the letters with the minutes of a session."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('mail_address',
    sa.Column('user_id', _NUMBER, nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', _NUMBER, nullable=True),
    sa.CheckConstraint("address LIKE '%_@_%' AND length(address) <= 254", name=op.f('ck_mail_address_address')),
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_mail_address_actor')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_mail_address_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_mail_address'))
    )
    op.create_table('mail_message',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('room_session', _NUMBER, nullable=False),
    sa.Column('user_id', _NUMBER, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', _NUMBER, nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('taken_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_mail_message_tries')),
    sa.ForeignKeyConstraint(['actor'], ['user_account.id'], name=op.f('fk_mail_message_actor')),
    sa.ForeignKeyConstraint(['room_session'], ['room_session.id'], name=op.f('fk_mail_message_room_session')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_mail_message_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_message')),
    sa.UniqueConstraint('room_session', 'user_id', name=op.f('uq_mail_message_room_session_user_id'))
    )
    op.create_index(op.f('ix_mail_message_state'), 'mail_message', ['state'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
