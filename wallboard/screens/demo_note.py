"""Says on every page of a demo that its data are made up."""

from dash import html
from dash.development.base_component import Component

from wallboard.settings import Settings

DEMO = "Demo data"


def demo_note(settings: Settings, tag: type[Component] = html.Footer) -> list[Component]:
    """The words, where the room is a demo."""
    return [tag(DEMO, className="demo")] if settings.demo else []
