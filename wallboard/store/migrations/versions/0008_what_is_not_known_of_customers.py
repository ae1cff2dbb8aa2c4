"""What is not known of customers travels with every sum: values, days of leaving, and who left and came back."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KINDS = "kind IN ('new', 'won back', 'lost', 'changed', {}'moved')"
COUNTED = (('retention_month', 'returned'), ('reason_day', 'value_unknown'), ('account_month', 'value_unknown'))


def upgrade() -> None:
    """The facts stay until the next load counts them again."""
    for table, column in COUNTED:
        op.add_column(table, sa.Column(column, sa.Integer(), nullable=False, server_default='0'))
    _kinds(KINDS.format("'revalued', "))
    op.create_table('undated_loss',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'customer_group', name=op.f('pk_undated_loss'))
    )


def downgrade() -> None:
    """Nobody knows any more which value was not known."""
    op.drop_table('undated_loss')
    op.execute("DELETE FROM customer_event WHERE kind = 'revalued'")
    _kinds(KINDS.format(''))
    for table, column in COUNTED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)


def _kinds(allowed: str) -> None:
    """SQLite makes the table anew, without the constraints that it does not know by name."""
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_customer_event_kind'), 'customer_event', type_='check')
    with op.batch_alter_table('customer_event', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_customer_event_kind'), allowed)
