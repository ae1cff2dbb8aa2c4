"""Letters that invite to a session: what a letter is about, and of an invitation which change of the session it tells."""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('mail_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about', sa.String(length=10), nullable=False, server_default='minutes'))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), nullable=False, server_default='0'))
        batch_op.drop_constraint(batch_op.f('uq_mail_message_room_session_user_id'), type_='unique')
        batch_op.create_unique_constraint(
            batch_op.f('uq_mail_message_room_session_user_id_about_sequence'), ['room_session', 'user_id', 'about', 'sequence']
        )


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
