"""The journey as customers feel it, as the loaders would write it: feelings, promises, ratings, the words of the blueprint."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, update

from tests.metrics.given import loaded
from wallboard.store import schema

DAY = date(2026, 6, 1)


def emotions(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {
        "stage": "receive", "touchpoint": None, "state": "current", "feeling": -1.0, "basis": "measured", "n": 40,
        "evidence": "diaries", "day": DAY,
    }  # fmt: skip
    loaded(connection, schema.emotion, *({**plain, **row} for row in rows))


def assumed(feeling: float, **other: Any) -> dict[str, Any]:
    return {"feeling": feeling, "basis": "assumed", "n": None, **other}


def promises(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {"stage": "receive", "touchpoint": None, "words": "On the day", "made_in": "Home page", "made_on": DAY, "kpi": None}
    loaded(connection, schema.promise, *({**plain, **row} for row in rows))


def ratings(connection: Connection, *scores: float, **other: Any) -> None:
    plain = {"stage": "receive", "customer": None, "perimeter": "north", "day": DAY, **other}
    loaded(connection, schema.desired_rating, *({**plain, "score": score} for score in scores))


def stage(connection: Connection, key: str, **fields: Any) -> None:
    connection.execute(update(schema.stage).where(schema.stage.c.stage == key).values(**fields))


def touchpoint(connection: Connection, key: str, **fields: Any) -> None:
    connection.execute(update(schema.touchpoint).where(schema.touchpoint.c.touchpoint == key).values(**fields))


def feelings(connection: Connection, day: date) -> None:
    """Of everything something on one day: a feeling at a stage and at a touchpoint, a promise with a KPI, and ratings."""
    emotions(connection, {"day": day}, {"day": day, "touchpoint": "parcel"}, {"day": day, "stage": "choose", "state": "future"})
    promises(connection, {"made_on": day, "words": f"By {day}", "kpi": "on_time"})
    for perimeter in ("north", "south"):
        ratings(connection, 2, 4, day=day, perimeter=perimeter)
