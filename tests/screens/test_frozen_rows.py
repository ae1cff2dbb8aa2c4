"""What a session keeps of the walls: of every panel enough that the same picture is drawn of it again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson
import pytest
from sqlalchemy import Connection, select

from tests.conftest import AS_OF, REPOSITORY
from tests.panels.words import THEME
from wallboard.clock import stopped
from wallboard.layout import WALL, Layout, Placed, read_layouts
from wallboard.metrics.memo import Memo
from wallboard.metrics.quotations import words_now
from wallboard.metrics.scope import Scope
from wallboard.panels import find_panels
from wallboard.screens import frozen_rows, frozen_walls
from wallboard.screens.addresses import rail_of
from wallboard.screens.framed import framed
from wallboard.screens.freshness import Freshness
from wallboard.screens.made_scenes import MadeScenes
from wallboard.screens.seen import Seen, see
from wallboard.screens.serialise import as_bytes
from wallboard.settings import Room
from wallboard.store.open import open_store
from wallboard.store.schema import customer_event, evidence, metadata, post, survey_response, voice
from wallboard.store.versions import read_versions

PANELS = find_panels()


@dataclass(frozen=True)
class Standing:
    """The walls of the demo company at an instant."""

    connection: Connection
    scope: Scope
    walls: tuple[Layout, ...]


@pytest.fixture(scope="module")
def walls(demo_room: Room) -> Iterator[Standing]:
    engine, made = open_store(demo_room.store_url), MadeScenes(demo_room.settings, stopped(AS_OF))
    with engine.connect() as connection, Memo().of("these walls"):
        written = [layout for layout in read_layouts(REPOSITORY / "layouts", PANELS).values() if layout.kind == WALL]
        there = tuple(made.of(layout, connection, read_versions(connection)) for layout in written)
        yield Standing(connection, Scope.of(demo_room.settings, AS_OF), there)
    engine.dispose()


def picture(placed: Placed, seen: Seen) -> bytes:
    return as_bytes(framed(placed, seen, THEME, Freshness(())).children)


def customers_words(connection: Connection) -> list[str]:
    """What customers wrote, as JSON has it; what somebody has relayed is a record of the room too, and stands as long as that."""
    relayed = set(connection.scalars(select(evidence.c.words)))
    columns = (voice.c.words, survey_response.c.words, post.c.words, customer_event.c.reason_words)
    texts = {text for column in columns for text in connection.scalars(select(column).distinct()) if len(text or "") > 20}
    return [orjson.dumps(text[:60]).decode().strip('"') for text in texts - relayed]


def test_every_picture_is_drawn_again_from_what_was_kept_of_it(walls: Standing) -> None:
    quoted, quoting = customers_words(walls.connection), list[str]()
    others, known = [], words_now(walls.connection, AS_OF.date(), metadata.tables)
    for placed in (rail_of(PANELS), *(panel for wall in walls.walls for panel in wall.placed())):
        seen = see(walls.connection, walls.scope, placed, THEME)
        text = frozen_rows.written(placed, seen)
        quoting += [placed.show for words in quoted if words in text]
        kept = frozen_rows.read(placed, text, known)
        if seen.agreement.off or picture(placed, kept) != picture(placed, seen):
            others.append(placed.id)
        assert frozen_rows.beside(kept, seen, placed).restated is None, placed.id
    assert not others
    assert quoted and not quoting, "what customers wrote stands in no snapshot"


def test_the_walls_stand_as_they_stood_whatever_becomes_of_their_layouts(walls: Standing) -> None:
    again = frozen_walls.read(frozen_walls.written(walls.walls), PANELS)
    assert {name: layout.scenes for name, layout in again.items()} == {wall.name: wall.scenes for wall in walls.walls}
    assert [layout.answer for layout in again.values()] == [wall.answer for wall in walls.walls]
    without = {name: panel for name, panel in PANELS.items() if name != "growth_verdict"}
    fewer = frozen_walls.read(frozen_walls.written(walls.walls), without).values()
    verdict = next(placed for layout in fewer for placed in layout.placed() if placed.show == "growth_verdict")
    assert b"does not draw any more" in picture(verdict, Seen(None))
    seen = see(walls.connection, walls.scope, next(p for w in walls.walls for p in w.placed() if p.id == verdict.id), THEME)
    assert frozen_rows.beside(seen, see(walls.connection, walls.scope, verdict, THEME), verdict).restated is None


def test_rows_that_are_other_ones_now_are_restated_with_both_values(walls: Standing) -> None:
    placed = next(panel for wall in walls.walls for panel in wall.placed() if panel.show == "customer_flow")
    then = see(walls.connection, walls.scope, placed, THEME)
    earlier = see(walls.connection, replace(walls.scope, as_of=AS_OF.replace(month=3)), placed, THEME)
    restated = frozen_rows.beside(then, earlier, placed)
    assert restated.restated is earlier and b"Restated since" in picture(placed, restated)
