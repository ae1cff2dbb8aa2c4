"""All exports of the demo company, written in one go: the same instant gives the same bytes."""

from datetime import datetime
from pathlib import Path

from wallboard.demo import (
    boxes,
    customers,
    deliveries,
    effort,
    journey,
    kpis,
    media,
    posts,
    remarks,
    reviews,
    subscriptions,
    surveys,
    tickets,
    volumes,
)
from wallboard.demo.ground import lay
from wallboard.settings import Room

EXPORTS = (
    journey, customers, subscriptions, deliveries, boxes, volumes, tickets, surveys, effort, kpis, reviews, remarks, posts, media
)  # fmt: skip


def write_exports(room: Room, at: datetime) -> list[Path]:
    """Write the demo company's exports into the room's data/exports/, as they would have stood at `at`."""
    folder = room.data / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    ground = lay(at, room)
    return [file for export in EXPORTS for file in export.write(ground, folder)]
