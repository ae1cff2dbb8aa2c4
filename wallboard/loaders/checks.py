"""What a mapped row must fulfil before it is written: its feed's contract, known references, a key of its own."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pandera.errors as pe
from sqlalchemy import Connection, select

from wallboard.errors import nearest
from wallboard.loaders.cells import alike
from wallboard.loaders.feed import Feed
from wallboard.loaders.ids import refuse_without_zeros
from wallboard.loaders.places import with_stages
from wallboard.loaders.refusals import Refusals, shown
from wallboard.loaders.sources import Source
from wallboard.settings import Room


def checked(
    connection: Connection, frame: pd.DataFrame, source: Source, feed: Feed, room: Room, refusals: Refusals
) -> pd.DataFrame:
    """The rows that may be written; each other row is refused with its reason."""
    if "perimeter" in feed.columns:
        frame = _known(
            frame, "perimeter", {key: key for key in room.settings.leaves(None)}, "perimeter of room.toml", source, refusals
        )
    for column, target in feed.references.items():
        known = dict.fromkeys(connection.scalars(select(target)), "")
        frame = _known(frame, column, known, target.table.name.replace("_", " "), source, refusals)
    if feed.placed:
        frame = with_stages(connection, frame)
    frame = _within_contract(feed.derive(frame, room), source, feed, refusals)
    refuse_without_zeros(connection, frame, source, feed, refusals)
    frame = _nobody_elses(connection, frame, source, feed, refusals)
    feed.check(frame, room, refusals)
    return refusals.through(frame)


def _known(
    frame: pd.DataFrame, column: str, known: Mapping[str, str], what: str, source: Source, refusals: Refusals
) -> pd.DataFrame:
    frame = frame.assign(**{column: alike(frame[column], known)})
    codes = frame[column].dropna()
    strange = codes[~codes.isin(known.keys())]
    if strange.empty:
        return frame
    why = {value: f"{shown(value)} is not a known {what}. {nearest(value, known)}" for value in strange.unique()}
    remedy = f"Load it first, or map it under [{source.name}.values.{column}]."
    refusals.add(strange.index, source.columns.get(column, column), strange.map(why), remedy)
    return refusals.through(frame)


def _within_contract(frame: pd.DataFrame, source: Source, feed: Feed, refusals: Refusals) -> pd.DataFrame:
    if frame.empty:
        return frame
    try:
        feed.contract.validate(frame, lazy=True)
    except pe.SchemaErrors as errors:
        for error in errors.schema_errors:
            _breach(error, frame, source, feed, refusals)
        return refusals.through(frame)
    return frame


def _breach(error: pe.SchemaError, frame: pd.DataFrame, source: Source, feed: Feed, refusals: Refusals) -> None:
    cases = error.failure_cases
    if not isinstance(cases, pd.DataFrame) or cases["index"].isna().any():
        raise error
    rows = pd.Index(cases["index"]).unique()
    name = str(getattr(error.schema, "name", "") or "")
    column = source.columns.get(name, name) if name in feed.columns else None
    check: Any = error.check
    if name in frame.columns and frame.loc[rows, name].isna().all():
        refusals.add(rows, column, (f"'{name}' is empty; every row needs it." for _ in rows), "Fill it in the export, or map it.")
    elif column is None:
        refusals.add(rows, None, (f"{check.error}." for _ in rows), f"{check.description}.")
    else:
        refusals.add_values(frame.loc[rows, name], column, f"{check.error}.", f"{check.description}.")


def _nobody_elses(connection: Connection, frame: pd.DataFrame, source: Source, feed: Feed, refusals: Refusals) -> pd.DataFrame:
    named = feed.key or feed.claims
    if named is None or frame.empty:
        return frame
    key, table = feed.table.c[named], feed.table
    theirs = dict(connection.execute(select(key, table.c.source).where(table.c.source != source.name)).all())
    taken = frame[named][frame[named].isin(theirs.keys())]
    reasons = (f"{shown(value)} is already given by the source '{theirs[value]}'." for value in taken)
    refusals.add(taken.index, source.columns.get(named, named), reasons, "Keep it in one source only.")
    if feed.claims:
        again = frame[named][frame[named].duplicated() & ~frame["source_key"].duplicated()]
        refusals.add_values(again, None, "stands twice in this file.", "Keep one row of it.")
    return refusals.through(frame)
