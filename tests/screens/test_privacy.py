"""What a visitor gets: no response of the server has a customer's number, name or address, a refused row, SQL or a path in it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, select, update

from tests.conftest import AS_OF
from tests.screens.signing_in import secret_of
from tests.screens.test_drill import figures_in, painted
from wallboard.app import create_app
from wallboard.catalogue import catalogue
from wallboard.clock import stopped
from wallboard.layout import read_layouts
from wallboard.panels import find_panels
from wallboard.screens.console.session import SIGNED_IN
from wallboard.settings import Room
from wallboard.store.connections import writing
from wallboard.store.open import open_store
from wallboard.store.schema import customer, customer_event, load_run, refusal, roster_item_step, stage

NAME, CONTACT, REFUSED = "Zebediah Quillfeather", "Wilhelmina Oakenshaw, 12 Elm Row", "Quentin Marrow;7 Larch Lane;07700 900461"


class Visitor:
    """A browser in which nobody has signed in: everything that it was ever sent, with the address that it came from."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.answers: list[tuple[str, str]] = []

    def get(self, address: str) -> bytes:
        answer = self.client.get(address)
        self.answers.append((address, answer.get_data().decode("utf-8", "replace")))
        return bytes(answer.data)

    def page(self, path: str, search: str = "") -> None:
        asked = [{"id": "address", "property": name, "value": value} for name, value in (("pathname", path), ("search", search))]
        fields = {"output": "screen.children", "outputs": {"id": "screen", "property": "children"}, "inputs": asked}
        answer = self.client.post("/_dash-update-component", json={**fields, "changedPropIds": ["address.pathname"]})
        assert answer.status_code == 200, (path, answer.text)
        self.answers.append((path, answer.text))

    def hits(self, secrets: Iterable[re.Pattern[str]]) -> list[tuple[str, str]]:
        """Where any of the secrets stands, with what stands there."""
        hits = ((where, secret.search(text)) for where, text in self.answers for secret in secrets)
        return [(where, hit.group()) for where, hit in hits if hit]


@pytest.fixture
def seeded(fresh_room: Room) -> Iterator[tuple[Room, Engine, list[re.Pattern[str]]]]:
    """The demo company, with a name and an address for every customer, a refused row and a load that names a path."""
    engine = open_store(fresh_room.store_url)
    with writing(engine) as connection:
        connection.execute(update(customer).values(name=NAME, contact=CONTACT))
        run = connection.scalar(select(load_run.c.id).where(load_run.c.status == "ok").order_by(load_run.c.id.desc()))
        connection.execute(update(load_run).values(message=f"{fresh_room.root}/data: {REFUSED}"))
        why = {"row_no": 7, "column_name": "day", "reason": f"'{REFUSED}' is not a date.", "remedy": "Correct it."}
        connection.execute(insert(refusal).values(load_run_id=run, raw=REFUSED, **why))
        hidden = select(roster_item_step.c.words, roster_item_step.c.note).where(roster_item_step.c.kind == "barrier")
        barriers = {text for row in connection.execute(hidden) for text in row if text}
        files = set(connection.scalars(select(load_run.c.file)))
        known = (select(query.c.customer) for query in (customer, customer_event))
        numbers = {number for query in known for number in connection.scalars(query)}
    shapes = {re.sub(r"\d+", r"\\d+", re.escape(number)) for number in numbers}
    assert len(shapes) < 10, shapes
    assert barriers, "what stands in the way, what blocks it and what can be done stay in the room"
    words = [NAME, "Quillfeather", CONTACT, REFUSED, "900461", str(fresh_room.root), *files, *barriers]
    secrets = [re.compile(rf"\b{shape}\b") for shape in shapes] + [re.compile(re.escape(word)) for word in words]
    yield fresh_room, engine, [*secrets, re.compile(r"SELECT [a-z_]+\.[a-z_]+"), re.compile(r"Traceback|sqlalchemy")]
    engine.dispose()


def screens_of(room: Room, engine: Engine) -> list[str]:
    """The address of every screen that is made of panels."""
    walls = [f"/wall/{name}" for name, layout in read_layouts(room.layouts, find_panels()).items() if layout.kind == "wall"]
    with engine.connect() as connection:
        stages = connection.scalars(select(stage.c.stage)).all()
    return [*walls, "/journey", "/journey/end", "/tour", *(f"/{kind}/{key}" for kind in ("journey", "tour") for key in stages)]


def bars_in(part: Any) -> Iterator[str]:
    """What a touch on each bar asks."""
    if isinstance(part, list):
        for child in part:
            yield from bars_in(child)
    elif isinstance(part, dict):
        props = part.get("props", {})
        yield from ([props["data-voices"]] if "data-voices" in props else [])
        yield from bars_in(props.get("children"))


@pytest.mark.req("S11", "R185")
def test_nothing_that_a_visitor_gets_has_personal_data_in_it(seeded: tuple[Room, Engine, list[re.Pattern[str]]]) -> None:
    room, engine, secrets = seeded
    app = create_app(room, stopped(AS_OF), engine)
    visitor = Visitor(app.server.test_client())
    for path in ("/", "/status", "/follow", "/try", "/room", "/room/issues", "/room/audit", "/room/relay", "/nowhere"):
        visitor.page(path)
    bars: set[str] = set()
    for path in screens_of(room, engine):
        visitor.page(path)
        visitor.get(f"/board?path={path}")
        for name in orjson.loads(visitor.get(f"/pulse?path={path}"))["tokens"]:
            drawn = painted(visitor.client, f"/picture/{name}?path={path}")
            visitor.get(f"/picture/{name}?path={path}")
            bars |= set(bars_in(drawn))
            for metric in (None, *sorted(figures_in(drawn) & set(catalogue()))):
                visitor.get(f"/source/{name}?path={path}" + (f"&figure={metric}" if metric else ""))
    for bar in sorted(bars):
        visitor.get(f"/voices?{bar}")
    for rule in app.server.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            visitor.get(re.sub(r"<[^>]*>", "1", rule.rule))
    assert len(visitor.answers) > 300 and len(bars) > 10
    assert visitor.hits(secrets) == []


def test_the_search_finds_what_somebody_of_the_team_gets(seeded: tuple[Room, Engine, list[re.Pattern[str]]]) -> None:
    room, engine, secrets = seeded
    client = create_app(room, stopped(AS_OF), engine).server.test_client()
    client.set_cookie(SIGNED_IN, secret_of(engine, AS_OF, "facilitator"))
    insider = Visitor(client)
    insider.page("/status")
    insider.get("/source/outcomes--growth--verdict?path=/wall/outcomes")
    hits = " ".join(hit for _, hit in insider.hits(secrets))
    assert "SELECT" in hits and "900461" in hits and "FK-" in hits
