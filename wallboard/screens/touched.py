"""What a touch on a wall asks, and how it is answered: with what was found, or with a sentence, never with a fault."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, request
from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.errors import RoomError, StoreRefused
from wallboard.metrics.scope import Scope
from wallboard.records.access import Access, may_see
from wallboard.screens.addresses import Addresses
from wallboard.screens.console.session import Sessions
from wallboard.screens.serialise import as_bytes
from wallboard.settings import Settings

log = logging.getLogger(__name__)

FAILED = "What is behind it could not be looked up. The room's log says why."


@dataclass(frozen=True)
class Touched:
    """Answers touches: knows the look of the asking screen, and what it may see."""

    settings: Settings
    addresses: Addresses
    engine: Engine
    clock: Clock
    theme: Callable[[str | None, str | None], Theme]

    def screen_view(self) -> tuple[Theme, Scope]:
        """The look and the scope of the asking screen; raises NotFound where it names no perimeter of the room."""
        perimeter = self.addresses.perimeter(request.args.get("perimeter"))
        scope = Scope.of(self.settings, self.clock(), perimeter)
        return self.theme(request.args.get("screen"), perimeter), scope

    def may_see(self, connection: Connection, what: Access) -> bool:
        """Whether whoever is signed in with the asking browser may see it; a visitor may not."""
        return may_see(Sessions(self.clock, self.settings.https).user(connection, request), what)


def answered(find: Callable[[], dict[str, Any]]) -> Response:
    """What was found; 404 and a sentence where there is no such thing, 500 and a sentence where a fault lies in the program."""
    try:
        return _answer(find())
    except RoomError as refusal:
        return _answer({"gone": str(refusal)}, 503 if isinstance(refusal, StoreRefused) else 404)
    except Exception:
        log.exception("a touch could not be answered: %s", request.full_path)
        return _answer({"gone": FAILED}, 500)


def _answer(said: dict[str, Any], status: int = 200) -> Response:
    answer = Response(as_bytes(said), status, mimetype="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
