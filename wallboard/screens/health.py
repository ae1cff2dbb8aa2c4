"""Says that the room is well, in a body that nothing else answers with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson
from flask import Blueprint, Response
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from wallboard.clock import Clock
from wallboard.errors import StoreRefused
from wallboard.screens.heartbeats import Heartbeats
from wallboard.store.versions import read_versions


@dataclass(frozen=True)
class Health:
    """What a kiosk asks before it shows a wall."""

    engine: Engine
    clock: Clock
    build: str
    boot: str
    demo: bool
    heartbeats: Heartbeats
    walls: Sequence[str]

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("health", __name__)
        routes.add_url_rule("/healthz", view_func=self.healthz)
        routes.add_url_rule("/walls", view_func=self.names)
        return routes

    def names(self) -> Response:
        """The walls of the room in the order of its screens, one name a line: a kiosk hangs them on its TVs."""
        names = "".join(f"{wall}\n" for wall in self.walls)
        return Response(names, mimetype="text/plain", headers={"Cache-Control": "no-store"})

    def healthz(self) -> Response:
        """200 with build, data versions and the present instant; 503 while the store cannot be read."""
        versions: Mapping[str, int] = {}
        problem = None
        try:
            with self.engine.connect() as connection:
                versions = dict(read_versions(connection))
        except SQLAlchemyError as error:
            problem = f"the store cannot be read ({type(error).__name__})"
        except StoreRefused as refusal:
            problem = str(refusal)
        status = {
            "app": "customer-room",
            "build": self.build,
            "boot": self.boot,
            "as_of": self.clock().isoformat(),
            "demo": self.demo,
            "data": versions,
            "screens": self.heartbeats.silent_for(),
            "launches": self.heartbeats.launches(),
            "problem": problem,
        }
        return Response(
            orjson.dumps(status), 503 if problem else 200, mimetype="application/json", headers={"Cache-Control": "no-store"}
        )
