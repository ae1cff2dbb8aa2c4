"""The house's own styles and scripts: one file of each for a kind of page, named by the build, which browsers keep for good."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from importlib.resources import files as files_of
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort

from wallboard.carried import carried
from wallboard.drawing.theme import palette_rules
from wallboard.screens.modules import joined

MIMETYPES = {"css": "text/css", "js": "text/javascript"}
ENTRIES = ("board", "console", "page")
PAGES = ("drawing/theme", "drawing/glyphs", "screens/page", "screens/console/shell")
STYLES = {
    "board": (
        "drawing/theme",
        "screens/board",
        "screens/frame",
        "drawing/glyphs",
        "screens/page",
        "drawing/*",
        "panels/*",
        "screens/*",
    ),
    "console": (*PAGES, "screens/console/*"),
    "page": (*PAGES, "drawing/trials", "screens/trying/*"),
}
"""The files beside their modules that each kind of page needs, the shared ones first: what comes later wins."""

CHARTS: dict[str, tuple[Callable[[], Any], str]] = {
    "basic": (lambda: carried("assets") / "plotly", "plotly-basic.min.js"),
    "full": (lambda: files_of("plotly") / "package_data", "plotly.min.js"),
}
"""Where plotly.js lies: lines and bars alone, a quarter of it, which the room's charts need; and all, out of its package."""

EAGER = b"//# allFunctionsCalledOnLoad\n"
"""Has Chromium compile all of a script while it arrives, beside the page: plotly.js is one function of a megabyte, which the page
would otherwise wait for after it has come. Other browsers read a comment."""

FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"


def entry_of(path: str, *, signs_in: bool = False) -> str:
    """The kind of page at an address; what a walk may take along is a board, and whoever signs in does so in the console."""
    kinds = {"room": "console", "wall": "board", "journey": "board", "tour": "board", "follow": "board", "session": "board"}
    return "console" if signs_in else kinds.get(path.split("/")[1], "page")


def styles_of(package: Path, entry: str) -> list[Path]:
    """The style files of a kind of page, each once, in their order."""
    files = (file for pattern in STYLES[entry] for file in sorted(package.glob(f"{pattern}.css")))
    return list(dict.fromkeys(files))


def bootstrap() -> bytes:
    """Bootstrap's stylesheet out of its package, in a layer: whatever the room says itself goes before it."""
    style = (files_of("bootstrap") / "css" / "bootstrap.min.css").read_bytes().removeprefix(b'@charset "UTF-8";')
    return b"@layer bootstrap {" + style.partition(b"/*# sourceMappingURL")[0] + b"}\n"


@cache
def _joined(package: Path, scripts: Path) -> dict[str, bytes]:
    files = {f"{entry}.js": joined(scripts / f"{entry}.js").encode() for entry in ENTRIES}
    for entry in ENTRIES:
        styles = (file.read_bytes() for file in styles_of(package, entry))
        files[f"{entry}.css"] = palette_rules().encode() + b"".join(styles)
    return {**files, "console.css": bootstrap() + files["console.css"]}


@cache
def _version_of_plotly() -> str:
    """Read once: the metadata of a package are a file, and every page asks."""
    return version("plotly")


@dataclass(frozen=True)
class Bundle:
    """The styles and the scripts of each kind of page, by file name; read once, at the start."""

    build: str
    files: dict[str, bytes]

    @classmethod
    def of(cls, package: Path, scripts: Path, build: str) -> "Bundle":
        """Join the styles that stand beside the modules of a package, and the scripts that each kind of page runs."""
        return cls(build, _joined(package, scripts))

    @staticmethod
    def charts(part: str) -> str:
        """The address of plotly.js, its `basic` part or the `full` one: another one for another version."""
        return f"/bundle/plotly-{part}-{_version_of_plotly()}.js"

    def style(self, entry: str) -> str:
        """The element that asks for the styles of a kind of page."""
        return f'<link rel="stylesheet" href="/bundle/{entry}.{self.build}.css">'

    def script(self, entry: str) -> str:
        """The element that asks for its scripts."""
        return f'<script type="module" src="/bundle/{entry}.{self.build}.js"></script>'

    def blueprint(self) -> Blueprint:
        """The route of all of them."""
        routes = Blueprint("bundle", __name__)
        routes.add_url_rule("/bundle/<entry>.<build>.<kind>", view_func=self.answer, endpoint="answer")
        for part in CHARTS:
            routes.add_url_rule(self.charts(part), view_func=partial(plotly, part), endpoint=f"plotly_{part}")
        return routes

    def answer(self, entry: str, build: str, kind: str) -> Response:
        """One of them; a page of an older build gets the newest, and asks again the next time."""
        content = self.files.get(f"{entry}.{kind}")
        if content is None:
            abort(404)
        answer = Response(content, mimetype=MIMETYPES[kind])
        answer.headers["Cache-Control"] = FOR_GOOD if build == self.build else FOR_NOW
        return answer


def plotly(part: str) -> Response:
    """Plotly's own script."""
    folder, name = CHARTS[part]
    content: bytes = (EAGER if part == "basic" else b"") + (folder() / name).read_bytes()
    return Response(content, mimetype=MIMETYPES["js"], headers={"Cache-Control": FOR_GOOD})
