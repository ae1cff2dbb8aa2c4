"""What a load would say: the first rows of every source, loaded into a store of their own that is then thrown away."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Column, Engine, insert, make_url, select

from wallboard.clock import Clock
from wallboard.errors import LayoutRefused, RoomError, nearest
from wallboard.layout import Layout
from wallboard.loaders.feeds import feeds
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room
from wallboard.store.connections import reading, writing
from wallboard.store.open import open_store
from wallboard.store.schema import load_run, metadata, stage, touchpoint

FIRST_ROWS = 200

_NAMES: dict[str, Column[str]] = {
    "touchpoint": touchpoint.c.touchpoint,
    "against": touchpoint.c.touchpoint,
    "stage": stage.c.stage,
}
"""Options of panels that name a thing, and where that thing must stand."""


def has_store(room: Room) -> bool:
    """Whether anything has been loaded into the room yet, as far as one can see without making a store."""
    url = make_url(room.store_url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


@contextmanager
def trial(room: Room, clock: Clock) -> Iterator[tuple[list[Loaded], Engine]]:
    """What a load of the first rows says, and the store in which they stand; the room's own store stays as it is."""
    with TemporaryDirectory() as folder:
        engine = open_store(f"sqlite:///{folder}/trial.sqlite")
        try:
            if has_store(room):
                _copy_things(room, engine, clock)
            yield load(room, engine, clock, first_rows=FIRST_ROWS), engine
        finally:
            engine.dispose()


def _copy_things(room: Room, engine: Engine, clock: Clock) -> None:
    """What rows may refer to is known from earlier loads, too."""
    things = [feed.table for feed in feeds().values() if feed.key]
    own = open_store(room.store_url)
    try:
        with reading(own) as connection:
            rows = {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in things}
            mapped = select(load_run.c.source, load_run.c.mapping).where(load_run.c.status == "ok").distinct()
            before = connection.execute(mapped.where(load_run.c.mapping.is_not(None))).all()
    finally:
        own.dispose()
    with writing(engine) as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        earlier = {"source": "earlier", "feed": "", "file": "", "started_at": clock(), "status": "ok"}
        run = connection.scalars(insert(load_run).values(**earlier).returning(load_run.c.id)).one()
        for source, mapping in before:
            connection.execute(insert(load_run).values(**earlier | {"source": source, "mapping": mapping}))
        for table in metadata.sorted_tables:
            if its := rows.get(table.name):
                connection.execute(insert(table), [row | {"load_run_id": run} for row in its])


def strangers(layouts: dict[str, Layout], engine: Engine) -> Iterator[RoomError]:
    """Touchpoints and stages that a layout names and the room does not know."""
    with reading(engine) as connection:
        known = {column: set(connection.scalars(select(column))) for column in set(_NAMES.values())}
    for layout in layouts.values():
        for scene in layout.scenes:
            where = f"layouts/{layout.name}.toml"
            if scene.stage and scene.stage not in known[stage.c.stage]:
                what = f"scene '{scene.name}': stage = '{scene.stage}' is not a stage of the journey."
                yield LayoutRefused(where, what, nearest(scene.stage, known[stage.c.stage]))
            for placed in scene.panels:
                for option, column in _NAMES.items():
                    value = getattr(placed.options, option, None)
                    if value and value not in known[column]:
                        what = f"scene '{scene.name}': {placed.area}: {option} = '{value}' is not a {column.name} of the journey."
                        yield LayoutRefused(where, what, nearest(str(value), known[column]))
