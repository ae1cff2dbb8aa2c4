"""The document of a board: the board stands in it with its pictures, and of Dash it needs React alone (assets/js/renderer.js)."""

import re

from wallboard.screens.bundle import CHARTS, Bundle
from wallboard.screens.serialise import as_bytes

ENTRY = (
    '<div id="react-entry-point"></div>'
    '<script type="application/json" id="first" data-basic="{basic}" data-full="{full}">{board}</script>'
)
"""What Dash calls the entry point of its application; the board as data, which no browser runs."""

REACT = re.compile(r'<script src="[^"]*/deps/react(?:-dom)?@[^"]*"></script>')
TYPEFACE = '<link rel="preload" as="font" type="font/ttf" href="/fonts/inter.ttf" crossorigin>'
CHART = b'"type":"Graph"'


def react_of(page: str) -> str:
    """The elements that load React, out of a page that Dash has made."""
    return "\n".join(REACT.findall(page))


def board_parts(board: object, bundle: Bundle) -> dict[str, str]:
    """The parts of a document that are those of one board: what stands in it, and what is fetched while it is read."""
    content = as_bytes(board)
    shown = content.decode().replace("<", "\\u003c")
    charts = {part: bundle.charts(part) for part in CHARTS}
    ahead = TYPEFACE + f'<link rel="preload" as="script" href="{charts["basic"]}">' * (CHART in content)
    return {"app_entry": ENTRY.format(board=shown, **charts), "css": bundle.style("board") + ahead}
