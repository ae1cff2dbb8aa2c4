"""Every table of the store; each says its grain first.

Loaded tables keep (source, source_key); facts by day are kept up to date by the load, so that a wall never scans raw rows.
In facts an empty string means "not said".
"""

from wallboard.store.schema.columns import metadata
from wallboard.store.schema.customers import (
    buyer_month,
    contract,
    customer,
    customer_day,
    customer_event,
    customer_month,
    lost_day,
    purchase,
)
from wallboard.store.schema.journey import function, issue_type, person, reason, stage, touchpoint
from wallboard.store.schema.loads import load_run, refusal, source_state, store_mark, table_version
from wallboard.store.schema.touchpoints import delivery, exposure, kpi_day, media, touchpoint_kpi
from wallboard.store.schema.voices import issue_day, post, score_day, survey_response, voice, voice_day

__all__ = [
    "buyer_month",
    "contract",
    "customer",
    "customer_day",
    "customer_event",
    "customer_month",
    "delivery",
    "exposure",
    "function",
    "issue_day",
    "issue_type",
    "kpi_day",
    "load_run",
    "lost_day",
    "media",
    "metadata",
    "person",
    "post",
    "purchase",
    "reason",
    "refusal",
    "score_day",
    "source_state",
    "stage",
    "store_mark",
    "survey_response",
    "table_version",
    "touchpoint",
    "touchpoint_kpi",
    "voice",
    "voice_day",
]
