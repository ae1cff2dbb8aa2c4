"""What a component says, as a reader reads it; and a look for panels under test."""

import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from tests.conftest import AS_OF
from wallboard.drawing.theme import Theme, smallest_legible
from wallboard.metrics.scope import Scope
from wallboard.panel import AnyPanel, Connection, Picture
from wallboard.panels import find_panels

ZONE = ZoneInfo("Europe/London")
THEME = Theme("en-GB", "GBP", ZONE, AS_OF, "dark", smallest_legible(55, 4))
SCOPE = Scope(AS_OF, ZONE, ("north", "south"))


def words_of(part: Any) -> str:
    """All words of a component or of a picture, in order."""
    if isinstance(part, Picture):
        return " | ".join(filter(None, (words_of(part.headline), words_of(part.note), part.alarm, words_of(part.body))))
    return re.sub(r" (?=[.,:;?!])", "", " ".join(" ".join(_parts(part)).split()))


def _parts(part: Any) -> Iterator[str]:
    if isinstance(part, str | int | float):
        yield str(part)
    elif isinstance(part, Component):
        shown = (getattr(part, "figure", None) or {}).get("layout", {}).get("annotations", ())
        yield from (re.sub("<[^>]*>", " ", annotation["text"]) for annotation in shown)
        yield from _parts(getattr(part, "children", None))
    elif isinstance(part, list | tuple):
        for child in part:
            yield from _parts(child)


def picture(connection: Connection, name: str, scope: Scope = SCOPE, **options: Any) -> Picture:
    """A panel measured and drawn."""
    panel: AnyPanel = find_panels()[name]
    chosen = panel.options(**options)
    return panel.picture(panel.read(connection, scope, chosen), chosen, THEME)
