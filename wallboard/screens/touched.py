"""What a touch on a wall asks: by which screen, of which part of the business, and what it may see."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import request
from sqlalchemy import Connection, Engine

from wallboard.clock import Clock
from wallboard.drawing.theme import Theme
from wallboard.metrics.scope import Scope
from wallboard.records.access import Access, may_see
from wallboard.records.users import User
from wallboard.screens.addresses import Addresses
from wallboard.screens.console.session import Sessions
from wallboard.settings import Settings


@dataclass(frozen=True)
class Touched:
    """Answers touches: knows the look of the asking screen, and what it may see."""

    settings: Settings
    addresses: Addresses
    engine: Engine
    clock: Clock
    theme: Callable[[str | None, str | None], Theme]

    def screen_view(self) -> tuple[Theme, Scope]:
        """The look and the scope of the asking screen, of the instant whose numbers it shows; raises NotFound where it names no
        perimeter of the room.
        """
        perimeter = self.addresses.perimeter(request.args.get("perimeter"))
        theme = self.theme(request.args.get("screen"), perimeter)
        frozen = self.addresses.board(request.args["path"], perimeter).frozen if "path" in request.args else None
        as_of = frozen.as_of if frozen else self.clock()
        return replace(theme, now=as_of), Scope.of(self.settings, as_of, perimeter)

    def may_see(self, connection: Connection, what: Access) -> bool:
        """Whether whoever is signed in with the asking browser may see it; a visitor may not."""
        return may_see(self.user(connection), what)

    def user(self, connection: Connection) -> User | None:
        """Whoever is signed in with the asking browser; None for a visitor."""
        return Sessions.of(self.clock, self.settings).user(connection, request)
