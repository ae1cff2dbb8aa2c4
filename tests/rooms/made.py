"""Rooms made of the loaded demo: one of longer words and larger numbers on another day, and one without customers."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from wallboard.settings import Room, open_room

AT = datetime(2026, 6, 28, 9, 0, tzinfo=UTC)
"""A Sunday: the week ends today."""

COMPANY = "Westmorland Tea Merchants"
"""25 letters."""

TIMES = 41
"""So many times as large as the demo: counts of six digits."""

STAGES = (
    "I look and compare", "I choose and order", "I wait for the box",
    "My parcel is there", "I use it every day", "I need help fixing",
)  # fmt: skip
"""18 letters each."""

WORDS = {
    "touchpoint": ("name", "seq = 1", "I hear of it from people I know, or I read of it in the paper"),
    "function": ("name", "function = (SELECT min(function) FROM function)", "Customer Relations and Returns"),
    "employee": ("name", "employee = (SELECT min(owner) FROM stage)", "Maximiliane von Hohenstein"),
    "reason": ("wording", "reason = (SELECT min(reason) FROM reason)", "It came late, broken or to somebody else once too often"),
    "issue_type": ("wording", "issue_type = (SELECT min(issue_type) FROM issue_type)",
                   "Nobody could tell me on which day which box would come"),
}  # fmt: skip
"""Of each table, what is written into which rows: touchpoints that take three lines, and names as long as people have."""

FACTS = (
    "account_month", "behaviour_month", "cause_loss_month", "cause_month", "complaint_week", "contact_month",
    "contact_repeat_day", "customer_day", "customer_event", "customer_month", "customer_movement", "exposure",
    "handoff_day", "invitation_day", "complaint_day", "complaint_month", "kind_week", "kpi_day", "reason_day", "referral_month",
    "renewal_month", "retention_month", "score_day", "source_week", "ticket_cycle", "ticket_day", "ticket_move",
    "ticket_open", "tier_month", "tier_move", "voice_day", "whale_month", "winback_month",
)  # fmt: skip
NO_COUNTS = {
    "id", "row_hash", "load_run_id", "months", "window_days", "step", "days", "scale_min", "scale_max", "target",
    "since", "started", "open_since", "complaint", "latest",
}  # fmt: skip
PEOPLE = (
    "customer", "contract", "membership", "referral", "customer_money", "customer_behaviour", "account_month",
    "behaviour_month", "cause_loss_month", "customer_day", "customer_event", "customer_month", "customer_movement",
    "reason_day", "referral_month", "renewal_month", "retention_month", "tier_month", "tier_move", "whale_month",
    "winback_month",
)  # fmt: skip
FEEDS = "('customers', 'contracts', 'memberships', 'referrals', 'customer_money', 'customer_behaviours')"


def larger(room: Room) -> Room:
    """Give a copied demo room longer words, and numbers of more digits."""
    _change(room, lambda text: text.replace("Fern & Kettle", COMPANY).replace("The life of our customer", "A life with our tea"))
    with _store(room) as store:
        stages = [key for (key,) in store.execute("SELECT stage FROM stage ORDER BY seq")]
        store.executemany("UPDATE stage SET name = ? WHERE stage = ?", zip(STAGES, stages, strict=True))
        for table, (column, rows, words) in WORDS.items():
            store.execute(f"UPDATE {table} SET {column} = ? WHERE {rows}", (words,))
        for table in FACTS:
            columns = [name for _, name, kind, *_ in store.execute(f"PRAGMA table_info({table})") if _counts(name, kind)]
            store.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = {name} * {TIMES}" for name in columns))
    return open_room(room.root)


def deserted(room: Room) -> Room:
    """Take every customer out of a copied demo room, as if none had ever been loaded."""
    with _store(room) as store:
        for table in PEOPLE:
            store.execute(f"DELETE FROM {table}")
        store.execute(f"DELETE FROM source_state WHERE feed IN {FEEDS}")
    return room


def _change(room: Room, change: Callable[[str], str]) -> None:
    file = room.root / "room.toml"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def _store(room: Room) -> "closing[sqlite3.Connection]":
    """The store's file, in a hurry: what is made here is thrown away."""
    store = sqlite3.connect(Path(room.store_url.removeprefix("sqlite:///")), isolation_level=None)
    for _, name, *_ in store.execute("SELECT type, name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        store.execute(f'DROP TRIGGER "{name}"')
    store.execute("PRAGMA synchronous = off")
    return closing(store)


def _counts(name: str, kind: str) -> bool:
    return name not in NO_COUNTS and kind.upper().startswith(("INT", "FLOAT", "BIGINT"))
