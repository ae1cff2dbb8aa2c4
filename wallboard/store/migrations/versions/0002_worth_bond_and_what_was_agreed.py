"""Worth, bond and what was agreed."""

import sqlalchemy as sa
import wallboard.store.types
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Facts have another grain now; the next load makes them again from the rows that are kept.
    for fact in ('customer_day', 'customer_event', 'customer_month', 'score_day', 'lost_day'):
        op.drop_table(fact)
    op.create_table('account_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('account', sa.String(length=80), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'account', name=op.f('pk_account_month'))
    )
    with op.batch_alter_table('account_month', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_month_month_perimeter_value'), ['month', 'perimeter', 'value'], unique=False)

    op.create_table('behaviour_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('behaviour', sa.String(length=60), nullable=False),
    sa.Column('growing', sa.Integer(), nullable=False),
    sa.Column('stable', sa.Integer(), nullable=False),
    sa.Column('declining', sa.Integer(), nullable=False),
    sa.Column('new', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'customer_group', 'behaviour', name=op.f('pk_behaviour_month'))
    )
    op.create_table('contact_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('complaint', sa.Boolean(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Float(), nullable=False),
    sa.Column('uncosted', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Float(), nullable=False),
    sa.Column('untimed', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'stage', 'touchpoint', 'issue_type', 'complaint', name=op.f('pk_contact_month'))
    )
    op.create_table('customer_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=9), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'customer_group', 'kind', name=op.f('pk_customer_day'))
    )
    op.create_table('customer_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('customer_group', sa.String(length=60), server_default='', nullable=False),
    sa.Column('from_group', sa.String(length=60), server_default='', nullable=False),
    sa.Column('value', sa.Float(), nullable=True),
    sa.Column('rule', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=60), server_default='', nullable=False),
    sa.Column('reason_source', sa.String(length=16), server_default='', nullable=False),
    sa.Column('reason_words', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('new', 'won back', 'lost', 'changed', 'moved')", name=op.f('ck_customer_event_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_event')),
    sa.UniqueConstraint('customer', 'perimeter', 'day', 'kind', 'rule', name=op.f('uq_customer_event_customer_perimeter_day_kind_rule'))
    )
    with op.batch_alter_table('customer_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_event_customer'), ['customer'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_event_kind_day'), ['kind', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_event_kind_reason_source_day'), ['kind', 'reason_source', 'day'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_event_month'), ['month'], unique=False)

    op.create_table('customer_month',
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('active', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('perimeter', 'month', 'customer_group', name=op.f('pk_customer_month'))
    )
    op.create_table('customer_movement',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=11), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'customer_group', 'kind', name=op.f('pk_customer_movement'))
    )
    op.create_table('invitation_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('survey', sa.String(length=80), nullable=False),
    sa.Column('invited', sa.Integer(), nullable=False),
    sa.Column('ineligible', sa.Integer(), nullable=False),
    sa.Column('completed', sa.Integer(), nullable=False),
    sa.Column('partial', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'survey', name=op.f('pk_invitation_day'))
    )
    op.create_table('question',
    sa.Column('survey', sa.String(length=80), nullable=False),
    sa.Column('measure', sa.String(length=12), nullable=False),
    sa.Column('formula', sa.String(length=32), nullable=False),
    sa.Column('scale_min', sa.Float(), nullable=False),
    sa.Column('scale_max', sa.Float(), nullable=False),
    sa.Column('wording', sa.Text(), nullable=True),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('survey', 'measure', 'formula', 'scale_min', 'scale_max', name=op.f('pk_question'))
    )
    op.create_table('reason_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.String(length=60), nullable=False),
    sa.Column('reason_source', sa.String(length=16), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'kind', 'reason', 'reason_source', name=op.f('pk_reason_day'))
    )
    op.create_table('referral_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('referrers', sa.Integer(), nullable=False),
    sa.Column('referred', sa.Integer(), nullable=False),
    sa.Column('converted', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'months', 'perimeter', 'customer_group', name=op.f('pk_referral_month'))
    )
    op.create_table('renewal_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('decided', sa.Date(), nullable=False),
    sa.Column('contracts', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('renewed_value', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'customer_group', 'outcome', 'decided', name=op.f('pk_renewal_month'))
    )
    op.create_table('retention_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('expansion', sa.Float(), nullable=False),
    sa.Column('contraction', sa.Float(), nullable=False),
    sa.Column('churn', sa.Float(), nullable=False),
    sa.Column('value_unknown', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'months', 'perimeter', 'customer_group', name=op.f('pk_retention_month'))
    )
    op.create_table('score_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('survey', sa.String(length=80), nullable=False),
    sa.Column('measure', sa.String(length=12), nullable=False),
    sa.Column('formula', sa.String(length=32), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('scale_min', sa.Float(), nullable=False),
    sa.Column('scale_max', sa.Float(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('total', sa.Float(), nullable=False),
    sa.Column('squares', sa.Float(), nullable=False),
    sa.Column('high', sa.Integer(), nullable=False),
    sa.Column('low', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'survey', 'measure', 'formula', 'stage', 'touchpoint', 'scale_min', 'scale_max', name=op.f('pk_score_day'))
    )
    op.create_table('tier_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('tier', sa.String(length=40), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('revenue', sa.Float(), nullable=False),
    sa.Column('direct_cost', sa.Float(), nullable=False),
    sa.Column('cost_to_serve', sa.Float(), nullable=False),
    sa.Column('partly_costed', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'customer_group', 'tier', name=op.f('pk_tier_month'))
    )
    op.create_table('tier_move',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('from_tier', sa.String(length=40), nullable=False),
    sa.Column('to_tier', sa.String(length=40), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('by_rule', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'months', 'perimeter', 'from_tier', 'to_tier', name=op.f('pk_tier_move'))
    )
    op.create_table('whale_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeters', sa.String(length=400), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('customers', sa.Integer(), nullable=False),
    sa.Column('profit', sa.Float(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeters', 'step', name=op.f('pk_whale_month'))
    )
    op.create_table('winback_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('lost', sa.Integer(), nullable=False),
    sa.Column('within_90', sa.Integer(), nullable=False),
    sa.Column('within_180', sa.Integer(), nullable=False),
    sa.Column('within_365', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'customer_group', name=op.f('pk_winback_month'))
    )
    op.create_table('behaviour',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('behaviour', sa.String(length=60), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=True),
    sa.Column('is_key', sa.Boolean(), nullable=False),
    sa.Column('grows_at', sa.Float(), nullable=False),
    sa.Column('compared_with', sa.String(length=20), nullable=False),
    sa.CheckConstraint("compared_with IN ('month before', 'same month last year')", name=op.f('ck_behaviour_compared_with')),
    sa.CheckConstraint('grows_at > 0', name=op.f('ck_behaviour_grows_at')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_behaviour_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_behaviour')),
    sa.UniqueConstraint('behaviour', name=op.f('uq_behaviour_behaviour')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_behaviour_source_source_key'))
    )
    op.create_table('customer_alias',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('alias', sa.String(length=80), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=False),
    sa.CheckConstraint('alias <> customer', name=op.f('ck_customer_alias_of_another')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_customer_alias_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_alias')),
    sa.UniqueConstraint('alias', name=op.f('uq_customer_alias_alias')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_customer_alias_source_source_key'))
    )
    with op.batch_alter_table('customer_alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_alias_customer'), ['customer'], unique=False)

    op.create_table('customer_money',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('month_key', sa.String(length=160), nullable=False),
    sa.Column('revenue', sa.Float(), nullable=True),
    sa.Column('direct_cost', sa.Float(), nullable=True),
    sa.Column('cost_to_serve', sa.Float(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_customer_money_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_money')),
    sa.UniqueConstraint('month_key', name=op.f('uq_customer_money_month_key')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_customer_money_source_source_key'))
    )
    with op.batch_alter_table('customer_money', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_money_customer_month'), ['customer', 'month'], unique=False)
        batch_op.create_index(batch_op.f('ix_customer_money_month'), ['month'], unique=False)

    op.create_table('exchange_rate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('rate', sa.Float(), nullable=False),
    sa.CheckConstraint('rate > 0', name=op.f('ck_exchange_rate_rate')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_exchange_rate_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exchange_rate')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_exchange_rate_source_source_key'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survey', sa.String(length=80), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('sent_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.CheckConstraint("outcome IN ('completed', 'partial', 'no answer', 'bounced', 'ineligible', 'unknown')", name=op.f('ck_invitation_outcome')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_invitation_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_invitation_source_source_key'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_day'), ['day'], unique=False)

    op.create_table('meeting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=True),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.CheckConstraint('held_on IS NULL OR held_on >= planned_on', name=op.f('ck_meeting_held_as_planned_or_later')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_meeting_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_meeting_source_source_key'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_planned_on'), ['planned_on'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=False),
    sa.Column('customer_group', sa.String(length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_to > valid_from', name=op.f('ck_membership_ends_after_start')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_membership_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_membership_source_source_key'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_customer'), ['customer'], unique=False)

    op.create_table('referral',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('referrer', sa.String(length=80), nullable=True),
    sa.Column('referred_customer', sa.String(length=80), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('referred_on', sa.Date(), nullable=False),
    sa.Column('converted_on', sa.Date(), nullable=True),
    sa.Column('value', sa.Float(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.CheckConstraint('converted_on IS NULL OR converted_on >= referred_on', name=op.f('ck_referral_converted_after_referred')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_referral_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_referral_source_source_key'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_referred_on'), ['referred_on'], unique=False)

    op.create_table('tier',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tier', sa.String(length=40), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at_least', sa.Float(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_tier_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tier')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_tier_source_source_key'))
    )
    op.create_table('unit_cost',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('activity', sa.String(length=80), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('amount', sa.Float(), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('customer_minutes', sa.Float(), nullable=True),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_unit_cost_amount')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_unit_cost_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_cost')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_unit_cost_source_source_key'))
    )
    op.create_table('customer_behaviour',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('customer', sa.String(length=80), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('behaviour', sa.String(length=60), nullable=False),
    sa.Column('month_key', sa.String(length=220), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.ForeignKeyConstraint(['behaviour'], ['behaviour.behaviour'], name=op.f('fk_customer_behaviour_behaviour')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_customer_behaviour_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_behaviour')),
    sa.UniqueConstraint('month_key', name=op.f('uq_customer_behaviour_month_key')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_customer_behaviour_source_source_key'))
    )
    with op.batch_alter_table('customer_behaviour', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_customer_behaviour_behaviour_month'), ['behaviour', 'month'], unique=False)

    op.create_table('action',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('about', sa.String(length=12), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=True),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('why', sa.Text(), nullable=True),
    sa.Column('said', sa.Text(), nullable=True),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('presented_on', sa.Date(), nullable=True),
    sa.Column('value', sa.Float(), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('basis', sa.Text(), nullable=True),
    sa.CheckConstraint("about IN ('customer', 'tier', 'reason', 'metric', 'stage')", name=op.f('ck_action_about')),
    sa.CheckConstraint('done_on IS NULL OR done_on >= since', name=op.f('ck_action_done_after_since')),
    sa.CheckConstraint('value IS NULL OR basis IS NOT NULL', name=op.f('ck_action_value_has_basis')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_action_load_run_id')),
    sa.ForeignKeyConstraint(['owner'], ['person.person'], name=op.f('fk_action_owner')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_action_stage')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_action_source_source_key'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_about_done_on'), ['about', 'done_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_about_subject_since'), ['about', 'subject', 'since'], unique=False)

    op.create_table('metric_definition',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('metric', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('definition', sa.Text(), nullable=True),
    sa.Column('formula', sa.Text(), nullable=True),
    sa.Column('owner', sa.String(length=80), nullable=True),
    sa.Column('owner_body', sa.Text(), nullable=True),
    sa.Column('priority', sa.Boolean(), nullable=False),
    sa.CheckConstraint('version > 0', name=op.f('ck_metric_definition_version')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_metric_definition_load_run_id')),
    sa.ForeignKeyConstraint(['owner'], ['person.person'], name=op.f('fk_metric_definition_owner')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_metric_definition')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_metric_definition_source_source_key'))
    )
    op.create_table('target',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('metric', sa.String(length=60), nullable=False),
    sa.Column('applies_to', sa.String(length=60), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('set_by', sa.String(length=80), nullable=True),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_target_load_run_id')),
    sa.ForeignKeyConstraint(['set_by'], ['person.person'], name=op.f('fk_target_set_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_target_source_source_key'))
    )
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contract', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('term_ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('term_months', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('renewed_from', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('joined_reason', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('joined_reason_source', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('joined_reason_words', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_contract_cancel_requested_on'), ['cancel_requested_on'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_contract_joined_reason'), 'reason', ['joined_reason'], ['reason'])
        batch_op.create_check_constraint(batch_op.f('ck_contract_cancelled_after_start'), 'cancel_requested_on IS NULL OR cancel_requested_on >= started_on')
        batch_op.create_check_constraint(batch_op.f('ck_contract_term_after_start'), 'term_ends_on IS NULL OR term_ends_on > started_on')
        batch_op.create_check_constraint(batch_op.f('ck_contract_term_months'), 'term_months IS NULL OR term_months > 0')
        batch_op.create_check_constraint(batch_op.f('ck_contract_joined_reason_source'), "joined_reason_source IN ('customer said', 'staff entered', 'inferred', 'unknown')")

    with op.batch_alter_table('customer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('contact', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_customer_parent'), ['parent'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_customer_not_its_own_parent'), 'parent IS NULL OR parent <> customer')

    with op.batch_alter_table('reason', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=6), server_default='left', nullable=False))
        batch_op.add_column(sa.Column('stage', sa.String(length=60), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_reason_stage'), 'stage', ['stage'], ['stage'])
        batch_op.create_check_constraint(batch_op.f('ck_reason_kind'), "kind IN ('left', 'joined')")

    with op.batch_alter_table('survey_response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('formula', sa.String(length=32), server_default='', nullable=False))
        batch_op.drop_constraint(batch_op.f('ck_survey_response_measure'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_survey_response_measure'), "measure IN ('NPS', 'CSAT', 'CES', 'rating', 'trust')")
        batch_op.create_check_constraint(batch_op.f('ck_survey_response_formula'), "formula IN ('', 'promoters less detractors', 'top-2 share', 'top-3 share', 'mean', 'high less low')")



def downgrade() -> None:
    raise NotImplementedError("Facts were made anew: go back with a copy of the store.")
