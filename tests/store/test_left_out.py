"""A store of a release that kept among the refused what `where` leaves out, and every refusal for ever."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

import wallboard.store as package
from wallboard.store.open import make_engine, migrate
from wallboard.store.schema import load_run, refusal

RUN = (
    "INSERT INTO load_run (id, source, feed, file, mapping, started_at, status, rows_read, rows_new, rows_refused) "
    "VALUES ({}, 's', 'voice', '{}', 'm', '2026-06-30 09:00:00', 'ok', 10, {}, {})"
)
REFUSED = "INSERT INTO refusal (load_run_id, row_no, reason, remedy, raw) VALUES ({}, {}, '{}', 'Do.', 'x')"
LEFT_OUT = "''Drop'' is left out by `where`."


def test_what_was_left_out_is_counted_and_older_refusals_are_forgotten(nowhere: str) -> None:
    engine = make_engine(nowhere)
    config = Config()
    config.set_main_option("script_location", str(Path(str(package.__file__)).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0008")
        for run, file, new, refused in ((1, "a", 6, 4), (2, "a", 7, 3), (3, "b", 10, 0)):
            connection.execute(text(RUN.format(run, file, new, refused)))
        for run, row, reason in ((1, 1, "bad"), (1, 2, LEFT_OUT), (2, 3, "bad"), (2, 4, LEFT_OUT), (2, 5, LEFT_OUT)):
            connection.execute(text(REFUSED.format(run, row, reason)))
    migrate(engine)
    with engine.connect() as connection:
        counted = connection.execute(select(load_run.c.rows_refused, load_run.c.rows_left_out).order_by(load_run.c.id)).all()
        assert counted == [(3, 1), (1, 2), (0, 0)]
        assert connection.execute(select(refusal.c.load_run_id, refusal.c.row_no)).all() == [(2, 3)]
        assert connection.scalars(select(load_run.c.mapping).order_by(load_run.c.id)).all() == [None, None, "m"]
    engine.dispose()
