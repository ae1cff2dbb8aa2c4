"""What stands in the document of a page: a board as data with its pictures, which React draws; any other page as HTML."""

import re

from dash.development.base_component import Component

from wallboard.screens.bundle import CHARTS, Bundle
from wallboard.screens.markup import markup
from wallboard.screens.serialise import as_bytes

ENTRY = (
    '<div id="react-entry-point"></div>'
    '<script type="application/json" id="first" data-basic="{basic}" data-full="{full}">{board}</script>'
)
"""What Dash calls the entry point of its application; the board as data, which no browser runs."""

WRITTEN = '<div id="react-entry-point"><div id="screen">{}</div></div>'
PLACE = "{%"
"""What Dash finds the places of a document by: where somebody has written it, it stays text."""

REACT = re.compile(r'<script src="[^"]*/deps/react(?:-dom)?@[^"]*"></script>')
TYPEFACE = '<link rel="preload" as="font" type="font/ttf" href="/fonts/inter.ttf" crossorigin>'
CHART = b'"type":"Graph"'


def react_of(page: str) -> str:
    """The elements that load React, out of a page that Dash has made."""
    return "\n".join(REACT.findall(page))


def board_parts(board: object, bundle: Bundle) -> dict[str, str]:
    """The parts of a document that are those of one board: what stands in it, and what is fetched while it is read."""
    content = as_bytes(board)
    shown = content.decode().replace("<", "\\u003c").replace(PLACE, "\\u007b%")
    charts = {part: bundle.charts(part) for part in CHARTS}
    ahead = TYPEFACE + f'<link rel="preload" as="script" href="{charts["basic"]}">' * (CHART in content)
    return {"app_entry": ENTRY.format(board=shown, **charts), "css": bundle.style("board") + ahead}


def written_parts(screen: Component, bundle: Bundle, entry: str) -> dict[str, str]:
    """The parts of a document that are those of a page of the console, or another one; raises NeedsDash."""
    return {"app_entry": WRITTEN.format(markup(screen).replace(PLACE, "&#123;%")), "css": bundle.style(entry) + TYPEFACE}
