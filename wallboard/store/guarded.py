"""The tables of the room itself, over which its rules watch, and what a rule is."""

from dataclasses import dataclass

APPEND_ONLY = (
    *("audit", "decided_on", "evidence", "golden_rule", "impact", "intake", "intake_function", "issue", "issue_function"),
    *("issue_step", "issue_voice", "permission", "attendance", "attendee", "verdict"),
    *("attempt", "current_experience", "event_entry", "event_withdrawal", "learning", "opportunity", "research_review"),
    "row_review",
    *("walk", "walk_annotation", "walk_move"),
    *("agenda_item", "agenda_item_step", "decision", "decision_step", "room_maturity"),
    *("role_card", "role_card_step", "rollout", "rollout_step"),
    *("commitment", "commitment_step", "room_session", "room_session_step", "session_series"),
    *("initiative", "initiative_step", "opportunity_rating", "roster_item", "roster_item_step"),
    *("recognition", "team_cycle", "team_cycle_step"),
    *("session_entry", "session_entry_step"),
    *("snapshot", "snapshot_row"),
    *("decision_rule", "perimeter_zone", "room_limit", "zone_offset"),
)
"""Tables whose rows are written once."""

FIXED = ("decision_rule", "golden_rule", "perimeter_zone", "permission", "room_limit", "zone_offset")
"""Tables that only the program fills."""

USERS = ("mandate", "user_account")
"""Tables that say who may do what: their rows change, are never taken away, and every change is audited."""

GUARDED = (*(name for name in APPEND_ONLY if name not in FIXED), *USERS)
"""Tables into which people write."""


@dataclass(frozen=True)
class Rule:
    """One rule: what is refused of a row NEW (and OLD, where one is changed) that somebody writes into a table.

    `breaks_if` is the same of a row NEW that stands; None where only the moment of writing can tell. Both are SQL for SQLite and
    PostgreSQL alike, with the few words of wallboard/store/dialects.py. `on`: INSERT, UPDATE, DELETE (before it) or AFTER INSERT.
    """

    name: str
    table: str
    sentence: str
    refused_if: str | None
    breaks_if: str | None = None
    on: str = "INSERT"


def written_once(table: str) -> str:
    """The sentence that refuses to change what the room has written."""
    return f"What the room has written stays written: {table} is only ever added to."


def stays(table: str) -> str:
    """The sentence that refuses to take a row away that others rest on."""
    return f"What was true once stays: {table} loses no row and no key. Say until when it holds instead."


def fixed(table: str) -> str:
    """The sentence that refuses to add to what is the program's own."""
    return f"The program alone fills {table}: nobody adds to it."
