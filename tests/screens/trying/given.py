"""A furnished room in which a form, steps and a page of the web can be tried."""

from pathlib import Path
from typing import Any

from tests.conftest import REPOSITORY
from tests.loaders.papers import paper
from tests.metrics.given import media
from tests.metrics.given_tasks import steps
from tests.screens.console.given import House
from wallboard.store.connections import writing

REFUND = REPOSITORY / "data" / "media" / "help" / "refund-form" / "experience" / "refund-form.pdf"
SMALL = paper(
    {"name": "who", "label": "Your name", "flags": 2, "longest": 8, "rect": (10, 150, 60, 170)},
    {"name": "day", "label": "The day", "script": 'AFDate_KeystrokeEx("dd/mm/yyyy");', "rect": (10, 110, 60, 130)},
    {"name": "true", "label": "All of it is true", "kind": "checkbox", "flags": 2, "rect": (10, 80, 20, 90)},
)
"""Three fields: a name of 8 letters and a tick are required, a date is to be one."""


def tasks(house: House, form: bytes | Path = SMALL, **fields: Any) -> None:
    """The tasks `form`, `steps` and `web`; the form's file is among the media."""
    content = form if isinstance(form, bytes) else form.read_bytes()
    (house.room.media / "help" / "form.pdf").write_bytes(content)
    with writing(house.living.engine) as connection:
        steps(connection, "form", kind="form", steps=None, path="help/form.pdf", **fields)
        steps(connection, "steps", "hotline", title="Pause a box", steps="Sign in\nScroll\nConfirm")
        web = {"kind": "web", "steps": None, "address": "/journey/receive", "customer_seconds": None, "customer_n": None}
        steps(connection, "web", "site", title="Find the price", **web)
        paperwork = {"kind": "paperwork", "stage": "receive", "lane": "experience", "mime": "application/pdf"}
        media(connection, {"path": "help/form.pdf", **paperwork})
