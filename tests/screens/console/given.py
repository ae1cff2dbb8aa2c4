"""A small room with a journey, a glossary and people who can sign in; and a browser's part played by a test client."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from werkzeug.test import TestResponse

from tests.conftest import REPOSITORY
from tests.metrics.given import complaints, journey, loaded, media, posts
from tests.records.living import MONDAY, Living
from tests.templates import filled
from wallboard.app import create_app
from wallboard.records.users import enter
from wallboard.screens.console.session import SIGNED_IN, TOKEN
from wallboard.settings import Room, open_room
from wallboard.store.connections import writing
from wallboard.store.schema import function, glossary_term, user_account

PASSWORD = "tea-and-biscuits"
ROOM_TOML = """
company  = "C"
timezone = "Europe/London"
currency = "GBP"
[perimeter.north]
name = "North"
[perimeter.south]
name = "South"
"""
COMPLAINT = "The driver left it in the rain."
POST = "Nobody answers. I will try another shop."
CALL = "help/call.ogg"


@cache
def hashed() -> str:
    """The password of everybody, hashed so that a test need not wait for it."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def small_room(root: Path) -> Room:
    """A room's folder with two parts of the business."""
    root.mkdir(parents=True)
    (root / "data" / "media" / "help").mkdir(parents=True)
    (root / "room.toml").write_text(ROOM_TOML, encoding="utf-8")
    shutil.copytree(REPOSITORY / "layouts", root / "layouts")
    return open_room(root)


def furnished(engine: Engine) -> Living:
    """The people of tests/records/living.py with a password, in a room whose sources have brought some things."""
    return Living(engine, people=filled(engine, "furnished", _furnish))


def _furnish(engine: Engine) -> dict[str, int]:
    people = Living(engine).people
    day = MONDAY.date()
    with writing(engine) as connection:
        connection.execute(update(user_account).values(password=hashed()))
        journey(connection)
        shop = {"function": "shop", "name": "The shop", "customer_facing": True, "outsourced": False}
        loaded(connection, function, shop)
        terms = {"PSP retry": "payment request", "carrier exception": "trouble on the road"}
        rows = [{"term": term, "instead": instead, "banned": True} for term, instead in terms.items()]
        loaded(connection, glossary_term, *rows)
        complaints(connection, {"day": day - timedelta(days=3), "issue_type": "late", "touchpoint": "parcel", "words": COMPLAINT})
        posts(connection, {"posted_at": MONDAY - timedelta(days=2), "words": POST})
        media(connection, {"path": CALL, "kind": "call", "stage": "receive", "lane": "hear", "mime": "audio/ogg"})
    return people


@dataclass
class Visitor:
    """One browser of one person at the console."""

    client: FlaskClient

    def token(self) -> str:
        return str(self.client.get("/room/token").get_json()["token"])

    def post(self, address: str, headers: Mapping[str, str] | None = None, **fields: Any) -> TestResponse:
        sent = {name.replace("__", "."): str(value) for name, value in fields.items()}
        return self.client.post(address, data=sent, headers={TOKEN: self.token()} if headers is None else headers)

    def do(self, verb: str, number: int, **fields: Any) -> dict[str, Any]:
        """Send a form, and read what the room says to it."""
        answer: dict[str, Any] = self.post(f"/room/do/{verb}/{number}", **fields).get_json()
        return answer

    def see(self, path: str, search: str = "") -> str:
        """All words of a page, as the server draws it."""
        return "\n".join(_words(self.drawn(path, search))).replace("\u00a0", " ")

    def drawn(self, path: str, search: str = "") -> Any:
        """A page as the server draws it: Dash's components in JSON."""
        fields = {
            "output": "screen.children",
            "outputs": {"id": "screen", "property": "children"},
            "inputs": [
                {"id": "address", "property": "pathname", "value": path},
                {"id": "address", "property": "search", "value": search},
            ],
            "changedPropIds": ["address.pathname"],
        }
        with ThreadPoolExecutor(1) as thread:  # a browser that other tests have used keeps a loop of its own in this one
            answer = thread.submit(self.client.post, "/_dash-update-component", json=fields).result()
        assert answer.status_code == 200, answer.text
        return answer.get_json()["response"]["screen"]["children"]


def _words(part: Any) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, list):
        return [word for child in part for word in _words(child)]
    if not isinstance(part, dict):
        return []
    props = part["props"]
    shown = [
        props.get("title"),
        props.get("children"),
        props.get("label"),
        *(option["label"] for option in props.get("options", [])),
    ]
    return [word for child in shown for word in _words(child)]


@dataclass
class House:
    """The room, its people, and a server that goes with their clock."""

    room: Room
    living: Living

    def __post_init__(self) -> None:
        self.server = create_app(self.room, lambda: self.living.at, self.living.engine).server

    def stranger(self) -> Visitor:
        return Visitor(self.server.test_client())

    def at_the_console(self, login: str) -> Visitor:
        """Somebody who has signed in."""
        visitor = self.stranger()
        visitor.client.set_cookie(SIGNED_IN, self.secret(login))
        return visitor

    def secret(self, login: str) -> str:
        return enter(self.living.engine, self.living.at, login, PASSWORD)
