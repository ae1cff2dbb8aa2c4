"""Every table of the store; each says its grain first.

Loaded tables keep (source, source_key); facts by day are kept up to date by the load, so that a wall never scans raw rows.
In facts an empty string means "not said".
"""

from wallboard.store.schema.columns import metadata
from wallboard.store.schema.customers import (
    account_month,
    buyer_month,
    contract,
    customer,
    customer_alias,
    customer_day,
    customer_event,
    customer_month,
    customer_movement,
    exchange_rate,
    membership,
    purchase,
    reason_day,
    renewal_month,
    retention_month,
    undated_loss,
    winback_month,
)
from wallboard.store.schema.entries import ENTRY_STEPS, session_entry, session_entry_step
from wallboard.store.schema.events import event, event_entry, event_withdrawal
from wallboard.store.schema.flow import ticket_cycle, ticket_day, ticket_event, ticket_move, ticket_open
from wallboard.store.schema.governance import action, glossary_term, meeting, metric_definition, target
from wallboard.store.schema.issues import (
    ISSUE_STEPS,
    attendance,
    attendee,
    decided_on,
    evidence,
    golden_rule,
    impact,
    intake,
    intake_function,
    issue,
    issue_function,
    issue_step,
    issue_voice,
    verdict,
)
from wallboard.store.schema.journey import (
    desired_rating,
    emotion,
    employee,
    expertise,
    function,
    handoff,
    handoff_day,
    handoff_event,
    issue_type,
    promise,
    reason,
    research,
    shared_hours,
    stage,
    task,
    touchpoint,
    touchpoint_role,
)
from wallboard.store.schema.loads import (
    fact_version,
    heartbeat,
    load_run,
    refusal,
    shrunk_snapshot,
    source_day,
    source_state,
    store_property,
    table_version,
    volume_week,
)
from wallboard.store.schema.mail import mail_address, mail_message
from wallboard.store.schema.rollout import ROLLOUT_STEPS, rollout, rollout_step
from wallboard.store.schema.roster import (
    INITIATIVE_STEPS,
    ROSTER_STEPS,
    initiative,
    initiative_step,
    opportunity_rating,
    room_limit,
    roster_item,
    roster_item_step,
)
from wallboard.store.schema.row_reviews import row_review
from wallboard.store.schema.sessions import (
    AGENDA_STEPS,
    COMMITMENT_STEPS,
    DECISION_STEPS,
    ROLE_CARD_STEPS,
    SESSION_STEPS,
    agenda_item,
    agenda_item_step,
    commitment,
    commitment_step,
    decision,
    decision_rule,
    decision_step,
    role_card,
    role_card_step,
    room_maturity,
    room_session,
    room_session_step,
    session_series,
)
from wallboard.store.schema.snapshots import snapshot, snapshot_row
from wallboard.store.schema.teams import TEAM_STEPS, recognition, team_cycle, team_cycle_step
from wallboard.store.schema.touchpoints import (
    LANES,
    delivery,
    exposure,
    kpi_day,
    media,
    order_line,
    touchpoint_kpi,
    visit,
    visit_day,
)
from wallboard.store.schema.users import audit, current_actor, mandate, permission, sent_form, sign_in, user_account
from wallboard.store.schema.voices import (
    cause_loss_month,
    cause_month,
    complaint_day,
    complaint_month,
    complaint_week,
    contact_month,
    contact_repeat_day,
    invitation,
    invitation_day,
    kind_week,
    post,
    question,
    score_day,
    source_week,
    survey_response,
    voice,
    voice_day,
)
from wallboard.store.schema.walk import (
    attempt,
    current_experience,
    learning,
    opportunity,
    research_review,
    walk,
    walk_annotation,
    walk_move,
)
from wallboard.store.schema.worth import (
    behaviour,
    behaviour_month,
    customer_behaviour,
    customer_money,
    referral,
    referral_month,
    tier,
    tier_month,
    tier_move,
    unit_cost,
    whale_month,
)
from wallboard.store.schema.zones import perimeter_zone, zone_offset

STEPS = (
    *(ISSUE_STEPS, SESSION_STEPS, COMMITMENT_STEPS, AGENDA_STEPS, DECISION_STEPS),
    *(ROSTER_STEPS, INITIATIVE_STEPS, TEAM_STEPS, ROLE_CARD_STEPS, ROLLOUT_STEPS, ENTRY_STEPS),
)
"""All that lives by steps."""
