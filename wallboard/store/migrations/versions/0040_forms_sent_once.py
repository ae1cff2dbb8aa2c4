"""A form that a browser sends again, as it never got the answer to it, is taken once."""

import sqlalchemy as sa
from alembic import op

import wallboard.store.types

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('sent_form',
    sa.Column('user_id', _NUMBER, nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('goes_to', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sent_form_user_id')),
    sa.PrimaryKeyConstraint('user_id', 'key', name=op.f('pk_sent_form'))
    )
