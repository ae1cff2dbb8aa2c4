"""Visits, order lines, roles at a touchpoint, who can solve what, hours shared; who answers for a handoff; what was found and became an
opportunity.
"""

import sqlalchemy as sa
import wallboard.store.types
from alembic import op

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('visit_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.Column('no_access', sa.Integer(), nullable=False),
    sa.Column('informed', sa.Integer(), nullable=False),
    sa.Column('informed_known', sa.Integer(), nullable=False),
    sa.Column('equipped', sa.Integer(), nullable=False),
    sa.Column('equipped_known', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Float(), nullable=False),
    sa.Column('timed', sa.Integer(), nullable=False),
    sa.Column('jobs', sa.Integer(), nullable=False),
    sa.Column('fixed_first', sa.Integer(), nullable=False),
    sa.Column('returns', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'touchpoint', name=op.f('pk_visit_day'))
    )
    op.create_table('shared_hours',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', _NUMBER, nullable=False),
    sa.Column('function', sa.String(length=60), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hours', sa.Float(), nullable=False),
    sa.Column('hours_shared', sa.Float(), nullable=False),
    sa.CheckConstraint('hours >= 0 AND hours_shared >= 0 AND hours_shared <= hours', name=op.f('ck_shared_hours_hours')),
    sa.ForeignKeyConstraint(['function'], ['function.function'], name=op.f('fk_shared_hours_function')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_shared_hours_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_hours')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_shared_hours_source_source_key'))
    )
    op.create_index(op.f('ix_shared_hours_day'), 'shared_hours', ['day'], unique=False)
    op.create_table('expertise',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', _NUMBER, nullable=False),
    sa.Column('employee', sa.String(length=80), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('refers_to', sa.String(length=80), nullable=True),
    sa.CheckConstraint('refers_to IS NULL OR refers_to <> employee', name=op.f('ck_expertise_refers_to')),
    sa.ForeignKeyConstraint(['employee'], ['employee.employee'], name=op.f('fk_expertise_employee')),
    sa.ForeignKeyConstraint(['issue_type'], ['issue_type.issue_type'], name=op.f('fk_expertise_issue_type')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_expertise_load_run_id')),
    sa.ForeignKeyConstraint(['refers_to'], ['employee.employee'], name=op.f('fk_expertise_refers_to')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expertise')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_expertise_source_source_key'))
    )
    op.create_table('order_line',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', _NUMBER, nullable=False),
    sa.Column('order_no', sa.String(length=80), nullable=False),
    sa.Column('line_no', sa.String(length=40), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('requested_on', sa.Date(), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('quantity', sa.Float(), nullable=False),
    sa.Column('delivered', sa.Float(), nullable=True),
    sa.Column('delivered_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.CheckConstraint('delivered >= 0', name=op.f('ck_order_line_delivered')),
    sa.CheckConstraint('quantity > 0', name=op.f('ck_order_line_quantity')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_order_line_load_run_id')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_order_line_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_line')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_order_line_source_source_key'))
    )
    op.create_index(op.f('ix_order_line_requested_on'), 'order_line', ['requested_on'], unique=False)
    op.create_table('touchpoint_role',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', _NUMBER, nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=False),
    sa.Column('employee', sa.String(length=80), nullable=True),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint("role IN ('accountable', 'contributes')", name=op.f('ck_touchpoint_role_role')),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_touchpoint_role_valid_to')),
    sa.ForeignKeyConstraint(['employee'], ['employee.employee'], name=op.f('fk_touchpoint_role_employee')),
    sa.ForeignKeyConstraint(['function'], ['function.function'], name=op.f('fk_touchpoint_role_function')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_touchpoint_role_load_run_id')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_touchpoint_role_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_touchpoint_role')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_touchpoint_role_source_source_key'))
    )
    op.create_index(op.f('ix_touchpoint_role_touchpoint'), 'touchpoint_role', ['touchpoint'], unique=False)
    op.create_table('visit',
    sa.Column('id', _NUMBER, autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', _NUMBER, nullable=False),
    sa.Column('job', sa.String(length=80), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=True),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('started_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('ended_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('result', sa.String(length=12), nullable=False),
    sa.Column('full_information', sa.Boolean(), nullable=True),
    sa.Column('right_tools', sa.Boolean(), nullable=True),
    sa.Column('customer_minutes', sa.Float(), nullable=True),
    sa.CheckConstraint("result IN ('fixed', 'not fixed', 'no access')", name=op.f('ck_visit_result')),
    sa.CheckConstraint('customer_minutes >= 0', name=op.f('ck_visit_customer_minutes')),
    sa.CheckConstraint('ended_at IS NULL OR ended_at >= started_at', name=op.f('ck_visit_ended_at')),
    sa.ForeignKeyConstraint(['function'], ['function.function'], name=op.f('fk_visit_function')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_visit_load_run_id')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_visit_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_visit_source_source_key'))
    )
    op.create_index(op.f('ix_visit_day'), 'visit', ['day'], unique=False)
    op.create_index(op.f('ix_visit_job'), 'visit', ['job'], unique=False)
    op.add_column('handoff', sa.Column('owner', sa.String(length=80), nullable=True))
    op.add_column('opportunity', sa.Column('finding', sa.String(length=160), nullable=True))
    op.create_index(op.f('ix_opportunity_finding'), 'opportunity', ['finding'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
