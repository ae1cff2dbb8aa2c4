"""The life of an issue."""

import sqlalchemy as sa
import wallboard.store.types
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cause_month',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('handled_by', sa.String(length=60), nullable=False),
    sa.Column('cause', sa.String(length=60), nullable=False),
    sa.Column('complaint', sa.Boolean(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('cost', sa.Float(), nullable=False),
    sa.Column('uncosted', sa.Integer(), nullable=False),
    sa.Column('with_words', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('month', 'perimeter', 'handled_by', 'cause', 'complaint', name=op.f('pk_cause_month'))
    )
    op.create_table('contact_repeat_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('issue_type', sa.String(length=60), nullable=False),
    sa.Column('window_days', sa.Integer(), nullable=False),
    sa.Column('contacts', sa.Integer(), nullable=False),
    sa.Column('firsts', sa.Integer(), nullable=False),
    sa.Column('returned', sa.Integer(), nullable=False),
    sa.Column('repeats', sa.Integer(), nullable=False),
    sa.Column('unknown', sa.Integer(), nullable=False),
    sa.Column('merged', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'issue_type', name=op.f('pk_contact_repeat_day'))
    )
    op.create_table('evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('heard_through', sa.String(length=80), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=True),
    sa.Column('source_key', sa.String(length=400), nullable=True),
    sa.Column('customer', sa.String(length=80), nullable=True),
    sa.Column('said_by', sa.Text(), nullable=True),
    sa.Column('occurred_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('language', sa.String(length=12), nullable=True),
    sa.Column('recording', sa.Text(), nullable=True),
    sa.Column('kept_at', wallboard.store.types.Instant(), nullable=False),
    sa.CheckConstraint("kind IN ('ticket', 'review', 'call', 'post', 'interview', 'survey')", name=op.f('ck_evidence_kind')),
    sa.CheckConstraint('coalesce(length(trim(words)), 0) + coalesce(length(trim(recording)), 0) > 0', name=op.f('ck_evidence_words_or_recording')),
    sa.CheckConstraint('occurred_at <= kept_at', name=op.f('ck_evidence_said_before_kept')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    op.create_table('golden_rule',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.CheckConstraint('version > 0', name=op.f('ck_golden_rule_version')),
    sa.PrimaryKeyConstraint('number', 'version', name=op.f('pk_golden_rule'))
    )
    op.create_table('member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('login', sa.String(length=80), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=True),
    sa.Column('password', sa.Text(), nullable=False),
    sa.Column('added_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('left_at', wallboard.store.types.Instant(), nullable=True),
    sa.CheckConstraint("role IN ('president', 'leader', 'facilitator', 'team member', 'guest')", name=op.f('ck_member_role')),
    sa.CheckConstraint('length(trim(login)) > 0 AND length(trim(name)) > 0', name=op.f('ck_member_named')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('login', name=op.f('uq_member_login'))
    )
    op.create_table('permission',
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.CheckConstraint("role IN ('president', 'leader', 'facilitator', 'team member', 'guest')", name=op.f('ck_permission_role')),
    sa.PrimaryKeyConstraint('role', 'kind', name=op.f('pk_permission'))
    )
    op.create_table('ticket_cycle',
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('tickets', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('week', 'perimeter', 'days', name=op.f('pk_ticket_cycle')),
    sqlite_with_rowid=False
    )
    op.create_table('ticket_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.Column('arrived', sa.Integer(), nullable=False),
    sa.Column('reopened', sa.Integer(), nullable=False),
    sa.Column('in_work', sa.Integer(), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.Column('with_customer', sa.Integer(), nullable=False),
    sa.Column('departed', sa.Integer(), nullable=False),
    sa.Column('unstarted', sa.Integer(), nullable=False),
    sa.Column('since', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('arrived_total', sa.Integer(), nullable=False),
    sa.Column('in_work_total', sa.Integer(), nullable=False),
    sa.Column('waiting_total', sa.Integer(), nullable=False),
    sa.Column('with_customer_total', sa.Integer(), nullable=False),
    sa.Column('departed_total', sa.Integer(), nullable=False),
    sa.Column('unstarted_total', sa.Integer(), nullable=False),
    sa.Column('open_since', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', name=op.f('pk_ticket_day'))
    )
    with op.batch_alter_table('ticket_day', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_day_perimeter_day'), ['perimeter', 'day'], unique=False)

    op.create_table('ticket_move',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('status', sa.String(length=24), nullable=False),
    sa.Column('started', sa.Integer(), nullable=False),
    sa.Column('tickets', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'status', 'started', name=op.f('pk_ticket_move')),
    sqlite_with_rowid=False
    )
    op.create_table('ticket_open',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('status', sa.String(length=24), nullable=False),
    sa.Column('started', sa.Integer(), nullable=False),
    sa.Column('tickets', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', 'perimeter', 'status', 'started', name=op.f('pk_ticket_open')),
    sqlite_with_rowid=False
    )
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('changed', sa.String(length=40), nullable=False),
    sa.Column('row_key', sa.String(length=80), nullable=False),
    sa.Column('did', sa.String(length=40), nullable=False),
    sa.Column('was', sa.Text(), nullable=True),
    sa.Column('became', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_audit_actor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_row_key'), ['row_key'], unique=False)

    op.create_table('glossary_term',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('term', sa.String(length=80), nullable=False),
    sa.Column('instead', sa.Text(), nullable=True),
    sa.Column('banned', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_glossary_term_load_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_glossary_term')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_glossary_term_source_source_key')),
    sa.UniqueConstraint('term', name=op.f('uq_glossary_term_term'))
    )
    op.create_table('intake',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('evidence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('effect', sa.String(length=8), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('issue_type', sa.String(length=60), nullable=True),
    sa.Column('contacts', sa.Integer(), nullable=True),
    sa.Column('value_at_stake', sa.Float(), nullable=True),
    sa.CheckConstraint("effect IN ('none', 'some', 'strong')", name=op.f('ck_intake_effect')),
    sa.CheckConstraint('length(trim(title)) > 0', name=op.f('ck_intake_titled')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_intake_actor')),
    sa.ForeignKeyConstraint(['evidence'], ['evidence.id'], name=op.f('fk_intake_evidence')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_intake')),
    sa.UniqueConstraint('id', 'evidence', name=op.f('uq_intake_id_evidence'))
    )
    op.create_table('mandate',
    sa.Column('member', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=False),
    sa.Column('since', wallboard.store.types.Instant(), nullable=False),
    sa.Column('until', wallboard.store.types.Instant(), nullable=True),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_mandate_until_after_since')),
    sa.ForeignKeyConstraint(['member'], ['member.id'], name=op.f('fk_mandate_member')),
    sa.PrimaryKeyConstraint('member', 'function', 'since', name=op.f('pk_mandate'))
    )
    op.create_table('sign_in',
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('member', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('expires_at', wallboard.store.types.Instant(), nullable=False),
    sa.CheckConstraint('expires_at > at', name=op.f('ck_sign_in_expires')),
    sa.ForeignKeyConstraint(['member'], ['member.id'], name=op.f('fk_sign_in_member')),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_sign_in'))
    )
    op.create_table('sitting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_sitting_actor')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting'))
    )
    op.create_table('intake_function',
    sa.Column('intake', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['intake'], ['intake.id'], name=op.f('fk_intake_function_intake')),
    sa.PrimaryKeyConstraint('intake', 'function', name=op.f('pk_intake_function'))
    )
    op.create_table('sitting_member',
    sa.Column('sitting', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member'], ['member.id'], name=op.f('fk_sitting_member_member')),
    sa.ForeignKeyConstraint(['sitting'], ['sitting.id'], name=op.f('fk_sitting_member_sitting')),
    sa.PrimaryKeyConstraint('sitting', 'member', name=op.f('pk_sitting_member'))
    )
    op.create_table('verdict',
    sa.Column('intake', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('why', sa.Text(), nullable=True),
    sa.CheckConstraint("verdict IN ('admitted', 'not from a customer', 'single function', 'trivial', 'duplicate', 'out of perimeter')", name=op.f('ck_verdict_verdict')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_verdict_actor')),
    sa.ForeignKeyConstraint(['intake'], ['intake.id'], name=op.f('fk_verdict_intake')),
    sa.PrimaryKeyConstraint('intake', name=op.f('pk_verdict')),
    sa.UniqueConstraint('intake', 'verdict', name=op.f('uq_verdict_intake_verdict'))
    )
    op.create_table('issue',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('intake', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=20), nullable=False),
    sa.Column('evidence', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('issue_type', sa.String(length=60), nullable=True),
    sa.Column('admitted_at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('admitted_on', sa.Date(), nullable=False),
    sa.CheckConstraint("verdict = 'admitted'", name=op.f('ck_issue_admitted')),
    sa.CheckConstraint('length(trim(words)) > 0', name=op.f('ck_issue_in_the_customers_words')),
    sa.ForeignKeyConstraint(['intake', 'evidence'], ['intake.id', 'intake.evidence'], name=op.f('fk_issue_intake_evidence')),
    sa.ForeignKeyConstraint(['intake', 'verdict'], ['verdict.intake', 'verdict.verdict'], name=op.f('fk_issue_intake_verdict')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue')),
    sa.UniqueConstraint('intake', name=op.f('uq_issue_intake'))
    )
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issue_admitted_on'), ['admitted_on'], unique=False)

    op.create_table('decided_on',
    sa.Column('issue', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('figure', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Float(), nullable=True),
    sa.Column('said', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_decided_on_issue')),
    sa.PrimaryKeyConstraint('issue', 'seq', 'figure', name=op.f('pk_decided_on'))
    )
    op.create_table('impact',
    sa.Column('issue', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('touchpoint', sa.String(length=60), nullable=False),
    sa.Column('effect', sa.Text(), nullable=False),
    sa.CheckConstraint('length(trim(effect)) > 0', name=op.f('ck_impact_said')),
    sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_impact_issue')),
    sa.PrimaryKeyConstraint('issue', 'seq', 'touchpoint', name=op.f('pk_impact'))
    )
    op.create_table('issue_function',
    sa.Column('issue', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('function', sa.String(length=60), nullable=False),
    sa.Column('since', wallboard.store.types.Instant(), nullable=False),
    sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_issue_function_issue')),
    sa.PrimaryKeyConstraint('issue', 'function', name=op.f('pk_issue_function'))
    )
    op.create_table('issue_step',
    sa.Column('issue', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('refers', sa.Integer(), nullable=True),
    sa.Column('refers_kind', sa.String(length=16), nullable=True),
    sa.Column('refers_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('implications', sa.Text(), nullable=True),
    sa.Column('member', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('function', sa.String(length=60), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('how', sa.Text(), nullable=True),
    sa.Column('to_whom', sa.Text(), nullable=True),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('sitting', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('jargon', sa.Integer(), nullable=True),
    sa.Column('ease', sa.Float(), nullable=True),
    sa.CheckConstraint("(kind = 'admitted' AND seq = 1 AND refers IS NULL AND refers_kind IS NULL AND refers_at IS NULL) OR (kind = 'owned' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'admitted') OR (kind = 'joined' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'owned') OR (kind = 'alleviation' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'owned') OR (kind = 'alleviated' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'alleviation') OR (kind = 'limit' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'alleviation') OR (kind = 'action' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'alleviation') OR (kind = 'done' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'action') OR (kind = 'decided' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'alleviation') OR (kind = 'reversed' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'decided') OR (kind = 'answered' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'decided') OR (kind = 'presented' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'answered') OR (kind = 'accepted' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'presented') OR (kind = 'refused' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'presented') OR (kind = 'closed' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'accepted') OR (kind = 'reopened' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'closed') OR (kind = 'escalated' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'admitted') OR (kind = 'cause' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'admitted') OR (kind = 'acknowledged' AND refers IS NOT NULL AND refers_at IS NOT NULL AND at >= refers_at AND coalesce(refers_kind, '') = 'cause')", name=op.f('ck_issue_step_refers')),
    sa.CheckConstraint("kind <> 'accepted' OR (coalesce(length(trim(words)), 0) > 0)", name=op.f('ck_issue_step_accepted_says')),
    sa.CheckConstraint("kind <> 'action' OR (coalesce(length(trim(words)), 0) > 0 AND member IS NOT NULL AND due_on IS NOT NULL)", name=op.f('ck_issue_step_action_says')),
    sa.CheckConstraint("kind <> 'alleviation' OR (coalesce(length(trim(words)), 0) > 0 AND member IS NOT NULL AND due_on IS NOT NULL)", name=op.f('ck_issue_step_alleviation_says')),
    sa.CheckConstraint("kind <> 'answered' OR (coalesce(length(trim(words)), 0) > 0 AND jargon IS NOT NULL)", name=op.f('ck_issue_step_answered_says')),
    sa.CheckConstraint("kind <> 'cause' OR (coalesce(length(trim(words)), 0) > 0 AND coalesce(length(trim(function)), 0) > 0)", name=op.f('ck_issue_step_cause_says')),
    sa.CheckConstraint("kind <> 'decided' OR (coalesce(length(trim(words)), 0) > 0 AND coalesce(length(trim(implications)), 0) > 0 AND sitting IS NOT NULL)", name=op.f('ck_issue_step_decided_says')),
    sa.CheckConstraint("kind <> 'escalated' OR (coalesce(length(trim(words)), 0) > 0 AND level IS NOT NULL)", name=op.f('ck_issue_step_escalated_says')),
    sa.CheckConstraint("kind <> 'joined' OR (member IS NOT NULL)", name=op.f('ck_issue_step_joined_says')),
    sa.CheckConstraint("kind <> 'limit' OR (coalesce(length(trim(words)), 0) > 0)", name=op.f('ck_issue_step_limit_says')),
    sa.CheckConstraint("kind <> 'owned' OR (member IS NOT NULL)", name=op.f('ck_issue_step_owned_says')),
    sa.CheckConstraint("kind <> 'presented' OR (coalesce(length(trim(how)), 0) > 0 AND coalesce(length(trim(to_whom)), 0) > 0)", name=op.f('ck_issue_step_presented_says')),
    sa.CheckConstraint("kind <> 'refused' OR (coalesce(length(trim(words)), 0) > 0)", name=op.f('ck_issue_step_refused_says')),
    sa.CheckConstraint("kind <> 'reopened' OR (coalesce(length(trim(words)), 0) > 0)", name=op.f('ck_issue_step_reopened_says')),
    sa.CheckConstraint("kind <> 'reversed' OR (coalesce(length(trim(words)), 0) > 0)", name=op.f('ck_issue_step_reversed_says')),
    sa.CheckConstraint("kind IN ('admitted', 'owned', 'joined', 'alleviation', 'alleviated', 'limit', 'action', 'done', 'decided', 'reversed', 'answered', 'presented', 'accepted', 'refused', 'closed', 'reopened', 'escalated', 'cause', 'acknowledged')", name=op.f('ck_issue_step_kind')),
    sa.CheckConstraint('refers IS NULL OR refers < seq', name=op.f('ck_issue_step_refers_back')),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_issue_step_actor')),
    sa.ForeignKeyConstraint(['issue', 'refers', 'refers_kind', 'refers_at'], ['issue_step.issue', 'issue_step.seq', 'issue_step.kind', 'issue_step.at'], name=op.f('fk_issue_step_issue_refers_refers_kind_refers_at')),
    sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_issue_step_issue')),
    sa.ForeignKeyConstraint(['member'], ['member.id'], name=op.f('fk_issue_step_member')),
    sa.ForeignKeyConstraint(['sitting'], ['sitting.id'], name=op.f('fk_issue_step_sitting')),
    sa.PrimaryKeyConstraint('issue', 'seq', name=op.f('pk_issue_step')),
    sa.UniqueConstraint('issue', 'seq', 'kind', 'at', name=op.f('uq_issue_step_issue_seq_kind_at'))
    )
    with op.batch_alter_table('issue_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issue_step_day'), ['day'], unique=False)

    op.create_table('issue_voice',
    sa.Column('issue', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('since', wallboard.store.types.Instant(), nullable=False),
    sa.Column('actor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['actor'], ['member.id'], name=op.f('fk_issue_voice_actor')),
    sa.ForeignKeyConstraint(['issue'], ['issue.id'], name=op.f('fk_issue_voice_issue')),
    sa.PrimaryKeyConstraint('source', 'source_key', 'issue', name=op.f('pk_issue_voice'))
    )
    op.create_table('ticket_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.Column('source_key', sa.String(length=400), nullable=False),
    sa.Column('row_hash', sa.BigInteger(), nullable=False),
    sa.Column('load_run_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ticket', sa.String(length=80), nullable=False),
    sa.Column('status', sa.String(length=24), nullable=False),
    sa.Column('at', wallboard.store.types.Instant(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=True),
    sa.Column('opened_at', wallboard.store.types.Instant(), nullable=True),
    sa.Column('opened_day', sa.Date(), nullable=True),
    sa.Column('perimeter', sa.String(length=60), nullable=False),
    sa.Column('stage', sa.String(length=60), nullable=True),
    sa.Column('touchpoint', sa.String(length=60), nullable=True),
    sa.Column('issue_type', sa.String(length=60), nullable=True),
    sa.Column('handled_by', sa.String(length=60), nullable=True),
    sa.Column('owner', sa.Text(), nullable=True),
    sa.CheckConstraint("status IN ('new', 'in work', 'waiting', 'waiting for the customer', 'solved', 'closed by the helpdesk')", name=op.f('ck_ticket_event_status')),
    sa.ForeignKeyConstraint(['handled_by'], ['function.function'], name=op.f('fk_ticket_event_handled_by')),
    sa.ForeignKeyConstraint(['issue_type'], ['issue_type.issue_type'], name=op.f('fk_ticket_event_issue_type')),
    sa.ForeignKeyConstraint(['load_run_id'], ['load_run.id'], name=op.f('fk_ticket_event_load_run_id')),
    sa.ForeignKeyConstraint(['stage'], ['stage.stage'], name=op.f('fk_ticket_event_stage')),
    sa.ForeignKeyConstraint(['touchpoint'], ['touchpoint.touchpoint'], name=op.f('fk_ticket_event_touchpoint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket_event')),
    sa.UniqueConstraint('source', 'source_key', name=op.f('uq_ticket_event_source_source_key'))
    )
    with op.batch_alter_table('ticket_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_event_source_ticket'), ['source', 'ticket'], unique=False)

    with op.batch_alter_table('post', schema=None) as batch_op:
        batch_op.add_column(sa.Column('tone', sa.String(length=8), nullable=True))

    with op.batch_alter_table('voice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('handled_by', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('cause', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('merged', sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f('ix_voice_cause_day'), ['cause', 'day'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_voice_cause'), 'function', ['cause'], ['function'])
        batch_op.create_foreign_key(batch_op.f('fk_voice_handled_by'), 'function', ['handled_by'], ['function'])



def downgrade() -> None:
    raise NotImplementedError("Go back with a copy of the store.")
