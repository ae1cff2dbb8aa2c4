"""The page that follows a guided walk from any phone or smart board: while there is none it says so, and waits."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component
from sqlalchemy import Connection

from wallboard.records.walks import stand
from wallboard.screens.demo_note import demo_note
from wallboard.settings import Settings


def follow_page(connection: Connection, settings: Settings, at: datetime) -> Component:
    """Who leads, or that nobody does; assets/js/guide.js goes along as soon as the walk moves."""
    now = stand(connection, at)
    if now is None:
        title, more = "No walk right now", "Stay on this page: it follows as soon as somebody begins one."
    elif not now.held:
        title, more = f"{now.presenter} is leading a walk", "It is paused. This page follows as soon as it continues."
    else:
        title, more = f"{now.presenter} is leading a walk", "This page follows."
    demo = demo_note(settings)
    inside = [
        html.P(settings.company, className="hint"),
        html.H1(title),
        html.P(more),
        html.P([html.A("Walk on your own", href="/journey"), html.A("The lobby", href="/")], className="ways-on"),
    ]
    return html.Main([html.Section(inside), *demo], className=f"page follow {settings.theme}")
