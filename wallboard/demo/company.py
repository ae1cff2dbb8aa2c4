"""All exports of the demo company, written in one go: the same instant gives the same bytes."""

from datetime import datetime
from pathlib import Path

from wallboard.demo import (
    behaviours,
    boxes,
    customers,
    definitions,
    deliveries,
    desired,
    effort,
    emotions,
    events,
    glossary,
    groups,
    handoffs,
    improvements,
    invitations,
    journey,
    kpis,
    media,
    meetings,
    money,
    posts,
    promises,
    referrals,
    remarks,
    research,
    retention_tasks,
    reviews,
    subscriptions,
    surveys,
    tasks,
    ticket_events,
    tickets,
    tiers,
    trust,
    unit_costs,
    volumes,
    work,
)
from wallboard.demo.ground import lay
from wallboard.settings import Room

EXPORTS = (
    journey, customers, groups, subscriptions, retention_tasks, deliveries, boxes, volumes, tickets, ticket_events, surveys,
    invitations,
    effort, trust, kpis, reviews, remarks, posts, media, definitions, unit_costs, improvements, events, meetings, money, tiers,
    behaviours, referrals, glossary, emotions, promises, desired, handoffs, research, tasks, work,
)  # fmt: skip


def write_exports(room: Room, at: datetime) -> list[Path]:
    """Write the demo company's exports into the room's data/exports/, as they would have stood at `at`."""
    folder = room.data / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    ground = lay(at, room)
    return [file for export in EXPORTS for file in export.write(ground, folder)]
