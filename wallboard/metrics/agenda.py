"""The order of a guided walk: what the company is for, a customer's voice before any number, the journey, each stage, the end."""

from datetime import timedelta

import pandas as pd
from sqlalchemy import Connection

from wallboard.metrics.frames import rows_of, tidy
from wallboard.metrics.journey import people, stages
from wallboard.metrics.media import stage_media
from wallboard.metrics.scope import Scope
from wallboard.metrics.voices import verbatims

LANES = ("experience", "hear", "react")
_RECENT = timedelta(days=92)
_TELLING = range(30, 201)
"""Letters of a voice that says something, and can be read from four metres."""

_LOOKED_AT = 40


def walk_agenda(connection: Connection, scope: Scope) -> pd.DataFrame:
    """The places of a guided walk in their order; `items` are the things to be shown at a stage.

    kind: mission, voice, map, stage, end. Every stage is on it, with something collected or not.

    Grain: one row per place.
    Columns: place, kind, stage, title, items
    """
    counted = stage_media(connection, scope).groupby("stage").size().to_dict()
    opening = [("mission", "What we are here for"), ("voice", "A customer speaks first"), ("map", "The whole journey")]
    rows = [{"place": place, "kind": place, "stage": None, "title": title, "items": 0} for place, title in opening]
    for one in rows_of(stages(connection, scope)):
        key = str(one["stage"])
        rows.append({"place": key, "kind": "stage", "stage": key, "title": one["name"], "items": int(counted.get(key, 0))})
    rows.append({"place": "end", "kind": "end", "stage": None, "title": "What emerges", "items": 0})
    return tidy(rows, walk_agenda)


def walk_items(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What can be shown at each stage: lane by lane, in the order of the lanes. `why_not`: why it may not be shown, or None.

    Grain: one row per file.
    Columns: media, kind, stage, lane, caption, seconds, playable, why_not
    """
    found = rows_of(stage_media(connection, scope))
    found.sort(key=lambda row: LANES.index(str(row["lane"])))
    names = ("media", "kind", "stage", "lane", "caption", "seconds", "playable", "why_not")
    return tidy(({name: row[name] for name in names} for row in found), walk_items)


def mission(connection: Connection, scope: Scope) -> pd.DataFrame:
    """What the company is there for, as room.toml says it (None where it does not), and who answers for the whole journey.

    Grain: one row.
    Columns: words, owner
    """
    who = people(connection, scope)
    mine = who[who["person"] == scope.journey_owner]["name"].tolist()
    return tidy([{"words": scope.mission, "owner": mine[0] if mine else None}], mission)


def opening_voice(connection: Connection, scope: Scope) -> pd.DataFrame:
    """One customer's own words of the last three months, exactly as said: of the newest complaints the one that says most.

    Where there is none, whatever a customer said last, however long ago. No row where nobody has said anything.

    Grain: one row.
    Columns: words, heard_through, kind, stage, stage_name, day
    """
    said = rows_of(verbatims(connection, scope, limit=_LOOKED_AT, longest=_TELLING.stop))
    recent = [row for row in said if row["day"] >= scope.today - _RECENT]
    telling = [row for row in recent if row["complaint"] and len(str(row["words"])) in _TELLING and not row["abridged"]]
    chosen = (
        max(telling, key=lambda row: (len(str(row["words"])), row["words"])) if telling else next(iter([*recent, *said]), None)
    )
    if chosen is None:
        return tidy([], opening_voice)
    names = {row["stage"]: row["name"] for row in rows_of(stages(connection, scope))}
    shown = {name: chosen[name] for name in ("words", "heard_through", "kind", "stage", "day")}
    return tidy([{**shown, "stage_name": names.get(chosen["stage"])}], opening_voice)
