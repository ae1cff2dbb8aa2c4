"""Which table each feed fills, how its newest fact is dated, and which facts are counted from it.

So a screen knows how old a picture is without knowing how exports are read; tests/loaders/test_feeds.py compares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Fed:
    """The table of a feed; `fact` is the column that dates its newest row, None for things without a date."""

    table: str
    fact: str | None = None
    facts: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose version a change of this feed raises, its own first."""
        return (self.table, *self.facts)


_HANDED = ("handoff_day",)
_BEHAVED = ("behaviour_month",)
_TIERED = ("tier_month", "tier_move", "whale_month")
_SPENT = ("contact_month", "cause_month")
_CAME_AND_WENT = (
    "customer_event",
    "customer_day",
    "reason_day",
    "customer_movement",
    "customer_month",
    "undated_loss",
    "retention_month",
    "winback_month",
    "renewal_month",
    *_TIERED,
    "account_month",
    *_BEHAVED,
    "referral_month",
    "cause_loss_month",
)
_BOUGHT = (*_CAME_AND_WENT, "buyer_month")
_SAID = ("voice_day", "complaint_week", "kind_week", "source_week", "complaint_day", "complaint_month")

FEEDS: Mapping[str, Fed] = MappingProxyType(
    {
        "stages": Fed("stage"),
        "functions": Fed("function"),
        "employees": Fed("employee"),
        "touchpoints": Fed("touchpoint"),
        "handoffs": Fed("handoff", None, _HANDED),
        "emotions": Fed("emotion", "day"),
        "issue_types": Fed("issue_type"),
        "promises": Fed("promise"),
        "desired_ratings": Fed("desired_rating", "day"),
        "research": Fed("research", "finished_on"),
        "reasons": Fed("reason"),
        "exchange_rates": Fed("exchange_rate", "valid_from", (*_BOUGHT, *_SPENT)),
        "customer_aliases": Fed("customer_alias", None, (*_BOUGHT, "contact_repeat_day")),
        "customers": Fed("customer", None, _BOUGHT),
        "memberships": Fed("membership", "valid_from", _CAME_AND_WENT),
        "contracts": Fed("contract", "started_on", _CAME_AND_WENT),
        "behaviours": Fed("behaviour", None, _BEHAVED),
        "customer_behaviours": Fed("customer_behaviour", "month", _BEHAVED),
        "tiers": Fed("tier", "valid_from", _TIERED),
        "customer_money": Fed("customer_money", "month", _TIERED),
        "referrals": Fed("referral", "referred_on", ("referral_month",)),
        "orders": Fed("purchase", "ordered_at", _BOUGHT),
        "voice": Fed("voice", "occurred_at", (*_SAID, *_SPENT, "contact_repeat_day", "cause_loss_month")),
        "ticket_events": Fed("ticket_event", "at", ("ticket_day", "ticket_move", "ticket_open", "ticket_cycle")),
        "survey_responses": Fed("survey_response", "responded_at", ("score_day", "question")),
        "invitations": Fed("invitation", "sent_at", ("invitation_day",)),
        "touchpoint_kpis": Fed("touchpoint_kpi", "day", ("kpi_day",)),
        "deliveries": Fed("delivery", "ordered_at", ("kpi_day",)),
        "exposure": Fed("exposure", "day"),
        "unit_costs": Fed("unit_cost", "valid_from", _SPENT),
        "handoff_events": Fed("handoff_event", "handed_at", _HANDED),
        "media": Fed("media", "captured_on"),
        "metric_definitions": Fed("metric_definition", "valid_from"),
        "targets": Fed("target", "valid_from"),
        "actions": Fed("action", "since"),
        "tasks": Fed("task"),
        "meetings": Fed("meeting", "planned_on"),
        "posts": Fed("post", "posted_at"),
        "glossary": Fed("glossary_term"),
    }
)
"""Every feed, in the order in which they are loaded."""
