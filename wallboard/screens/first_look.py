"""Draws the walls of a room that has just been lit, so that the first screen finds its pictures made."""

import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.test import create_environ, run_wsgi_app

from wallboard.screens.spine import SPINE
from wallboard.screens.workers import POOL

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)


def draw_soon(server: "WSGIApplication") -> None:
    """Draw what each wall shows now, beside what is going on: nobody waits for it."""
    POOL.submit(draw, server)


def draw(server: "WSGIApplication") -> None:
    """Draw what each wall shows now, as a screen would ask for it; a wall that cannot be drawn says so when a screen asks."""
    try:
        for wall in _answer(server, "/walls").split():
            _answer(server, f"/picture/{SPINE}?path=/wall/{quote(wall)}")
            _answer(server, f"/board?path=/wall/{quote(wall)}")
    except Exception:
        log.exception("the walls could not be drawn ahead of their screens")


def _answer(server: "WSGIApplication", address: str) -> str:
    chunks: Iterable[bytes] = run_wsgi_app(server, create_environ(address), buffered=True)[0]
    return b"".join(chunks).decode()
